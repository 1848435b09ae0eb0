/* spans: see spans.h. The records of the open transaction are kept in binary, because their last span ends with its commit. */
#include "run/spans.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "json/writer.h"
#include "run/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define RECORDS 20000 /* of one transaction; what is beyond isn't written */
#define BATCH 200     /* records a line */
#define LINE_CEILING (8u << 20)
/* OTLP's enums (opentelemetry/proto/trace/v1/trace.proto) */
#define KIND_INTERNAL 1
#define KIND_CONSUMER 5
#define STATUS_ERROR 2

struct record {
	char trace[33], span[17], parent[17]; /* parent: empty at the begin of a trace */
	struct coordinates from;
	const char *outcome; /* constant */
	char reason[32], text[160];
	int64_t begun_us;
	size_t step_count;
	struct span_step steps[SPAN_STEPS];
};

struct spans {
	int file;
	const struct stage *stage;
	const struct headers_context *headers;
	const char *group, *instance;
	double share;
	struct record *records;
	size_t count, missed;
	struct arena arena;
};

static size_t put_step(struct span_step *steps, size_t count, const char *name, int64_t begun_us, int64_t spent_us)
{
	steps[count] = (struct span_step){name, begun_us, spent_us < 0 ? 0 : spent_us};
	return count + 1;
}

size_t span_steps(const struct stage *stage, const struct job *job, int64_t settled_us, struct span_step steps[SPAN_STEPS])
{
	int64_t begun = job->started_us ? job->started_us : settled_us;
	size_t count = put_step(steps, 0, "queue", job->submitted_us, begun - job->submitted_us);

	for (size_t i = 0; stage->steps && stage->steps[i]; i++) {
		if (job->watch.begun_us[i])
			count = put_step(steps, count, stage->steps[i], job->watch.begun_us[i], job->watch.spent_us[i]);
	}
	if (job->decided_us > job->processed_us) /* minus what decide() itself took */
		count = put_step(steps, count, "index", job->processed_us, job->decided_us - begun - job->wall_us);
	if (job->decided_us)
		count = put_step(steps, count, "order", job->decided_us, settled_us - job->decided_us);
	return count;
}

struct spans *spans_open(
	const struct config *config, const struct stage *stage, const struct headers_context *headers, struct error *error)
{
	const char *path = config_text(config, "spans.file");
	struct spans *spans;

	if (!*path)
		return NULL;
	int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
	if (file < 0) {
		error_set(error, "spans_file", "spans.file: can't append to %s: %s", path, strerror(errno));
		return NULL;
	}
	spans = calloc(1, sizeof(*spans));
	if (!spans || !(spans->records = calloc(RECORDS, sizeof(*spans->records))))
		abort();
	spans->file = file;
	spans->stage = stage;
	spans->headers = headers;
	spans->group = config_text(config, "group");
	spans->instance = config_text(config, "instance");
	spans->share = config_number(config, "spans.share");
	arena_init(&spans->arena, 4 * (size_t)LINE_CEILING);
	return spans;
}

void spans_close(struct spans **spans)
{
	struct spans *s = *spans;

	if (!s)
		return;
	close(s->file);
	arena_release(&s->arena);
	free(s->records);
	free(s);
	*spans = NULL;
}

/* The same answer in every stage: the trace id's last 56 bits are random (Trace Context level 2), and ours are a hash. */
static bool in_share(const struct spans *spans, const char *trace)
{
	unsigned long long low = strtoull(trace + 18, NULL, 16);

	return (double)low < spans->share * 72057594037927936.0;
}

static const char *outcome_of(const struct job *job)
{
	return job->verdict == VERDICT_EMIT ? "emitted" : job->verdict == VERDICT_DROP ? "dropped" : "dead";
}

void spans_add(
	struct spans *spans, const struct job *job, const struct coordinates *from, const struct span_step *steps, size_t count)
{
	struct slice parent = SLICE_NONE;
	struct record record = {.from = *from, .outcome = outcome_of(job), .begun_us = job->submitted_us, .step_count = count};
	char traceparent[56], source[COORDINATES_TEXT];

