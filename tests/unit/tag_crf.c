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

/* Features 1 to 4 are seen 3, 3, 3 and 2 times; what each says is set here. */
static void crf_selects_the_rows_that_say_most(void **state)
{
	(void)state;
	static const float weights[] = {0.5f, 2, 1, 1.1f};
	struct crf crf;
	uint32_t rows[4], old[4];

	crf_init(&crf, &articles, &(struct crf_rows){1, 1, 2});
	assert_int_equal(crf.row_count, 4);
	for (uint32_t f = 0; f < 4; f++) {
		old[f] = crf_row(&crf, f + 1);
		crf.average[old[f] * 2 * CRF_LANES + 5] = f % 2 ? -weights[f] : weights[f];
		crf.average[old[f] * 2 * CRF_LANES + CRF_LANES + 5] = 9; /* of a kind of sentences alone: says nothing here */
	}
	crf_select(&crf, 2, rows);
	assert_int_equal(crf.row_count, 2);
	for (uint32_t f = 0; f < 4; f++) {
		bool kept = f == 1 || f == 2; /* 4 has the larger weight, but was seen less often than 3 */
		assert_int_equal(rows[old[f]] != UINT32_MAX, kept);
		assert_int_equal(crf_row(&crf, f + 1), rows[old[f]]);
	}
	assert_true(rows[old[1]] != rows[old[2]]);
	for (size_t i = 0; i < crf.row_count * 2 * CRF_LANES; i++)
		assert_true(crf.average[i] == 0);
	crf_release(&crf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crf_leaves_out_what_one_article_alone_has),
		cmocka_unit_test(crf_leaves_out_what_is_rare),
		cmocka_unit_test(crf_selects_the_rows_that_say_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
