#include "unit.h"

#include "json/reader.h"

static struct arena arena;
static struct error error;

static const struct json *parse(const char *text)
{
	memset(&error, 0, sizeof(error));
	return json_parse(&arena, slice_of(text), NULL, &error);
}

static void refuses(const char *text, const char *code)
{
	assert_null(parse(text));
	assert_string_equal(error.code, code);
}

static void json_reads_members_by_name_and_kind(void **state)
{
	const struct json *root = parse("{\"a\":\"x\",\"n\":-12,\"f\":2.5e1,\"t\":true,\"list\":[1,[],{}],\"o\":{\"z\":null}}");
	(void)state;
	assert_non_null(root);
	assert_slice(json_string(root, "a"), "x");
	assert_true(json_integer(root, "n", 0) == -12);
	assert_true(json_number(root, "f", 0) == 25.0);
	assert_true(json_truth(root, "t", false));
	assert_int_equal(json_array(root, "list")->count, 3);
	assert_int_equal(json_get(json_object(root, "o"), "z")->kind, JSON_NULL);
	assert_slice(json_string(root, "n"), "");
	assert_null(json_get(NULL, "a"));
}

static void json_strings_without_escapes_point_into_the_text(void **state)
{
	struct slice text = SLICE("{\"a\":\"plain\"}");
	const struct json *root = json_parse(&arena, text, NULL, &error);
	(void)state;
	assert_ptr_equal(json_string(root, "a").ptr, text.ptr + 6);
}

static void json_decodes_escapes_as_rfc_8259_says(void **state)
{
	(void)state;
	assert_slice(parse("\"a\\n\\t\\\"\\\\\\/\\u00e9\"")->text, "a\n\t\"\\/\xC3\xA9");
	assert_slice(parse("\"\\ud83d\\uddde!\"")->text, "\xF0\x9F\x97\x9E!");
}

static void json_lone_surrogates_become_replacement_characters(void **state)
{
	const struct json *root = parse("{\"k\\\\\":\"q\\\"\\ud800x\\udc00\",\"n\":\"a\\u0000b\\n\",\"last\":\"\\uD83D\\u0041\"}");
	(void)state;
	assert_non_null(root);
	assert_slice(json_string(root, "k\\"), "q\"\xEF\xBF\xBDx\xEF\xBF\xBD");
	assert_slice(json_string(root, "n"), "ab\n");
	assert_slice(json_string(root, "last"), "\xEF\xBF\xBD"
											"A");
}

static void json_keeps_the_literal_of_a_number_of_any_size(void **state)
{
	(void)state;
	assert_slice(parse("12345678901234567890")->text, "12345678901234567890");
}

static void json_refuses_with_a_code_what_is_not_json(void **state)
{
	(void)state;
	refuses("", "json_syntax");
	refuses("  ", "json_syntax");
	refuses("{\"a\":", "json_syntax");
	refuses("{\"a\" 1}", "json_syntax");
	refuses("[1] x", "json_syntax");
	refuses("\"\xFF\"", "json_bad_utf8");
	refuses("{\"a\":1,\"b\":{},\"a\":2}", "json_duplicate_key");
}

static void json_limits_bytes_depth_and_nodes(void **state)
{
	const struct json_limits limits = {.bytes = 40, .depth = 3, .nodes = 6};
	(void)state;
	assert_null(json_parse(&arena, SLICE("[[[[1]]]]"), &limits, &error));
	assert_string_equal(error.code, "json_too_deep");
	assert_non_null(json_parse(&arena, SLICE("[[[1]]]"), &limits, &error));
	assert_null(json_parse(&arena, SLICE("[1,2,3,4,5,6]"), &limits, &error));
	assert_string_equal(error.code, "json_too_many_nodes");
	assert_null(json_parse(&arena, SLICE("\"0123456789012345678901234567890123456789\""), &limits, &error));
	assert_string_equal(error.code, "json_too_large");
}

static void json_of_pages_may_repeat_names_and_trail_garbage(void **state)
{
	const struct json_limits limits = {.bytes = 1000, .depth = 9, .nodes = 99, .allow_duplicates = true, .allow_garbage = true};
	const struct json *root = json_parse(&arena, SLICE("{\"a\":1,\"a\":2};\n"), &limits, &error);
	(void)state;
	assert_non_null(root);
	assert_true(json_integer(root, "a", 0) == 2);
}