	for (size_t i = 0; i < job->in.header_count; i++) {
		if (slice_equal_nocase(job->in.headers[i].name, SLICE("traceparent")))
			parent = job->in.headers[i].value;
	}
	headers_traceparent(spans->headers, parent, slice_make(source, coordinates_text(from, source)), traceparent);
	snprintf(record.trace, sizeof(record.trace), "%.32s", traceparent + 3);
	snprintf(record.span, sizeof(record.span), "%.16s", traceparent + 36);
	if (headers_traceparent_valid(parent))
		snprintf(record.parent, sizeof(record.parent), "%.16s", parent.ptr + 36);
	bool sampled = strtoul(traceparent + 53, NULL, 16) & 1;
	if (!sampled || !in_share(spans, record.trace))
		return;
	if (spans->count == RECORDS) {
		spans->missed++;
		return;
	}
	if (job->verdict == VERDICT_DROP)
		snprintf(record.reason, sizeof(record.reason), "%s", job->task.reason);
	if (job->verdict == VERDICT_REJECT) {
		snprintf(record.reason, sizeof(record.reason), "%s", job->task.error.code);
		snprintf(record.text, sizeof(record.text), "%.159s", job->task.error.text);
	}
	memcpy(record.steps, steps, count * sizeof(*steps));
	spans->records[spans->count++] = record;
}

/* `kind`: the member of OTLP's AnyValue. */
static void put_attribute(struct json_writer *w, const char *name, const char *kind, const char *text)
{
	json_open_object(w);
	json_add_string(w, "key", slice_of(name));
	json_key(w, "value");
	json_open_object(w);
	json_add_string(w, kind, slice_of(text));
	json_close_object(w);
	json_close_object(w);
}

static void attribute(struct json_writer *w, const char *name, const char *value) { put_attribute(w, name, "stringValue", value); }

/* 64-bit integers are strings in protobuf's JSON. */
static void attribute_integer(struct json_writer *w, const char *name, int64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	put_attribute(w, name, "intValue", text);
}

static void put_time(struct json_writer *w, const char *name, int64_t wall_us)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld000", (long long)wall_us);
	json_add_string(w, name, slice_of(text));
}

static void open_span(struct json_writer *w, const struct record *record, const char *span, const char *parent, const char *name,
	int kind, int64_t begun_us, int64_t ended_us)
{
	json_open_object(w);
	json_add_string(w, "traceId", slice_of(record->trace));
	json_add_string(w, "spanId", slice_of(span));
	json_add_text(w, "parentSpanId", slice_of(parent));
	json_add_string(w, "name", slice_of(name));
	json_add_integer(w, "kind", kind);
	put_time(w, "startTimeUnixNano", begun_us);
	put_time(w, "endTimeUnixNano", ended_us);
}

/* `offset_us`: from the monotonic to the wall clock. */
static void put_step_span(struct json_writer *w, const struct record *record, const struct span_step *step, int64_t offset_us)
{
	char seed[80], id[17];

	snprintf(seed, sizeof(seed), "%s/%s", record->span, step->name);
	snprintf(id, sizeof(id), "%016llx", (unsigned long long)(hash64(slice_of(seed)) | 1));
	open_span(w, record, id, record->span, step->name, KIND_INTERNAL, step->begun_us + offset_us,
		step->begun_us + step->spent_us + offset_us);
	json_close_object(w);
}

static void put_record(
	struct json_writer *w, const struct spans *spans, const struct record *record, int64_t now_us, int64_t offset_us)
{
	char name[300];
	struct span_step commit = {"commit", record->begun_us, 0};

