/* usage: texts from tables. */
#include "run/usage.h"

#include "json/writer.h"
#include "run/metrics.h"
#include "run/option_value.h"
#include "run/options_table.h"
#include "run/procinfo.h"
#include "run/watch.h"

#include <stdlib.h>

const struct usage_row USAGE_ROWS[FLAG_COUNT] = {
	[FLAG_CONFIG] = {"config", "FILE", "Read options from FILE: lines of name = value, # begins a comment. Else COPYDESK_CONFIG names it."},
	[FLAG_SET] = {"X", "NAME=VALUE", "Set an option; wins over the environment, which wins over the file."},
	[FLAG_IN] = {"in", "FILE", "Run without Kafka: read messages from FILE, one JSON object a line; - is standard input."},
	[FLAG_OUT] = {"out", "FILE", "Where the messages go, in input order; - is standard output."},
	[FLAG_DEAD] = {"dead", "FILE", "Where dead letters go, with their reason."},
	[FLAG_CHECK] = {"check", NULL, "Check the configuration (with --in or --out without Kafka's part) and the stage's data, then end."},
	[FLAG_LIVE] = {"live", NULL, "With --check: also ask the brokers for topics, sizes and rights."},
	[FLAG_EXPLAIN] = {"explain", NULL,
		"Read records from standard input, one JSON object a line, and print what becomes of each and why (docs/operations.md)."},
	[FLAG_PRINT_CONFIG] = {"print-config", NULL, "Print every option in force and where it comes from; secrets are masked."},
	[FLAG_PRINT_OPTIONS] = {"print-options", "json", NULL},
	[FLAG_HELP] = {"help", NULL, "Print this."},
	[FLAG_VERSION] = {"version", NULL, "Print the versions of the program and its libraries."},
};

#define WIDTH 100

/* `text` wrapped at WIDTH, every line behind `indent` spaces. */
static void put_wrapped(FILE *out, size_t indent, const char *text)
{
	size_t column = 0;
	struct slice rest = slice_of(text), word;

	while (slice_split(&rest, ' ', &word)) {
		if (column && column + 1 + word.len > WIDTH) {
			fputc('\n', out);
			column = 0;
		}
		column += (size_t)(column ? fprintf(out, " %.*s", SLICE_ARG(word)) :
					     fprintf(out, "%*s%.*s", (int)indent, "", SLICE_ARG(word)));
	}
	fputc('\n', out);
}

static const char *kind_name(const struct option *row)
{
	static const char *const NAMES[] = {"text", "bool", "integer", "number", "size", "duration", "choice", "secret"};
	return NAMES[row->kind];
}

static void put_option(FILE *out, const struct option *row)
{
	char help[1024];
	int n = snprintf(help, sizeof(help), "%s", row->help);

	if (row->kind == OPTION_CHOICE)
		n += snprintf(help + n, sizeof(help) - (size_t)n, " One of %s.", row->choices);
	else if (row->kind != OPTION_TEXT && row->kind != OPTION_BOOL && row->kind != OPTION_SECRET)
		n += snprintf(help + n, sizeof(help) - (size_t)n, " (%s%s%s)", kind_name(row), row->unit ? ", " : "",
			row->unit ? row->unit : "");
	if (row->kind == OPTION_SECRET)
		snprintf(help + n, sizeof(help) - (size_t)n, " (secret; @/path reads it from a file)");
	fprintf(out, "  %s = %s\n", row->name, row->otherwise);
	put_wrapped(out, 6, help);
}

static void put_table(FILE *out, const char *title, const struct option *rows)
{
	if (!rows || !rows->name)
		return;
	fprintf(out, "\n%s\n", title);
	for (; rows->name; rows++)
		put_option(out, rows);
}