static void json_finds_duplicates_among_many_members(void **state)
{
	char text[4096];
	size_t len = 0;
	(void)state;
	for (int i = 0; i < 200; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s\"m%d\":1", i ? "," : "{", i);
	snprintf(text + len, sizeof(text) - len, "}");
	assert_non_null(parse(text));
	snprintf(text + len, sizeof(text) - len, ",\"m7\":1}");
	refuses(text, "json_duplicate_key");
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)8 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* `before`, 5,000 letters, `middle`, 5,000 letters, `after`: as long as a page, so that its string is cut out before yajl reads the text. */
static const char *long_text(const char *before, const char *middle, const char *after)
{
	static char letters[5001];
	memset(letters, 'a', 5000);
	return arena_cstr(&arena, arena_printf(&arena, "%s%s%s%s%s", before, letters, middle, letters, after));
}

static void json_decodes_long_strings_like_short_ones(void **state)
{
	static const char *const escapes[] = {"", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\uddde", "\\ud83dx", "\\u0000", "\xC3\xA9\xE2\x82\xAC", "\\/\\b\\f\\r\\t"};
	(void)state;
	for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++) {
		char text[100];
		snprintf(text, sizeof(text), "\"%s\"", escapes[i]);
		const struct json *is = parse(text), *all = parse(long_text("{\"k\":\"_\",\"html\":\"", escapes[i], "\",\"z\":[\"_\",1]}"));
		assert_non_null(is);
		assert_non_null(all);
		struct slice value = json_string(all, "html");
		assert_int_equal(value.len, 10000 + is->text.len);
		assert_slice(slice_sub(value, 4999, 5000), "a");
		assert_true(slice_equal(slice_sub(value, 5000, 5000 + is->text.len), is->text));
		assert_slice(json_string(all, "k"), "_");
		assert_slice(json_array(all, "z")->first->text, "_");
	}
}

static void json_takes_long_names_and_several_long_strings(void **state)
{
	const struct json *root = parse(long_text("[{\"", "\":1},\"", "\"]"));
	(void)state;
	assert_non_null(root);
	assert_int_equal(root->first->first->name.len, 5000);
	assert_int_equal(root->first->next->text.len, 5000);
}

static void json_errors_in_and_behind_long_strings_count_the_bytes_of_the_text(void **state)
{
	static const struct {
		const char *middle, *after, *code;
		size_t at;
	} cases[] = {{"\\q", "\"]", "json_syntax", 5003}, {"\\u00g0", "\"]", "json_syntax", 5006}, {"\x01", "\"]", "json_syntax", 5002},
		{"\xFF", "\"]", "json_bad_utf8", 5003}, {"", "\" 1]", "json_syntax", 10005}, {"", "\"] x", "json_syntax", 10006}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t at = 0;
		refuses(long_text("[\"", cases[i].middle, cases[i].after), cases[i].code);
		assert_int_equal(sscanf(error.text, "JSON not valid at byte %zu", &at), 1);
		assert_int_equal(at, cases[i].at);
	}
}

static void json_refuses_forms_of_utf8_that_yajl_lets_through(void **state)
{
	(void)state;
	refuses("\"\xC0\xAF\"", "json_bad_utf8");
	refuses("{\"\xED\xA0\x80\":1}", "json_bad_utf8");
	refuses(long_text("\"", "\xC0\xAF", "\""), "json_bad_utf8");
	refuses(long_text("[\"", "", ""), "json_syntax");
	refuses(long_text("[\"", "", "\\"), "json_syntax");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_reads_members_by_name_and_kind),
		cmocka_unit_test(json_strings_without_escapes_point_into_the_text),
		cmocka_unit_test(json_decodes_escapes_as_rfc_8259_says),
		cmocka_unit_test(json_lone_surrogates_become_replacement_characters),
		cmocka_unit_test(json_keeps_the_literal_of_a_number_of_any_size),
		cmocka_unit_test(json_refuses_with_a_code_what_is_not_json),
		cmocka_unit_test(json_limits_bytes_depth_and_nodes),
		cmocka_unit_test(json_of_pages_may_repeat_names_and_trail_garbage),
		cmocka_unit_test(json_finds_duplicates_among_many_members),
		cmocka_unit_test(json_decodes_long_strings_like_short_ones),
		cmocka_unit_test(json_takes_long_names_and_several_long_strings),
		cmocka_unit_test(json_errors_in_and_behind_long_strings_count_the_bytes_of_the_text),
		cmocka_unit_test(json_refuses_forms_of_utf8_that_yajl_lets_through),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
