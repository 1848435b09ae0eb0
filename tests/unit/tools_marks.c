/* Tests of tools/marks.c and terminal.c: what a reader sees, and what a hostile page can't do. */
#include "unit.h"

#include "tools/marks.h"

#include <locale.h>
#include <stdlib.h>

struct screen {
	FILE *file;
	char *text;
	size_t len;
	struct terminal terminal;
};

static void screen_open(struct screen *screen, int width)
{
	screen->file = open_memstream(&screen->text, &screen->len);
	screen->terminal = (struct terminal){.file = screen->file, .width = width};
}

static struct slice screen_close(struct screen *screen)
{
	fclose(screen->file);
	return slice_make(screen->text, screen->len);
}

static void marks_are_written_around_their_code_points(void **state)
{
	struct screen screen;
	struct mark marks[] = {{5, 8, STYLE_GREEN, "person"}, {0, 4, STYLE_CYAN, "x"}};
	(void)state;
	screen_open(&screen, 80);
	assert_true(marks_print(&screen.terminal, SLICE("Žižk Ada runs"), marks, 2, 2, 0));
	assert_slice(screen_close(&screen), "  [Žižk|x] [Ada|person] runs\n");
	free(screen.text);
}

static void lines_break_between_words_and_keep_paragraphs(void **state)
{
	struct screen screen;
	(void)state;
	screen_open(&screen, 12);
	assert_true(marks_print(&screen.terminal, SLICE("one two three four\n\nfive"), NULL, 0, 0, 0));
	assert_slice(screen_close(&screen), "one two\nthree four\n\nfive\n");
	free(screen.text);
}

static void wide_text_without_spaces_is_wrapped(void **state)
{
	struct screen screen;
	(void)state;
	screen_open(&screen, 10);
	assert_true(marks_print(&screen.terminal, SLICE("日本語の記事です"), NULL, 0, 0, 0));
	assert_slice(screen_close(&screen), "日本語の記\n事です\n");
	free(screen.text);
}

static void lines_past_the_limit_are_left_out(void **state)
{
	struct screen screen;
	(void)state;
	screen_open(&screen, 10);
	assert_false(marks_print(&screen.terminal, SLICE("aaaa bbbb cccc dddd eeee"), NULL, 0, 0, 2));
	assert_slice(screen_close(&screen), "aaaa bbbb\ncccc dddd …\n");
	free(screen.text);
}

static void overlapping_and_senseless_marks_do_no_harm(void **state)
{
	struct screen screen;
	struct mark marks[] = {{0, 7, STYLE_GREEN, "a"}, {2, 5, STYLE_GREEN, "b"}, {90, 95, STYLE_GREEN, "c"}, {6, 2, STYLE_GREEN, "d"}, {-5, -1, STYLE_GREEN, "e"}};
	(void)state;
	screen_open(&screen, 80);
	marks_print(&screen.terminal, SLICE("one two three"), marks, 5, 0, 0);
	assert_slice(screen_close(&screen), "[one two|a] three\n");
	free(screen.text);
}

static void escape_sequences_of_a_page_are_not_obeyed(void **state)
{
	struct screen screen;
	(void)state;
	screen_open(&screen, 80);
	marks_print(&screen.terminal, SLICE("a\033[31m\xE2\x80\xAE" "b\x9b"), NULL, 0, 0, 0);
	terminal_put(&screen.terminal, STYLE_PLAIN, SLICE("\033]0;title\007\nx\xFF"), 0);
	struct slice seen = screen_close(&screen);
	assert_false(slice_contains(seen, SLICE("\033")));
	assert_false(slice_contains(seen, SLICE("\007")));
	assert_false(slice_contains(seen, SLICE("\xE2\x80\xAE")));
	free(screen.text);
}

static void long_text_is_cut_by_columns(void **state)
{
	struct screen screen;
	(void)state;
	screen_open(&screen, 80);
	terminal_put(&screen.terminal, STYLE_PLAIN, SLICE("日本語の記事"), 7);
	assert_slice(screen_close(&screen), "日本語…");
	free(screen.text);
}

static void numbers_are_readable(void **state)
{
	char out[32];
	(void)state;
	assert_string_equal(format_count(1234567, out), "1,234,567");
	assert_string_equal(format_count(-999, out), "-999");
	assert_string_equal(format_bytes(999, out), "999 B");
	assert_string_equal(format_bytes(1500000, out), "1.5 MB");
	assert_string_equal(format_seconds(3723, out), "1:02:03");
	assert_string_equal(format_seconds(-1, out), "–");
}

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {cmocka_unit_test(marks_are_written_around_their_code_points), cmocka_unit_test(lines_break_between_words_and_keep_paragraphs),
		cmocka_unit_test(wide_text_without_spaces_is_wrapped), cmocka_unit_test(lines_past_the_limit_are_left_out),
		cmocka_unit_test(overlapping_and_senseless_marks_do_no_harm), cmocka_unit_test(escape_sequences_of_a_page_are_not_obeyed),
		cmocka_unit_test(long_text_is_cut_by_columns), cmocka_unit_test(numbers_are_readable)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
