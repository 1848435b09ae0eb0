/* Edit distance: what counts as one slip. */
#include "unit.h"

#include "base/editdistance.h"

static void edit_distance_counts_inserts_deletes_replacements_and_swaps(void **state)
{
	(void)state;
	assert_int_equal(edit_distance(SLICE(""), SLICE("abc")), 3);
	assert_int_equal(edit_distance(SLICE("abc"), SLICE("abc")), 0);
	assert_int_equal(edit_distance(SLICE("abc"), SLICE("acb")), 1);
	assert_int_equal(edit_distance(SLICE("kitten"), SLICE("sitting")), 3);
	assert_int_equal(edit_distance(SLICE("abcd"), SLICE("bacde")), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edit_distance_counts_inserts_deletes_replacements_and_swaps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
