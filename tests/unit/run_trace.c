/* Tests of common/run/trace.c, and of what a trace may change: nothing. */
#include "unit.h"

#include "toy.h"

#include "run/trace.h"
#include "run/workers.h"

static struct arena arena;

static const struct json *notes_of(const struct trace *trace)
{
	struct json_writer writer;
	struct buf text;
	struct error error;
	jmp_buf jump;

	arena_reset(&arena);
	assert_int_equal(ARENA_GUARD(&arena, &jump), ESCAPE_NONE);
	buf_init_arena(&text, &arena, 64 << 20);
	json_begin(&writer, &arena, &text);
	trace_put(trace, &writer);
	assert_true(json_finish(&writer));
	const struct json *notes = json_parse(&arena, buf_slice(&text), NULL, &error);
	assert_non_null(notes);
	return notes;
}

static int open_arena(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)256 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void trace_keeps_notes_in_order_and_leaves_empty_texts_out(void **state)
{
	struct trace *trace = trace_create();

	(void)state;
	trace_note(trace, "first", LOG_STR("text", "a \"quoted\" word"), LOG_INT("number", -3), LOG_STR("nothing", NULL));
	trace_note(trace, "second", LOG_NUM("share", 0.25));
	const struct json *notes = notes_of(trace), *first = notes->first;
	assert_int_equal(notes->count, 2);
	assert_slice(json_string(first, "step"), "first");
	assert_slice(json_string(first, "text"), "a \"quoted\" word");
	assert_int_equal(json_integer(first, "number", 0), -3);
	assert_null(json_get(first, "nothing"));
	assert_true(json_number(first->next, "share", 0) > 0.2 && json_number(first->next, "share", 0) < 0.3);
	trace_clear(trace);
	assert_int_equal(notes_of(trace)->count, 0);
	trace_destroy(&trace);
	assert_null(trace);
}

static void trace_cuts_long_texts_between_characters(void **state)
{
	struct trace *trace = trace_create();
	char text[1000];

	(void)state;
	text[0] = 'x';
	for (size_t i = 1; i + 1 < sizeof text; i += 2)
		memcpy(text + i, "ü", 2);
	trace_note(trace, "long", LOG_SLICE("text", slice_make(text, sizeof text - 1)));
	struct slice kept = json_string(notes_of(trace)->first, "text");
	assert_int_equal(kept.len, 299 + strlen("…"));
	assert_true(slice_ends(kept, SLICE("ü…")));
	trace_destroy(&trace);
}

static void trace_counts_what_is_past_its_bound(void **state)
{
	struct trace *trace = trace_create();

	(void)state;
	for (unsigned i = 0; i < TRACE_NOTES_MAX + 7; i++)
		trace_note(trace, "n", LOG_INT("i", i));
	const struct json *notes = notes_of(trace), *last = notes->first;
	while (last->next)
		last = last->next;
	assert_int_equal(notes->count, TRACE_NOTES_MAX + 1);
	assert_slice(json_string(last, "step"), "cut");
	assert_int_equal(json_integer(last, "notes", 0), 7);
	trace_destroy(&trace);
}

static int evaluated;

static int evaluate(void) { return ++evaluated; }

static void a_note_without_a_trace_evaluates_nothing(void **state)
{
	struct trace *none = NULL;

	(void)state;
	trace_note(none, "step", LOG_INT("n", evaluate()));
	assert_int_equal(evaluated, 0);
}

static void a_job_keeps_its_trace_over_runs(void **state)
{
	struct job job;

	(void)state;
	job_init(&job, &TOY, NULL);
	struct trace *trace = job.task.trace = trace_create();
	for (int i = 0; i < 2; i++) {
		job_reset(&job);
		job.in.value = SLICE("echo this");
		assert_int_equal(job_run(&TOY, NULL, &job), VERDICT_EMIT);
		assert_ptr_equal(job.task.trace, trace);
	}
	trace_destroy(&trace);
	job_release(&job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(trace_keeps_notes_in_order_and_leaves_empty_texts_out),
		cmocka_unit_test(trace_cuts_long_texts_between_characters), cmocka_unit_test(trace_counts_what_is_past_its_bound),
		cmocka_unit_test(a_note_without_a_trace_evaluates_nothing), cmocka_unit_test(a_job_keeps_its_trace_over_runs)};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
