#include "witharena.h"

#include "extract/jsonld.h"

static struct jsonld read_scripts(const char *a, const char *b, const char *url)
{
	struct jsonld jsonld;
	struct slice urls[1] = {slice_of(url)};
	jsonld_init(&jsonld, &arena);
	jsonld_add(&jsonld, slice_of(a));
	if (b)
		jsonld_add(&jsonld, slice_of(b));
	jsonld_choose(&jsonld, urls, 1);
	return jsonld;
}

static void jsonld_finds_the_article_in_a_graph(void **state)
{
	(void)state;
	WITH_ARENA();
	struct jsonld found = read_scripts("{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"S\"},{\"@type\":[\"Thing\",\"NewsArticle\"],\"headline\":\"H\"}]}", NULL, "");
	assert_slice(jsonld_text(found.article, "headline"), "H");
	assert_true(found.news);
	arena_release(&arena);
}

static void jsonld_prefers_the_article_of_this_address(void **state)
{
	(void)state;
	WITH_ARENA();
	struct jsonld found = read_scripts("{\"@type\":\"NewsArticle\",\"headline\":\"other\",\"author\":\"x\",\"url\":\"https://a.example/2\"}",
		"{\"@type\":\"NewsArticle\",\"headline\":\"own\",\"mainEntityOfPage\":{\"@id\":\"https://a.example/1\"}}", "https://a.example/1?ref=x");
	assert_slice(jsonld_text(found.article, "headline"), "own");
	arena_release(&arena);
}

static void jsonld_passes_over_articles_in_lists(void **state)
{
	(void)state;
	WITH_ARENA();
	struct jsonld found = read_scripts("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"headline\":\"teaser\"}]}", NULL, "");
	assert_null(found.article);
	arena_release(&arena);
}

static void jsonld_mends_what_pages_break(void **state)
{
	static const char *const broken[] = {
		"{\"@type\":\"NewsArticle\",\"headline\":\"H\",}", "<!-- {\"@type\":\"NewsArticle\",\"headline\":\"H\"} -->",
		"{\"@type\":\"NewsArticle\",\n// note\n\"headline\":\"H\"}", "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"H\"}\n//]]>",
		"{\"@type\":\"NewsArticle\",\"description\":\"two\nlines \\'x\\'\",\"headline\":\"H\"}", "{\"@type\":\"NewsArticle\",\"description\":\"he said \"no\" twice\",\"headline\":\"H\"};",
		"{\"@type\":\"NewsArticle\",\"description\":\"it is \"no\", they said\",\"headline\":\"H\"}", "{\"@type\":\"WebSite\"}{\"@type\":\"NewsArticle\",\"headline\":\"H\"}",
		"{\"@type\":\"WebSite\"},\n{\"@type\":\"NewsArticle\",\"headline\":\"H\"},", "{\"@type\":\"NewsArticle\"\n\"headline\":\"H\"}",
		"{\"@type\":\"NewsArticle\",,\"headline\":\"H\"}", "{\"@type\":\"NewsArticle\",\"wordCount\":,\"headline\":\"H\"}",
		"{\"@type\":\"NewsArticle\",\"video\":undefined,\"headline\":\"H\"}", "{'@type':'NewsArticle','headline':'H'}", "{@type:\"NewsArticle\",headline:\"H\", }",
		"{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"publisher\":{\"name\":\"Val", "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;H&quot;}",
		"{\"@type\":\"NewsArticle\",\"keywords\":[\"a\",\"b\",],\"image\":[{\"url\":\"x\"}\n{\"url\":\"y\"}],\"headline\":\"H\"]}", "{\"@type\":\"NewsArticle\",\"description\":\"\\u12 \\x\",\"headline\":\"H\"}",
		"{\"@type\":\"NewsArticle\",\"wordCount\":012,\"ratio\":.5,\"headline\":\"H\"}"};
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		WITH_ARENA();
		struct jsonld found = read_scripts(broken[i], NULL, "");
		if (!slice_is(jsonld_text(found.article, "headline"), "H"))
			fail_msg("not mended: %s", broken[i]);
		arena_release(&arena);
	}
}

static void jsonld_gives_up_what_is_no_json(void **state)
{
	static const char *const broken[] = {"", "no data", "[", "}}}]]", "{\"", "{{{{{{", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["};
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		WITH_ARENA();
		assert_null(read_scripts(broken[i], NULL, "").article);
		arena_release(&arena);
	}
}

static void jsonld_follows_references(void **state)
{
	(void)state;
	WITH_ARENA();
	struct jsonld found = read_scripts("{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"author\":{\"@id\":\"#p\"}},{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Ana Brandt\"}]}", NULL, "");
	assert_slice(jsonld_text(jsonld_follow(&found, json_get(found.article, "author")), "name"), "Ana Brandt");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jsonld_finds_the_article_in_a_graph),
		cmocka_unit_test(jsonld_prefers_the_article_of_this_address),
		cmocka_unit_test(jsonld_passes_over_articles_in_lists),
		cmocka_unit_test(jsonld_mends_what_pages_break),
		cmocka_unit_test(jsonld_gives_up_what_is_no_json),
		cmocka_unit_test(jsonld_follows_references),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
