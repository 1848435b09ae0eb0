#include "grouparena.h"

#include "tag/tagged.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct tagger *tagger;

static int setup(void **state)
{
	(void)state;
	struct error error;

	open_arena((size_t)256 << 20);
	tagger = tagger_create("news", "", &error);
	return tagger ? 0 : -1;
}

static int teardown(void **state)
{
	tagger_destroy(&tagger);
	return close_arena(state);
}

static const struct json *tag_with(const struct tagger *with, const char *text)
{
	struct tagged_counts counts;
	struct error error;
	const struct json *article = json_parse(&arena, slice_of(text), &JSON_LIMITS_DEFAULT, &error);

	assert_non_null(article);
	struct slice message = tagger_tag(with, &arena, article, &counts, NULL);
	const struct json *root = json_parse(&arena, message, &JSON_LIMITS_DEFAULT, &error);
	assert_non_null(root);
	return root;
}

static const struct json *tag(const char *text) { return tag_with(tagger, text); }

static const struct json *entity(const struct json *root, const char *name)
{
	for json_each(item, json_array(root, "entities"))
		if (slice_is(json_string(item, "name"), name))
			return item;
	fail_msg("no entity %s", name);
	return NULL;
}

static const char ARTICLE[] = "{\"id\":\"a1\",\"datePublished\":\"2024-05-14T10:00:00Z\",\"inLanguage\":{\"tag\":\"en\"},"
	"\"headline\":\"Macron visits Nairobi\",\"articleBody\":\"French President Emmanuel Macron arrived in Nairobi, Kenya, on Monday. "
	"Macron will meet Kenyan officials and the World Health Organization (WHO). The WHO said it had $4 million for the United States "
	"and the U.S. programme.\",\"image\":[{\"caption\":\"Emmanuel Macron in Nairobi\"}],\"foreign\":{\"kept\":[1,2.50]}}";

static void tagged_joins_a_name_over_all_fields(void **state)
{
	(void)state;
	const struct json *macron = entity(tag(ARTICLE), "Emmanuel Macron");
	size_t count = 0;

	assert_slice(json_string(macron, "type"), "person");
	assert_slice(json_string(macron, "role"), "French President");
	static const char *const fields[] = {"headline", "articleBody", "articleBody", "caption"};
	for json_each(mention, json_array(macron, "mentions"))
		assert_slice(json_string(mention, "field"), fields[count++]);
	assert_int_equal(count, 4);
	assert_true(json_number(macron, "salience", 0) == 1);
}

static void tagged_gives_codes_to_countries_peoples_and_cities(void **state)
{
	(void)state;
	const struct json *root = tag(ARTICLE);

	assert_slice(json_string(entity(root, "Kenya"), "countryCode"), "KE");
	assert_slice(json_string(entity(root, "Kenyan"), "countryCode"), "KE");
	assert_slice(json_string(entity(root, "French"), "countryCode"), "FR");
	assert_slice(json_string(entity(root, "Nairobi"), "countryCode"), "KE");
	assert_int_equal(json_array(entity(root, "United States"), "mentions")->count, 2);
}

static void tagged_joins_an_acronym(void **state)
{
	(void)state;
	assert_int_equal(json_array(entity(tag(ARTICLE), "World Health Organization"), "mentions")->count, 3);
}

static void tagged_keeps_what_it_does_not_know_and_adds_times_and_quantities(void **state)
{
	(void)state;
	const struct json *root = tag(ARTICLE);

	assert_slice(json_array(json_object(root, "foreign"), "kept")->first->next->text, "2.50");
	assert_slice(json_string(json_array(root, "times")->first, "value"), "2024-05-13");
	assert_slice(json_string(json_array(root, "quantities")->first, "text"), "$4 million");
}

static void tagged_has_a_figure_as_time_or_quantity_or_in_a_name(void **state)
{
	(void)state;
	static const char *const texts[] = {"2000 yuan", "14th"};
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"They paid 2000 yuan in the 20th century. Then the 14th session of the "
				      "court upheld the First Amendment.\"}");
	size_t count = 0;

	for json_each(quantity, json_array(root, "quantities")) {
		assert_true(count < 2);
		assert_slice(json_string(quantity, "text"), texts[count++]);
	}
	assert_int_equal(count, 2);
	assert_int_equal(json_array(root, "times")->count, 1);
	assert_slice(json_string(json_array(root, "times")->first, "text"), "the 20th century");
}

