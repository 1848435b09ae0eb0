/* selftest: `copydesk selftest`: does this installation work on this machine? The three stages run as they do in service, on an
 * embedded broker, over four pages whose articles are known. What a cluster of one's own lacks is for `doctor`. */
#include "base/clock.h"
#include "json/reader.h"
#include "tools/commands.h"
#include "tools/embedded.h"
#include "tools/pipeline.h"
#include "tools/program.h"
#include "tools/publisher.h"
#include "tools/record.h"
#include "tools/scan.h"
#include "tools/supervisor.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { PAGES = 4, LOG_KEPT = 12, ARENA_MAX = 16 << 20 };

static const struct flag FLAGS[] = {
	{"bin", 0, "FOLDER", NULL, "where the stages are; else beside this program, else on the PATH"},
	{"timeout", 0, "SECONDS", "60", "how long the pages may take from the start of the stages"},
	{NULL},
};

#define STORY \
	"<p>The ferry between Karsholm and Vestrey took up its service again on Tuesday, nine days after a fire in the engine room " \
	"forced the captain to stop in the middle of the strait with 212 people on board.</p>" \
	"<p>No one was seriously hurt. Two members of the crew were treated for smoke at the hospital and left it the same " \
	"evening, the shipping company Balder Line said.</p>" \
	"<p>\xe2\x80\x9cThe ship is in better shape than before the accident,\xe2\x80\x9d said Ingrid Solheim, managing " \
	"director of Balder Line. Ms Solheim spoke in Denmark before a first trip without passengers.</p>"

static const struct {
	const char *url, *type, *body;
} SENT[PAGES] = {
	{"https://gazette.example/ferry", "text/html; charset=utf-8",
		"<!DOCTYPE html><html lang=en><title>Karsholm ferry back in service | The Gazette</title><body><nav><ul><li><a href=/n>"
		"News</a><li><a href=/s>Sport</a><li><a href=/c>Culture</a><li><a href=/w>Weather</a><li><a href=/o>"
		"Opinion</a></ul></nav><article><h1>Karsholm ferry back in service</h1><div class=byline>By Maria Lundgren "
		"<time datetime=2026-11-17T08:40:00+01:00>17 November 2026</time></div><div class=share><a href=#>Share</a>"
		"</div>" STORY "</article><aside><h2>Read next</h2><ul><li><a href=/1>Fish prices rise for a third week</a><li>"
		"<a href=/2>Storm warning lifted</a></ul></aside><footer>All rights reserved.</footer></body></html>"},
	{"https://courier.example/fire", "text/html; charset=utf-8",
		"<!DOCTYPE html><html lang=en><title>After the fire, a ferry returns</title><body><main><h1>After the fire, a ferry "
		"returns</h1>" STORY "</main></body></html>"},
	{"https://meridian.example/water", "text/plain; charset=utf-8",
		"* Home\n* Politics\n* Sports\n\nFont Size\nA+\nA-\n\nMinisters agree on shared rules for river water in Geneva\n\n"
		"By Tomas Verhoeven\n\nEnvironment ministers from 14 countries agreed in Geneva on Thursday on common rules for taking "
		"water from shared rivers, ending talks that had begun in June 2024.\n\nThe accord obliges states to publish how much "
		"water they take each day, and to warn neighbours downstream before a reservoir is filled or emptied. The delegations "
		"of Switzerland and Italy had asked for fines against states that report late. The final text contains none.\n\n"
		"t.verhoeven@meridian.example\n\nShare on Facebook\nX CLOSE\n"},
	{"https://meridian.example/broken", "application/json", "{\"url\": \"https://meridian.example/broken\", \"html\": "},
};

/* Where readers find what became of the pages. */
static const char *const ENDS[] = {
	"news.tagged", "news.duplicate", "news.page.dead", "news.article.dead", "news.unique.dead", NULL};

struct selftest {
	struct args *args;
	struct terminal terminal;
	struct embedded *embedded;
	struct supervisor supervisor;
	struct connection connection;
	struct scan scan;
	struct arena arena;
	struct record records[PAGES];
	size_t count; /* of records, and of pages that came out */
	int64_t deadline_us;
	bool reading;
	struct error error;
	char log[LOG_KEPT][400]; /* the last lines of the stages, shown if something fails */
	size_t logged;
};

static const struct record *record_of(const struct selftest *test, const char *topic, const char *url)
{
	for (size_t i = 0; i < test->count; i++) {
		const struct message *message = &test->records[i].message;
		if (strcmp(test->records[i].topic, topic) == 0 && slice_find(message->value, slice_of(url)) != SLICE_NOT_FOUND)
			return &test->records[i];
	}
	return NULL;
}

static const struct json *article_of(struct selftest *test, const char *topic, size_t page)
{
	const struct record *record = record_of(test, topic, SENT[page].url);
	struct error error;
	return record ? json_parse(&test->arena, record->message.value, &JSON_LIMITS_DEFAULT, &error) : NULL;
}

static bool names(const struct json *article, const char *type, const char *name, const char *country)
{
	for json_each (entity, json_array(article, "entities"))
		if (slice_is(json_string(entity, "type"), type) && slice_is(json_string(entity, "name"), name))
			return !country || slice_is(json_string(entity, "countryCode"), country);
	return false;
}

