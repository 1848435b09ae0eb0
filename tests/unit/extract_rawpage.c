#include "extractpage.h"

#include "extract/rawpage.h"

#define HEADERS_MAX 4

/* Reads a message of that value and headers (name, value, name, value, …, NULL). */
static bool read_with(struct arena *arena, const char *value, const char *const *headers, struct raw_page *page, struct error *error)
{
	static struct header list[HEADERS_MAX];
	static struct message in;
	struct task task = {.arena = arena, .in = &in};
	in = (struct message){.value = slice_of(value), .timestamp = CLOCK_NONE, .headers = list};
	for (; headers && *headers; headers += 2)
		list[in.header_count++] = (struct header){slice_of(headers[0]), slice_of(headers[1])};
	return raw_page_read(&task, page, error);
}

static void assert_refused(const char *value, const char *const *headers, const char *code)
{
	struct raw_page page;
	struct error error;
	with_arena(arena);
	assert_false(read_with(&arena, value, headers, &page, &error));
	assert_string_equal(error.code, code);
	arena_release(&arena);
}

static void rawpage_reads_an_object_with_html(void **state)
{
	struct raw_page page;
	struct error error;
	(void)state;
	with_arena(arena);
	assert_true(read_with(&arena,
	        "{\"url\":\"https://a.example/1\",\"id\":\"7\",\"fetchedAt\":\"2020-01-02T03:04:05Z\",\"html\":\"<p>x\",\"language\":\"de\"}", NULL,
	        &page, &error));
	assert_slice(page.body, "<p>x");
	assert_true(page.is_html && page.is_unicode);
	assert_slice(page.url, "https://a.example/1");
	assert_slice(page.id, "7");
	assert_slice(page.language, "de");
	assert_true(page.fetched_at == INT64_C(1577934245000));
	arena_release(&arena);
}

static void rawpage_takes_html_before_text(void **state)
{
	struct raw_page page;
	struct error error;
	(void)state;
	with_arena(arena);
	assert_true(read_with(&arena, "{\"text\":\"plain\",\"html\":\"<p>x\"}", NULL, &page, &error));
	assert_slice(page.body, "<p>x");
	assert_true(read_with(&arena, "{\"text\":\"plain\",\"html\":null}", NULL, &page, &error));
	assert_slice(page.body, "plain");
	assert_false(page.is_html);
	arena_release(&arena);
}

static void assert_decodes(const char *base64, const char *body)
{
	struct raw_page page;
	struct error error;

	with_arena(arena);
	struct slice value = arena_printf(&arena, "{\"bodyBase64\":\"%s\",\"contentType\":\"text/plain\"}", base64);
	assert_true(read_with(&arena, arena_cstr(&arena, value), NULL, &page, &error));
	assert_slice(page.body, body);
	assert_false(page.is_unicode);
	arena_release(&arena);
}

static void rawpage_decodes_base64_of_both_alphabets_and_without_padding(void **state)
{
	static const char *const texts[] = {"Pz8+PnE=", "Pz8-PnE", "Pz8+\\nPn\\nE=", "Pz8-PnE=="};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_decodes(texts[i], "?\?>>q");
	assert_refused("{\"bodyBase64\":\"Pz8*\"}", NULL, "bad_base64");
}

static void rawpage_reads_a_bare_page_with_headers(void **state)
{
	static const char *const headers[] = {"url", "https://a.example/2", "content-type", "text/html; charset=koi8-r", "fetched-at", "soon", NULL};
	struct raw_page page;
	struct error error;
	(void)state;
	with_arena(arena);
	assert_true(read_with(&arena, "<p>x", headers, &page, &error));
	assert_slice(page.url, "https://a.example/2");
	assert_slice(page.body, "<p>x");
	assert_true(page.is_html && !page.is_unicode);
	assert_true(page.fetched_at == CLOCK_NONE);
	arena_release(&arena);
}

static void rawpage_tells_markup_from_text_where_nobody_says(void **state)
{
	static const struct {
		const char *value;
		bool is_html;
	} cases[] = {{"<!doctype html>x", true}, {"\xEF\xBB\xBF <p>x", true}, {"text with </div> in it", true}, {"a < b", false}, {"<3 you", false},
	        {"A line.\nAnother.", false}};
	struct raw_page page;
	struct error error;
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		with_arena(arena);
		assert_true(read_with(&arena, cases[i].value, NULL, &page, &error));
		assert_int_equal(page.is_html, cases[i].is_html);
		arena_release(&arena);
	}
}

static void rawpage_believes_text_plain_even_of_braces(void **state)
{
	static const char *const headers[] = {"content-type", "text/plain", NULL};
	struct raw_page page;
	struct error error;
	(void)state;
	with_arena(arena);
	assert_true(read_with(&arena, "{not JSON}", headers, &page, &error));
	assert_slice(page.body, "{not JSON}");
	arena_release(&arena);
}

static void rawpage_refuses_with_a_code_what_is_no_page(void **state)
{
	static const char *const picture[] = {"content-type", "image/png", NULL}, *const json[] = {"content-type", "application/json", NULL};
	(void)state;
	assert_refused("", NULL, "empty_page");
	assert_refused(" \n", NULL, "empty_page");
	assert_refused("{\"url\":\"https://a.example/\"}", NULL, "empty_page");
	assert_refused("{\"html\":\" \"}", NULL, "empty_page");
	assert_refused("{\"html\":", NULL, "json_syntax");
	assert_refused("<p>x", json, "json_syntax");
	assert_refused("x", picture, "unsupported_type");
	assert_refused("{\"html\":\"a\",\"html\":\"b\"}", NULL, "json_duplicate_key");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(rawpage_reads_an_object_with_html),
	        cmocka_unit_test(rawpage_takes_html_before_text),
	        cmocka_unit_test(rawpage_decodes_base64_of_both_alphabets_and_without_padding),
	        cmocka_unit_test(rawpage_reads_a_bare_page_with_headers),
	        cmocka_unit_test(rawpage_tells_markup_from_text_where_nobody_says),
	        cmocka_unit_test(rawpage_believes_text_plain_even_of_braces),
	        cmocka_unit_test(rawpage_refuses_with_a_code_what_is_no_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
