#include "extractpage.h"

#include "extract/reference.h"

static struct slice text_of(struct arena *arena, const char *text, bool keep_space)
{
	struct buf out;
	buf_init_arena(&out, arena, 1 << 20);
	reference_append_text(&out, slice_of(text), keep_space);
	return buf_slice(&out);
}

static void reference_resolves_names_numbers_and_names_without_semicolon(void **state)
{
	(void)state;
	with_arena(arena);
	assert_slice(reference_decode(&arena, SLICE("&amp;&lt&eacute;&#233;&#xE9;&#XE9")), "&<ééé\xC3\xA9");
	assert_slice(reference_decode(&arena, SLICE("&copy2024 &notit; &rsquo;")), "©2024 ¬it; ’");
	assert_slice(reference_decode(&arena, SLICE("&Oslashabcdefghij &frac12and &thetasym &thetasym;")), "Øabcdefghij ½and &thetasym ϑ");
	assert_slice(reference_decode(&arena, SLICE("&rsquo &nosuch; & &; &#; &#x;")), "&rsquo &nosuch; & &; &#; &#x;");
	arena_release(&arena);
}

static void reference_reads_c1_numbers_as_windows_1252(void **state)
{
	(void)state;
	with_arena(arena);
	assert_slice(reference_decode(&arena, SLICE("&#150;&#x80;&#145;")), "–€‘");
	arena_release(&arena);
}

static void reference_replaces_numbers_that_are_no_characters(void **state)
{
	static const char *const texts[] = {"&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#1;"};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		with_arena(arena);
		assert_slice(reference_decode(&arena, slice_of(texts[i])), "\xEF\xBF\xBD");
		arena_release(&arena);
	}
}

static void reference_leaves_queries_in_addresses_alone(void **state)
{
	(void)state;
	with_arena(arena);
	assert_slice(reference_value(&arena, SLICE("/a?x=1&copy=2&lt2&amp;y&copy;")), "/a?x=1&copy=2&lt2&y©");
	arena_release(&arena);
}

static void reference_value_is_the_value_itself_where_nothing_changes(void **state)
{
	struct slice value = SLICE("a \t\n\"<é>");
	(void)state;
	with_arena(arena);
	assert_ptr_equal(reference_value(&arena, value).ptr, value.ptr);
	assert_slice(reference_value(&arena, SLICE("a\rb\x01")), "a b ");
	arena_release(&arena);
}

static void reference_squeezes_white_space_unless_it_counts(void **state)
{
	(void)state;
	with_arena(arena);
	assert_slice(text_of(&arena, "a  b \t c \r\n d e ", false), "a b c\nd e ");
	assert_slice(text_of(&arena, "a  b\n\tc\r", true), "a  b\n\tc ");
	assert_slice(text_of(&arena, "a&#32; &nbsp;b", false), "a  \xC2\xA0" "b");
	arena_release(&arena);
}

static void reference_never_makes_a_text_longer(void **state)
{
	(void)state;
	with_arena(arena);
	char name[40];
	for (unsigned c = 1; c < 0x3000; c++) {
		int len = snprintf(name, sizeof(name), "&#%u", c);
		assert_true(text_of(&arena, name, false).len <= (size_t)len);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(reference_resolves_names_numbers_and_names_without_semicolon),
	        cmocka_unit_test(reference_reads_c1_numbers_as_windows_1252),
	        cmocka_unit_test(reference_replaces_numbers_that_are_no_characters),
	        cmocka_unit_test(reference_leaves_queries_in_addresses_alone),
	        cmocka_unit_test(reference_value_is_the_value_itself_where_nothing_changes),
	        cmocka_unit_test(reference_squeezes_white_space_unless_it_counts),
	        cmocka_unit_test(reference_never_makes_a_text_longer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
