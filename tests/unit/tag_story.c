/* One story of the wire as a careful reader sees it: every name once, with all its mentions, its type and its country, and every time. All
 * of it is invented. */
#include "grouparena.h"

#include "base/utf8.h"
#include "tag/tagged.h"

static const char STORY[] =
	"{\"fetchedAt\": \"2026-03-11T03:00:00Z\", \"inLanguage\": {\"tag\": \"en\"}, \"headline\": \"Rojas ready to sign as fish talks "
	"open in Oslo\", \"image\": [{\"caption\": \"Chilean Foreign Minister Carla Rojas arrives for the talks in Oslo. The White "
	"House sent an observer.\"}], \"articleBody\": \"OSLO, Norway \\u2014 Norwegian Prime Minister Ingrid Solberg-Dahl opened "
	"two days of talks on fishing rights on Tuesday, with ministers from Chile and Peru at one table for the first time "
	"since 2019.\\n\\nChilean Foreign Minister Carla Rojas told reporters that her country would sign. \\\"We are ready,\\\" "
	"Rojas said. Her Peruvian colleague, Luis Paredes, was less sure: Peruvians, he said, had not forgotten the winter of "
	"2019.\\n\\nThe talks are led by the International Ocean Council (IOC). Its chairwoman, Amara Okoye, said the IOC had "
	"worked on the text since last October. Okoye, 58, a former judge from Nigeria, hopes for an end by Friday.\\n\\nThe "
	"White House welcomed the meeting. A White House official said that the United States would send money, $40 million a "
	"year, from July. In Lima, President Jorge Quispe said he would read the text first. Quispe faces an election next "
	"month.\\n\\nMs. Rojas and Mr. Paredes will meet again in Santiago on June 3, an official of the Norwegian government "
	"said.\"}";

static const struct {
	const char *type, *name;
	size_t mentions;
	const char *country, *role;
} entities[] = {
	{"person", "Carla Rojas", 5, "", "Chilean Foreign Minister"},
	{"place", "Oslo", 3, "NO", ""},
	{"place", "Norway", 1, "NO", ""},
	{"nationality", "Norwegian", 2, "NO", ""},
	{"person", "Ingrid Solberg-Dahl", 1, "", "Norwegian Prime Minister"},
	{"place", "Chile", 1, "CL", ""},
	{"place", "Peru", 1, "PE", ""},
	{"nationality", "Chilean", 2, "CL", ""},
	{"nationality", "Peruvian", 2, "PE", ""},
	{"person", "Luis Paredes", 2, "", ""},
	{"organization", "International Ocean Council", 3, "", ""},
	{"person", "Amara Okoye", 2, "", "chairwoman"},
	{"place", "Nigeria", 1, "NG", ""},
	{"organization", "White House", 3, "", ""},
	{"place", "United States", 1, "US", ""},
	{"place", "Lima", 1, "PE", ""},
	{"person", "Jorge Quispe", 2, "", "President"},
	{"place", "Santiago", 1, "CL", ""},
};

static const struct {
	const char *text, *value, *anchor;
} times[] = {
	{"two days", "P2D", ""},
	{"Tuesday", "2026-03-10", "fetchedAt"},
	{"2019", "2019", ""},
	{"the winter of 2019", "2019-WI", ""},
	{"last October", "2025-10", "fetchedAt"},
	{"Friday", "2026-03-13", "fetchedAt"},
	{"a year", "P1Y", ""},
	{"July", "2026-07", "fetchedAt"},
	{"next month", "2026-04", "fetchedAt"},
	{"June 3", "2026-06-03", "fetchedAt"},
};

/* The byte at which a code point begins. */
static size_t utf8_offset(struct slice text, size_t point)
{
	size_t at = 0;

	while (point-- > 0 && at < text.len)
		utf8_next(text, &at);
	return at;
}

static const struct json *root;

static int setup(void **state)
{
	(void)state;
	struct error error;
	struct tagged_counts counts;

	open_arena((size_t)256 << 20);
	struct tagger *tagger = tagger_create("news", "", &error);
	if (!tagger)
		return -1;
	const struct json *article = json_parse(&arena, slice_of(STORY), &JSON_LIMITS_DEFAULT, &error);
	assert_non_null(article);
	root = json_parse(&arena, tagger_tag(tagger, &arena, article, &counts, NULL), &JSON_LIMITS_DEFAULT, &error);
	tagger_destroy(&tagger);
	return root ? 0 : -1;
}

static void story_has_every_name_once(void **state)
{
	(void)state;
	size_t count = 0;

	for json_each(entity, json_array(root, "entities")) {
		print_message("%.*s %.*s\n", SLICE_ARG(json_string(entity, "type")), SLICE_ARG(json_string(entity, "name")));
		assert_true(count < sizeof entities / sizeof *entities);
		assert_slice(json_string(entity, "name"), entities[count].name);
		assert_slice(json_string(entity, "type"), entities[count].type);
		assert_int_equal(json_array(entity, "mentions")->count, entities[count].mentions);
		assert_slice(json_string(entity, "countryCode"), entities[count].country);
		assert_slice(json_string(entity, "role"), entities[count].role);
		count++;
	}
	assert_int_equal(count, sizeof entities / sizeof *entities);
}

static void story_has_every_time(void **state)
{
	(void)state;
	size_t count = 0;

	for json_each(time, json_array(root, "times")) {
		assert_true(count < sizeof times / sizeof *times);
		assert_slice(json_string(time, "text"), times[count].text);
		assert_slice(json_string(time, "value"), times[count].value);
		assert_slice(json_string(time, "anchor"), times[count].anchor);
		count++;
	}
	assert_int_equal(count, sizeof times / sizeof *times);
}

/* Each mention's offsets, in code points, give its text: a dash stands before all but the first. */
static void story_has_exact_offsets(void **state)
{
	(void)state;
	struct slice body = json_string(root, "articleBody");

	for json_each(entity, json_array(root, "entities"))
		for json_each(mention, json_array(entity, "mentions")) {
			size_t start = (size_t)json_integer(mention, "start", -1), end = (size_t)json_integer(mention, "end", -1);
			if (!slice_is(json_string(mention, "field"), "articleBody"))
				continue;
			struct slice text = slice_sub(body, utf8_offset(body, start), utf8_offset(body, end));
			assert_true(slice_equal(text, json_string(mention, "text")));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(story_has_every_name_once),
		cmocka_unit_test(story_has_every_time),
		cmocka_unit_test(story_has_exact_offsets),
	};
	return cmocka_run_group_tests(tests, setup, close_arena);
}
