#include "unit.h"

#include "base/utf8.h"
#include "extract/decode.h"
#include "extract/encodings.h"

struct sample {
	const char *type; /* content type */
	const char *bytes;
	const char *text, *encoding, *source;
};

static void check(const struct sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct arena arena;
		struct decoded decoded;
		jmp_buf jump;
		arena_init(&arena, 1 << 24);
		assert_int_equal(ARENA_GUARD(&arena, &jump), ESCAPE_NONE);
		page_decode(&arena, slice_of(samples[i].bytes), slice_of(samples[i].type), true, &decoded);
		assert_slice(decoded.text, samples[i].text);
		assert_string_equal(decoded.encoding, samples[i].encoding);
		assert_string_equal(decoded.source, samples[i].source);
		assert_true(utf8_valid(decoded.text));
		arena_release(&arena);
	}
}
#define CHECK(samples) check(samples, sizeof(samples) / sizeof(*(samples)))

static void decode_follows_the_transport_then_the_page(void **state)
{
	static const struct sample samples[] = {
	        {"text/html; charset=windows-1251", "\xcc\xe8\xf0", "Мир", "windows-1251", "transport"},
	        {"text/html;charset=\"KOI8-R\"", "\xed\xc9\xd2", "Мир", "koi8-r", "transport"},
	        {"text/html; charset=euc-kr", "\xbb\xe7\xb6\xf7", "사람", "euc-kr", "transport"},
	        {"text/html", "<meta charset=shift_jis>\x93\xfa\x96{", "<meta charset=shift_jis>日本", "shift_jis", "meta"},
	        {"", "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>\xd6\xd0\xce\xc4",
	                "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>中文", "gbk", "meta"},
	        {"", "<meta charset=big5>\xa4\xa4\xa4\xe5", "<meta charset=big5>中文", "big5", "meta"},
	};
	(void)state;
	CHECK(samples);
}

static void decode_reads_latin1_as_windows_1252(void **state)
{
	static const struct sample samples[] = {
	        {"text/html; charset=iso-8859-1",
	                "\x93"
	                "caf\xe9\x94 \x80"
	                "5",
	                "“café” €5", "windows-1252", "transport"},
	        {"text/html; charset=us-ascii", "na\xefve", "naïve", "windows-1252", "transport"},
	};
	(void)state;
	CHECK(samples);
}

static void decode_lets_a_bom_win(void **state)
{
	static const struct sample samples[] = {{"text/html; charset=windows-1252", "\xEF\xBB\xBF\xC3\xA9", "é", "utf-8", "bom"}};
	(void)state;
	CHECK(samples);
}

static void decode_sees_through_a_wrong_label(void **state)
{
	static const struct sample samples[] = {
	        {"text/html; charset=iso-8859-1",
	                "Br\xC3\xBC"
	                "cke \xC3\xBC"
	                "ber",
	                "Brücke über", "utf-8", "detected"},
	        {"text/html; charset=utf-8", "caf\xe9, na\xefve, gar\xe7on", "café, naïve, garçon", "windows-1252", "detected"},
	};
	struct decoded decoded;
	struct arena arena;
	jmp_buf jump;
	(void)state;
	check(samples, 1);
	arena_init(&arena, 1 << 24);
	assert_int_equal(ARENA_GUARD(&arena, &jump), ESCAPE_NONE);
	page_decode(&arena, slice_of(samples[1].bytes), slice_of(samples[1].type), true, &decoded);
	assert_true(strcmp(decoded.encoding, "utf-8") != 0);
	assert_false(slice_contains(decoded.text, SLICE("\xEF\xBF\xBD")));
	arena_release(&arena);
}

static void decode_mends_quotes_pasted_into_utf8(void **state)
{
	static const struct sample samples[] = {
	        {"text/html; charset=utf-8", "\xC3\xA9t\xC3\xA9 \xC3\xA0 \x93Paris\x94", "été à “Paris”", "utf-8", "transport"},
	};
	(void)state;
	CHECK(samples);
}

static void encoding_labels_are_found_in_any_case(void **state)
{
	(void)state;
	assert_string_equal(encoding_of_label(SLICE(" Latin1 ")), "windows-1252");
	assert_string_equal(encoding_of_label(SLICE("UTF8")), "utf-8");
	assert_string_equal(encoding_of_label(SLICE("ks_c_5601-1987")), "euc-kr");
	assert_null(encoding_of_label(SLICE("utf-7")));
	assert_null(encoding_of_label(SLICE("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(decode_follows_the_transport_then_the_page),
	        cmocka_unit_test(decode_reads_latin1_as_windows_1252),
	        cmocka_unit_test(decode_lets_a_bom_win),
	        cmocka_unit_test(decode_sees_through_a_wrong_label),
	        cmocka_unit_test(decode_mends_quotes_pasted_into_utf8),
	        cmocka_unit_test(encoding_labels_are_found_in_any_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
