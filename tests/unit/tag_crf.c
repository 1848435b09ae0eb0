#include "unit.h"

#include "tag/train/crf.h"

/* Three articles. Feature 1 is in all of them, 2 three times in the second alone, 3 twice in the first and once in the third, 4 once in each
 * of two. */
static const uint32_t features[] = {1, 3, 3, 4, /**/ 2, 1, 2, 2, 4, /**/ 3, 1};
static const size_t ends[] = {4, 9, 11};
static const struct crf_articles articles = {features, ends, 3};

static bool has_row(int least, int spread, uint32_t feature)
{
	struct crf crf;

	crf_init(&crf, &articles, &(struct crf_rows){least, spread, 1});
	uint32_t row = crf_row(&crf, feature);
	assert_true(row == UINT32_MAX || row < crf.row_count);
	crf_release(&crf);
	return row != UINT32_MAX;
}

static void crf_leaves_out_what_one_article_alone_has(void **state)
{
	(void)state;
	assert_true(has_row(3, 2, 1));
	assert_false(has_row(3, 2, 2));
	assert_true(has_row(3, 2, 3));
	assert_true(has_row(3, 1, 2));
	assert_true(has_row(3, 3, 1));
	assert_false(has_row(3, 3, 3));
}

static void crf_leaves_out_what_is_rare(void **state)
{
	(void)state;
	assert_false(has_row(3, 2, 4));
	assert_true(has_row(2, 2, 4));
	assert_false(has_row(1, 1, 5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crf_leaves_out_what_one_article_alone_has),
		cmocka_unit_test(crf_leaves_out_what_is_rare),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