void usage_help(const struct stage *stage, FILE *out)
{
	fprintf(out, "copydesk-%s: ", stage->name);
	fprintf(out, "%s\n\n", stage->summary);
	fprintf(out, "  copydesk-%s [--config FILE] [-X name=value]...\n", stage->name);
	fprintf(out, "  copydesk-%s --in FILE|- --out FILE|- [--dead FILE] [-X name=value]...\n\n", stage->name);
	for (size_t i = 0; i < FLAG_COUNT; i++) {
		const struct usage_row *row = &USAGE_ROWS[i];
		if (!row->help)
			continue;
		fprintf(out, "  -%s%s%s%s\n", row->name[1] ? "-" : "", row->name, row->argument ? " " : "",
			row->argument ? row->argument : "");
		put_wrapped(out, 6, row->help);
	}
	fputs("\nEach option below is a line of the file, an argument of -X, or an environment variable: topic.in is COPYDESK_TOPIC_IN.\n",
		out);
	put_table(out, "Topics", options_of_topics(stage));
	put_table(out, "This stage", stage->options);
	put_table(out, "Runner", OPTIONS_COMMON);
	fputs("\nKafka\n  kafka.NAME = VALUE\n", out);
	put_wrapped(out, 6,
		"Goes to librdkafka as NAME: kafka.bootstrap.servers, kafka.security.protocol, kafka.sasl.password (@/path reads a value from a "
		"file), and so on; checked at start.");
	fputs("\nExit codes follow sysexits.h: 64 usage, 65 dead letters that --dead didn't keep, 66 no input, 73 and 74 output,\n"
	      "69 Kafka out of reach, 75 try again, 77 a right on the brokers is missing, 78 configuration. SIGTERM, SIGINT and\n"
	      "SIGHUP finish what is in hand; a second one ends at once.\n",
		out);
}

static void json_option(struct json_writer *w, const char *group, const struct option *row)
{
	char name[128];

	option_environment_name(row->name, name, sizeof(name));
	json_open_object(w);
	json_add_string(w, "name", slice_of(row->name));
	json_add_string(w, "group", slice_of(group));
	json_add_string(w, "environment", slice_of(name));
	json_add_string(w, "kind", slice_of(kind_name(row)));
	json_add_string(w, "default", slice_of(row->otherwise));
	json_add_text(w, "unit", slice_of(row->kind == OPTION_DURATION ? "ms" : row->kind == OPTION_SIZE ? "bytes" : row->unit));
	if (row->min != 0 || row->max != 0) {
		json_add_number(w, "min", row->min, 9);
		json_add_number(w, "max", row->max, 9);
	}
	json_add_text(w, "choices", slice_of(row->choices));
	json_add_bool(w, "neutral", row->neutral);
	json_add_string(w, "help", slice_of(row->help));
	json_close_object(w);
}

static void json_options(struct json_writer *w, const struct stage *stage)
{
	json_key(w, "options");
	json_open_array(w);
	for (const struct option *row = options_of_topics(stage); row->name; row++)
		json_option(w, "topics", row);
	for (const struct option *row = stage->options; row && row->name; row++)
		json_option(w, "stage", row);
	for (const struct option *row = OPTIONS_COMMON; row->name; row++)
		json_option(w, "runner", row);
	json_close_array(w);
}

static void json_flags(struct json_writer *w)
{
	json_key(w, "flags");
	json_open_array(w);
	for (size_t i = 0; i < FLAG_COUNT; i++) {
		if (!USAGE_ROWS[i].help)
			continue;
		json_open_object(w);
		json_add_string(w, "name", slice_of(USAGE_ROWS[i].name));
		json_add_text(w, "argument", slice_of(USAGE_ROWS[i].argument));
		json_add_string(w, "help", slice_of(USAGE_ROWS[i].help));
		json_close_object(w);
	}
	json_close_array(w);
}

static void json_metric(struct json_writer *w, const char *prefix, const char *name, const char *suffix, const char *kind,
	const char *unit, const char *labels, const char *help, const char *section)
{
	char full[200];

	snprintf(full, sizeof(full), "%s%s%s", prefix, name, suffix);
	json_open_object(w);
	json_add_string(w, "name", slice_of(full));
	json_add_string(w, "type", slice_of(kind));
	json_add_text(w, "unit", slice_of(unit));
	json_add_text(w, "labels", slice_of(labels));
	json_add_string(w, "help", slice_of(help));
	json_add_text(w, "section", slice_of(section));
	json_close_object(w);
}

