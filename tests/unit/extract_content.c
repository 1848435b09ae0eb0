#include "extractpage.h"

#include <stdlib.h>

static void extract_leaves_what_stands_before_the_headline(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(
	        &arena, PAGE("<div><p>Visitors of this page are reminded that the summer fair opens on the first of June at the "
	                     "fairground.</p><h1>Harbour bridge reopens early</h1>" NEWS "</div>"));
	assert_body_lacks(a, "summer fair");
	assert_body_lacks(a, "Harbour bridge reopens early");
	assert_body_has(a, NEWS_THREE);
	arena_release(&arena);
}

static void extract_leaves_teaser_lists_without_telling_names(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena, PAGE("<div><h1>Harbour bridge reopens early</h1>" NEWS
	                                                 "<div><div class=q><a href=/1>Ferry company orders two ships</a><p>The "
	                                                 "company said on Friday that the ships will arrive next year at the "
	                                                 "earliest.</p></div><div class=q><a href=/2>Market hall gets a new "
	                                                 "roof</a><p>The roof will be built of larch, the architects of the "
	                                                 "winning design explained.</p></div><div class=q><a href=/3>Swimming "
	                                                 "lessons for all</a><p>Every child of the city is to learn to swim "
	                                                 "before the third school year.</p></div></div></div>"));
	assert_body_has(a, NEWS_THREE);
	assert_body_lacks(a, "larch");
	assert_body_lacks(a, "learn to swim");
	arena_release(&arena);
}

static void extract_joins_a_body_split_over_containers_of_one_class(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a =
	        article_of_html(&arena, PAGE("<h1>Harbour bridge reopens early</h1><div class=story-body><p>" NEWS_ONE
	                                     "</p></div><div class=x><p>Advertisement</p></div><div class=story-body><p>" NEWS_TWO
	                                     "</p></div><div class=story-body><p>" NEWS_THREE "</p></div>"));
	assert_int_equal(a->block_count, 3);
	assert_body_has(a, NEWS_ONE);
	assert_body_has(a, NEWS_THREE);
	arena_release(&arena);
}

static void extract_stops_where_an_appended_article_starts(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena,
	        PAGE("<main><article><h1>Harbour bridge reopens early</h1>" NEWS
	             "</article><article><h1>Orchestra on tour</h1><p>The city orchestra plays in nine towns this summer, its "
	             "conductor told reporters on Sunday evening.</p></article></main>"));
	assert_body_has(a, NEWS_THREE);
	assert_body_lacks(a, "orchestra");
	arena_release(&arena);
}

static void extract_overrules_a_name_that_holds_the_whole_story(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a =
	        article_of_html(&arena, PAGE("<div class=sidebar-layout><h1>Harbour bridge reopens early</h1>" NEWS "</div>"));
	assert_body_has(a, NEWS_TWO);
	arena_release(&arena);
}

static void extract_drops_read_also_lines_in_many_languages(void **state)
{
	static const char *const lines[] = {"Read also: Ferry timetable", "Lesen Sie auch: Fahrplan der Fähre",
	        "Lire aussi : les horaires du bac", "Читайте также: расписание парома", "関連記事：フェリーの時刻表",
	        "Leia também: horários da balsa", "Czytaj także: rozkład promu"};
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		with_arena(arena);
		struct slice html = arena_printf(
		        &arena, "<article><h1>Bridge</h1><p>" NEWS_ONE "</p><p>%s</p><p>" NEWS_TWO "</p></article>", lines[i]);
		struct article *a = article_of_html(&arena, arena_cstr(&arena, html));
		assert_body_lacks(a, lines[i]);
		assert_body_has(a, NEWS_TWO);
		arena_release(&arena);
	}
}

static void extract_keeps_a_sentence_that_starts_like_a_notice(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena,
	        PAGE("<article><h1>Harbour bridge reopens early</h1>" NEWS
	             "<p>Source: the council's minutes name no one, but two members who were present said on "
	             "Tuesday that the mayor had argued against the date for more than an hour before giving in.</p></article>"));
	assert_body_has(a, "giving in");
	arena_release(&arena);
}

static void extract_keeps_headings_of_a_list_article(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(
	        &arena, PAGE("<article><h1>Harbour bridge reopens early</h1><p>" NEWS_ONE "</p><h2>What changes</h2><p>" NEWS_TWO
	                     "</p><h2>What stays</h2><ul><li>Tolls are suspended.</li><li>The ferry runs.</li></ul></article>"));
	assert_int_equal(a->block_count, 6);
	assert_int_equal(a->blocks[1].kind, BLOCK_SUBHEADING);
	assert_int_equal(a->blocks[5].kind, BLOCK_LIST_ITEM);
	arena_release(&arena);
}

