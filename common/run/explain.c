/* explain: lines in, one job, its trace and its end out. */
#include "run/explain.h"

#include "base/base64.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/utf8.h"
#include "run/lines.h"
#include "run/localindex.h"
#include "run/sandbox.h"
#include "run/signals.h"
#include "run/workers.h"

#include <stdio.h>
#include <sysexits.h>

/* An envelope holds a value as base64, beside headers. */
#define LINE_ROOM ((size_t)1 << 20)
#define PARSED_MAX ((size_t)1 << 30)

struct explain {
	const struct stage *stage;
	void *state;
	const struct config *config;
	struct job job;
	struct local_index *index;
	struct trace *trace;
	struct arena arena; /* of a line and what is said of it */
	struct slice source;
	char digest[17];
	bool context;
};

/* --- reading ------------------------------------------------------------------------------------- */

/* A member as text, or as base64 under its other name. ptr NULL: neither is there. */
static bool take_bytes(struct arena *arena, const struct json *object, const char *name, const char *name64, struct slice *bytes)
{
	const struct json *text = json_get(object, name), *packed = json_get(object, name64);

	*bytes = SLICE_NONE;
	if (text && text->kind == JSON_STRING)
		*bytes = slice_make(text->text.ptr ? text->text.ptr : "", text->text.len);
	if (packed && packed->kind == JSON_STRING)
		return base64_decode(arena, packed->text, bytes);
	return true;
}

static bool take_headers(struct arena *arena, const struct json *list, struct message *message)
{
	struct header *headers = arena_array(arena, struct header, list ? list->count + 1 : 1);

	for json_each (item, list) {
		struct header *header = &headers[message->header_count++];
		header->name = json_string(item, "name");
		if (!take_bytes(arena, item, "value", "valueBase64", &header->value))
			return false;
	}
	message->headers = headers;
	return true;
}

static bool read_record(struct explain *explain, struct slice line, struct error *error)
{
	const struct json_limits limits = {.bytes = line.len + 1, .depth = 64, .nodes = 4000000, .allow_duplicates = true};
	const struct json *root = json_parse(&explain->arena, line, &limits, NULL);
	struct message *in = &explain->job.in;
	bool enveloped = json_get(root, "value") || json_get(root, "valueBase64");

	explain->source = SLICE_NONE;
	explain->context = false;
	if (!enveloped) {
		in->value = line;
		return true;
	}
	explain->source = json_string(root, "source");
	explain->context = json_truth(root, "context", false);
	in->timestamp = json_integer(root, "timestamp", CLOCK_NONE);
	if (take_bytes(&explain->arena, root, "value", "valueBase64", &in->value) &&
		take_bytes(&explain->arena, root, "key", "keyBase64", &in->key) &&
		take_headers(&explain->arena, json_array(root, "headers"), in))
		return true;
	return error_set(error, "base64", "%.*s: a member that should be base64 is not", SLICE_ARG(explain->source));
}

/* --- answering ----------------------------------------------------------------------------------- */

static void put_output(struct explain *explain, struct json_writer *out, const struct emission *emission)
{
	const struct stage_output *output = &explain->stage->outputs[emission->output];
	const struct json *value = json_parse(&explain->arena, emission->value, NULL, NULL);
	char hash[33];

	hash_hex(hash_wide(emission->value), hash);
	json_open_object(out);
	json_add_string(out, "topic", slice_of(config_text(explain->config, output->option)));
	json_add_string(out, "type", slice_of(output->type));
	json_add_text(out, "key", emission->key);
	json_add_string(out, "xxh3", slice_of(hash));
	json_key(out, "value");
	if (value)
		json_put_value(out, value);
	else
		json_put_string(out, emission->value);
	json_close_object(out);
}

static void put_end(struct explain *explain, struct json_writer *out)
{
	static const char *const VERDICTS[] = {
		[VERDICT_EMIT] = "emit", [VERDICT_DROP] = "drop", [VERDICT_REJECT] = "dead", [VERDICT_RETRY] = "retry", [VERDICT_ASK] = "ask"};
	const struct job *job = &explain->job;

	json_add_string(out, "verdict", slice_of(VERDICTS[job->verdict]));
	if (job->verdict == VERDICT_DROP)
		json_add_string(out, "reason", slice_of(job->task.reason));
	if (job->verdict == VERDICT_REJECT || job->verdict == VERDICT_RETRY) {
		json_key(out, "error");
		json_open_object(out);
		json_add_string(out, "code", slice_of(job->task.error.code));
		json_add_string(out, "message", slice_of(job->task.error.text));
		json_close_object(out);
	}
	json_add_number(out, "cpuMs", (double)job->cpu_us / 1e3, 3);
	json_add_integer(out, "memoryBytes", (int64_t)job->arena.used);
	if (explain->stage->index)
		json_add_integer(out, "rounds", job->rounds);
}