static void json_metrics(struct json_writer *w, const struct stage *stage)
{
	static const char *const KINDS[] = {"counter", "gauge", "histogram"};
	int64_t common = 1 + METRIC_COUNT;

	json_key(w, "metrics");
	json_open_array(w);
	json_metric(
		w, "copydesk_", "info", "", "gauge", NULL, "version,config,run,librdkafka", "What runs here; always 1.", NULL);
	for (size_t i = 0; i < METRIC_COUNT; i++) {
		const struct metric_row *row = &METRIC_ROWS[i];
		json_metric(w, "copydesk_", row->name, "", KINDS[row->kind], row->unit, row->labels, row->help, row->section);
	}
	for (const struct procinfo_row *row = PROCINFO_ROWS; row->name; row++, common++)
		json_metric(w, "", row->name, "", row->kind, row->unit, NULL, row->help, "Process");
	for (const struct stage_counter *row = stage->counters; row && row->name; row++)
		json_metric(w, "copydesk_", row->name, "_total", "counter", NULL, NULL, row->help, stage->name);
	json_close_array(w);
	/* The first so many are every stage's, the rest this one's. */
	json_add_integer(w, "metricsCommon", common);
}

static void json_watch(struct json_writer *w)
{
	json_key(w, "watch");
	json_open_array(w);
	for (const struct watch_row *row = WATCH_ROWS; row->name; row++) {
		struct buf expr;
		buf_init_arena(&expr, w->arena, 4096);
		watch_expr(row, &expr);
		json_open_object(w);
		json_add_string(w, "name", slice_of(row->name));
		json_add_string(w, "expr", buf_slice(&expr));
		json_add_text(w, "title", slice_of(row->title));
		json_add_text(w, "unit", slice_of(row->unit));
		json_add_text(w, "legend", slice_of(row->legend));
		json_add_text(w, "for", slice_of(row->wait));
		json_add_text(w, "severity", slice_of(row->severity));
		json_add_string(w, "text", slice_of(row->text));
		json_close_object(w);
	}
	json_close_array(w);
}

static void json_outputs(struct json_writer *w, const struct stage *stage)
{
	json_key(w, "outputs");
	json_open_array(w);
	for (const struct stage_output *output = stage->outputs; output && output->option; output++) {
		json_open_object(w);
		json_add_string(w, "option", slice_of(output->option));
		json_add_string(w, "topic", slice_of(output->topic));
		json_add_string(w, "type", slice_of(output->type));
		json_close_object(w);
	}
	json_close_array(w);
	json_key(w, "reasons");
	json_open_array(w);
	for (const char *const *reason = stage->reasons; reason && *reason; reason++)
		json_put_string(w, slice_of(*reason));
	json_close_array(w);
}

void usage_json(const struct stage *stage, FILE *out)
{
	struct arena arena;
	struct buf text;
	struct json_writer writer;
	jmp_buf jump;

	arena_init(&arena, 16u << 20);
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE)
		abort();
	buf_init_arena(&text, &arena, 8u << 20);
	json_begin(&writer, &arena, &text);
	json_open_object(&writer);
	json_add_string(&writer, "name", slice_of(stage->name));
	json_add_string(&writer, "summary", slice_of(stage->summary));
	json_add_string(&writer, "version", SLICE(COPYDESK_VERSION));
	json_flags(&writer);
	json_options(&writer, stage);
	json_outputs(&writer, stage);
	json_metrics(&writer, stage);
	json_watch(&writer);
	json_close_object(&writer);
	if (!json_finish(&writer))
		abort();
	fwrite(text.ptr, 1, text.len, out);
	fputc('\n', out);
	arena_release(&arena);
}
