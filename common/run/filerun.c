/* filerun: lines in, workers, lines out. With one worker the stage runs in this thread and nothing is handed over. */
#include "run/filerun.h"

#include "base/clock.h"
#include "base/log.h"
#include "run/lines.h"
#include "run/localindex.h"
#include "run/rejects.h"
#include "run/signals.h"
#include "run/sink.h"
#include "run/workers.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define MAX_IN_HAND (64u << 20)
#define TAKE_WAIT_MS 1000
#define RETRIES 5

struct file_run {
	const struct stage *stage;
	void *state;
	struct lines *lines;
	struct sink *out, *dead;
	struct rejects *rejects;
	struct local_index *index;
	struct workers *workers; /* NULL: one worker, this thread */
	struct job single;
	int64_t cpu; /* this thread's CPU clock when it was last read */
	struct tally tally;
	size_t in_hand;  /* bytes of lines submitted and not settled */
	size_t max_in_hand;
	int code;        /* EX_OK until something stops the run */
	struct error *error;
};

static bool stop(struct file_run *run, int code)
{
	if (run->code == EX_OK)
		run->code = code;
	return false;
}

static bool outputs_good(struct file_run *run)
{
	if (sink_good(run->out, run->error) && (!run->dead || sink_good(run->dead, run->error)))
		return true;
	return stop(run, EX_IOERR);
}

static bool flush(struct file_run *run)
{
	if (sink_flush(run->out, run->error) && (!run->dead || sink_flush(run->dead, run->error)))
		return true;
	return stop(run, EX_IOERR);
}

/* VERDICT_RETRY: the world is wrong. It gets a little time to mend. */
static void run_again(struct file_run *run, struct job *job)
{
	struct timespec pause = {0, 50000000};

	for (int i = 0; i < RETRIES && job->verdict == VERDICT_RETRY && !signals_caught(); i++) {
		log_warn("retry", LOG_STR("where", job->source_name), LOG_STR("code", job->task.error.code),
			LOG_STR("why", job->task.error.text));
		nanosleep(&pause, NULL);
		pause.tv_nsec = pause.tv_nsec * 3 / 2;
		struct message in = job->in;
		arena_reset(&job->arena);
		job->in = in;
		job_run(run->stage, run->state, job);
	}
}

static void write_emissions(struct file_run *run, const struct job *job)
{
	for (const struct emission *e = job->task.emissions; e; e = e->next) {
		if (slice_find_byte(e->value, '\n') != SLICE_NOT_FOUND) {
			fprintf(stderr, "copydesk: program error: stage %s wrote a line end into a message (%s)\n",
				run->stage->name, job->source_name);
			abort();
		}
		sink_put(run->out, e->value);
		sink_put_byte(run->out, '\n');
	}
}

static void write_dead(struct file_run *run, const struct job *job)
{
	if (run->rejects) {
		rejects_put(run->rejects, job);
		log_debug("dead", LOG_STR("where", job->source_name), LOG_STR("code", job->task.error.code));
	} else {
		log_warn("dead", LOG_STR("where", job->source_name), LOG_STR("code", job->task.error.code),
			LOG_STR("why", job->task.error.text));
	}
}

/* The end of a message. */
static void settle(struct file_run *run, struct job *job)
{
	if (job->verdict == VERDICT_ASK)
		local_index_settle(run->index, job);
	if (job->verdict == VERDICT_RETRY) {
		run_again(run, job);
		if (job->verdict == VERDICT_ASK)
			local_index_settle(run->index, job);
	}
	if (job->verdict == VERDICT_RETRY) {
		error_set(run->error, job->task.error.code, "%s: %s", job->source_name, job->task.error.text);
		stop(run, EX_TEMPFAIL);
	} else {
		if (job->verdict == VERDICT_EMIT)
			write_emissions(run, job);
		else if (job->verdict == VERDICT_REJECT)
			write_dead(run, job);
		tally_job(&run->tally, job);
	}
	run->in_hand -= job->in.value.len;
	lines_release(run->lines, job->source);
	job->source = NULL;
}

/* Settles the oldest message, waiting for it if `wait`; false if there is none (that is done). */
static bool settle_oldest(struct file_run *run, bool wait)
{
	struct job *job = NULL;

	while (!job && workers_busy(run->workers)) {
		job = workers_take(run->workers, wait ? TAKE_WAIT_MS : 0);
		if (!job && !wait)
			return false;
	}
	if (!job)
		return false;
	if (run->code == EX_OK) {
		settle(run, job);
	} else {
		lines_release(run->lines, job->source);
	}
	workers_release(run->workers, job);
	return true;
}

