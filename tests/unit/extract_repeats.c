#include "extractpage.h"

static void extract_keeps_a_repeated_paragraph_once(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(
	        &arena, PAGE("<article><h1>Harbour bridge reopens early</h1>" NEWS "<p>" NEWS_ONE "</p></article>"));
	assert_int_equal(a->block_count, 3);
	assert_int_equal(a->removed[REMOVED_DUPLICATE], 1);
	arena_release(&arena);
}

static void extract_keeps_entries_that_come_again_in_a_schedule(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena,
	        PAGE("<article><h1>Harbour bridge reopens early</h1>" NEWS
	             "<ul><li>Low water, ferry from the northern pier to the old market hall, every half an hour</li><li>High water, no ferry</li>"
	             "<li>Low water, ferry from the northern pier to the old market hall, every half an hour</li></ul><p>" NEWS_TWO "</p></article>"));
	assert_int_equal(a->block_count, 6); /* the paragraph that comes again does not count */
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(extract_keeps_a_repeated_paragraph_once),
	        cmocka_unit_test(extract_keeps_entries_that_come_again_in_a_schedule),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
