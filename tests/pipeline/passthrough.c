/* passthrough: the toy stage of runner tests and benches. It sends every value on as it is, except that a value that begins with "toy:"
 * asks for one of the fates that a real message meets rarely: toy:drop, toy:reject, toy:abort, toy:hang, toy:wait and toy:retry (until a file is there),
 * toy:twice, toy:large. */
#include "json/reader.h"
#include "run/stage.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct passthrough {
	bool parse;
	int64_t work_us;
	const char *gate;
	size_t large;
};

static const struct option OPTIONS[] = {
	{"toy.parse", OPTION_BOOL, "false", NULL, 0, 0, NULL, "Reject what isn't JSON."},
	{"toy.work.us", OPTION_INTEGER, "0", "us", 0, 10e6, NULL, "CPU time to burn on each message."},
	{"toy.gate", OPTION_TEXT, "/dev/null", NULL, 0, 0, NULL, "The file that toy:wait and toy:retry wait for."},
	{"toy.large", OPTION_SIZE, "4M", "bytes", 0, 1e9, NULL, "Size of what toy:large emits."},
	{0},
};

static bool passthrough_init(const struct config *config, void **state, struct error *error)
{
	struct passthrough *self = calloc(1, sizeof(*self));
	if (!self)
		return error_set(error, "memory", "no memory");
	self->parse = config_bool(config, "toy.parse");
	self->work_us = config_integer(config, "toy.work.us");
	self->gate = config_text(config, "toy.gate");
	self->large = (size_t)config_integer(config, "toy.large");
	*state = self;
	return true;
}

static void passthrough_close(void **state)
{
	free(*state);
	*state = NULL;
}

static int64_t thread_cpu_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static enum verdict passthrough_process(void *state, struct task *task)
{
	struct passthrough *self = state;
	struct slice value = task->in->value;

	for (int64_t end = self->work_us ? thread_cpu_us() + self->work_us : 0; end && thread_cpu_us() < end;)
		arena_tick(task->arena);
	if (slice_is(value, "toy:drop"))
		return task_drop(task, "asked");
	if (slice_is(value, "toy:reject"))
		return task_reject(task, "toy_reject", "the message asked for it");
	if (slice_is(value, "toy:abort"))
		abort();
	if (slice_is(value, "toy:hang"))
		for (volatile unsigned turns = 0;; turns++)
			;
	while (slice_is(value, "toy:wait") && access(self->gate, F_OK) != 0)
		nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
	if (slice_is(value, "toy:retry") && access(self->gate, F_OK) != 0)
		return task_retry(task, "toy_world", "the gate is closed");
	if (slice_is(value, "toy:large")) {
		char *bytes = arena_alloc(task->arena, self->large);
		memset(bytes, 'x', self->large);
		task_emit(task, 0, task->in->key, slice_make(bytes, self->large));
		return VERDICT_EMIT;
	}
	if (self->parse) {
		struct error error;
		if (!json_parse(task->arena, value, &JSON_LIMITS_DEFAULT, &error))
			return task_reject_error(task, &error);
	}
	task_emit(task, 0, task->in->key, value);
	if (slice_starts(value, SLICE("toy:twice")))
		task_emit(task, 0, task->in->key, value);
	return VERDICT_EMIT;
}

static const struct stage passthrough = {
	.name = "passthrough",
	.summary = "Sends every message on as it is (a toy for tests and benches).",
	.topic_in = "toy.in",
	.topic_dead = "toy.in.dead",
	.outputs = (const struct stage_output[]){{"topic.out", "toy.out", "org.copydesk.toy.v1"}, {0}},
	.options = OPTIONS,
	.reasons = (const char *const[]){"asked", NULL},
	.init = passthrough_init,
	.process = passthrough_process,
	.close = passthrough_close,
};

int main(int argc, char **argv)
{
	return stage_main(&passthrough, argc, argv);
}
