/* export: `copydesk export`: a bounded range of articles in the formats that others read. */
#include "tools/commands.h"
#include "tools/exportformat.h"
#include "tools/exportsink.h"
#include "tools/progress.h"
#include "tools/scan.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const struct flag FLAGS[] = {
	{"format", 'F', "ndjson|ninjs|conll|spacy", "ndjson", "the messages as they are, IPTC ninjs 3.1, columns, or Doc.from_json()"},
	{"out", 'o', "FILE|FOLDER/|-", "-", "one file, or with a / at the end a file an article; - is standard output"},
	{"from", 'f', "WHERE", "earliest", "earliest, -N (the last N of each partition), a time or an age such as 2h"},
	{"until", 'u', "WHERE", "end", "end (as it is now) or a time"},
	{"count", 'n', "N", "0", "stop after N articles; 0: don't"},
	{"quiet", 'q', NULL, NULL, "no progress"},
	{"prefix", 0, "TEXT", "", "put before the name of each topic"},
	{NULL},
};

#define ARTICLE_MEMORY ((size_t)1 << 30)
#define TEXT_MAX ((size_t)512 << 20)
#define OPERANDS_MAX 32

/* TOPIC, TOPIC/PARTITION or TOPIC/PARTITION/FIRST-LAST. */
struct stretch {
	char topic[250];
	int32_t partition; /* -1: all */
	int64_t first, last; /* last inclusive; -1: open */
};

struct export {
	const struct args *args;
	const struct export_format *format;
	struct exportsink sink;
	struct progress progress;
	struct arena arena;
	struct stretch stretches[OPERANDS_MAX];
	size_t stretch_count;
	int64_t wanted, articles, skipped, bytes;
};

static bool stretch_parse(const char *text, const char *prefix, struct stretch *stretch, struct error *error)
{
	struct slice rest = slice_of(text), part = SLICE_NONE;
	int64_t number;

	*stretch = (struct stretch){.partition = -1, .first = -1, .last = -1};
	slice_split(&rest, '/', &part);
	snprintf(stretch->topic, sizeof stretch->topic, "%s%.*s", prefix, SLICE_ARG(part));
	if (slice_split(&rest, '/', &part)) {
		if (!slice_to_int64(part, &number) || number < 0 || number > INT32_MAX)
			goto bad;
		stretch->partition = (int32_t)number;
	}
	if (rest.len) {
		size_t dash = slice_find_byte(rest, '-');
		struct slice first = slice_sub(rest, 0, dash),
			     last = dash == SLICE_NOT_FOUND ? first : slice_sub(rest, dash + 1, rest.len);
		if (!slice_to_int64(first, &stretch->first) || stretch->first < 0 ||
			(last.len && !slice_to_int64(last, &stretch->last)) || (last.len && stretch->last < stretch->first))
			goto bad;
	}
	return true;
bad:
	return error_set(
		error, "usage", "%s: needs TOPIC, TOPIC/PARTITION or TOPIC/PARTITION/FIRST-LAST (the last included)", text);
}

/* Leaves of the topic what the stretch names. */
static bool narrow(struct scan *scan, const struct stretch *stretch, struct error *error)
{
	bool there = stretch->partition < 0;

	for (size_t i = 0; i < scan->partition_count && stretch->partition >= 0; i++) {
		struct scan_partition *p = &scan->partitions[i];
		if (p->partition != stretch->partition) {
			p->start = p->end;
			continue;
		}
		there = true;
		if (stretch->first > p->start)
			p->start = stretch->first;
		if (stretch->last >= 0 && stretch->last + 1 < p->end)
			p->end = stretch->last + 1;
	}
	return there || error_set(error, "usage", "%s has no partition %d", stretch->topic, (int)stretch->partition);
}

/* False with error only if it can't be written; what is no article is passed over and counted. */
static bool put_article(struct export *export, const rd_kafka_message_t *message, struct error *error)
{
	struct slice value = slice_make(message->payload, message->len);
	struct buf text;
	jmp_buf jump;

	if (ARENA_GUARD(&export->arena, &jump) != ESCAPE_NONE)
		return error_set(error, "memory", "%s/%d/%lld needs more than %zu MiB", rd_kafka_topic_name(message->rkt),
			(int)message->partition, (long long)message->offset, ARTICLE_MEMORY >> 20);
	const struct json *article = value.len ? json_parse(&export->arena, value, NULL, NULL) : NULL;
	if (!json_string(article, "id").len || !json_get(article, "articleBody")) {
		export->skipped++;
		return true;
	}
	buf_init_arena(&text, &export->arena, TEXT_MAX);
	export->format->write(&export->arena, value, article, &text);
	if (text.failed)
		return error_set(error, "memory", "%.*s as %s doesn't fit %zu MiB", SLICE_ARG(json_string(article, "id")),
			export->format->name, TEXT_MAX >> 20);
	export->articles++;
	export->bytes += (int64_t)text.len;
	return exportsink_put(&export->sink, json_string(article, "id"), buf_slice(&text), error);
}

static bool wants_more(const struct export *export)
{
	return !command_stopping() && (export->wanted == 0 || export->articles < export->wanted);
}

