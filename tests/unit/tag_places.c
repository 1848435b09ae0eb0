#include "tagcase.h"
#include "tagmodel.h"

#include "tag/places.h"

#include <stdio.h>

static struct tag_case c;

static const struct place_record **places_from(const char *marked, const char *url, const char *dateline)
{
	struct place_origin origin = {slice_of(url), slice_of(dateline)};

	tag_case_read(&c, marked);
	return places_resolve(&c.arena, &model, &c.document, &origin, &c.mentions, &c.entities);
}

static const struct place_record *place_from(const char *marked, const char *url, const char *dateline)
{
	return places_from(marked, url, dateline)[0];
}

/* The code of the first entity. */
static struct slice code(const char *marked)
{
	const struct place_record *found = place_from(marked, "", "");

	return found ? arena_copy(&c.arena, slice_make(found->country, 2)) : SLICE("");
}

#define assert_code(marked, want) \
	do { \
		assert_slice(code(marked), want); \
		tag_case_release(&c); \
	} while (0)

/* Every name of the lists that the model is made from: a share of at least .995 must have the code that stands before it. */
static void places_know_countries_and_peoples(void **state)
{
	(void)state;
	static const char *const lists[][2] = {{"stages/tag/train/lists/demonyms.txt", "N"}, {"stages/tag/train/lists/countries.txt", "L"}};
	size_t names = 0, right = 0;

	for (size_t list = 0; list < 2; list++) {
		char line[1024];
		FILE *file = fopen(lists[list][0], "r");
		assert_non_null(file);
		while (fgets(line, sizeof line, file)) {
			struct slice rest = slice_trim(slice_of(line)), want, name;
			if (line[0] == '#' || !slice_split(&rest, ' ', &want))
				continue;
			while (slice_split(&rest, ' ', &name)) {
				char marked[200];
				snprintf(marked, sizeof marked, "Then [%s %.*s] came", lists[list][1], SLICE_ARG(name));
				for (char *p = marked; *p; p++)
					*p = *p == '_' ? ' ' : *p;
				struct slice found = code(marked);
				names++;
				if (slice_equal(found, want))
					right++;
				else
					print_message("%s: %.*s\n", marked, SLICE_ARG(found));
				tag_case_release(&c);
			}
		}
		fclose(file);
	}
	print_message("%zu of %zu names right\n", right, names);
	assert_true(names > 400 && right * 1000 >= names * 995);
}

static bool known_by_iso(const struct json *entry, const char *member, size_t *names)
{
	struct slice name = json_string(entry, member), code_wanted = json_string(entry, "alpha_2");
	char marked[200];

	if (name.len == 0 || slice_find_byte(name, ',') != SLICE_NOT_FOUND || slice_find_byte(name, '(') != SLICE_NOT_FOUND)
		return true; /* "Congo, The Democratic Republic of the" is an index entry, not what a text says */
	snprintf(marked, sizeof marked, "Then [L %.*s] came", SLICE_ARG(name));
	struct slice found = code(marked);
	bool right = slice_equal(found, code_wanted);
	if (!right)
		print_message("%s: %.*s\n", marked, SLICE_ARG(found));
	tag_case_release(&c);
	(*names)++;
	return right;
}

/* The same over the names of ISO 3166-1 as Debian's iso-codes has them. */
static void places_know_the_countries_of_iso_3166(void **state)
{
	(void)state;
	static const char *const members[] = {"name", "common_name", "official_name"};
	static char text[1 << 20];
	const char *path = "/usr/share/iso-codes/json/iso_3166-1.json";
	FILE *file = fopen(path, "r");
	struct arena arena;
	struct error error;
	jmp_buf jump;
	size_t names = 0, right = 0;

	if (!file) {
		print_message("skipped: %s isn't there\n", path);
		skip();
	}
	size_t length = fread(text, 1, sizeof text, file);
	fclose(file);
	arena_init(&arena, (size_t)64 << 20);
	arena.escape = &jump;
	const struct json *root = json_parse(&arena, slice_make(text, length), &JSON_LIMITS_DEFAULT, &error);
	assert_non_null(root);
	for json_each(entry, json_array(root, "3166-1"))
		for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
			size_t before = names;
			bool fine = known_by_iso(entry, members[m], &names);
			right += fine ? names - before : 0;
		}
	arena_release(&arena);
	print_message("%zu of %zu names right\n", right, names);
	assert_true(names > 350 && right * 1000 >= names * 995);
}

static void places_decide_by_what_stands_behind_the_comma(void **state)
{
	(void)state;
	assert_code("He left [L Paris] for good", "FR");
	assert_code("He left [L Paris], [L Texas], for good", "US");
	assert_code("He left [L Birmingham], [L Alabama], for good", "US");
}

static void places_decide_by_the_countries_of_the_article(void **state)
{
	(void)state;
	assert_code("[L Niger] and [L Nigeria] signed, said [N Nigerian] officials", "NE");
	assert_code("[L Georgia] and [L Russia] signed", "GE");
	assert_code("[L Georgia] and [L Jordan] offered to host the [L United States]", "GE");
	assert_code("[L Georgia] votes as the [L United States] does, said an [N American] official", "US");
}

static void places_prefer_the_large_city_to_a_town_abroad(void **state)
{
	(void)state;
	assert_code("[L Geneva] hosts the [L United States], the [N American] envoy and [L Russia]", "CH");
	assert_code("The talks in [L Islamabad] went on", "PK"); /* Chittagong's name of old, too */
	assert_code("The talks in [L Bombay] went on", "IN");
	assert_code("[L Melbourne] hosts the [L United States] and [L Brazil]", "AU");
	assert_code("[L London], [L Ontario], is far", "CA");
	const struct place_record *behind = places_from("In [L London], [L Ontario], the [L United States] and [L Brazil] met", "", "")[1];
	assert_non_null(behind);
	assert_memory_equal(behind->country, "CA", 2);
	assert_memory_equal(behind->subdivision, "ON", 2);
	tag_case_release(&c);
}