static void extract_takes_captions_out_of_the_body_with_their_credit(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena,
	        PAGE("<article><h1>Harbour bridge reopens early</h1><p>" NEWS_ONE
	             "</p><figure><img src=/bridge.jpg><figcaption>The bridge on Monday morning. (Photo: Tom Lind)</figcaption>"
	             "</figure><p>" NEWS_TWO "</p><p>" NEWS_THREE "</p></article>"));
	assert_body_lacks(a, "Monday morning");
	assert_non_null(a->images);
	assert_slice(a->images->caption, "The bridge on Monday morning.");
	assert_slice(a->images->credit, "Tom Lind");
	assert_slice(a->images->url, "https://gazette.example/bridge.jpg");
	arena_release(&arena);
}

static void extract_reads_a_body_that_only_a_script_holds(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena,
	        "<html><head><title>Harbour bridge reopens early</title></head><body><div "
	        "id=root></div><script>window.__STATE__={\"v\":1,\"text\":"
	        "\"\\u003cp\\u003e" NEWS_ONE "\\u003c/p\\u003e\\u003cp\\u003e" NEWS_TWO
	        "\\u003c/p\\u003e\\u003cp\\u003e" NEWS_THREE "\\u003c/p\\u003e\"}</script></body></html>");
	assert_string_equal(a->mode, "script");
	assert_int_equal(a->block_count, 3);
	arena_release(&arena);
}

static void extract_offsets_count_code_points(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a =
	        article_of_html(&arena, PAGE("<article><h1>Harbour bridge reopens early</h1><p>Über die Brücke fahren seit "
	                                     "Montag wieder Züge, teilte die "
	                                     "Behörde mit, und zwar zwei Wochen früher.</p><p>" NEWS_TWO "</p></article>"));
	assert_int_equal(a->blocks[0].start, 0);
	assert_int_equal(a->blocks[0].end, 100);
	assert_int_equal(a->blocks[1].start, 102);
	arena_release(&arena);
}

static void extract_leaves_soft_hyphens_and_bare_readings_out(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena, PAGE("<article><h1>Harbour bridge reopens early</h1>" NEWS
	                                                 "<p>The so-called Brücken\xC2\xADtag was a success, said the mayor in "
	                                                 "<ruby>東京<rt>とうきょう</rt></ruby> on "
	                                                 "Sunday.</p></article>"));
	assert_body_has(a, "Brückentag");
	assert_body_lacks(a, "とうきょう");
	arena_release(&arena);
}

static void extract_tries_again_when_names_leave_nothing(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena, PAGE("<h1>Harbour bridge reopens early</h1><div class=widget><p>" NEWS_ONE
							 "</p></div><div class=promo><p>" NEWS_TWO "</p></div><div class=caption><p>" NEWS_THREE "</p></div>"));
	assert_string_equal(a->mode, "fallback");
	assert_body_has(a, NEWS_TWO);
	arena_release(&arena);
}

/* A tag and a letter, 340,000 elements in all: each costs some 600 bytes in the arena, and growing arrays leave nothing behind. */
static void extract_of_tiny_elements_stays_within_its_memory(void **state)
{
	const size_t count = 171000;
	(void)state;
	with_arena(arena);
	char *html = malloc(count * 7 + 1);
	for (size_t i = 0; i < count; i++)
		memcpy(html + i * 7, "<b><p>x", 7);
	html[count * 7] = '\0';
	struct article *article = article_of_html(&arena, html);
	assert_true(article->block_count > 0);
	assert_true(arena.used < count * 1300);
	free(html);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(extract_leaves_what_stands_before_the_headline),
	        cmocka_unit_test(extract_leaves_teaser_lists_without_telling_names),
	        cmocka_unit_test(extract_joins_a_body_split_over_containers_of_one_class),
	        cmocka_unit_test(extract_stops_where_an_appended_article_starts),
	        cmocka_unit_test(extract_overrules_a_name_that_holds_the_whole_story),
	        cmocka_unit_test(extract_drops_read_also_lines_in_many_languages),
	        cmocka_unit_test(extract_keeps_a_sentence_that_starts_like_a_notice),
	        cmocka_unit_test(extract_keeps_headings_of_a_list_article),
	        cmocka_unit_test(extract_takes_captions_out_of_the_body_with_their_credit),
	        cmocka_unit_test(extract_reads_a_body_that_only_a_script_holds),
	        cmocka_unit_test(extract_offsets_count_code_points),
	        cmocka_unit_test(extract_leaves_soft_hyphens_and_bare_readings_out),
	        cmocka_unit_test(extract_tries_again_when_names_leave_nothing),
	        cmocka_unit_test(extract_of_tiny_elements_stays_within_its_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
