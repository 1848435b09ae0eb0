/* explain: `copydesk explain`: one article's way through the pipeline, and why it went that way. */
#include "tools/commands.h"
#include "tools/explaintext.h"
#include "tools/explanation.h"
#include "tools/lookup.h"

#include <string.h>
#include <sysexits.h>

static const struct flag FLAGS[] = {
	{"json", 'j', NULL, NULL, "the explanation as one JSON object"},
	{"all", 'a', NULL, NULL, "every note; else the first 12 of each kind"},
	{"no-rerun", 0, NULL, NULL, "only what the messages say: don't ask the stages again"},
	{"from", 'f', "WHERE", "earliest", "look for an id or address from here on: earliest, -N, a time or an age such as 2d"},
	{"context", 0, "N", "10000", "articles before it that dedup's index is filled with when it is asked again"},
	{"stage-config", 0, "FOLDER", NULL, "configuration files extract.conf, dedup.conf, tag.conf, as the stages have them"},
	{"bin", 0, "FOLDER", NULL, "where the stages are; else beside this program, else on the PATH"},
	{"prefix", 0, "TEXT", "", "put before the name of each topic"},
	{NULL},
};

#define MEMORY ((size_t)2 << 30)
#define TEXT_MAX ((size_t)512 << 20)
#define NOTES_SHOWN 12

struct place {
	char topic[250];
	int32_t partition;
	int64_t offset;
};

static bool find_place(const struct args *args, struct connection *connection, struct place *place, struct error *error)
{
	struct slice what = slice_of(args->operands[0]);
	struct scan_bound from;
	struct lookup lookup;

	if (!slice_contains(what, SLICE("://")) && coordinates_parse(what, place->topic, &place->partition, &place->offset))
		return true;
	if (!scan_bound_parse(args_text(args, "from"), false, &from, error) ||
		!lookup_find(&lookup, connection, args_text(args, "prefix"), what, from, error))
		return false;
	if (lookup.found > 1)
		fprintf(stderr, "%lld records on %s; this is the newest\n", (long long)lookup.found, lookup.topic);
	memcpy(place->topic, lookup.topic, sizeof place->topic);
	place->partition = lookup.partition;
	place->offset = lookup.offset;
	return true;
}

static bool show(const struct args *args, struct arena *arena, struct slice text, struct error *error)
{
	const struct json_limits limits = {.bytes = TEXT_MAX, .depth = 64, .nodes = 10000000};
	struct terminal terminal;

	if (args_given(args, "json")) {
		fwrite(text.ptr, 1, text.len, stdout);
		putchar('\n');
		return true;
	}
	const struct json *explanation = json_parse(arena, text, &limits, error);
	terminal_init(&terminal, stdout);
	if (explanation)
		explain_print(&terminal, explanation, args_given(args, "all") ? 0 : NOTES_SHOWN);
	return explanation != NULL;
}

static bool explain(const struct args *args, struct connection *connection, struct arena *arena, struct error *error)
{
	struct explanation_request request = {
		.bin = args_text(args, "bin"), .folder = args_text(args, "stage-config"), .rerun = !args_given(args, "no-rerun")};
	struct json_writer writer;
	struct place place;
	struct buf text;
	jmp_buf jump;

	if (ARENA_GUARD(arena, &jump) != ESCAPE_NONE)
		return error_set(error, "memory", "this article's explanation needs more than %zu MiB", MEMORY >> 20);
	if (!args_integer(args, "context", 0, 100000000, &request.context, error) || !find_place(args, connection, &place, error))
		return false;
	buf_init_arena(&text, arena, TEXT_MAX);
	json_begin(&writer, arena, &text);
	if (!explanation_write(&writer, connection, args_text(args, "prefix"), &request, place.topic, place.partition,
		    place.offset, args->operands[0], error))
		return false;
	if (!json_finish(&writer))
		return error_set(error, "memory", "this article's explanation needs more than %zu MiB", TEXT_MAX >> 20);
	return show(args, arena, buf_slice(&text), error);
}

static int explain_command(struct args *args)
{
	struct connection connection = {0};
	struct error error = {.code = ""};
	struct arena arena;
	int exit_code = EX_OK;

	if (args->operand_count != 1)
		return command_misuse(args, "needs one TOPIC/PARTITION/OFFSET, article id or URL");
	command_catch_signals();
	arena_init(&arena, MEMORY);
	if (!connection_init(&connection, args, &error))
		exit_code = command_fail(args, EX_USAGE, &error);
	else if (!explain(args, &connection, &arena, &error))
		exit_code = command_fail(args, EX_UNAVAILABLE, &error);
	arena_release(&arena);
	connection_release(&connection);
	return exit_code;
}

const struct command command_explain = {
	.name = "explain",
	.summary = "one article's way through the pipeline, and why it went that way",
	.usage = "[FLAGS] TOPIC/PARTITION/OFFSET\n[FLAGS] ID\n[FLAGS] URL",
	.about = "Follows the provenance headers back to the page as it came and forward to what became of it, and asks each stage again, as a child process,\n"
		 "what it makes of its input and why: the container chosen, lines removed, sources of fields, duplicate candidates with scores, what entities\n"
		 "rest on. Says whether the answer has the same bytes as lie on the topic. Nothing is written, no group is joined.",
	.examples = "  copydesk explain -k broker:9092 news.tagged/3/1234\n"
		    "  copydesk explain -k broker:9092 --from 2d https://www.harbour-post.example/news/1\n"
		    "  copydesk explain -k broker:9092 --json 1f3a… | jq '.steps[0].rerun.trace[] | select(.step == \"removed\")'",
	.flags = FLAGS,
	.kafka = true,
	.run = explain_command,
};