static bool times(const struct json *article, const char *text, const char *value)
{
	for json_each (time, json_array(article, "times"))
		if (slice_is(json_string(time, "text"), text))
			return slice_is(json_string(time, "value"), value);
	return false;
}

static bool html_is_cleaned(struct selftest *test)
{
	const struct json *article = article_of(test, "news.tagged", 0), *author = json_array(article, "author");
	struct slice body = json_string(article, "articleBody");
	return slice_is(json_string(article, "headline"), "Karsholm ferry back in service") && author && author->count == 1 &&
		slice_is(json_string(author->first, "name"), "Maria Lundgren") && slice_starts(body, SLICE("The ferry between")) &&
		slice_ends(body, SLICE("without passengers."));
}

static bool text_is_cleaned(struct selftest *test)
{
	const struct json *article = article_of(test, "news.tagged", 2);
	struct slice body = json_string(article, "articleBody");
	return slice_is(json_string(article, "headline"), "Ministers agree on shared rules for river water in Geneva") &&
		slice_starts(body, SLICE("Environment ministers")) && slice_ends(body, SLICE("contains none."));
}

static bool copy_is_found(struct selftest *test)
{
	const struct json *article = article_of(test, "news.duplicate", 1);
	struct slice original = json_string(article_of(test, "news.tagged", 0), "id");
	return original.len && slice_equal(json_string(json_object(article, "duplicate"), "of"), original);
}

static bool entities_are_found(struct selftest *test)
{
	const struct json *article = article_of(test, "news.tagged", 0);
	return names(article, "person", "Ingrid Solheim", NULL) && names(article, "organization", "Balder Line", NULL) &&
		names(article, "place", "Denmark", "DK");
}

static bool times_are_resolved(struct selftest *test)
{
	return times(article_of(test, "news.tagged", 0), "Tuesday", "2026-11-17") &&
		times(article_of(test, "news.tagged", 2), "June 2024", "2024-06");
}

static bool garbage_is_kept(struct selftest *test)
{
	const struct record *letter = record_of(test, "news.page.dead", SENT[3].url);
	return letter && slice_is(letter->message.value, SENT[3].body) && record_header(letter, "copydesk-dead-code").len;
}

static const struct {
	const char *about;
	bool (*holds)(struct selftest *test);
} CHECKS[] = {
	{"a page of HTML becomes an article: headline, author, body without menu and buttons", html_is_cleaned},
	{"so does a page of plain text", text_is_cleaned},
	{"the same story from another publisher is a duplicate of the first", copy_is_found},
	{"people, organisations and places are found, places with their country", entities_are_found},
	{"times are resolved against the date of the article", times_are_resolved},
	{"a broken page is a dead letter with its bytes and a code", garbage_is_kept},
};

static void say(const struct selftest *test, bool ok, const char *about)
{
	terminal_put(&test->terminal, ok ? STYLE_GREEN : STYLE_RED, ok ? SLICE("ok      ") : SLICE("FAILED  "), 0);
	printf("%s\n", about);
	fflush(stdout);
}

static void on_line(void *context, const struct child *child, struct slice line)
{
	struct selftest *test = context;
	if (test->supervisor.enough)
		return; /* how they end tells nothing */
	snprintf(test->log[test->logged++ % LOG_KEPT], sizeof test->log[0], "%s: %.*s", child ? child->name : "selftest",
		SLICE_ARG(slice_sub(line, 0, 360)));
}

static bool pages_send(struct selftest *test, struct error *error)
{
	struct publisher *publisher = publisher_create(&test->connection, "copydesk-selftest", error);
	bool ok = publisher != NULL;
	for (size_t i = 0; ok && i < PAGES; i++) {
		struct header headers[] = {{SLICE("url"), slice_of(SENT[i].url)}, {SLICE("content-type"), slice_of(SENT[i].type)},
			{SLICE("fetched-at"), SLICE("2026-11-20T12:00:00Z")}};
		struct message message = {.key = SLICE("selftest"), .value = slice_of(SENT[i].body), .timestamp = CLOCK_NONE,
			.headers = headers, .header_count = i == 3 ? 0 : 3};
		ok = publisher_put(publisher, "news.page", -1, &message, error);
	}
	ok = ok && publisher_commit(publisher, error);
	publisher_destroy(&publisher);
	return ok;
}

static void on_ready(void *context)
{
	struct selftest *test = context;
	say(test, true, "the three stages start, with their models, and share the topics");
	test->reading = pages_send(test, &test->error);
	if (!test->reading)
		supervisor_stop(&test->supervisor);
}

static void on_tick(void *context)
{
	struct selftest *test = context;
	rd_kafka_message_t *message;
	while (test->reading && test->count < PAGES && (message = scan_next(&test->scan, 0, &test->error)) != NULL)
		record_take(&test->arena, message, &test->records[test->count++]);
	if (test->count == PAGES || test->error.code[0] || clock_monotonic_us() > test->deadline_us)
		supervisor_stop(&test->supervisor);
}

