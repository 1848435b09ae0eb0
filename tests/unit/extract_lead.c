#include "extractpage.h"

static void extract_keeps_the_lead_outside_the_container(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(
	        &arena, PAGE("<article><header><h1>Harbour bridge reopens early</h1><p class=standfirst>After eleven weeks cars "
	                     "may cross the river again, but lorries must "
	                     "wait until the autumn.</p></header><div class=article-body>" NEWS "</div></article>"));
	assert_true(slice_starts(a->body, SLICE("After eleven weeks cars may cross")));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(extract_keeps_the_lead_outside_the_container),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