static void drain(struct file_run *run)
{
	while (run->workers && settle_oldest(run, true))
		continue;
}

static void fill_job(struct file_run *run, struct job *job, const struct line *line)
{
	job->in = (struct message){.value = line->text, .timestamp = CLOCK_NONE};
	job->source = line->block;
	snprintf(job->source_name, sizeof(job->source_name), "%s:%llu", lines_name(run->lines), (unsigned long long)line->number);
	run->in_hand += line->text.len;
	tally_in(&run->tally, line->text.len);
}

/* A line that can't be a message at all. */
static bool is_no_message(const struct file_run *run, struct slice text)
{
	return run->stage->takes_bare_values && slice_trim(text).ptr[0] != '{';
}

static void refuse_line(struct file_run *run, const struct line *line)
{
	drain(run);
	fill_job(run, &run->single, line);
	job_dead(run->stage, &run->single, "json_syntax", "the line is no JSON object; `copydesk send --out - FILE` makes lines of pages");
	settle(run, &run->single);
	job_reset(&run->single);
}

static bool take_line(struct file_run *run, const struct line *line)
{
	struct job *job;

	if (is_no_message(run, line->text)) {
		refuse_line(run, line);
		return run->code == EX_OK && outputs_good(run);
	}

	if (!run->workers) {
		fill_job(run, &run->single, line);
		job_run_from(run->stage, run->state, &run->single, &run->cpu);
		settle(run, &run->single);
		job_reset(&run->single);
		return run->code == EX_OK && outputs_good(run);
	}
	while (run->in_hand > run->max_in_hand && settle_oldest(run, true))
		continue;
	while (!(job = workers_slot(run->workers))) {
		settle_oldest(run, true);
		while (settle_oldest(run, false))
			continue;
	}
	if (run->code != EX_OK || !outputs_good(run)) {
		workers_release(run->workers, job);
		lines_release(run->lines, line->block);
		return false;
	}
	fill_job(run, job, line);
	workers_submit(run->workers, job);
	return true;
}

/* A line past message.max.bytes goes to the dead letters part by part, in its place. */
static bool take_long_line(struct file_run *run, const struct line *first, bool ended)
{
	struct line line = *first;
	size_t ceiling = 0, length = 0;
	char where[300], message[160];
	enum line_kind kind = ended ? LINE_PART_END : LINE_PART;

	drain(run);
	ceiling = run->single.max_bytes;
	snprintf(where, sizeof(where), "%s:%llu", lines_name(run->lines), (unsigned long long)line.number);
	snprintf(message, sizeof(message), "the line is longer than message.max.bytes = %zu", ceiling);
	if (run->rejects)
		rejects_begin(run->rejects, "message_too_large", message, where);
	else
		log_warn("dead", LOG_STR("where", where), LOG_STR("code", "message_too_large"), LOG_STR("why", message));
	for (;;) {
		if (kind == LINE_WOULD_BLOCK) {
			lines_wait(run->lines, signals_fd());
			if (signals_caught())
				break;
		} else {
			if (kind == LINE_FAILED)
				break;
			length += line.text.len;
			if (run->rejects)
				rejects_part(run->rejects, line.text);
			if (kind == LINE_PART_END)
				break;
		}
		kind = lines_next(run->lines, &line, run->error);
	}
	if (run->rejects)
		rejects_end(run->rejects);
	tally_in(&run->tally, length);
	tally_dead(&run->tally, "message_too_large");
	if (kind == LINE_FAILED)
		return stop(run, EX_IOERR);
	return outputs_good(run);
}

static bool step(struct file_run *run)
{
	struct line line;

	switch (lines_next(run->lines, &line, run->error)) {
	case LINE_WHOLE: return take_line(run, &line);
	case LINE_PART: return take_long_line(run, &line, false);
	case LINE_PART_END: return take_long_line(run, &line, true);
	case LINE_FAILED: return stop(run, strcmp(run->error->code, "packed") == 0 ? EX_DATAERR : EX_IOERR);
	case LINE_WOULD_BLOCK:
		/* Nothing to read: who reads us gets all there is before we sleep. */
		drain(run);
		if (run->code != EX_OK || !flush(run))
			return false;
		lines_wait(run->lines, signals_fd());
		return true;
	default: return false;
	}
}