static bool stages_add(struct selftest *test, struct error *error)
{
	for (const struct pipeline_stage *stage = PIPELINE_STAGES; stage->name; stage++) {
		char program[64], path[PATH_MAX];
		snprintf(program, sizeof program, "copydesk-%s", stage->name);
		struct child *child = program_find(args_text(test->args, "bin"), program, path, error) ?
			supervisor_add(&test->supervisor, stage->name, error) : NULL;
		if (!child)
			return false;
		child_argument(child, "%s", path);
		child_argument(child, "-Xkafka.bootstrap.servers=%s", test->connection.servers);
		child_argument(child, "-Xinstance=selftest");
		child_argument(child, "-Xhttp=none");
	}
	return true;
}

/* The stages are to run with their defaults. */
static void environment_forget(void)
{
	for (char **entry = environ; *entry;) {
		char name[256];
		size_t len = strcspn(*entry, "=");
		if (strncmp(*entry, "COPYDESK_", 9) != 0 || len >= sizeof name) {
			entry++;
			continue;
		}
		memcpy(name, *entry, len);
		name[len] = '\0';
		unsetenv(name); /* moves the rest down */
	}
}

/* One partition: the copy is to come behind its original. */
static bool prepare(struct selftest *test, struct error *error)
{
	struct scan_bound from = {SCAN_EARLIEST, 0}, until = {SCAN_FOREVER, 0};
	environment_forget();
	test->embedded = embedded_create(1, 1, 0, "", error);
	return test->embedded && connection_to(&test->connection, embedded_servers(test->embedded), error) && stages_add(test, error) &&
		scan_open(&test->scan, &test->connection, ENDS, from, until, false, error) && scan_start(&test->scan, error);
}

static size_t judge(struct selftest *test)
{
	size_t failed = 0;
	if (test->error.code[0]) {
		say(test, false, test->error.text);
		failed++;
	} else if (test->count < PAGES) {
		char about[160];
		const char *when = test->reading ? "" : ", before all stages were ready";
		if (clock_monotonic_us() > test->deadline_us)
			snprintf(about, sizeof about, "%zu of %d pages came out within --timeout %s s%s", test->count, PAGES,
				args_text(test->args, "timeout"), test->reading ? "" : ": the stages weren't ready");
		else
			snprintf(about, sizeof about, "a stage ended%s; %zu of %d pages came out", when, test->count, PAGES);
		say(test, false, about);
		failed++;
	}
	for (size_t i = 0; test->count && i < sizeof CHECKS / sizeof *CHECKS; i++) {
		bool ok = CHECKS[i].holds(test);
		say(test, ok, CHECKS[i].about);
		failed += !ok;
	}
	return failed;
}

static int conclude(const struct selftest *test, size_t failed)
{
	if (!failed) {
		printf("selftest: this installation works\n");
		return EX_OK;
	}
	size_t kept = test->logged < LOG_KEPT ? test->logged : LOG_KEPT;
	for (size_t i = test->logged - kept; i < test->logged; i++)
		fprintf(stderr, "  %s\n", test->log[i % LOG_KEPT]);
	fprintf(stderr, "selftest: %zu failed; above are the last lines that the stages wrote. Are all programs and models of one "
			"version? `copydesk-STAGE --check` examines one alone\n", failed);
	return EX_SOFTWARE;
}

static int selftest_run(struct args *args)
{
	static struct selftest test;
	struct error error;
	int64_t timeout;
	int exit_code;
	if (args->operand_count)
		return command_misuse(args, "%s: takes flags only", args->operands[0]);
	if (!args_integer(args, "timeout", 1, 3600, &timeout, &error))
		return command_misuse(args, "%s", error.text);
	test = (struct selftest){.args = args, .deadline_us = clock_monotonic_us() + timeout * 1000000};
	command_catch_signals();
	terminal_init(&test.terminal, stdout);
	arena_init(&test.arena, ARENA_MAX);
	supervisor_init(&test.supervisor);
	test.supervisor.on_line = on_line;
	test.supervisor.on_tick = on_tick;
	test.supervisor.context = &test;
	if (prepare(&test, &error)) {
		supervisor_run(&test.supervisor, on_ready, &test);
		exit_code = command_stopping() ? EX_TEMPFAIL : conclude(&test, judge(&test));
	} else {
		exit_code = command_fail(args, EX_UNAVAILABLE, &error);
	}
	scan_close(&test.scan);
	supervisor_release(&test.supervisor);
	connection_release(&test.connection);
	embedded_destroy(&test.embedded);
	arena_release(&test.arena);
	return exit_code;
}

const struct command command_selftest = {
	.name = "selftest",
	.summary = "does this installation work: four known pages through all stages on an embedded broker",
	.usage = "[FLAGS]",
	.about = "Starts the embedded broker and one process of each stage with their default settings, sends four pages that are part of\n"
		 "this program, and compares the articles with what they have to be. Needs no Kafka and touches none; ends with 70 if\n"
		 "anything differs. A cluster of yours is examined by `copydesk doctor`.",
	.examples = "  copydesk selftest",
	.flags = FLAGS,
	.run = selftest_run,
};
