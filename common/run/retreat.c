/* retreat: see retreat.h. */
#include "run/retreat.h"

#include "base/clock.h"
#include "base/log.h"

#include <unistd.h>

#define RETRY_FIRST_MS 200
#define RETRY_MOST_MS 30000
#define ABORT_PAUSE_FIRST_MS 50
#define ABORT_PAUSE_MOST_MS 2000

/* After a rewind, what was paused because it had reached its bound has messages to go again. */
static void resume_all(struct pump *pump)
{
	for assignment_each(partition, &pump->assignment) {
		if (!partition->leaving && !partition->resume_us)
			consumer_resume(pump->consumer, partition);
	}
}

void retreat_all(struct pump *pump, const struct error *why)
{
	unsigned wait = (unsigned)ABORT_PAUSE_FIRST_MS << (pump->aborts < 6 ? pump->aborts : 6);
	struct error error;

	log_warn("aborted", LOG_STR("code", why->code), LOG_STR("text", why->text), LOG_INT("messages", pump->tally.in),
		LOG_INT("in_a_row", pump->aborts + 1));
	series_add(metrics_series(pump->metrics, METRIC_TRANSACTIONS, "aborted", NULL), 1);
	pump->aborts++;
	if (pump->spans)
		spans_abort(pump->spans);
	tally_clear(&pump->tally);
	pump_drop_held(pump);
	pump->solo = NO_PARTITION;
	if (consumer_rewind(pump->consumer, &error))
		resume_all(pump);
	else
		pump_fail(pump, &error);
	usleep((wait > ABORT_PAUSE_MOST_MS ? ABORT_PAUSE_MOST_MS : wait) * 1000);
}

void retreat_abort(struct pump *pump, const struct error *why)
{
	struct error error;

	if (transaction_abort(&pump->transaction, &error) == TRANSACTION_FATAL)
		pump_fail(pump, &error);
	else
		retreat_all(pump, why);
}

/* The stage says that the world is wrong: this partition waits, the others go on. */
static void one_waits(struct pump *pump, struct partition *partition, const struct job *job)
{
	int64_t wait = RETRY_FIRST_MS;
	struct error error;

	for (unsigned i = 0; i < partition->retries && wait < RETRY_MOST_MS; i++)
		wait *= 2;
	wait = wait < RETRY_MOST_MS ? wait : RETRY_MOST_MS;
	partition->retries++;
	partition->resume_us = clock_monotonic_us() + wait * 1000;
	log_warn("retry", LOG_STR("at", job->source_name), LOG_STR("code", job->task.error.code),
		LOG_STR("text", job->task.error.text), LOG_INT("tries", partition->retries), LOG_INT("wait_ms", wait));
	series_add(metrics_series(pump->metrics, METRIC_RETRIES, job->task.error.code, NULL), 1);
	consumer_pause(pump->consumer, partition);
	if (!consumer_rewind_one(pump->consumer, partition, &error))
		pump_fail(pump, &error);
}

/* Where partitions come in one order, all go back: what was read after the message must come after it again. */
static void all_go_back(struct pump *pump, const struct job *job)
{
	log_warn("retry", LOG_STR("at", job->source_name), LOG_STR("code", job->task.error.code),
		LOG_STR("text", job->task.error.text));
	series_add(metrics_series(pump->metrics, METRIC_RETRIES, job->task.error.code, NULL), 1);
	retreat_abort(pump, &job->task.error);
}

void retreat_for(struct pump *pump, struct partition *partition, const struct job *job)
{
	if (consumer_in_order(pump->consumer))
		all_go_back(pump, job);
	else
		one_waits(pump, partition, job);
	if (pump->health)
		health_progress(pump->health);
}
