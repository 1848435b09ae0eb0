#include "extractpage.h"

static void extract_keeps_byline_out_of_body(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena,
	        PAGE("<article><h1>Harbour bridge reopens early</h1><p>Ana Brandt, Tom Lind</p><p>4 May 2026 | 2 min</p>" NEWS
	             "</article>"));
	assert_body_lacks(a, "Ana Brandt");
	assert_body_lacks(a, "2 min");
	assert_true(slice_starts(a->body, SLICE(NEWS_ONE)));
	arena_release(&arena);
}

static void extract_drops_a_heading_with_the_links_it_heads(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena, PAGE("<article><h1>Harbour bridge reopens early</h1>" NEWS
	                                                 "<h2>Bridges of the region</h2><p><a href=/1>The old stone "
	                                                 "bridge</a></p><p><a href=/2>The railway bridge</a></p>"
	                                                 "</article>"));
	assert_body_lacks(a, "Bridges of the region");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(extract_keeps_byline_out_of_body),
	        cmocka_unit_test(extract_drops_a_heading_with_the_links_it_heads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
