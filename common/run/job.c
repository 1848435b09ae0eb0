/* job: one message under its budgets, in whatever thread. The hard part is the escape: past a budget the arena jumps to the guard
 * here, so everything that must survive the jump lives in the job, not in locals. */
#include "run/workers.h"

#include "base/clock.h"
#include "run/config.h"
#include "run/options_table.h"
#include "run/tally.h"

#include <stdio.h>
#include <stdlib.h>

static void clear_task(struct job *job, const struct stage *stage)
{
	struct task *task = &job->task;
	uint64_t *counts = task->counts;

	*task = (struct task){.arena = &job->arena, .in = &job->in, .counts = counts, .trace = task->trace};
	task->emission_tail = &task->emissions;
	task->question_tail = &task->questions;
	for (size_t i = 0; counts && stage->counters[i].name; i++)
		counts[i] = 0;
	job->rounds = 0;
	job->cpu_us = job->wall_us = 0;
	job->processed_us = job->decided_us = 0;
	stopwatch_clear(&job->watch);
}

void job_init(struct job *job, const struct stage *stage, const struct config *config)
{
	const struct option *common[] = {OPTIONS_COMMON};
	struct config *defaults = config ? NULL : config_create(common, 1);
	const struct config *budgets = config ? config : defaults;
	size_t counters = 0;

	*job = (struct job){.max_bytes = (size_t)config_integer(budgets, "message.max.bytes"),
		.max_cpu_us = config_integer(budgets, "message.max.cpu.ms") * 1000};
	arena_init(&job->arena, (size_t)config_integer(budgets, "message.max.memory"));
	job->arena.watch = &job->watch;
	config_destroy(&defaults);
	while (stage->counters && stage->counters[counters].name)
		counters++;
	if (counters > TALLY_COUNTERS) {
		fprintf(stderr, "copydesk: program error: %s has %zu counters, at most %d fit\n", stage->name, counters,
			TALLY_COUNTERS);
		abort();
	}
	if (counters) {
		job->task.counts = calloc(counters, sizeof(uint64_t));
		if (!job->task.counts)
			abort();
	}
	job_reset(job);
	clear_task(job, stage);
}

void job_reset(struct job *job)
{
	arena_reset(&job->arena);
	job->in = (struct message){.timestamp = CLOCK_NONE};
	job->source = NULL;
	job->source_name[0] = '\0';
	job->verdict = VERDICT_REJECT;
	job->done = false;
}

void job_release(struct job *job)
{
	free(job->task.counts);
	job->task.counts = NULL;
	arena_release(&job->arena);
}

static enum verdict escaped(struct job *job, enum escape_reason reason)
{
	switch (reason) {
	case ESCAPE_CPU:
		return task_reject(&job->task, "cpu_budget", "it needs more than %lld ms of CPU time (message.max.cpu.ms)",
			(long long)(job->max_cpu_us / 1000));
	case ESCAPE_NODES:
		return task_reject(&job->task, "node_budget", "it has too many parts");
	default:
		return task_reject(&job->task, "memory_budget", "it needs more than %zu MiB of memory (message.max.memory)",
			job->arena.ceiling >> 20);
	}
}

/* What a stage promises about its answer. Breaking it is a fault of the program, but it must cost this message, not the
 * partition. */
static enum verdict checked_verdict(const struct stage *stage, struct job *job, enum verdict verdict)
{
	size_t outputs = 0;

	switch (verdict) {
	case VERDICT_EMIT:
		if (!job->task.emissions)
			return task_reject(&job->task, "stage_fault", "%s answered EMIT without a message", stage->name);
		while (stage->outputs && stage->outputs[outputs].option)
			outputs++;
		for (const struct emission *e = job->task.emissions; e; e = e->next) {
			if (e->output >= outputs)
				return task_reject(&job->task, "stage_fault", "%s has no output %zu", stage->name, e->output);
		}
		return verdict;
	case VERDICT_ASK:
		if (!stage->index || !job->task.questions)
			return task_reject(&job->task, "stage_fault", "%s asked nothing", stage->name);
		if (job->rounds++ >= JOB_MAX_ROUNDS)
			return task_reject(&job->task, "stage_fault", "%s asked more than %d times", stage->name, JOB_MAX_ROUNDS);
		return verdict;
	case VERDICT_DROP:
		if (!job->task.reason)
			return task_reject(&job->task, "stage_fault", "%s dropped without a reason", stage->name);
		return verdict;
	case VERDICT_REJECT:
	case VERDICT_RETRY:
		if (!job->task.error.code[0])
			error_set(&job->task.error, "stage_fault", "%s gave no reason", stage->name);
		return verdict;
	}
	return task_reject(&job->task, "stage_fault", "%s answered %d", stage->name, (int)verdict);
}

static __attribute__((noinline)) enum verdict guarded(
	const struct stage *stage, void *state, struct job *job, const struct slice *replies, size_t count)
{
	jmp_buf jump;
	enum escape_reason reason;

	reason = ARENA_GUARD(&job->arena, &jump);
	if (reason != ESCAPE_NONE)
		return escaped(job, reason);
	if (replies)
		return stage->index->decide(state, &job->task, replies, count);
	return stage->process(state, &job->task);
}

static enum verdict run(const struct stage *stage, void *state, struct job *job, const struct slice *replies, size_t count,
	int64_t *cpu)
{
	int64_t begun = clock_monotonic_us(), ended;

	job->arena.cpu_deadline_us = job->max_cpu_us ? *cpu - job->cpu_us + job->max_cpu_us : 0;
	job->verdict = checked_verdict(stage, job, guarded(stage, state, job, replies, count));
	job->arena.escape = NULL;
	job->arena.cpu_deadline_us = 0;
	stopwatch_stop(&job->watch);
	ended = clock_thread_cpu_us();
	job->cpu_us += ended - *cpu;
	job->decided_us = clock_monotonic_us();
	job->wall_us += job->decided_us - begun;
	if (!replies)
		job->processed_us = job->decided_us;
	*cpu = ended;
	return job->verdict;
}

enum verdict job_run_from(const struct stage *stage, void *state, struct job *job, int64_t *cpu)
{
	clear_task(job, stage);
	if (job->max_bytes && job->in.value.len > job->max_bytes) {
		return job->verdict = task_reject(&job->task, "message_too_large", "%zu bytes; message.max.bytes allows %zu",
			       job->in.value.len, job->max_bytes);
	}
	return run(stage, state, job, NULL, 0, cpu);
}

enum verdict job_run(const struct stage *stage, void *state, struct job *job)
{
	int64_t cpu = clock_thread_cpu_us();

	return job_run_from(stage, state, job, &cpu);
}

enum verdict job_decide(const struct stage *stage, void *state, struct job *job, const struct slice *replies, size_t count)
{
	static const struct slice NOTHING = {NULL, 0};
	int64_t cpu = clock_thread_cpu_us();

	job->task.questions = NULL;
	job->task.question_tail = &job->task.questions;
	return run(stage, state, job, replies ? replies : &NOTHING, count, &cpu);
}

enum verdict job_dead(const struct stage *stage, struct job *job, const char *code, const char *text)
{
	clear_task(job, stage);
	return job->verdict = task_reject(&job->task, code, "%s", text);
}