static void places_know_the_capital_from_its_state(void **state)
{
	(void)state;
	const struct place_record *found = place_from("In [L Washington] the [L United States], [L Russia] and [L Japan] met", "", "");

	assert_memory_equal(found->subdivision, "DC", 2);
	tag_case_release(&c);
	found = place_from("In [L Washington] the [L United States] voted, said [N Americans]", "", "");
	assert_memory_equal(found->subdivision, "DC", 2);
	tag_case_release(&c);
}

static void places_decide_by_a_province_and_by_where_the_article_comes_from(void **state)
{
	(void)state;
	assert_code("[L Birmingham] voted, and so did [L Alabama] and the [L United States]", "US");
	static const struct {
		const char *url, *dateline, *country;
	} cases[] = {{"", "", ""}, {"https://news.example.pk/a", "", "PK"}, {"http://news.example.in", "", "IN"}, {"https://news.example.tv/in.pk", "", ""},
		{"", "KARACHI, Pakistan (AP)", "PK"}, {"", "LAHORE:", "PK"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct place_record *found = place_from("In [L Hyderabad] it rained", cases[i].url, cases[i].dateline);
		assert_slice(found ? slice_make(found->country, 2) : SLICE(""), cases[i].country);
		tag_case_release(&c);
	}
}

/* Coordinates only where it is certain which city is meant. */
static void places_give_coordinates_to_certain_cities_only(void **state)
{
	(void)state;
	const struct place_record *found = place_from("In [L Springfield] it rained", "", "");

	assert_memory_equal(found->country, "US", 2);
	assert_int_equal(found->latitude, 0);
	assert_int_equal(found->subdivision[0], 0);
	tag_case_release(&c);
	found = place_from("In [L Leeds] it rained", "", "");
	assert_memory_equal(found->country, "GB", 2);
	assert_int_equal(found->latitude, 5380);
	assert_memory_equal(found->subdivision, "LDS", 3);
	tag_case_release(&c);
}

/* A town called like a part of the world, or named where nothing tells of its country, isn't taken for what is meant. */
static void places_want_evidence_for_towns(void **state)
{
	(void)state;
	struct place_origin nowhere = {SLICE_NONE, SLICE_NONE};

	assert_code("in [L Central Asia] it rained", "");
	assert_code("in [L Central America] it rained", "");
	assert_code("in [L Central Asia] it rained, said the [L Philippines]", "");
	assert_code("in [L southern California] it rained", "US");
	assert_code("in [L Lourdes] it rained", "");
	assert_code("in [L Lourdes], [L France], it rained", "FR");
	assert_code("in [L Lourdes] it rained, said [N French] officials", "FR");
	assert_code("in [L Mackay] it rained, said [L Queensland]", "AU");
	assert_code("in the [L Southern Province] it rained", "");
	assert_code("in the [L Southern Province] it rained, said [L Sri Lanka]", "LK");
	tag_case_read_with(&c, &model.lexicon, "in [L Asia] and the [L Philippines], said [N Filipino] officials");
	assert_null(places_resolve(&c.arena, &model, &c.document, &nowhere, &c.mentions, &c.entities)[0]);
	tag_case_release(&c);
}

static void places_see_through_parts_of_countries(void **state)
{
	(void)state;
	assert_code("in [L northern Nigeria] it rained", "NG");
}

static void places_know_what_a_state_calls_itself(void **state)
{
	(void)state;
	assert_code("in the [L State of Eritrea] it rained", "ER");
	assert_code("in the [L Kingdom of Kenya] it rained", "KE");
	assert_code("in the [L State of Georgia] it rained", "");
	assert_code("in the [L State of Nowhere] it rained", "");
}

static void places_leave_the_unknown_alone(void **state)
{
	(void)state;
	assert_code("in [L Qwertyville] it rained", "");
	assert_code("[P Jordan] scored", "");
	assert_code("the [O Kenya] scored", "");
}

static void places_unite_the_names_of_a_country(void **state)
{
	(void)state;
	code("The [L U.S.] and the [L United States], [N Russian] and [N Russians], [L Russia]");
	assert_int_equal(c.entities.count, 3);
	assert_slice(tag_case_text(&c, c.entities.items[0].longest), "United States");
	tag_case_release(&c);
	const struct place_record **found = places_from("The [L UK] and [L Scotland] and [L Britain], the [N British], the [N Scottish] and [N Britons]", "", "");
	assert_int_equal(c.entities.count, 4);
	assert_memory_equal(found[1]->subdivision, "SCT", 3);
	tag_case_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_know_countries_and_peoples), cmocka_unit_test(places_know_the_countries_of_iso_3166),
		cmocka_unit_test(places_decide_by_what_stands_behind_the_comma),
		cmocka_unit_test(places_decide_by_the_countries_of_the_article),
		cmocka_unit_test(places_prefer_the_large_city_to_a_town_abroad),
		cmocka_unit_test(places_know_the_capital_from_its_state),
		cmocka_unit_test(places_decide_by_a_province_and_by_where_the_article_comes_from),
		cmocka_unit_test(places_give_coordinates_to_certain_cities_only),
		cmocka_unit_test(places_want_evidence_for_towns),
		cmocka_unit_test(places_see_through_parts_of_countries),
		cmocka_unit_test(places_know_what_a_state_calls_itself),
		cmocka_unit_test(places_leave_the_unknown_alone),
		cmocka_unit_test(places_unite_the_names_of_a_country),
	};
	return cmocka_run_group_tests(tests, open_model, close_model);
}
