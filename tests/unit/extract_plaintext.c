#include "witharena.h"

#include <stdlib.h>

#include "base/buf.h"
#include "extract/plaintext.h"
#include "extract/textunit.h"

#define BODY \
	"The harbour of Nordhaven opened again on Sunday after three days of storm, the port authority said in a statement.\n\n" \
	"Some forty ships had been waiting at sea since Thursday, when the wind reached a strength that the town had not seen in years.\n\n" \
	"\"We are glad that nobody was hurt,\" the mayor, Eva Roth, told reporters. \"Now the work begins, and it will take us until spring.\"\n\n" \
	"The breakwater was damaged over a length of two hundred metres. The authority expects that the repair will cost several millions.\n\n"

static struct article read_page(const char *text)
{
	struct article article;
	article_init(&article);
	plaintext_extract(&arena, slice_of(text), &article);
	return article;
}

static void plaintext_parts_the_body_from_menus_and_lists(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("Menu\n\n  * Home\n  * News\n  * Sports\n  * Contact us\n\nHarbour opens again after the storm\n\n  * Facebook share button\n  * Twitter share button\n\n"
	                        "By Ana Brandt\n\n" BODY "Ana Brandt ana@port.example\n\nTop 10 Stories\n\n  * Bridge closed\n  * Mayor resigns\n\ngo top\n");
	assert_slice(a.headline.value, "Harbour opens again after the storm");
	assert_int_equal(a.block_count, 4);
	assert_true(slice_starts(a.body, SLICE("The harbour of Nordhaven")));
	assert_true(slice_ends(a.body, SLICE("several millions.")));
	assert_slice(a.authors->name, "Ana Brandt");
	assert_slice(a.authors->email, "ana@port.example");
	assert_null(a.authors->next);
	arena_release(&arena);
}

static void plaintext_finds_the_address_in_a_line_that_the_model_left_out(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("Menu\n\n  * Home\n  * News\n\nHarbour opens again after the storm\n\nBy Ana Brandt\n\n" BODY
		"Follow Ana Brandt on social media, write to abrandt@port.example\n\nShare this\n\nRead next\n\nBridge closed over the Sund\n");
	assert_int_equal(a.block_count, 4);
	assert_slice(a.authors->email, "abrandt@port.example");
	arena_release(&arena);
}

static void plaintext_keeps_a_doubled_caption_once_with_its_credit(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("Harbour opens again after the storm\n\nShips wait off the harbour of Nordhaven on Saturday. / Reuters\nShips wait off the harbour of Nordhaven on Saturday. / Reuters\n\nBy Ana Brandt\n\n" BODY);
	assert_non_null(a.images);
	assert_slice(a.images->caption, "Ships wait off the harbour of Nordhaven on Saturday.");
	assert_slice(a.images->credit, "Reuters");
	assert_null(a.images->next);
	assert_false(slice_contains(a.body, SLICE("Ships wait")));
	arena_release(&arena);
}

static void plaintext_joins_wrapped_lines(void **state)
{
	(void)state;
	WITH_ARENA();
	struct text_units units = text_units_cut(&arena, SLICE("The harbour of Nordhaven opened again on Sunday\nafter three days of storm, the port authority\nsaid in a statement that it published in the\n"
		"evening of the same day for all the newspapers\nand the stations of the country and its closest\nneighbours, who had asked for nothing else for\nthe last three days, as the speaker told us all\nwhen he was done.\n\nMore.\n"));
	assert_int_equal(units.count, 2);
	assert_true(units.wrapped_at > 40);
	assert_slice(units.items[1].text, "More.");
	arena_release(&arena);
}

static void plaintext_joins_a_wrapped_line_that_begins_with_a_quotation_mark_but_no_item_of_a_list(void **state)
{
	(void)state;
	WITH_ARENA();
	struct text_units units = text_units_cut(&arena, SLICE("The harbour of Nordhaven opened again on Sunday\n“after three days of storm”, the port’s speaker\nsaid in a statement which was published in the\n"
		"– as always – evening of that day, for all the\nnewspapers and the stations of the country, of\nneighbours, who had asked for nothing else for\nthe last three days, as the speaker told us all\nwhen he was done.\n"
		"• Ships: forty, all of them waiting in the bay.\n• Cars: none.\n\nMore.\n"));
	assert_int_equal(units.count, 4);
	assert_true(slice_ends(units.items[0].text, SLICE("when he was done.")));
	assert_slice(units.items[1].text, "Ships: forty, all of them waiting in the bay.");
	arena_release(&arena);
}

static void plaintext_does_not_join_lines_that_were_not_wrapped(void **state)
{
	(void)state;
	WITH_ARENA();
	struct text_units units = text_units_cut(&arena, SLICE("Home\nNews\nSports\nWeather\nBusiness\nCulture\nScience\nContact\nAbout\n"));
	assert_int_equal(units.count, 9);
	arena_release(&arena);
}

