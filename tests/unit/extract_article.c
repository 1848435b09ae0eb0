#include "extractpage.h"

#include "json/reader.h"

static void set_body(struct arena *arena, struct article *article, const char *first, const char *second)
{
	struct block_list blocks;
	block_list_init(&blocks, arena);
	block_list_add(&blocks, BLOCK_SUBHEADING, slice_of(first));
	block_list_add(&blocks, BLOCK_PARAGRAPH, slice_of(second));
	article_set_blocks(arena, article, &blocks);
}

static const struct json *written(struct arena *arena, const struct article *article)
{
	struct slice text;
	struct error error;
	assert_true(article_write(arena, article, &text, &error));
	const struct json *root = json_parse(arena, text, NULL, &error);
	assert_non_null(root);
	return root;
}

static void article_blocks_are_offsets_in_code_points_of_the_body(void **state)
{
	struct article article;
	(void)state;
	with_arena(arena);
	article_init(&article);
	set_body(&arena, &article, "Häfen 🚢", "Zwei Sätze.");
	assert_slice(article.body, "Häfen 🚢\n\nZwei Sätze.");
	assert_int_equal(article.blocks[0].start, 0);
	assert_int_equal(article.blocks[0].end, 7);
	assert_int_equal(article.blocks[1].start, 9);
	assert_int_equal(article.blocks[1].end, 20);
	arena_release(&arena);
}

static void article_counts_words_and_half_the_characters_of_unspaced_scripts(void **state)
{
	struct article article;
	(void)state;
	with_arena(arena);
	article_init(&article);
	set_body(&arena, &article, "Don't stop: 42 well-known cats", "—");
	assert_int_equal(article.word_count, 5);
	set_body(&arena, &article, "新聞報道", "x");
	assert_int_equal(article.word_count, 3);
	arena_release(&arena);
}

static void article_without_anything_has_no_empty_fields(void **state)
{
	static const char *const absent[] = {"url", "canonicalUrl", "fetchedAt", "headline", "datePublished", "datePublishedDetail", "publisher",
	        "articleSection", "inLanguage", "creditText", "dateline"};
	struct article article;
	(void)state;
	with_arena(arena);
	article_init(&article);
	article.id = SLICE("1");
	const struct json *root = written(&arena, &article);
	for (size_t i = 0; i < sizeof(absent) / sizeof(*absent); i++)
		assert_null(json_get(root, absent[i]));
	assert_slice(json_string(root, "pageType"), "other");
	assert_int_equal(json_array(root, "author")->count, 0);
	assert_int_equal(json_array(root, "blocks")->count, 0);
	arena_release(&arena);
}

static void article_dates_carry_precision_source_and_offset(void **state)
{
	struct article article;
	(void)state;
	with_arena(arena);
	article_init(&article);
	article.published = (struct instant){.ms = INT64_C(1577934245000), .has_time = true, .has_offset = true, .offset_minutes = 120, .source = "meta"};
	article.modified = (struct instant){.ms = INT64_C(1577923200000), .source = "time"};
	const struct json *root = written(&arena, &article), *detail = json_object(root, "datePublishedDetail");
	assert_slice(json_string(root, "datePublished"), "2020-01-02T03:04:05Z");
	assert_slice(json_string(detail, "precision"), "time");
	assert_slice(json_string(detail, "source"), "meta");
	assert_int_equal(json_integer(detail, "offsetMinutes", 0), 120);
	detail = json_object(root, "dateModifiedDetail");
	assert_slice(json_string(detail, "precision"), "day");
	assert_null(json_get(detail, "offsetMinutes"));
	arena_release(&arena);
}

static void article_keeps_authors_keywords_and_images_in_order(void **state)
{
	struct article article;
	(void)state;
	with_arena(arena);
	article_init(&article);
	article_add_author(&arena, &article, SLICE("Ada Roe"))->email = SLICE("ada@gazette.example");
	article_add_author(&arena, &article, SLICE("Bo Vik"));
	article_add_keyword(&arena, &article, SLICE("harbour"));
	article_add_keyword(&arena, &article, SLICE("a \"quote\""));
	article_add_image(&arena, &article)->caption = SLICE("The bridge");
	const struct json *root = written(&arena, &article), *author = json_array(root, "author")->first;
	assert_slice(json_string(author, "name"), "Ada Roe");
	assert_slice(json_string(author, "email"), "ada@gazette.example");
	assert_slice(json_string(author->next, "name"), "Bo Vik");
	assert_null(json_get(author->next, "email"));
	assert_slice(json_array(root, "keywords")->first->next->text, "a \"quote\"");
	assert_slice(json_string(json_array(root, "image")->first, "caption"), "The bridge");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(article_blocks_are_offsets_in_code_points_of_the_body),
	        cmocka_unit_test(article_counts_words_and_half_the_characters_of_unspaced_scripts),
	        cmocka_unit_test(article_without_anything_has_no_empty_fields),
	        cmocka_unit_test(article_dates_carry_precision_source_and_offset),
	        cmocka_unit_test(article_keeps_authors_keywords_and_images_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
