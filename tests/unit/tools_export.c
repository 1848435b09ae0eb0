/* Tests of tools/spans.c, exportsink.c (names) and the formats of `copydesk export`. */
#include "unit.h"

#include "tools/exportformat.h"
#include "tools/exportsink.h"
#include "tools/spans.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static jmp_buf jump;

static int open_arena(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)64 << 20);
	assert_int_equal(ARENA_GUARD(&arena, &jump), ESCAPE_NONE);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct json *parse(const char *text)
{
	struct error error;
	const struct json *root = json_parse(&arena, slice_of(text), NULL, &error);

	if (!root)
		fail_msg("%s", error.text);
	return root;
}

static struct slice export(const char *format, const char *text)
{
	struct buf out;

	buf_init_arena(&out, &arena, 1 << 20);
	export_format_find(format)->write(&arena, slice_of(text), parse(text), &out);
	return buf_slice(&out);
}

static const char ARTICLE[] =
	"{\"id\":\"a1\",\"url\":\"https://news.example/ü ü\",\"headline\":\"Ana Pé met Bo\",\"articleBody\":\"Ana Pé of Oslo left.\\n\\nIt rained.\",\"fetchedAt\":\"2026-11-20T08:00:00Z\","
	"\"author\":[],\"keywords\":[],\"image\":[],\"wordCount\":7,\"duplicate\":{\"status\":\"unique\",\"story\":\"a1\"},\"entities\":["
	"{\"id\":\"e1\",\"type\":\"person\",\"name\":\"Ana Pé\",\"salience\":1,\"mentions\":[{\"text\":\"Ana Pé\",\"start\":0,\"end\":6,\"field\":\"headline\",\"score\":1},"
	"{\"text\":\"Ana Pé\",\"start\":0,\"end\":6,\"field\":\"articleBody\",\"score\":1}]},"
	"{\"id\":\"e2\",\"type\":\"place\",\"name\":\"Oslo\",\"salience\":0.5,\"countryCode\":\"NO\",\"geo\":{\"latitude\":59.91,\"longitude\":10.75},"
	"\"mentions\":[{\"text\":\"Oslo\",\"start\":10,\"end\":14,\"field\":\"articleBody\",\"score\":1}]}],\"times\":[],\"quantities\":[]}";

static void spans_are_in_order_and_do_not_overlap(void **state)
{
	(void)state;
	const struct json *article = parse(
		"{\"entities\":[{\"id\":\"e1\",\"type\":\"place\",\"mentions\":[{\"field\":\"articleBody\",\"start\":20,\"end\":25},{\"field\":\"headline\",\"start\":0,\"end\":3}]},"
		"{\"id\":\"e2\",\"type\":\"person\",\"mentions\":[{\"field\":\"articleBody\",\"start\":3,\"end\":9},{\"field\":\"articleBody\",\"start\":3,\"end\":5},"
		"{\"field\":\"articleBody\",\"start\":8,\"end\":12},{\"field\":\"articleBody\",\"start\":9,\"end\":9}]}],"
		"\"times\":[{\"type\":\"DATE\",\"field\":\"articleBody\",\"start\":22,\"end\":30},{\"type\":\"DATE\",\"field\":\"articleBody\",\"start\":30,\"end\":34}]}");
	struct spans spans = spans_of(&arena, article, "articleBody", -1, true);
	assert_int_equal(spans.count, 3);
	assert_int_equal(spans.items[0].start, 3);
	assert_int_equal(spans.items[0].end, 9); /* the longer of two that begin together; what begins within it is left out */
	assert_slice(spans.items[0].entity, "e2");
	assert_int_equal(spans.items[1].start, 20); /* an entity wins over a time */
	assert_int_equal(spans.items[2].start, 30);
	assert_int_equal(spans_of(&arena, article, "articleBody", -1, false).count, 2);
}

static void captions_are_told_apart_by_their_image(void **state)
{
	(void)state;
	const struct json *article = parse("{\"entities\":[{\"id\":\"e1\",\"type\":\"place\",\"mentions\":[{\"field\":\"caption\",\"image\":0,\"start\":0,\"end\":4},"
					   "{\"field\":\"caption\",\"image\":1,\"start\":5,\"end\":9}]}]}");
	assert_int_equal(spans_of(&arena, article, "caption", 1, false).count, 1);
	assert_int_equal(spans_of(&arena, article, "caption", 1, false).items[0].start, 5);
}