static void plaintext_reads_markdown_marks_as_marks(void **state)
{
	(void)state;
	WITH_ARENA();
	struct text_units units = text_units_cut(&arena, SLICE("## The *new* harbour ##\n\n- [Read more](https://port.example/a_b) here\n\n> **Bold** words\n\n![A ship](ship.jpg)\n\n3 * 4 * 5 = snake_case_name\n\n* * *\n\n• dot\n"));
	assert_slice(units.items[0].text, "The new harbour");
	assert_int_equal(units.items[0].heading, 2);
	assert_slice(units.items[1].text, "Read more here");
	assert_true(units.items[1].bullet);
	assert_int_equal(units.items[1].link_columns, 9);
	assert_slice(units.items[2].text, "Bold words");
	assert_true(units.items[2].quote);
	assert_slice(units.items[3].text, "A ship");
	assert_true(units.items[3].image);
	assert_slice(units.items[4].text, "3 * 4 * 5 = snake_case_name");
	assert_slice(units.items[5].text, "dot");
	assert_true(units.items[5].bullet && units.items[5].rule);
	arena_release(&arena);
}

static void plaintext_drops_marks_that_pair_with_none(void **state)
{
	(void)state;
	WITH_ARENA();
	struct text_units units = text_units_cut(&arena, SLICE("held a talk _with the guests: _ about tides\n\nthe only way.__\n\n** Order:** first in, first out\n\nthe CCI** and CCI***\n\n@harbour_ and a_b\n"));
	assert_int_equal(units.count, 5);
	assert_slice(units.items[0].text, "held a talk with the guests: about tides");
	assert_slice(units.items[1].text, "the only way.");
	assert_slice(units.items[2].text, "Order: first in, first out");
	assert_slice(units.items[3].text, "the CCI** and CCI***");
	assert_slice(units.items[4].text, "@harbour_ and a_b");
	arena_release(&arena);
}

static void plaintext_of_nothing_has_no_body(void **state)
{
	struct article article;
	(void)state;
	WITH_ARENA();
	article_init(&article);
	assert_false(plaintext_extract(&arena, SLICE(""), &article));
	assert_false(plaintext_extract(&arena, SLICE("\n\n* * *\n  *\n"), &article));
	arena_release(&arena);
}

/* A teaser above the story quotes a paragraph of it: taken out as a teaser, it must not take the paragraph with it. */
static void plaintext_keeps_a_paragraph_that_a_teaser_quotes(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("Menu\n\n  * Home\n  * News\n  * Sports\n  * Contact us\n\nTop stories\n\n"
		"Some forty ships had been waiting at sea since Thursday, when the wind reached a strength that the town had not seen in years.\n\nRead more\n\n"
		"Bridge closed\n\nMayor resigns\n\nWeather\n\nTraffic\n\nOpinion\n\nSign in\n\nSubscribe\n\nHome\n\nNews\n\nRegion\n\n"
		"# Harbour opens again after the storm\n\nBy Ana Brandt\n\n19 November 2019, 10:48\n\n" BODY "Share this\n\nRelated\n\n  * Bridge closed\n  * Mayor resigns\n");
	assert_slice(a.headline.value, "Harbour opens again after the storm");
	assert_true(slice_starts(a.body, SLICE("The harbour of Nordhaven")));
	assert_int_equal(a.block_count, 4);
	arena_release(&arena);
}

static void plaintext_says_a_paragraph_once(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("Harbour opens again after the storm\n\nBy Ana Brandt\n\n" BODY
		"Some forty ships had been waiting at sea since Thursday, when the wind reached a strength that the town had not seen in years.\n\n"
		"The last of them is expected to leave the harbour on Friday, with timber for the yards of the south coast.\n\nShare this\n");
	assert_int_equal(a.block_count, 5);
	assert_int_equal(a.removed[REMOVED_DUPLICATE], 1);
	arena_release(&arena);
}

static void plaintext_finds_a_headline_without_marks(void **state)
{
	(void)state;
	WITH_ARENA();
	struct article a = read_page("Home\nNews\nRegion\nWeather\nStorm at sea: ships of Nordhaven in pictures\nSubscribe\nSign in\nHome\nNews\nCoast\nCranes turn again after a long wait\n"
		"November 19, 2019, 10:48\nBy Ana Brandt\n" BODY "Tags: harbour, storm\nMost read\nBridge closed over the Sund\nMayor of Lund resigns after nine years\n");
	assert_slice(a.headline.value, "Cranes turn again after a long wait");
	arena_release(&arena);
}

