#include "unit.h"

#include "base/utf8.h"

static struct arena arena;

static void utf8_valid_follows_table_3_7(void **state)
{
	(void)state;
	assert_true(utf8_valid(SLICE("plain, \xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x97\x9E")));
	assert_false(utf8_valid(SLICE("\xC0\xAF")));             /* overlong */
	assert_false(utf8_valid(SLICE("\xED\xA0\x80")));         /* surrogate */
	assert_false(utf8_valid(SLICE("\xF4\x90\x80\x80")));     /* past U+10FFFF */
	assert_false(utf8_valid(SLICE("0123456789abcdef\xE2\x82"))); /* cut off */
	assert_false(utf8_valid(SLICE("\x80")));
}

static void utf8_repair_replaces_maximal_subparts_and_drops_nul(void **state)
{
	(void)state;
	assert_slice(utf8_repair(&arena, SLICE("a\xE2\x82z")), "a\xEF\xBF\xBDz");
	assert_slice(utf8_repair(&arena, SLICE("a\xFF\xFEz")), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
	assert_slice(utf8_repair(&arena, SLICE("a\0z")), "az");
}

static void utf8_encode_and_next_are_inverse(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 37) {
		char bytes[4];
		size_t at = 0;
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		struct slice s = {bytes, utf8_encode(c, bytes)};
		assert_int_equal(utf8_next(s, &at), c);
		assert_int_equal(at, s.len);
		assert_int_equal(utf8_previous(s, &at), c);
		assert_int_equal(at, 0);
	}
}

static void utf8_nfc_composes(void **state)
{
	(void)state;
	assert_slice(utf8_nfc(&arena, SLICE("cafe\xCC\x81")), "caf\xC3\xA9");
	assert_slice(utf8_nfc(&arena, SLICE("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB")), "\xED\x95\x9C"); /* jamo to a syllable */
	assert_slice(utf8_nfc(&arena, SLICE("caf\xC3\xA9 \xD0\xB9")), "caf\xC3\xA9 \xD0\xB9");
}

/* A text that ends in U+05B0, which composes with nothing here, goes through utf8proc; what passes without it must be unchanged there. */
static void utf8_nfc_passes_over_only_what_it_would_not_change(void **state)
{
	size_t passed = 0;
	(void)state;
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		char text[16] = "a";
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		size_t len = 1 + utf8_encode(c, text + 1);
		struct slice shorter = {text, len};
		bool quick = utf8_nfc(&arena, shorter).ptr == text;
		len += utf8_encode(0x05B0, text + len);
		if (quick) {
			passed++;
			assert_true(slice_equal(utf8_nfc(&arena, slice_make(text, len)), slice_make(text, len)));
		}
		arena_reset(&arena);
	}
	assert_true(passed > 30000);
}

static void utf8_fold_ignores_case_in_all_scripts(void **state)
{
	(void)state;
	assert_slice(utf8_fold(&arena, SLICE("MOSCOW")), "moscow");
	assert_slice(utf8_fold(&arena, SLICE("\xD0\x9C\xD0\x9E\xD0\xA1")), "\xD0\xBC\xD0\xBE\xD1\x81");
	assert_slice(utf8_fold(&arena, SLICE("Stra\xC3\x9F"
										 "e")),
		"strasse");
}

static void utf8_plain_takes_marks_off(void **state)
{
	(void)state;
	static const uint32_t pairs[][2] = {{'a', 'a'}, {0xE9, 'e'}, {0x11F, 'g'}, {0x1EC7, 'e'}, {0x142, 'l'}, {0xF8, 'o'}, {0xDF, 0xDF}, {0x301, 0},
		{0x4E2D, 0x4E2D}, {0xAC00, 0xAC00}, {0x439, 0x438}};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		assert_int_equal(utf8_plain(pairs[i][0]), pairs[i][1]);
}

static void utf8_squeeze_knows_unicode_spaces(void **state)
{
	(void)state;
	assert_slice(utf8_squeeze(&arena, SLICE("\xC2\xA0 a\xE2\x80\x8B\t b\xE3\x80\x80")), "a b");
	assert_slice(utf8_squeeze(&arena, SLICE(" \n ")), "");
}

static void utf8_length_counts_code_points(void **state)
{
	(void)state;
	assert_int_equal(utf8_length(SLICE("\xE2\x82\xAC uro\xF0\x9F\x97\x9E")), 6);
	assert_true(utf8_is_letter(0x0416) && utf8_is_upper(0x0416) && !utf8_is_lower(0x0416));
	assert_true(utf8_is_unspaced(0x6771) && !utf8_is_unspaced(0xAC00));
}

static void utf8_begins_compares_in_any_case(void **state)
{
	(void)state;
	assert_int_equal(utf8_begins(SLICE("Élan vital"), "élan"), 5);
	assert_int_equal(utf8_begins(SLICE("ИСТОЧНИК: бюро"), "источник"), 16);
	assert_int_equal(utf8_begins(SLICE("sourcy"), "source"), 0);
	assert_int_equal(utf8_begins(SLICE("sourc"), "source"), 0);
	assert_int_equal(utf8_begins(SLICE(""), "source"), 0);
	assert_int_equal(utf8_lead(SLICE("Source")), 's');
	assert_int_equal(utf8_lead(SLICE("Élan")), (char)0xC3);
	assert_int_equal(utf8_lead(SLICE("")), 0);
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_valid_follows_table_3_7),
		cmocka_unit_test(utf8_repair_replaces_maximal_subparts_and_drops_nul),
		cmocka_unit_test(utf8_encode_and_next_are_inverse),
		cmocka_unit_test(utf8_nfc_composes),
		cmocka_unit_test(utf8_nfc_passes_over_only_what_it_would_not_change),
		cmocka_unit_test(utf8_fold_ignores_case_in_all_scripts),
		cmocka_unit_test(utf8_plain_takes_marks_off),
		cmocka_unit_test(utf8_squeeze_knows_unicode_spaces),
		cmocka_unit_test(utf8_length_counts_code_points),
		cmocka_unit_test(utf8_begins_compares_in_any_case),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
