#include "witharena.h"

#include "extract/metadata.h"
#include "extract/parse.h"

static struct article read_page(const char *head, const char *body)
{
	struct article article;
	struct error error;
	parse_init();
	article_init(&article);
	article.url = SLICE("https://port.example/news/1");
	struct slice html = arena_printf(&arena, "<html lang=en><head>%s</head><body>%s</body></html>", head, body);
	struct tree *tree = tree_parse(&arena, html, &PARSE_LIMITS_DEFAULT, &error);
	assert_non_null(tree);
	metadata_collect(&arena, tree, article.url, &article);
	return article;
}

static void expect_time(struct instant instant, const char *want)
{
	char got[32] = "none";
	if (instant.ms != CLOCK_NONE)
		clock_format(instant.ms, got);
	assert_string_equal(got, want);
}

static void metadata_never_takes_the_modified_date_for_the_published(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"dateModified\":\"2024-05-03T10:00:00Z\"}</script>", "<h1>Harbour opens</h1><time class=updated datetime='2024-05-04'>4 May</time>");
	expect_time(a.published, "none");
	expect_time(a.modified, "2024-05-03T10:00:00Z");
	arena_release(&arena);
}

static void metadata_takes_the_offset_from_another_field_of_the_same_time(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-03T10:00:00\"}</script><meta property='article:published_time' content='2024-05-03T10:00:00+09:00'>", "<h1>x</h1>");
	expect_time(a.published, "2024-05-03T01:00:00Z");
	arena_release(&arena);
}

static void metadata_takes_the_headline_that_the_page_agrees_on(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<title>The harbour’s last tide</title><meta property='og:title' content=\"The harbour's last tide\"><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The harbour’s last tide\"}</script>",
		"<h1>The harbour’s last tide</h1>");
	assert_slice(a.headline.value, "The harbour’s last tide");
	a = read_page("<title>Harbour to close at night</title><meta property='og:title' content='Harbour to close at night'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Port: Harbour to close at night\"}</script>",
		"<h1>Harbour to close at night</h1>");
	assert_slice(a.headline.value, "Harbour to close at night");
	a = read_page("<title>Harbour of the north to close at night</title><meta property='og:title' content='Harbour of the north to close at night'>"
		"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Northern harbour closes\"}</script>", "<h1>Northern harbour closes</h1>");
	assert_slice(a.headline.value, "Northern harbour closes");
	arena_release(&arena);
}

static void metadata_takes_no_name_of_the_site_for_a_headline(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<title>Daily Port</title><meta property=og:title content='Daily Port'><meta property=og:site_name content='Daily Port'>", "<h1>Harbour opens again</h1>");
	assert_slice(a.headline.value, "Harbour opens again");
	a = read_page("<title>Daily Port</title><meta property=og:site_name content='Daily Port'>", "<p>News</p>");
	assert_slice(a.headline.value, "Daily Port");
	arena_release(&arena);
}

static void metadata_reads_the_date_as_the_country_writes_it(void **state)
{
	struct article a;
	struct error error;
	(void)state;
	WITH_ARENA();
	parse_init();
	struct tree *tree = tree_parse(&arena, SLICE("<html lang=en-US><h1>Harbour opens again</h1><p>Published 04/05/2024</p>"), &PARSE_LIMITS_DEFAULT, &error);
	article_init(&a);
	metadata_collect(&arena, tree, SLICE("https://dailyport.example.co.uk/1"), &a);
	expect_time(a.published, "2024-05-04T00:00:00Z");
	article_init(&a);
	metadata_collect(&arena, tree, SLICE("https://dailyport.example/1"), &a);
	expect_time(a.published, "2024-04-05T00:00:00Z");
	arena_release(&arena);
}

static void metadata_reads_bylines_and_dates_that_only_readers_see(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<title>Harbour opens - Port News</title>", "<h1>Harbour opens</h1><p>By Ana Brandt</p><p>Published 3 May 2024, 10:15</p><p>The harbour opened.</p>");
	assert_non_null(a.authors);
	assert_slice(a.authors->name, "Ana Brandt");
	assert_string_equal(a.author_source, "byline");
	expect_time(a.published, "2024-05-03T10:15:00Z");
	assert_string_equal(a.published.source, "text");
	arena_release(&arena);
}