static void put_counts(struct explain *explain, struct json_writer *out)
{
	json_key(out, "counts");
	json_open_object(out);
	for (size_t i = 0; explain->stage->counters && explain->stage->counters[i].name; i++)
		if (explain->job.task.counts[i])
			json_add_integer(out, explain->stage->counters[i].name, (int64_t)explain->job.task.counts[i]);
	json_close_object(out);
}

static void put_answer(struct explain *explain, struct json_writer *out)
{
	json_open_object(out);
	json_add_string(out, "stage", slice_of(explain->stage->name));
	json_add_string(out, "version", SLICE(COPYDESK_VERSION));
	json_add_string(out, "config", slice_of(explain->digest));
	json_add_text(out, "source", explain->source);
	put_end(explain, out);
	put_counts(explain, out);
	json_key(out, "outputs");
	json_open_array(out);
	for (const struct emission *e = explain->job.verdict == VERDICT_EMIT ? explain->job.task.emissions : NULL; e; e = e->next)
		put_output(explain, out, e);
	json_close_array(out);
	json_key(out, "trace");
	trace_put(explain->trace, out);
	json_close_object(out);
}

static bool answer(struct explain *explain, struct error *error)
{
	struct json_writer writer;
	struct buf text;

	buf_init_arena(&text, &explain->arena, PARSED_MAX / 2);
	json_begin(&writer, &explain->arena, &text);
	put_answer(explain, &writer);
	if (!json_finish(&writer))
		return error_set(error, "too_large", "%.*s: the explanation doesn't fit", SLICE_ARG(explain->source));
	buf_append_byte(&text, '\n');
	return (fwrite(text.ptr, 1, text.len, stdout) == text.len && fflush(stdout) == 0) ||
	       error_set(error, "no_output", "standard output can't be written");
}

/* --- the whole ----------------------------------------------------------------------------------- */

static void work(struct explain *explain)
{
	struct job *job = &explain->job;

	trace_clear(explain->trace);
	job->task.trace = explain->context ? NULL : explain->trace;
	snprintf(job->source_name, sizeof(job->source_name), "%.*s", SLICE_ARG(explain->source));
	job_run(explain->stage, explain->state, job);
	if (job->verdict == VERDICT_ASK)
		local_index_settle(explain->index, job);
}

static __attribute__((noinline)) bool take_line(struct explain *explain, struct slice line, struct error *error)
{
	jmp_buf jump;
	bool good;

	job_reset(&explain->job);
	if (ARENA_GUARD(&explain->arena, &jump) != ESCAPE_NONE)
		return error_set(
			error, "memory", "the explanation of this record needs more than %zu MiB", explain->arena.ceiling >> 20);
	good = read_record(explain, line, error);
	if (good)
		work(explain);
	if (good && !explain->context)
		good = answer(explain, error);
	explain->arena.escape = NULL;
	arena_reset(&explain->arena);
	return good;
}

static int take_all(struct explain *explain, struct lines *lines, struct error *error)
{
	struct line line;

	while (!signals_caught()) {
		switch (lines_next(lines, &line, error)) {
		case LINE_WHOLE: {
			bool good = take_line(explain, line.text, error);
			lines_release(lines, line.block);
			if (!good)
				return EX_DATAERR;
			break;
		}
		case LINE_WOULD_BLOCK: lines_wait(lines, signals_fd()); break;
		case LINE_PART:
		case LINE_PART_END:
			error_set(error, "message_too_large", "line %llu is longer than message.max.bytes allows",
				(unsigned long long)line.number);
			return EX_DATAERR;
		case LINE_FAILED: return EX_IOERR;
		case LINE_END: return EX_OK;
		}
	}
	return 128 + signals_caught();
}

int explain_run(const struct stage *stage, void *state, const struct config *config, struct error *error)
{
	struct explain explain = {.stage = stage, .state = state, .config = config};
	struct lines *lines = lines_open("-", (size_t)config_integer(config, "message.max.bytes") * 2 + LINE_ROOM, error);
	int code;

	if (!lines)
		return EX_NOINPUT;
	if (!sandbox_worker(error))
		log_warn("no_sandbox", LOG_STR("why", error->text));
	config_digest(config, stage->name, explain.digest);
	job_init(&explain.job, stage, config);
	arena_init(&explain.arena, PARSED_MAX);
	explain.index = local_index_open(stage, state, config);
	explain.trace = trace_create();
	code = take_all(&explain, lines, error);
	trace_destroy(&explain.trace);
	local_index_close(&explain.index);
	arena_release(&explain.arena);
	job_release(&explain.job);
	lines_close(&lines);
	return code;
}