static bool read_stretch(struct export *export, struct scan *scan, struct error *error)
{
	while (wants_more(export) && !scan_done(scan)) {
		rd_kafka_message_t *message = scan_next(scan, 500, error);
		if (!message && error->code[0])
			return false;
		if (!message)
			continue;
		bool good = put_article(export, message, error);
		export->arena.escape = NULL;
		arena_reset(&export->arena);
		rd_kafka_message_destroy(message);
		progress_update(&export->progress, export->progress.total - scan_left(scan), export->articles, export->bytes);
		if (!good)
			return false;
	}
	return true;
}

static bool export_all(struct export *export, struct connection *connection, struct scan_bound from, struct scan_bound until,
	struct error *error)
{
	for (size_t i = 0; i < export->stretch_count && wants_more(export); i++) {
		const char *const topics[] = {export->stretches[i].topic, NULL};
		struct scan scan;
		bool good = scan_open(&scan, connection, topics, from, until, false, error) &&
			narrow(&scan, &export->stretches[i], error) && scan_start(&scan, error);
		if (good) {
			export->progress.total = scan_total(&scan);
			good = read_stretch(export, &scan, error);
		}
		scan_close(&scan);
		if (!good)
			return false;
	}
	return !command_stopping() ||
		error_set(error, "stopped", "stopped by a signal after %lld articles", (long long)export->articles);
}

static bool export_prepare(struct export *export, struct scan_bound *from, struct scan_bound *until, struct error *error)
{
	const struct args *args = export->args;

	export->format = export_format_find(args_text(args, "format"));
	if (!export->format)
		return error_set(error, "usage", "--format %s: needs ndjson, ninjs, conll or spacy", args_text(args, "format"));
	if (args->operand_count > OPERANDS_MAX)
		return error_set(error, "usage", "%zu topics: an export takes %d at most", args->operand_count, OPERANDS_MAX);
	if (!scan_bound_parse(args_text(args, "from"), false, from, error) ||
		!scan_bound_parse(args_text(args, "until"), true, until, error) ||
		!args_integer(args, "count", 0, INT64_MAX, &export->wanted, error))
		return false;
	if (until->kind == SCAN_FOREVER)
		return error_set(error, "usage", "--until: an export needs an end: end or a time");
	for (size_t i = 0; i < args->operand_count || i == 0; i++)
		if (!stretch_parse(args->operand_count ? args->operands[i] : "news.tagged", args_text(args, "prefix"),
			    &export->stretches[export->stretch_count++], error))
			return false;
	return true;
}

static int run(struct export *export, struct connection *connection, struct scan_bound from, struct scan_bound until)
{
	const struct args *args = export->args;
	struct error error, close_error;
	char skipped[64] = "";

	if (!exportsink_open(&export->sink, args_text(args, "out"), export->format->extension, export->format->head, &error))
		return command_fail(args, EX_IOERR, &error);
	progress_init(&export->progress, "exported", "articles", 0, args_given(args, "quiet") || !isatty(STDERR_FILENO));
	bool good = export_all(export, connection, from, until, &error);
	if (!exportsink_close(&export->sink, good, &close_error) && good) {
		error = close_error;
		good = false;
	}
	if (export->skipped)
		snprintf(skipped, sizeof skipped, "%lld messages are no articles", (long long)export->skipped);
	progress_finish(&export->progress, export->articles, export->bytes, skipped);
	if (!good)
		return command_fail(args, EX_UNAVAILABLE, &error);
	if (export->skipped && !isatty(STDERR_FILENO)) /* a terminal has it in the line of the progress */
		fprintf(stderr, "copydesk export: %s and are left out\n", skipped);
	return EX_OK;
}

static int export_run(struct args *args)
{
	struct export export = {.args = args};
	struct connection connection = {0};
	struct scan_bound from, until;
	struct error error;
	int exit_code;

	if (!export_prepare(&export, &from, &until, &error))
		return command_misuse(args, "%s", error.text);
	command_catch_signals();
	arena_init(&export.arena, ARTICLE_MEMORY);
	if (!connection_init(&connection, args, &error))
		exit_code = command_fail(args, EX_USAGE, &error);
	else
		exit_code = run(&export, &connection, from, until);
	connection_release(&connection);
	arena_release(&export.arena);
	return exit_code;
}

const struct command command_export = {
	.name = "export",
	.summary = "write a range of tagged articles as NDJSON, IPTC ninjs, CoNLL columns or spaCy JSON",
	.usage = "[FLAGS] [TOPIC | TOPIC/PARTITION | TOPIC/PARTITION/FIRST-LAST]…",
	.about = "Reads news.tagged unless topics are named, without joining a group, and only what is committed, to the end as it is at the start. A message that\n"
		 "is no article is passed over and counted. A file gets its name when it is whole; in a folder each article has its own, and of two with\n"
		 "one id the later stays.",
	.examples = "  copydesk export -k broker:9092 --from 2026-11-20 --until 2026-11-21 -o day.ndjson\n"
		    "  copydesk export -k broker:9092 --format ninjs --from 6h -o news/\n"
		    "  copydesk export -k broker:9092 --format conll news.tagged/3/1000-1999 > part.conll",
	.flags = FLAGS,
	.kafka = true,
	.run = export_run,
};
