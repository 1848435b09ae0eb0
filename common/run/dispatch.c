/* dispatch: see dispatch.h. Everything is made and measured before the first record is sent. */
#include "run/dispatch.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/deadletter.h"

static bool send_dead(struct pump *pump, struct job *job, const struct partition *partition, struct error *error)
{
	struct delivery *delivery = job->source;
	bool solo = partition->attempts.mode == ATTEMPTS_SUSPECT || partition->attempts.mode == ATTEMPTS_SOLO;
	struct deadletter letter = {
		pump->stage->name, delivery->from, &job->task.error, solo ? partition->attempts.count : 1, clock_wall_ms()};

	log_warn("dead_letter", LOG_STR("at", job->source_name), LOG_STR("code", job->task.error.code),
		LOG_STR("text", job->task.error.text));
	return deadletter_send(pump->producer, pump->dead, &job->in, &letter, error);
}

/* The headers of all outputs; false when one of them can't be sent: `error` says why. */
static bool prepare(struct pump *pump, struct job *job, struct header **headers, size_t *counts, struct error *error)
{
	struct delivery *delivery = job->source;
	size_t n = 0;

	if (producer_refused(pump->producer, -1, &delivery->from))
		return error_set(error, "output_too_large",
			"the broker refused an output of this message as too large: raise max.message.bytes");
	for (struct emission *e = job->task.emissions; e; e = e->next, n++) {
		headers[n] = headers_of_output(&pump->headers, &job->arena, &job->in, slice_of(job->source_name),
			pump->stage->outputs[e->output].type, n, &counts[n]);
		if (!headers[n])
			return error_set(error, "memory_budget", "no memory for the headers of its output");
		if (!producer_fits(pump->producer, pump->outputs[e->output], e->key, e->value, headers[n], counts[n], error))
			return false;
	}
	return true;
}

static bool send_all(struct pump *pump, struct job *job, struct header **headers, const size_t *counts, struct error *error)
{
	struct delivery *delivery = job->source;
	size_t n = 0;

	for (struct emission *e = job->task.emissions; e; e = e->next, n++) {
		if (!producer_send(pump->producer, pump->outputs[e->output], e->key, e->value, headers[n], counts[n],
			    job->in.timestamp, &delivery->from, error))
			return false;
	}
	return true;
}

static bool send_outputs(struct pump *pump, struct job *job, struct error *error)
{
	size_t n = 0;

	for (struct emission *e = job->task.emissions; e; e = e->next)
		n++;
	struct header **headers = arena_try_alloc(&job->arena, n * sizeof(*headers));
	size_t *counts = arena_try_alloc(&job->arena, n * sizeof(*counts));
	struct error reason;
	bool good = headers && counts;

	if (!good)
		error_set(&reason, "memory_budget", "no memory for its outputs");
	if (good && prepare(pump, job, headers, counts, &reason))
		return send_all(pump, job, headers, counts, error);
	job_dead(pump->stage, job, reason.code, reason.text);
	return true;
}

bool dispatch_job(struct pump *pump, struct job *job, const struct partition *partition, struct error *error)
{
	if (job->verdict == VERDICT_EMIT && !send_outputs(pump, job, error))
		return false;
	return job->verdict != VERDICT_REJECT || send_dead(pump, job, partition, error);
}