static void conll_has_a_token_a_line_with_offsets_in_code_points(void **state)
{
	(void)state;
	assert_slice(export("conll", ARTICLE), "# newdoc id = a1\n# field = headline\nAna\t0\t3\tB-person\te1\nPé\t4\t6\tI-person\te1\nmet\t7\t10\tO\t_\nBo\t11\t13\tO\t_\n\n"
					       "# field = articleBody\nAna\t0\t3\tB-person\te1\nPé\t4\t6\tI-person\te1\nof\t7\t9\tO\t_\nOslo\t10\t14\tB-place\te2\n"
					       "left\t15\t19\tO\t_\n.\t19\t20\tO\t_\n\nIt\t22\t24\tO\t_\nrained\t25\t31\tO\t_\n.\t31\t32\tO\t_\n\n");
}

static void spacy_shifts_the_body_behind_the_headline(void **state)
{
	(void)state;
	const struct json *doc = parse(arena_cstr(&arena, export("spacy", ARTICLE)));
	assert_slice(json_string(doc, "text"), "Ana Pé met Bo\n\nAna Pé of Oslo left.\n\nIt rained.");
	const struct json *ents = json_array(doc, "ents");
	assert_int_equal(ents->count, 3);
	const struct json *oslo = ents->first->next->next;
	assert_int_equal(json_integer(oslo, "start", 0), 25);
	assert_slice(json_string(oslo, "label"), "GPE");
	/* four words of the headline, the gap, six of the first sentence, the gap, three */
	assert_int_equal(json_array(doc, "tokens")->count, 4 + 1 + 6 + 1 + 3);
	assert_int_equal(json_array(doc, "sents")->count, 3);
}

static void ninjs_gives_addresses_as_uris_and_places_as_geojson(void **state)
{
	(void)state;
	const struct json *item = parse(arena_cstr(&arena, export("ninjs", ARTICLE)));
	assert_slice(json_string(item, "uri"), "https://news.example/%C3%BC%20%C3%BC");
	const struct json *place = json_array(item, "places")->first;
	assert_slice(json_string(place, "rel"), "mentions");
	assert_slice(json_array(json_object(place, "geoJSON"), "coordinates")->first->text, "10.75");
	assert_slice(json_string(json_array(item, "headlines")->first, "role"), "main");
	assert_int_equal(json_integer(json_array(item, "bodies")->first, "charCount", 0), 32);
}

static void ndjson_keeps_the_message_and_puts_it_on_one_line(void **state)
{
	(void)state;
	assert_slice(export("ndjson", "{\"id\":  \"x\"}"), "{\"id\":  \"x\"}\n");
	assert_slice(export("ndjson", "{\"id\":\n\"x\", \"n\": 1.50}"), "{\"id\":\"x\",\"n\":1.50}\n");
}

static void file_names_are_harmless_and_distinct(void **state)
{
	char plain[300], first[300], second[300], long_name[300];
	char id[400];

	(void)state;
	exportsink_name(SLICE("1f3a-B_9.x"), "json", plain);
	assert_string_equal(plain, "1f3a-B_9.x.json");
	exportsink_name(SLICE("../../etc/passwd"), "json", first);
	exportsink_name(SLICE("..?..?etc?passwd"), "json", second);
	assert_null(strchr(first, '/'));
	assert_int_not_equal(first[0], '.');
	assert_string_not_equal(first, second);
	memset(id, 'a', sizeof id);
	exportsink_name(slice_make(id, sizeof id), "json", long_name);
	assert_true(strlen(long_name) < 255);
	exportsink_name(SLICE(""), "json", plain);
	assert_true(strlen(plain) > 8);
}

static void an_export_writes_into_a_pipe_and_leaves_it_one(void **state)
{
	char folder[] = "/tmp/copydesk-export-XXXXXX", path[64], text[16] = "";
	struct exportsink sink;
	struct stat status;
	struct error error;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/pipe", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	assert_true(exportsink_open(&sink, path, "ndjson", NULL, &error));
	assert_true(exportsink_put(&sink, SLICE("a"), SLICE("{}\n"), &error));
	assert_true(exportsink_close(&sink, true, &error));
	assert_int_equal(lstat(path, &status), 0);
	assert_true(S_ISFIFO(status.st_mode));
	assert_int_equal(read(reader, text, sizeof text - 1), 3);
	assert_string_equal(text, "{}\n");
	close(reader);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
	const struct CMUnitTest tests[] = {TEST(spans_are_in_order_and_do_not_overlap), TEST(captions_are_told_apart_by_their_image),
		TEST(conll_has_a_token_a_line_with_offsets_in_code_points), TEST(spacy_shifts_the_body_behind_the_headline),
		TEST(ninjs_gives_addresses_as_uris_and_places_as_geojson), TEST(ndjson_keeps_the_message_and_puts_it_on_one_line),
		TEST(file_names_are_harmless_and_distinct), TEST(an_export_writes_into_a_pipe_and_leaves_it_one)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
