/* tail: `copydesk tail`: shows what is on topics, as it comes or from a bounded range. */
#include "tools/commands.h"
#include "tools/messagejson.h"
#include "tools/render.h"
#include "tools/scan.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const struct flag FLAGS[] = {
	{"from", 'f', "WHERE", "latest", "earliest, latest, -N (the last N of each partition), a time or an age such as 2h"},
	{"until", 'u', "WHERE", "never", "end (as it is now), a time, or never"},
	{"count", 'n', "N", "0", "stop after N messages; 0: don't"},
	{"lines", 'l', "N", "12", "lines of each body; 0: all of it"},
	{"short", 's', NULL, NULL, "one line a message"},
	{"json", 'j', NULL, NULL, "one JSON object a line: topic, partition, offset, timestamp, key, headers, value"},
	{"raw", 0, NULL, NULL, "values only, one a line, as they are"},
	{"context", 0, "TOPIC", NULL, "read this topic first, unshown, so that copies can be shown with the headline of their original"},
	{"prefix", 0, "TEXT", "", "put before the name of each topic"},
	{NULL},
};

enum { TOPICS_MAX = 32, ARENA_MAX = 256 << 20 };

struct tail {
	struct args *args;
	struct render render;
	struct arena arena;
	int64_t count, shown;
	bool json, raw;
};

static void tail_show(struct tail *tail, const rd_kafka_message_t *message)
{
	if (tail->raw) {
		fwrite(message->payload ? message->payload : "", 1, message->len, stdout);
		putchar('\n');
	} else if (tail->json) {
		message_put_json(&tail->arena, message, stdout);
	} else {
		render_message(&tail->render, message, &tail->arena);
	}
	arena_reset(&tail->arena);
	tail->shown++;
}

static bool tail_wants_more(const struct tail *tail)
{
	return !command_stopping() && !ferror(stdout) && (tail->count == 0 || tail->shown < tail->count);
}

static bool tail_follow(struct tail *tail, struct scan *scan, struct error *error)
{
	while (tail_wants_more(tail) && !scan_done(scan)) {
		rd_kafka_message_t *message = scan_next(scan, 200, error);
		if (message) {
			tail_show(tail, message);
			rd_kafka_message_destroy(message);
		} else if (error->code[0]) {
			return false;
		} else {
			fflush(stdout);
		}
	}
	return true;
}

/* With an end, topic after topic: originals before their copies, and each topic is a chapter. */
static bool tail_in_turn(struct tail *tail, struct connection *connection, const char *const *topics, struct scan_bound from,
	struct scan_bound until, struct error *error)
{
	for (; *topics && tail_wants_more(tail); topics++) {
		const char *const one[] = {*topics, NULL};
		struct scan scan;
		bool ok = scan_open(&scan, connection, one, from, until, false, error) && scan_start(&scan, error) &&
			tail_follow(tail, &scan, error);
		scan_close(&scan);
		if (!ok)
			return false;
	}
	return true;
}

static bool tail_at_once(struct tail *tail, struct connection *connection, const char *const *topics, struct scan_bound from,
	struct scan_bound until, struct error *error)
{
	struct scan scan;
	bool ok = scan_open(&scan, connection, topics, from, until, false, error) && scan_start(&scan, error) &&
		tail_follow(tail, &scan, error);
	scan_close(&scan);
	return ok;
}

/* Headlines of what is on a topic now, for the copies that will be shown. */
static bool context_read(struct tail *tail, struct connection *connection, struct error *error)
{
	char name[250];
	const char *const topics[] = {name, NULL};
	struct scan scan;
	const char *context = args_text(tail->args, "context");
	if (!context)
		return true;
	snprintf(name, sizeof name, "%s%s", args_text(tail->args, "prefix"), context);
	bool ok = scan_open(&scan, connection, topics, (struct scan_bound){SCAN_EARLIEST, 0}, (struct scan_bound){SCAN_LATEST, 0},
			  false, error) &&
		scan_start(&scan, error);
	while (ok && !scan_done(&scan) && !command_stopping()) {
		rd_kafka_message_t *message = scan_next(&scan, 200, error);
		if (message) {
			render_remember(&tail->render, message, &tail->arena);
			arena_reset(&tail->arena);
			rd_kafka_message_destroy(message);
		}
		ok = error->code[0] == '\0';
	}
	scan_close(&scan);
	return ok;
}

static int tail_run(struct args *args)
{
	struct tail tail = {.args = args, .json = args_given(args, "json"), .raw = args_given(args, "raw")};
	struct connection connection = {0};
	struct scan_bound from, until;
	struct error error;
	const char *topics[TOPICS_MAX + 1] = {"news.tagged"};
	char names[TOPICS_MAX][250];
	int64_t lines;
	if (args->operand_count > TOPICS_MAX)
		return command_misuse(args, "at most %d topics", TOPICS_MAX);
	if (!scan_bound_parse(args_text(args, "from"), false, &from, &error) ||
		!scan_bound_parse(args_text(args, "until"), true, &until, &error) ||
		!args_integer(args, "count", 0, INT64_MAX, &tail.count, &error) ||
		!args_integer(args, "lines", 0, 100000, &lines, &error))
		return command_misuse(args, "%s", error.text);
	for (size_t i = 0; i < args->operand_count || i == 0; i++) {
		snprintf(names[i], sizeof names[i], "%s%s", args_text(args, "prefix"),
			args->operand_count ? args->operands[i] : topics[0]);
		topics[i] = names[i];
	}
	terminal_init(&tail.render.terminal, stdout);
	tail.render.body_lines = args_given(args, "short") ? -1 : (int)lines;
	tail.render.headlines = headlines_create();
	arena_init(&tail.arena, ARENA_MAX);
	command_catch_signals();
	int exit_code = EX_OK;
	if (!connection_init(&connection, args, &error))
		exit_code = command_fail(args, EX_USAGE, &error);
	else if (!context_read(&tail, &connection, &error) ||
		!(until.kind == SCAN_FOREVER ? tail_at_once : tail_in_turn)(&tail, &connection, topics, from, until, &error))
		exit_code = command_fail(args, EX_UNAVAILABLE, &error);
	connection_release(&connection);
	headlines_destroy(&tail.render.headlines);
	arena_release(&tail.arena);
	return exit_code;
}

const struct command command_tail = {
	.name = "tail",
	.summary = "show messages: articles with entities and times marked, copies, dead letters",
	.usage = "[FLAGS] [TOPIC…]",
	.about = "Reads news.tagged unless topics are named, without joining a group, and only what is committed. On a terminal people are green,\n"
		 "organisations blue, places yellow, times cyan; elsewhere marks are written out: [Ada Lovelace|person]. A copy is shown with what it\n"
		 "is a copy of, a dead letter with its reason. With --until topics are shown one after the other.",
	.examples = "  copydesk tail -k 127.0.0.1:9092\n"
		    "  copydesk tail -k broker:9092 --from 2h --until end news.tagged news.duplicate news.page.dead\n"
		    "  copydesk tail -k broker:9092 --json --from -10 --until end | jq .value.headline",
	.flags = FLAGS,
	.kafka = true,
	.run = tail_run,
};