/* A dump of half a million lines costs no more memory than one of 30,000 (here the arena's ceiling), and what was left unread is told. */
static void plaintext_reads_only_so_many_lines(void **state)
{
	struct article article;
	struct arena lines;
	(void)state;
	WITH_ARENA();
	char *page = malloc(2000000);
	for (size_t i = 0; i < 2000000; i += 4)
		memcpy(page + i, "* x\n", 4);
	article_init(&article);
	plaintext_extract(&arena, slice_make(page, 2000000), &article);
	assert_true(article.removed[REMOVED_TRAILING] >= 500000 - TEXT_LINES_MAX);
	arena_release(&arena);
	arena_init(&lines, (size_t)16 << 20);
	lines.escape = &escape;
	struct text_units units = text_units_cut(&lines, slice_make(page, TEXT_LINES_MAX * 4));
	assert_int_equal(units.count, TEXT_LINES_MAX);
	assert_int_equal(units.unread, 0);
	arena_release(&lines);
	free(page);
}

static void plaintext_remembers_empty_lines_and_numbers(void **state)
{
	(void)state;
	WITH_ARENA();
	struct text_units units = text_units_cut(&arena, SLICE("\n\nOne\n\n* * *\n\n  \nTwo\n\n\n\n\n\n\n\n\n\n\n\nThree\n"));
	assert_int_equal(units.count, 3);
	assert_int_equal(units.items[0].blanks, 2);
	assert_int_equal(units.items[1].blanks, 3);
	assert_int_equal(units.items[1].line, 8);
	assert_true(units.items[1].rule);
	assert_int_equal(units.items[2].blanks, 9);
	assert_int_equal(units.items[2].line, 20);
	arena_release(&arena);
}

/* Each opening bracket of such a line is read up to the limit of a link's length for nothing; after a while none is looked at any more. */
static void plaintext_loses_patience_with_brackets_that_open_no_link(void **state)
{
	(void)state;
	WITH_ARENA();
	char line[12100];
	size_t len = 0;
	struct text_units units = text_units_cut(&arena, SLICE("[1] [2] [3 [4 see [the port](https://port.example/)\n"));
	assert_slice(units.items[0].text, "[1] [2] [3 [4 see the port");
	for (int i = 0; i < 6; i++) {
		memset(line + len, '[', 1990), len += 1990;
		line[len++] = ']';
	}
	memcpy(line + len, " [the port](https://port.example/)", 34), len += 34;
	units = text_units_cut(&arena, slice_make(line, len));
	assert_true(slice_ends(units.items[0].text, SLICE(" [the port](https://port.example/)")));
	arena_release(&arena);
}

static size_t count_images(const struct article *article)
{
	size_t count = 0;
	for (const struct image *image = article->images; image; image = image->next)
		count++;
	return count;
}

/* Each is compared with those before it. */
static void plaintext_tells_at_most_so_many_captions(void **state)
{
	struct article article;
	struct buf page;
	(void)state;
	WITH_ARENA();
	buf_init_arena(&page, &arena, SIZE_MAX);
	buf_append(&page, SLICE("Harbour opens again after the storm\n\n" BODY));
	for (int i = 0; i < 300; i++)
		buf_printf(&page, "Ship number %d waits off the harbour\nShip number %d waits off the harbour / Reuters\n", i, i);
	buf_append(&page, SLICE("\n" BODY));
	article_init(&article);
	plaintext_extract(&arena, buf_slice(&page), &article);
	assert_int_equal(count_images(&article), ARTICLE_IMAGES_MAX);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plaintext_parts_the_body_from_menus_and_lists),
		cmocka_unit_test(plaintext_finds_the_address_in_a_line_that_the_model_left_out),
		cmocka_unit_test(plaintext_keeps_a_doubled_caption_once_with_its_credit),
		cmocka_unit_test(plaintext_joins_wrapped_lines),
		cmocka_unit_test(plaintext_joins_a_wrapped_line_that_begins_with_a_quotation_mark_but_no_item_of_a_list),
		cmocka_unit_test(plaintext_does_not_join_lines_that_were_not_wrapped),
		cmocka_unit_test(plaintext_reads_markdown_marks_as_marks),
		cmocka_unit_test(plaintext_drops_marks_that_pair_with_none),
		cmocka_unit_test(plaintext_of_nothing_has_no_body),
		cmocka_unit_test(plaintext_keeps_a_paragraph_that_a_teaser_quotes),
		cmocka_unit_test(plaintext_says_a_paragraph_once),
		cmocka_unit_test(plaintext_finds_a_headline_without_marks),
		cmocka_unit_test(plaintext_reads_only_so_many_lines),
		cmocka_unit_test(plaintext_remembers_empty_lines_and_numbers),
		cmocka_unit_test(plaintext_loses_patience_with_brackets_that_open_no_link),
		cmocka_unit_test(plaintext_tells_at_most_so_many_captions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