/* The anchor is stated with each time that was completed from it; without one nothing is invented. */
static void tagged_states_what_a_time_was_seen_from(void **state)
{
	(void)state;
	static const struct {
		const char *dates, *value, *anchor;
	} cases[] = {
		{"\"datePublished\":\"2026-03-11T09:00:00Z\",\"fetchedAt\":\"2026-04-20T09:00:00Z\",", "2026-03-09", "datePublished"},
		{"\"fetchedAt\":\"2026-04-21T09:00:00Z\",", "2026-04-20", "fetchedAt"},
		{"\"datePublished\":\"2026-04-19T23:30:00-05:00\",", "2026-04-13", "datePublished"}, /* in Greenwich it is Monday already */
		{"\"datePublished\":\"2026-04-19T20:30:00Z\",", "2026-04-13", "datePublished"},
		{"\"datePublished\":\"2026-04-20T03:30:00+09:00\",", "2026-04-20", "datePublished"},
		{"\"datePublished\":\"2026-04-20T03:30:00+0900\",", "2026-04-20", "datePublished"},
		{"\"datePublished\":\"soon\",\"fetchedAt\":\"2026-04-21T09:00:00Z\",", "2026-04-20", "fetchedAt"},
		{"", "XXXX-WXX-1", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, "{%s\"inLanguage\":\"en\",\"articleBody\":\"They met on Monday, a day after May 3, 2025.\"}", cases[i].dates);
		const struct json *time = json_array(tag(text), "times")->first;
		assert_slice(json_string(time, "value"), cases[i].value);
		assert_slice(json_string(time, "anchor"), cases[i].anchor);
		while (time->next)
			time = time->next;
		assert_slice(json_string(time, "value"), "2025-05-03");
		assert_int_equal(json_string(time, "anchor").len, 0); /* whole by itself */
	}
}

/* Combining marks: "São" as a, tilde, o is São, at its own offsets. */
static void tagged_sees_through_combining_marks(void **state)
{
	(void)state;
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"Officials in Sa\u0303o Paulo, Brazil, said that S\u00e3o Paulo was calm.\"}");
	const struct json *city = NULL;
	size_t count = 0;

	for json_each(item, json_array(root, "entities"))
		if (slice_is(json_string(item, "type"), "place") && json_array(item, "mentions")->count == 2)
			city = item;
	assert_non_null(city);
	assert_slice(json_string(city, "countryCode"), "BR");
	static const int64_t ends[] = {23, 52};
	for json_each(mention, json_array(city, "mentions"))
		assert_int_equal(json_integer(mention, "end", -1), ends[count++]);
}

static void tagged_gives_the_offset_of_a_named_zone(void **state)
{
	(void)state;
	static const char *const offsets[] = {"-05:00", "+05:45", ""};
	const struct json *root = tag("{\"inLanguage\":\"en\",\"datePublished\":\"2026-03-11T09:00:00Z\",\"articleBody\":\"It began at 10:30 a.m. EST, "
				      "was over at 21:15 NPT and on air at 9 p.m. ET.\"}");
	size_t count = 0;

	for json_each(time, json_array(root, "times")) {
		assert_true(count < 3);
		assert_slice(json_string(time, "utcOffset"), offsets[count++]);
	}
	assert_int_equal(count, 3);
}

static void tagged_again_is_the_same(void **state)
{
	(void)state;
	struct tagged_counts counts;
	struct error error;
	const struct json *article = json_parse(&arena, slice_of(ARTICLE), &JSON_LIMITS_DEFAULT, &error);
	struct slice once = tagger_tag(tagger, &arena, article, &counts, NULL);
	struct slice twice = tagger_tag(tagger, &arena, json_parse(&arena, once, &JSON_LIMITS_DEFAULT, &error), &counts, NULL);

	assert_true(slice_equal(once, twice));
}