	snprintf(name, sizeof(name), "process %s", record->from.topic);
	open_span(w, record, record->span, record->parent, name, KIND_CONSUMER, record->begun_us + offset_us, now_us + offset_us);
	json_key(w, "attributes");
	json_open_array(w);
	attribute(w, "messaging.system", "kafka");
	attribute(w, "messaging.operation.name", "process");
	attribute(w, "messaging.operation.type", "process");
	attribute(w, "messaging.destination.name", record->from.topic);
	attribute_integer(w, "messaging.destination.partition.id", record->from.partition);
	attribute_integer(w, "messaging.kafka.offset", record->from.offset);
	attribute(w, "messaging.consumer.group.name", spans->group);
	attribute(w, "copydesk.outcome", record->outcome);
	if (record->reason[0])
		attribute(w, "copydesk.reason", record->reason);
	json_close_array(w);
	if (strcmp(record->outcome, "dead") == 0) {
		json_key(w, "status");
		json_open_object(w);
		json_add_integer(w, "code", STATUS_ERROR);
		json_add_string(w, "message", slice_of(record->text));
		json_close_object(w);
	}
	json_close_object(w);
	for (size_t i = 0; i < record->step_count; i++) {
		put_step_span(w, record, &record->steps[i], offset_us);
		commit.begun_us = record->steps[i].begun_us + record->steps[i].spent_us;
	}
	commit.spent_us = now_us - commit.begun_us;
	put_step_span(w, record, &commit, offset_us);
}

static void put_resource(struct json_writer *w, const struct spans *spans)
{
	char name[80];

	snprintf(name, sizeof(name), "copydesk-%s", spans->stage->name);
	json_key(w, "resource");
	json_open_object(w);
	json_key(w, "attributes");
	json_open_array(w);
	attribute(w, "service.namespace", "copydesk");
	attribute(w, "service.name", name);
	attribute(w, "service.version", COPYDESK_VERSION);
	attribute(w, "service.instance.id", spans->instance);
	attribute(w, "copydesk.run", spans->headers->run);
	json_close_array(w);
	json_close_object(w);
}

static bool put_line(struct spans *spans, struct buf *out, size_t from, size_t to, int64_t now_us, int64_t offset_us)
{
	struct json_writer w;

	json_begin(&w, &spans->arena, out);
	json_open_object(&w);
	json_key(&w, "resourceSpans");
	json_open_array(&w);
	json_open_object(&w);
	put_resource(&w, spans);
	json_key(&w, "scopeSpans");
	json_open_array(&w);
	json_open_object(&w);
	json_key(&w, "scope");
	json_open_object(&w);
	json_add_string(&w, "name", SLICE("copydesk"));
	json_add_string(&w, "version", SLICE(COPYDESK_VERSION));
	json_close_object(&w);
	json_key(&w, "spans");
	json_open_array(&w);
	for (size_t i = from; i < to; i++)
		put_record(&w, spans, &spans->records[i], now_us, offset_us);
	json_close_array(&w);
	json_close_object(&w);
	json_close_array(&w);
	json_close_object(&w);
	json_close_array(&w);
	json_close_object(&w);
	buf_append_byte(out, '\n');
	return json_finish(&w);
}

/* One write a line: with O_APPEND, several processes may share a file. */
static __attribute__((noinline)) bool write_lines(struct spans *spans)
{
	int64_t now_us = clock_monotonic_us(), offset_us = clock_wall_ms() * 1000 - now_us;
	struct buf out;
	jmp_buf jump;

	for (size_t from = 0; from < spans->count; from += BATCH) {
		arena_reset(&spans->arena);
		if (ARENA_GUARD(&spans->arena, &jump) != ESCAPE_NONE)
			return false;
		size_t to = from + BATCH < spans->count ? from + BATCH : spans->count;
		buf_init_arena(&out, &spans->arena, LINE_CEILING);
		if (!put_line(spans, &out, from, to, now_us, offset_us) ||
			write(spans->file, out.ptr, out.len) != (ssize_t)out.len)
			return false;
	}
	return true;
}

void spans_commit(struct spans *spans)
{
	if (spans->count && !write_lines(spans))
		log_warn("spans_failed", LOG_INT("records", spans->count),
			LOG_STR("text", errno ? strerror(errno) : "a line grew too long"));
	if (spans->missed)
		log_warn("spans_missed", LOG_INT("records", spans->missed),
			LOG_STR("text", "more records in one transaction than are kept: lower spans.share"));
	spans->arena.escape = NULL;
	spans_abort(spans);
}

void spans_abort(struct spans *spans) { spans->count = spans->missed = 0; }