static void metadata_parts_a_byline_where_one_element_ends_and_another_begins(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<title>Harbour opens</title><meta property='og:site_name' content='Port News'>", "<h1>Harbour opens</h1><div class=byline><span>By Ana Brandt and Tom Lind</span> "
		"<span>Port News</span></div><p>It opened.</p>");
	assert_non_null(a.authors);
	assert_slice(a.authors->name, "Ana Brandt");
	assert_non_null(a.authors->next);
	assert_slice(a.authors->next->name, "Tom Lind");
	assert_null(a.authors->next->next);
	a = read_page("<title>Harbour opens</title>", "<h1>Harbour opens</h1><div class=byline>By <span class=firstname>Ana Maria</span> <span class=lastname>Brandt</span></div>");
	assert_non_null(a.authors);
	assert_slice(a.authors->name, "Ana Maria Brandt");
	assert_null(a.authors->next);
	arena_release(&arena);
}

static void metadata_gives_each_date_of_a_line_its_own_time_and_label(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<title>Harbour opens</title>", "<h1>Harbour opens</h1><p>Published May 3, 2024 | Updated 8:14 a.m. ET May 4, 2024</p><p>It opened.</p>");
	expect_time(a.published, "2024-05-03T00:00:00Z");
	expect_time(a.modified, "2024-05-04T12:14:00Z");
	a = read_page("<title>Harbour opens</title>", "<h1>Harbour opens</h1><p>May 3, 2024 4:52 PM EDT · Updated 3 hours ago</p><p>It opened.</p>");
	expect_time(a.published, "2024-05-03T20:52:00Z");
	expect_time(a.modified, "none");
	a = read_page("<title>Harbour opens</title>", "<h1>Harbour opens</h1><p>May 3, 2024 Updated</p><p>It opened.</p>");
	expect_time(a.published, "none");
	expect_time(a.modified, "2024-05-03T00:00:00Z");
	arena_release(&arena);
}

static void metadata_leaves_the_time_out_of_a_byline(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<title>Trams return</title>", "<h1>Trams return</h1><div class=byline>By Maria Lundgren "
		"<time datetime=2026-11-17T08:40:00+01:00>17 November 2026</time></div><p>The trams are back.</p>");
	assert_non_null(a.authors);
	assert_slice(a.authors->name, "Maria Lundgren");
	assert_null(a.authors->next);
	arena_release(&arena);
}

static void metadata_passes_over_bylines_of_teasers(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("", "<h1>Harbour opens</h1><div class=related><p class=author>By Tom Lind</p></div>");
	assert_null(a.authors);
	arena_release(&arena);
}

static void metadata_prefers_people_to_the_name_of_the_site(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<meta property=og:site_name content='Daily Port'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Organization\",\"name\":\"Daily Port\"}}</script><meta name=author content='Ana Brandt'>", "<h1>x</h1>");
	assert_slice(a.authors->name, "Ana Brandt");
	assert_null(a.authors->next);
	arena_release(&arena);
}

static void metadata_fields_of_the_message_win(void **state)
{
	struct article article;
	struct error error;
	(void)state;
	WITH_ARENA();
	parse_init();
	article_init(&article);
	article.headline = (struct sourced){SLICE("Given"), "message"};
	struct tree *tree = tree_parse(&arena, SLICE("<title>Other</title><h1>Other</h1>"), &PARSE_LIMITS_DEFAULT, &error);
	metadata_collect(&arena, tree, SLICE(""), &article);
	assert_slice(article.headline.value, "Given");
	arena_release(&arena);
}

static void metadata_makes_canonical_links_absolute(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("<link rel=canonical href='/news/2'>", "");
	assert_slice(a.canonical_url.value, "https://port.example/news/2");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metadata_never_takes_the_modified_date_for_the_published),
		cmocka_unit_test(metadata_takes_the_offset_from_another_field_of_the_same_time),
		cmocka_unit_test(metadata_takes_the_headline_that_the_page_agrees_on),
		cmocka_unit_test(metadata_takes_no_name_of_the_site_for_a_headline),
		cmocka_unit_test(metadata_reads_the_date_as_the_country_writes_it),
		cmocka_unit_test(metadata_reads_bylines_and_dates_that_only_readers_see),
		cmocka_unit_test(metadata_parts_a_byline_where_one_element_ends_and_another_begins),
		cmocka_unit_test(metadata_gives_each_date_of_a_line_its_own_time_and_label),
		cmocka_unit_test(metadata_leaves_the_time_out_of_a_byline),
		cmocka_unit_test(metadata_passes_over_bylines_of_teasers),
		cmocka_unit_test(metadata_prefers_people_to_the_name_of_the_site),
		cmocka_unit_test(metadata_fields_of_the_message_win),
		cmocka_unit_test(metadata_makes_canonical_links_absolute),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
