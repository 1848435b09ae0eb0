/* Spans as OTLP/JSON: the field names and encodings of opentelemetry-proto's JSON mapping. */
#include "unit.h"

#include "json/reader.h"
#include "run/config.h"
#include "run/options.h"
#include "run/spans.h"
#include "toy.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static const char *const STEPS[] = {"first", "second", NULL};
static struct stage timed;
static char path[64];

struct rig {
	struct config *config;
	struct headers_context headers;
	struct spans *spans;
	struct job job;
	struct arena arena;
	char text[65536];
};

static void begin(struct rig *rig, const char *share)
{
	struct error error = {.code = ""};
	char pair[100];

	timed = TOY;
	timed.steps = STEPS;
	snprintf(path, sizeof(path), "/tmp/copydesk-spans-%d", (int)getpid());
	unlink(path);
	rig->config = options_config(&TOY);
	snprintf(pair, sizeof(pair), "spans.file=%s", path);
	assert_true(config_set_pair(rig->config, pair, &error));
	snprintf(pair, sizeof(pair), "spans.share=%s", share);
	assert_true(config_set_pair(rig->config, pair, &error));
	headers_init(&rig->headers, "toy", "0123456789abcdef", "live");
	rig->spans = spans_open(rig->config, &timed, &rig->headers, &error);
	assert_non_null(rig->spans);
	job_init(&rig->job, &timed, NULL);
	arena_init(&rig->arena, 16u << 20);
}

static void end(struct rig *rig)
{
	spans_close(&rig->spans);
	job_release(&rig->job);
	arena_release(&rig->arena);
	config_destroy(&rig->config);
	unlink(path);
}

/* Runs one message whose header is `parent`, at offset `offset`. */
static void record(struct rig *rig, const char *value, const char *parent, int64_t offset)
{
	struct header header = {SLICE("traceparent"), slice_of(parent)};
	struct coordinates from = {"toy.in", 3, offset};
	struct span_step steps[SPAN_STEPS];

	job_reset(&rig->job);
	rig->job.in = (struct message){.value = slice_of(value), .headers = &header, .header_count = parent ? 1 : 0};
	rig->job.submitted_us = 1000;
	rig->job.started_us = 1500;
	job_run(&timed, NULL, &rig->job);
	size_t count = span_steps(&timed, &rig->job, rig->job.decided_us + 70, steps);
	spans_add(rig->spans, &rig->job, &from, steps, count);
}

static size_t read_back(struct rig *rig)
{
	int file = open(path, O_RDONLY);
	ssize_t n = read(file, rig->text, sizeof(rig->text) - 1);

	assert_true(file >= 0 && n >= 0);
	close(file);
	rig->text[n] = '\0';
	return (size_t)n;
}

static const struct json *member(const struct json *object, const char *name, enum json_kind kind)
{
	const struct json *found = json_get(object, name);
	if (!found)
		fail_msg("no member %s", name);
	assert_int_equal(found->kind, kind);
	return found;
}

static const struct json *only(const struct json *array)
{
	const struct json *found = NULL;
	for json_each(item, array)
		found = item;
	assert_non_null(found);
	return found;
}

static const struct json *spans_of(struct rig *rig)
{
	static jmp_buf jump;
	struct error error;

	assert_int_equal(ARENA_GUARD(&rig->arena, &jump), ESCAPE_NONE);
	read_back(rig);
	const struct json *root = json_parse(&rig->arena, slice_of(rig->text), &JSON_LIMITS_DEFAULT, &error);
	assert_non_null(root);
	const struct json *resource = only(member(root, "resourceSpans", JSON_ARRAY));
	member(member(resource, "resource", JSON_OBJECT), "attributes", JSON_ARRAY);
	const struct json *scope = only(member(resource, "scopeSpans", JSON_ARRAY));
	assert_true(slice_is(json_string(member(scope, "scope", JSON_OBJECT), "name"), "copydesk"));
	return member(scope, "spans", JSON_ARRAY);
}

static const struct json *named(const struct json *spans, const char *name)
{
	for json_each(span, spans) {
		if (slice_is(json_string(span, "name"), name))
			return span;
	}
	fail_msg("no span %s", name);
	return NULL;
}

