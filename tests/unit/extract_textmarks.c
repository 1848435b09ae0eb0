#include "unit.h"

#include "extract/textmarks.h"

static struct text_marks expect(const char *line, const char *want)
{
	struct arena arena;
	jmp_buf escape;
	struct text_marks marks;
	arena_init(&arena, (size_t)4 << 20);
	if (ARENA_GUARD(&arena, &escape) != ESCAPE_NONE)
		fail_msg("out of memory");
	assert_slice(text_strip_marks(&arena, slice_of(line), &marks), want);
	arena_release(&arena);
	return marks;
}

static void marks_of_links_leave_their_text(void **state)
{
	(void)state;
	assert_int_equal(expect("The [old bridge](/bridge) is open.", "The old bridge is open.").link_columns, 10);
	assert_int_equal(expect("[![A view](a.jpg) of it](https://port.example/)", "A view of it").link_columns, 12);
	assert_true(expect("![The bridge](bridge.jpg)", "The bridge").image);
	assert_false(expect("![The bridge](bridge.jpg) at dawn", "The bridge at dawn").image);
	assert_int_equal(expect("He [the mayor] (55) agreed.", "He [the mayor] (55) agreed.").link_columns, 0);
}

static void marks_of_emphasis_go_in_pairs(void **state)
{
	(void)state;
	assert_true(expect("**Tolls stay suspended**", "Tolls stay suspended").emphasis);
	assert_false(expect("**Tolls** stay _suspended_", "Tolls stay suspended").emphasis);
	expect("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4");
	expect("read.__ The rest", "read. The rest");
	expect("the group CCI** said", "the group CCI** said");
	expect("write to @a_b_ now", "write to @a_b_ now");
	expect("a \\*star\\* and a \\_bar\\_", "a *star* and a _bar_");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_of_links_leave_their_text),
		cmocka_unit_test(marks_of_emphasis_go_in_pairs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