static void tagged_counts_code_points(void **state)
{
	(void)state;
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"Überall — “€5”: the minister said Angela Merkel flew to Paris.\"}");
	const struct json *mention = json_array(entity(root, "Angela Merkel"), "mentions")->first;

	assert_int_equal(json_integer(mention, "start", -1), 34);
	assert_int_equal(json_integer(mention, "end", -1), 47);
}

static void tagged_says_little_in_languages_it_does_not_know(void **state)
{
	(void)state;
	const struct json *root = tag("{\"inLanguage\":{\"tag\":\"de\"},\"articleBody\":\"Der Minister sagte in Namibia, dass Herr Klein am "
				      "Montag nach Berlin fliegt. Das Gute daran.\"}");

	assert_int_equal(json_array(root, "entities")->count, 1);
	assert_slice(json_string(entity(root, "Namibia"), "countryCode"), "NA");
	root = tag("{\"inLanguage\":{\"tag\":\"ja\"},\"articleBody\":\"東京都は12日、新しい計画を発表した。\"}");
	assert_int_equal(json_array(root, "entities")->count, 0);
}

static void tagged_keeps_given_names_of_two_syllables(void **state)
{
	(void)state;
	static const char *const names[] = {"Han Su-an", "Park Ha-in"}; /* the model alone says "Han Su" and "Park Ha" */
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"Ministers Cho Ha-in and Han Su-an left Seoul. Mr. Park Ha-in stayed in Seoul.\"}");

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_slice(json_string(entity(root, names[i]), "type"), "person");
}

static void tagged_names_have_no_blank_behind_their_apostrophe(void **state)
{
	(void)state;
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"Ana Ruiz teaches law at King’ s College London. King’ s College London opened.\"}");
	const struct json *college = entity(root, "King’s College London");
	const struct json *mention = json_array(college, "mentions")->first;

	assert_slice(json_string(mention, "text"), "King’ s College London"); /* as the text has it */
	assert_int_equal(json_integer(mention, "start", 0), 24);
	assert_int_equal(json_integer(mention, "end", 0), 46);
}

static void tagged_parts_a_people_from_the_quarter_of_its_country(void **state)
{
	(void)state;
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"Some officials believe the talks will take place in the Russian Far Eastern "
				      "city of Vladivostok.\"}");

	assert_slice(json_string(entity(root, "Russian"), "type"), "nationality");
	assert_slice(json_string(entity(root, "Vladivostok"), "type"), "place");
}

static void tagged_finds_a_name_though_where_it_begins_is_in_doubt(void **state)
{
	(void)state;
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"The speaker opened a session of the 14th Supreme People's Assembly.\"}");

	assert_slice(json_string(entity(root, "Supreme People's Assembly"), "type"), "organization");
}

static void tagged_finds_names_in_small_letters_in_careless_text(void **state)
{
	(void)state;
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"i am from mexico and traveling to san francisco next week. where can i "
				      "stay?\"}");

	assert_slice(json_string(entity(root, "mexico"), "countryCode"), "MX");
	assert_slice(json_string(entity(root, "san francisco"), "type"), "place");
}

static void tagged_tells_a_shared_currency_by_the_cities_where_no_country_is_named(void **state)
{
	(void)state;
	const struct json *root = tag("{\"inLanguage\":\"en\",\"articleBody\":\"In Karachi, the rupee closed at Rs281.4 against the dollar on Thursday.\"}");

	assert_slice(json_string(json_array(root, "quantities")->first, "unit"), "PKR");
}

static void tagged_takes_articles_without_text(void **state)
{
	(void)state;
	assert_int_equal(json_array(tag("{}"), "entities")->count, 0);
	assert_int_equal(json_array(tag("{\"headline\":5,\"image\":{},\"articleBody\":null}"), "entities")->count, 0);
}

