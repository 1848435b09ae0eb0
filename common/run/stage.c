/* stage: what a stage's process() and decide() say about their message. */
#include "run/stage.h"

#include <stdarg.h>
#include <stdio.h>

void task_emit(struct task *task, size_t output, struct slice key, struct slice value)
{
	struct emission *emission = arena_new(task->arena, struct emission);

	*emission = (struct emission){.output = output, .key = key, .value = value};
	*task->emission_tail = emission;
	task->emission_tail = &emission->next;
}

enum verdict task_drop(struct task *task, const char *reason)
{
	task->reason = reason;
	return VERDICT_DROP;
}

__attribute__((format(printf, 3, 0))) static void set_error(struct task *task, const char *code, const char *format, va_list args)
{
	char text[sizeof(task->error.text)];

	vsnprintf(text, sizeof(text), format, args);
	error_set(&task->error, code, "%s", text);
}

enum verdict task_reject(struct task *task, const char *code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set_error(task, code, format, args);
	va_end(args);
	return VERDICT_REJECT;
}

enum verdict task_reject_error(struct task *task, const struct error *error)
{
	task->error = *error;
	return VERDICT_REJECT;
}

enum verdict task_retry(struct task *task, const char *code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set_error(task, code, format, args);
	va_end(args);
	return VERDICT_RETRY;
}

void task_ask(struct task *task, uint64_t key, struct slice record)
{
	struct question *question = arena_new(task->arena, struct question);

	*question = (struct question){.key = key, .record = record};
	*task->question_tail = question;
	task->question_tail = &question->next;
}

void task_count(struct task *task, size_t counter, uint64_t n)
{
	if (task->counts)
		task->counts[counter] += n;
}

void task_fields(struct task *task, uint64_t bits)
{
	task->has_fields = true;
	task->fields = bits;
}

struct slice task_header(const struct task *task, const char *name)
{
	for (size_t i = 0; i < task->in->header_count; i++) {
		if (slice_equal_nocase(task->in->headers[i].name, slice_of(name)))
			return task->in->headers[i].value;
	}
	return SLICE_NONE;
}