static void spans_continue_the_trace_that_a_record_came_with(void **state)
{
	static struct rig rig;
	(void)state;
	begin(&rig, "1");
	record(&rig, "echo a", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 7);
	spans_commit(rig.spans);
	const struct json *spans = spans_of(&rig), *span = named(spans, "process toy.in");
	assert_true(slice_is(json_string(span, "traceId"), "0af7651916cd43dd8448eb211c80319c"));
	assert_true(slice_is(json_string(span, "parentSpanId"), "b7ad6b7169203331"));
	char sent[56];
	headers_traceparent(&rig.headers, SLICE("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), SLICE("toy.in/3/7"), sent);
	assert_true(slice_equal(json_string(span, "spanId"), slice_make(sent + 36, 16))); /* what the output carries */
	assert_int_equal(json_integer(span, "kind", 0), 5);
	const struct json *queue = named(spans, "queue");
	assert_true(slice_equal(json_string(queue, "parentSpanId"), json_string(span, "spanId")));
	assert_true(slice_equal(json_string(queue, "traceId"), json_string(span, "traceId")));
	assert_int_equal(json_integer(queue, "kind", 0), 1);
	/* times are strings of nanoseconds; the parts lie within the whole */
	int64_t begun = 0, ended = 0, whole = 0;
	assert_true(slice_to_int64(json_string(queue, "startTimeUnixNano"), &begun) && slice_to_int64(json_string(queue, "endTimeUnixNano"), &ended));
	assert_true(slice_to_int64(json_string(span, "startTimeUnixNano"), &whole));
	assert_int_equal(ended - begun, 500 * 1000);
	assert_true(begun == whole && whole > 1000000000000000000);
	named(spans, "order");
	named(spans, "commit");
	assert_null(json_get(span, "status"));
	assert_non_null(strstr(rig.text, "{\"key\":\"messaging.kafka.offset\",\"value\":{\"intValue\":\"7\"}}"));
	assert_non_null(strstr(rig.text, "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"copydesk-toy\"}}"));
	end(&rig);
}

static void spans_of_dead_letters_say_why(void **state)
{
	static struct rig rig;
	(void)state;
	begin(&rig, "1");
	record(&rig, "bad luck", NULL, 8);
	spans_commit(rig.spans);
	const struct json *span = named(spans_of(&rig), "process toy.in"), *status = member(span, "status", JSON_OBJECT);
	assert_null(json_get(span, "parentSpanId"));
	assert_int_equal(json_integer(status, "code", 0), 2);
	assert_true(slice_is(json_string(status, "message"), "the line says so: luck"));
	assert_non_null(strstr(rig.text, "{\"key\":\"copydesk.reason\",\"value\":{\"stringValue\":\"toy_bad\"}}"));
	end(&rig);
}

static void spans_of_an_aborted_transaction_are_not_written(void **state)
{
	static struct rig rig;
	(void)state;
	begin(&rig, "1");
	record(&rig, "echo a", NULL, 1);
	spans_abort(rig.spans);
	spans_commit(rig.spans);
	assert_int_equal(read_back(&rig), 0);
	end(&rig);
}

static void spans_leave_out_what_the_sender_did_not_sample(void **state)
{
	static struct rig rig;
	(void)state;
	begin(&rig, "1");
	record(&rig, "echo a", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", 1);
	spans_commit(rig.spans);
	assert_int_equal(read_back(&rig), 0);
	end(&rig);
}

static void spans_share_takes_about_so_many(void **state)
{
	static struct rig rig;
	size_t taken = 0;
	(void)state;
	begin(&rig, "0.25");
	for (int64_t i = 0; i < 400; i++) {
		record(&rig, "drop", NULL, i);
		spans_commit(rig.spans);
	}
	FILE *file = fopen(path, "re");
	for (int c; (c = fgetc(file)) != EOF;)
		taken += c == '\n';
	fclose(file);
	assert_in_range(taken, 60, 140);
	end(&rig);
}

static void steps_are_the_stages_and_the_runners(void **state)
{
	struct job job;
	struct span_step steps[SPAN_STEPS];
	(void)state;
	timed = TOY;
	timed.steps = STEPS;
	job_init(&job, &timed, NULL);
	job.submitted_us = 100;
	job.started_us = 150;
	job.wall_us = 60;
	job.processed_us = 200;
	job.decided_us = 500;
	job.watch.begun_us[1] = 160;
	job.watch.spent_us[1] = 30;
	assert_int_equal(span_steps(&timed, &job, 700, steps), 4);
	assert_string_equal(steps[0].name, "queue");
	assert_int_equal(steps[0].spent_us, 50);
	assert_string_equal(steps[1].name, "second");
	assert_int_equal(steps[1].spent_us, 30);
	assert_string_equal(steps[2].name, "index");
	assert_int_equal(steps[2].spent_us, 290); /* all since the start but the 60 that the stage took */
	assert_string_equal(steps[3].name, "order");
	assert_int_equal(steps[3].spent_us, 200);
	job_release(&job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_continue_the_trace_that_a_record_came_with),
		cmocka_unit_test(spans_of_dead_letters_say_why),
		cmocka_unit_test(spans_of_an_aborted_transaction_are_not_written),
		cmocka_unit_test(spans_leave_out_what_the_sender_did_not_sample),
		cmocka_unit_test(spans_share_takes_about_so_many),
		cmocka_unit_test(steps_are_the_stages_and_the_runners),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