static void tagged_links_what_the_users_file_knows(void **state)
{
	(void)state;
	char path[] = "/tmp/copydesk-kb-XXXXXX";
	struct error error;
	int file = mkstemp(path);
	static const char facts[] = "# ids\nnairobi\tQ3870\tplace\nEmmanuel  Macron\tQ3052772\nKenya\tQ1\tperson\n";

	assert_int_equal(write(file, facts, sizeof facts - 1), sizeof facts - 1);
	close(file);
	struct tagger *linked = tagger_create("news", path, &error);
	unlink(path);
	assert_non_null(linked);
	const struct json *root = tag_with(linked, ARTICLE);
	assert_slice(json_string(entity(root, "Nairobi"), "sameAs"), "Q3870");
	assert_slice(json_string(entity(root, "Emmanuel Macron"), "sameAs"), "Q3052772");
	assert_int_equal(json_string(entity(root, "Kenya"), "sameAs").len, 0);
	tagger_destroy(&linked);
}

static void tagged_names_the_bad_line_of_the_users_file(void **state)
{
	(void)state;
	char path[] = "/tmp/copydesk-kb-XXXXXX";
	struct error error = {0};
	int file = mkstemp(path);

	assert_int_equal(write(file, "a\tb\nonly a name\n", 16), 16);
	close(file);
	assert_null(tagger_create("news", path, &error));
	unlink(path);
	assert_string_equal(error.code, "kb_syntax");
	assert_non_null(strstr(error.text, ":2:"));
}

static void tagged_refuses_a_users_file_that_can_say_nothing(void **state)
{
	(void)state;
	char path[] = "/tmp/copydesk-kb-XXXXXX";
	struct error error = {0};
	int file = mkstemp(path);

	assert_int_equal(write(file, "Nairobi\tQ3870\tplaec\n", 21), 21);
	close(file);
	assert_null(tagger_create("news", path, &error));
	unlink(path);
	assert_non_null(strstr(error.text, ":1: there is no entity type \"plaec\""));
	assert_null(tagger_create("news", "/tmp", &error));
	assert_string_equal(error.code, "kb_missing");
}

static void tagged_without_its_model_says_what_to_do(void **state)
{
	(void)state;
	struct error error = {0};

	assert_null(tagger_create("/tmp", "", &error));
	assert_string_equal(error.text, "model /tmp: it is no file");
	assert_null(tagger_create("/nonexistent/model", "", &error));
	assert_string_equal(error.text, "model /nonexistent/model: No such file or directory");

	assert_null(tagger_create("nosuchmodel", "", &error));
	assert_string_equal(error.code, "model_missing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tagged_joins_a_name_over_all_fields),
		cmocka_unit_test(tagged_gives_codes_to_countries_peoples_and_cities),
		cmocka_unit_test(tagged_joins_an_acronym),
		cmocka_unit_test(tagged_keeps_what_it_does_not_know_and_adds_times_and_quantities),
		cmocka_unit_test(tagged_has_a_figure_as_time_or_quantity_or_in_a_name),
		cmocka_unit_test(tagged_states_what_a_time_was_seen_from),
		cmocka_unit_test(tagged_sees_through_combining_marks),
		cmocka_unit_test(tagged_gives_the_offset_of_a_named_zone),
		cmocka_unit_test(tagged_again_is_the_same),
		cmocka_unit_test(tagged_counts_code_points),
		cmocka_unit_test(tagged_says_little_in_languages_it_does_not_know),
		cmocka_unit_test(tagged_keeps_given_names_of_two_syllables),
		cmocka_unit_test(tagged_names_have_no_blank_behind_their_apostrophe),
		cmocka_unit_test(tagged_parts_a_people_from_the_quarter_of_its_country),
		cmocka_unit_test(tagged_finds_a_name_though_where_it_begins_is_in_doubt),
		cmocka_unit_test(tagged_finds_names_in_small_letters_in_careless_text),
		cmocka_unit_test(tagged_tells_a_shared_currency_by_the_cities_where_no_country_is_named),
		cmocka_unit_test(tagged_takes_articles_without_text),
		cmocka_unit_test(tagged_links_what_the_users_file_knows),
		cmocka_unit_test(tagged_names_the_bad_line_of_the_users_file),
		cmocka_unit_test(tagged_refuses_a_users_file_that_can_say_nothing),
		cmocka_unit_test(tagged_without_its_model_says_what_to_do),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