static bool open_files(struct file_run *run, const struct config *config, const struct file_paths *paths)
{
	run->lines = lines_open(paths->in, (size_t)config_integer(config, "message.max.bytes"), run->error);
	if (!run->lines)
		return stop(run, EX_NOINPUT);
	if (paths->dead && strcmp(paths->out, paths->dead) == 0) {
		error_set(run->error, "no_output", "--out and --dead are both %s: each needs its own", paths->out);
		return stop(run, EX_USAGE);
	}
	run->out = sink_open(paths->out, run->error);
	if (!run->out)
		return stop(run, EX_CANTCREAT);
	if (paths->dead && !(run->dead = sink_open(paths->dead, run->error)))
		return stop(run, EX_CANTCREAT);
	if (sink_is_file(run->out, lines_fd(run->lines)) || (run->dead && sink_is_file(run->dead, lines_fd(run->lines)))) {
		error_set(run->error, "no_output", "%s is both input and output: it would be lost", paths->in);
		return stop(run, EX_USAGE);
	}
	if (!sink_empty(run->out, run->error) || (run->dead && !sink_empty(run->dead, run->error)))
		return stop(run, EX_CANTCREAT);
	if (run->dead)
		run->rejects = rejects_create(run->dead);
	return true;
}

static void log_summary(const struct file_run *run, int64_t begun_us)
{
	const struct tally *tally = &run->tally;
	double seconds = (double)(clock_monotonic_us() - begun_us) / 1e6, cpu = (double)clock_process_cpu_us() / 1e6;

	log_info(signals_caught() ? "interrupted" : "done", LOG_INT("in", tally->in), LOG_INT("emitted", tally->emitted),
		LOG_INT("dropped", tally->dropped), LOG_INT("dead", tally->dead), LOG_NUM("seconds", seconds),
		LOG_NUM("cpu_seconds", cpu));
	for (size_t i = 0; i < tally->code_count; i++)
		log_info("dead_letters", LOG_STR("code", tally->codes[i].code), LOG_INT("messages", tally->codes[i].n));
	for (size_t i = 0; run->stage->reasons && run->stage->reasons[i]; i++) {
		if (tally->reasons[i])
			log_info("drops", LOG_STR("reason", run->stage->reasons[i]), LOG_INT("messages", tally->reasons[i]));
	}
}

static int finish(struct file_run *run, const struct file_paths *paths, int64_t begun_us)
{
	if (run->out && !sink_close(&run->out, run->error))
		stop(run, EX_IOERR);
	if (run->dead && !sink_close(&run->dead, run->error))
		stop(run, EX_IOERR);
	if (run->code == EX_OK && !tally_check(&run->tally, 0, run->error))
		return stop(run, EX_SOFTWARE), run->code;
	if (run->code != EX_OK)
		return run->code;
	log_summary(run, begun_us);
	if (signals_caught())
		return 128 + signals_caught();
	if (run->tally.dead && !paths->dead) {
		error_set(run->error, "dead_letters",
			"%llu %s couldn't be processed and %s lost: give --dead FILE to keep such",
			(unsigned long long)run->tally.dead, run->tally.dead == 1 ? "message" : "messages", run->tally.dead == 1 ? "is" : "are");
		return EX_DATAERR;
	}
	return EX_OK;
}

int file_run(const struct stage *stage, void *state, const struct config *config, const struct file_paths *paths,
	struct tally *total, struct error *error)
{
	struct file_run run = {.stage = stage, .state = state, .error = error, .cpu = clock_thread_cpu_us()};
	int64_t begun_us = clock_monotonic_us(), memory = config_integer(config, "memory.limit");

	tally_init(&run.tally, stage);
	job_init(&run.single, stage, config);
	run.index = local_index_open(stage, state, config);
	run.max_in_hand = memory && memory / 8 < MAX_IN_HAND ? (size_t)memory / 8 : MAX_IN_HAND;
	if (!open_files(&run, config, paths))
		goto out;
	if (config_integer(config, "workers") > 1 && !(run.workers = workers_create(stage, state, config, error))) {
		stop(&run, EX_OSERR);
		goto out;
	}
	while (!signals_caught() && step(&run))
		continue;
	drain(&run);
out:
	run.code = finish(&run, paths, begun_us);
	workers_destroy(&run.workers);
	rejects_destroy(&run.rejects);
	local_index_close(&run.index);
	job_release(&run.single);
	lines_close(&run.lines);
	if (total)
		*total = run.tally;
	return run.code;
}
