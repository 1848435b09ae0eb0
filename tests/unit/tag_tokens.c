#include "tagcut.h"

#include "base/utf8.h"

static void tokens_part_words_and_marks(void **state)
{
	(void)state;
	assert_string_equal(cut("Mayor Ana Ruiz, 41, said: \"No.\""), "Mayor|Ana|Ruiz|,|41|,|said|:|\"|No|.|\"");
	assert_string_equal(cut("re-elected US-led 1996-08-22"), "re|-|elected|US|-|led|1996|-|08|-|22");
	assert_string_equal(cut("at 10:35 for 1,234.5 in the 1990s, 5pm, 11th"), "at|10:35|for|1,234.5|in|the|1990|s|,|5|pm|,|11|th");
	assert_string_equal(cut("$4.2bn (3%)"), "$|4.2|bn|(|3|%|)");
}

static void tokens_keep_the_stop_of_abbreviations(void **state)
{
	(void)state;
	assert_string_equal(cut("Mr. J. R. Smith of the U.S. left at 5 a.m. on Jan. 3."),
		"Mr.|J.|R.|Smith|of|the|U.S.|left|at|5|a.m.|on|Jan.|3|.");
	assert_string_equal(cut("He came 3rd. She lives in St. John Rd. 5."), "He|came|3|rd|. ‖ She|lives|in|St.|John|Rd.|5|.");
	assert_string_equal(cut("He saw it.He left"), "He|saw|it|. ‖ He|left");
	assert_string_equal(cut("by Menezes.Native of Goa"), "by|Menezes|. ‖ Native|of|Goa");
}

static void tokens_reach_over_the_blank_that_a_text_has_behind_its_apostrophes(void **state)
{
	(void)state;
	assert_string_equal(cut("King’ s men don’ t like Xi’ an. States’ an aim"), "King|’ s|men|don’ t|like|Xi’ an|. ‖ States|’|an|aim");
	assert_string_equal(cut("the ‘King’ s men; ‘Kong’ is"), "the|‘|King|’|s|men|;|‘|Kong|’|is");
	assert_string_equal(cut("don’ t like Xi’ an"), "don|’|t|like|Xi|’|an"); /* no such possessive in it */
	assert_string_equal(cut("Ana’ s Ruiz’ size"), "Ana|’ s|Ruiz|’|size");
}

static void tokens_split_possessives_only(void **state)
{
	(void)state;
	assert_string_equal(cut("Kenya's O'Reilly's states' don't’s Japan’s"), "Kenya|'s|O'Reilly|'s|states|'|don't|’s|Japan|’s");
	assert_string_equal(cut("the 'new rules' apply"), "the|'|new|rules|'|apply");
	assert_true(read("the states' rights").items[2].flags & TOKEN_POSSESSIVE);
	assert_false(read("the 'states' here").items[3].flags & TOKEN_POSSESSIVE);
}

static void tokens_keep_addresses_whole(void **state)
{
	(void)state;
	assert_string_equal(cut("see https://news.example/a?b=1. Or desk@news.example, @desk #Vote2020!"),
		"see|https://news.example/a?b=1|. ‖ Or|desk@news.example|,|@desk|#Vote2020|!");
}

/* One run of text is looked through once, whatever stands in it. */
static void tokens_find_addresses_in_long_runs(void **state)
{
	(void)state;
	assert_string_equal(cut("(one/two-desk@news.example) a@b-c@d e@f.g one.two@three"),
		"(|one/two-desk@news.example|)|a|@|b|-|c|@|d|e@f.g|one.two|@|three");
	assert_string_equal(cut("U.S.A.-wide e.g.this U.S.S.Red A.b·c.d"), "U.S.A.|-|wide|e.g.this|U.S.S.|Red|A.b·c.d");
}

static void tokens_count_code_points(void **state)
{
	(void)state;
	struct tokens tokens = read("Cafés in São Tomé — 東京タワー ok");

	assert_int_equal(tokens.count, 7);
	assert_int_equal(tokens.items[3].start, 13);
	assert_int_equal(tokens.items[3].end, 17);
	assert_true(tokens.items[5].flags & TOKEN_UNSPACED);
	assert_int_equal(tokens.items[5].end - tokens.items[5].start, 5);
	assert_int_equal(tokens.items[6].end, utf8_length(tokens.text));
}

/* Emoji of several code points, combining marks (é as e and an accent), line ends of two characters, letters from right to left. */
static void tokens_count_code_points_of_any_text(void **state)
{
	(void)state;
	static const char text[] = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80 Jose\xCC\x81 in Cairo\r\n\r\n\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D Ana\xE2\x80\x99s";
	struct tokens tokens = read(text);
	const struct token *last = &tokens.items[tokens.count - 1];

	for (size_t i = 0; i < tokens.count; i++) {
		struct slice before = slice_sub(tokens.text, 0, tokens.items[i].byte_start);
		assert_int_equal(tokens.items[i].start, utf8_length(before));
		assert_int_equal(tokens.items[i].end, utf8_length(before) + utf8_length(tokens.items[i].text));
	}
	assert_slice(last[0].text, "\xE2\x80\x99s");
	assert_slice(last[-1].text, "Ana");
	assert_int_equal(last[-1].start, 27);
	assert_true(last[-2].flags & TOKEN_SENTENCE);
	assert_slice(last[-2].text, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D");
	assert_slice(last[-3].text, "Cairo");
	assert_slice(last[-5].text, "Jose\xCC\x81");
	assert_int_equal(last[-5].start, 4);
	assert_int_equal(last[-5].end, 9);
}

static void tokens_of_nothing_are_none(void **state)
{
	(void)state;
	assert_int_equal(read("").count, 0);
	assert_int_equal(read(" \n\n ").sentence_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_part_words_and_marks),
		cmocka_unit_test(tokens_keep_the_stop_of_abbreviations),
		cmocka_unit_test(tokens_split_possessives_only),
		cmocka_unit_test(tokens_reach_over_the_blank_that_a_text_has_behind_its_apostrophes),
		cmocka_unit_test(tokens_keep_addresses_whole),
		cmocka_unit_test(tokens_find_addresses_in_long_runs),
		cmocka_unit_test(tokens_count_code_points),
		cmocka_unit_test(tokens_count_code_points_of_any_text),
		cmocka_unit_test(tokens_of_nothing_are_none),
	};
	return cmocka_run_group_tests(tests, setup, close_arena);
}
