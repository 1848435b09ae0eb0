#include "unit.h"

static void slice_split_gives_empty_parts_between_separators(void **state)
{
	struct slice rest = SLICE("a,,b,"), part;
	(void)state;
	assert_true(slice_split(&rest, ',', &part));
	assert_slice(part, "a");
	assert_true(slice_split(&rest, ',', &part));
	assert_slice(part, "");
	assert_true(slice_split(&rest, ',', &part));
	assert_slice(part, "b");
	assert_false(slice_split(&rest, ',', &part));
}

static void slice_next_line_takes_every_line_ending(void **state)
{
	struct slice rest = SLICE("one\r\ntwo\n\nfour\rfive"), line;
	const char *want[] = {"one", "two", "", "four", "five"};
	(void)state;
	for (size_t i = 0; i < 5; i++) {
		assert_true(slice_next_line(&rest, &line));
		assert_slice(line, want[i]);
	}
	assert_false(slice_next_line(&rest, &line));
}

static void slice_to_int64_refuses_overflow_and_garbage(void **state)
{
	int64_t value = 0;
	(void)state;
	assert_true(slice_to_int64(SLICE("-9223372036854775808"), &value));
	assert_true(value == INT64_MIN);
	assert_true(slice_to_int64(SLICE("9223372036854775807"), &value));
	assert_true(value == INT64_MAX);
	assert_false(slice_to_int64(SLICE("9223372036854775808"), &value));
	assert_false(slice_to_int64(SLICE("12x"), &value));
	assert_false(slice_to_int64(SLICE("-"), &value));
	assert_false(slice_to_int64(SLICE_NONE, &value));
}

static void slice_find_nocase_finds_at_both_ends(void **state)
{
	(void)state;
	assert_int_equal(slice_find_nocase(SLICE("Content-TYPE"), SLICE("content")), 0);
	assert_int_equal(slice_find_nocase(SLICE("Content-TYPE"), SLICE("type")), 8);
	assert_true(slice_find_nocase(SLICE("Content"), SLICE("tents")) == SLICE_NOT_FOUND);
	assert_true(slice_find(SLICE_NONE, SLICE("x")) == SLICE_NOT_FOUND);
}

static void slice_sub_clamps_to_the_text(void **state)
{
	(void)state;
	assert_slice(slice_sub(SLICE("abc"), 1, 99), "bc");
	assert_slice(slice_sub(SLICE("abc"), 5, 2), "");
	assert_slice(slice_trim(SLICE(" \t a b \n")), "a b");
}

static void slice_compare_orders_bytes_then_length(void **state)
{
	(void)state;
	assert_true(slice_compare(SLICE("ab"), SLICE("abc")) < 0);
	assert_true(slice_compare(SLICE("b"), SLICE("abc")) > 0);
	assert_int_equal(slice_compare(SLICE(""), SLICE_NONE), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slice_split_gives_empty_parts_between_separators),
		cmocka_unit_test(slice_next_line_takes_every_line_ending),
		cmocka_unit_test(slice_to_int64_refuses_overflow_and_garbage),
		cmocka_unit_test(slice_find_nocase_finds_at_both_ends),
		cmocka_unit_test(slice_sub_clamps_to_the_text),
		cmocka_unit_test(slice_compare_orders_bytes_then_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
