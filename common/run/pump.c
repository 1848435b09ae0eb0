/* pump: see pump.h. The hard thing is that anything may happen inside consumer_poll(): partitions leave, transactions end, epochs
 * pass. So nothing here keeps a partition's address across a poll; deliveries name theirs by number and epoch. */
#include "run/pump.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/exchange.h"
#include "run/accept.h"
#include "run/dispatch.h"
#include "run/gauges.h"
#include "run/retreat.h"
#include "run/solo.h"

#include <stdlib.h>

#define IDLE_WAIT_MS 100
#define RESULT_WAIT_MS 5
#define REPORT_US 1000000

bool pump_failed(const struct pump *pump) { return pump->fatal.code[0] != '\0'; }
bool pump_idle(const struct pump *pump) { return workers_busy(pump->workers) == 0; }

void pump_fail(struct pump *pump, const struct error *error)
{
	if (!pump_failed(pump))
		pump->fatal = *error;
}

static void progress(struct pump *pump)
{
	if (pump->health)
		health_progress(pump->health);
}

/* ---- giving up ---- */

struct partition *pump_partition(const struct pump *pump, const struct delivery *delivery)
{
	return assignment_current(&pump->assignment, delivery->from.partition, delivery->epoch);
}

void pump_drop_held(struct pump *pump) { delivery_release(&pump->held); }

static void release_job(struct pump *pump, struct job *job)
{
	struct delivery *delivery = job->source;

	pump->bytes_in_hand -= job->in.value.len;
	delivery_release(delivery);
	workers_release(pump->workers, job);
}

bool pump_abandon(struct pump *pump)
{
	struct job *job = rounds_abandon(&pump->rounds);

	if (!job)
		job = workers_take(pump->workers, 1000);
	if (job)
		release_job(pump, job);
	return job != NULL;
}

/* ---- commit ---- */

/* Every message taken in has one end, and everything that was to be sent was sent and reported. */
static bool check_sums(void *context, struct error *error)
{
	const struct pump *pump = context;
	const struct producer_counts *counts = producer_counts(pump->producer);
	uint64_t due = pump->tally.dead;

	for (int i = 0; i < TALLY_OUTPUTS; i++)
		due += pump->tally.out[i];
	if (!tally_check(&pump->tally, 0, error))
		return false;
	if (counts->sent != due || counts->delivered + counts->failed != counts->sent) {
		return error_set(error, "conservation", "%llu records were due, %llu sent, %llu delivered and %llu failed",
			(unsigned long long)due, (unsigned long long)counts->sent, (unsigned long long)counts->delivered,
			(unsigned long long)counts->failed);
	}
	return true;
}

/* A fetch position at the end counts as reached when nothing before it is in flight: control records take offsets, too. */
static void settle_ends(struct pump *pump)
{
	if (pump->draining)
		return;
	for assignment_each(partition, &pump->assignment) {
		if (partition->in_flight == 0 && partition->end > partition->position)
			partition->position = partition->end;
	}
}

static void settle_attempts(struct pump *pump)
{
	for assignment_each(partition, &pump->assignment) {
		attempts_progress(&partition->attempts, partition->finished);
		if (partition->id == pump->solo && partition->attempts.mode == ATTEMPTS_SUSPECT &&
			!attempts_condemned(&partition->attempts, pump->max_attempts))
			attempts_solo(&partition->attempts);
	}
}

static void observe_commit(struct pump *pump, int64_t begun_us)
{
	metrics_observe(pump->metrics, METRIC_COMMIT_SECONDS, (double)(clock_monotonic_us() - begun_us) / 1e6);
	series_add(metrics_series(pump->metrics, METRIC_TRANSACTIONS, "committed", NULL), 1);
	if (pump->tally.in)
		metrics_observe(pump->metrics, METRIC_BATCH_MESSAGES, (double)pump->tally.in);
	if (pump->spans)
		spans_commit(pump->spans);
	tally_publish(&pump->tally, pump->metrics);
	tally_clear(&pump->tally);
}

bool pump_commit(struct pump *pump, bool leaving, bool all)
{
	int64_t begun = clock_monotonic_us();
	struct error error = {.code = ""};

	settle_ends(pump);
	settle_attempts(pump);
	switch (transaction_commit(&pump->transaction, &pump->assignment, leaving, all, check_sums, pump, &error)) {
	case TRANSACTION_DONE:
		/* Not when all that moved is the end of an empty partition while a worker hangs. */
		if (pump->tally.in || pump_idle(pump))
			progress(pump);
		observe_commit(pump, begun);
		pump->aborts = 0;
		return true;
	case TRANSACTION_ABORTED:
		retreat_all(pump, &error);
		break;
	case TRANSACTION_FATAL:
		series_add(metrics_series(pump->metrics, METRIC_TRANSACTIONS, "failed", NULL), 1);
		pump_fail(pump, &error);
		break;
	}
	return false;
}

static bool commit_due(const struct pump *pump, int64_t now)
{
	bool mark = false, moved = false;

	for assignment_each(partition, &pump->assignment) {
		bool at_end = partition->in_flight == 0 && partition->end > partition->committed;
		/* The window is used up: what follows may come only behind a commit. */
		bool full = partition->in_flight == 0 && partition->finished &&
			partition->finished >= attempts_room(&partition->attempts);
		/* What a batch may hold depends on the window, so that mustn't depend on time. */
		bool opening = pump->rounds.in_step && partition->finished && partition->attempts.mode != ATTEMPTS_RUN;
		mark = mark || !partition->marked || full || opening || (at_end && partition->end >= partition->until);
		moved = moved || at_end;
	}
	if (mark || pump->tally.in >= pump->commit_messages || producer_counts(pump->producer)->bytes >= pump->commit_bytes)
		return true;
	if (pump->transaction.open)
		return now - pump->transaction.begun_us >= pump->commit_interval_us;
	return moved && now - pump->transaction.begun_us >= 10 * pump->commit_interval_us;
}

/* ---- settle ---- */

static void finish(struct pump *pump, struct partition *partition, struct job *job)
{
	struct delivery *delivery = job->source;
	struct error error;
	bool sent;

	if (!transaction_begin(&pump->transaction, &error)) {
		pump_fail(pump, &error);
		return;
	}
	sent = dispatch_job(pump, job, partition, &error);
	if (!sent) {
		retreat_abort(pump, &error);
		return;
	}
	tally_in(&pump->tally, job->in.value.len);
	tally_job(&pump->tally, job);
	partition->position = delivery->from.offset + 1;
	partition->in_flight--;
	partition->finished++;
	partition->retries = 0;
	partition->newest_ms = job->in.timestamp;
	if (job->in.timestamp != CLOCK_NONE)
		metrics_observe(pump->metrics, METRIC_END_TO_END_SECONDS, (double)(clock_wall_ms() - job->in.timestamp) / 1e3);
	gauges_steps(pump, job);
	metrics_observe(pump->metrics, METRIC_PROCESS_SECONDS, (double)job->wall_us / 1e6);
	metrics_observe(pump->metrics, METRIC_PROCESS_CPU_SECONDS, (double)job->cpu_us / 1e6);
}

static void settle(struct pump *pump, struct job *job)
{
	struct delivery *delivery = job->source;
	struct partition *partition = pump_partition(pump, delivery);

	if (partition && !pump_failed(pump)) {
		if (job->verdict == VERDICT_RETRY)
			retreat_for(pump, partition, job);
		else
			finish(pump, partition, job);
	}
	release_job(pump, job);
}

static size_t settle_ready(struct pump *pump)
{
	size_t settled = 0;
	struct job *job;

	while ((job = rounds_next(&pump->rounds)) != NULL) {
		settle(pump, job);
		settled++;
	}
	return settled;
}

static size_t settle_results(struct pump *pump, int wait_ms)
{
	size_t moved = 0;
	struct job *job;

	while ((job = workers_take(pump->workers, moved ? 0 : wait_ms)) != NULL) {
		rounds_add(&pump->rounds, job);
		settle_ready(pump);
		moved++;
	}
	if (!pump->exchange)
		return moved;
	rounds_turn(&pump->rounds);
	return moved + settle_ready(pump);
}

/* ---- now and then ---- */

static void end_backoffs(struct pump *pump, int64_t now)
{
	for assignment_each(partition, &pump->assignment) {
		if (!partition->resume_us || now < partition->resume_us)
			continue;
		partition->resume_us = 0;
		if (pump->solo == NO_PARTITION || pump->solo == partition->id)
			consumer_resume(pump->consumer, partition);
	}
}

void pump_turn(struct pump *pump, bool accepting)
{
	bool busy = !pump_idle(pump);
	int64_t now = clock_monotonic_us(), left;
	int wait = busy ? 0 : IDLE_WAIT_MS;
	size_t moved = 0;

	if (pump->transaction.open && wait) {
		left = (pump->transaction.begun_us + pump->commit_interval_us - now) / 1000;
		wait = left < 0 ? 0 : left < wait ? (int)left + 1 : wait;
	}
	if (accepting)
		moved = accept_messages(pump, wait);
	if (!accepting || (!pump->held.raw && consumer_exhausted(pump->consumer)))
		rounds_close(&pump->rounds);
	if (!pump_idle(pump))
		moved += settle_results(pump, moved ? 0 : RESULT_WAIT_MS);
	producer_serve(pump->producer);
	if (pump->exchange) {
		struct error error;
		exchange_serve(pump->exchange, moved || !pump->rounds.count ? 0 : 1);
		if (exchange_denied(pump->exchange, &error))
			pump_fail(pump, &error);
	}
	now = clock_monotonic_us();
	end_backoffs(pump, now);
	solo_watch(pump);
	if (!pump_failed(pump) && commit_due(pump, now))
		pump_commit(pump, false, false);
	if (now >= pump->next_report_us) {
		pump->next_report_us = now + REPORT_US;
		gauges_report(pump);
	}
}

static bool wanted(void *context, const struct job *job) { return pump_partition(context, job->source) != NULL; }

void pump_ask(struct pump *pump)
{
	pump->rounds.exchange = pump->exchange;
	pump->rounds.in_step = consumer_in_order(pump->consumer);
	pump->rounds.wanted = wanted;
	pump->rounds.context = pump;
}

/* ---- rebalances, from within consumer_poll() ---- */

static void on_assigned(void *context)
{
	struct pump *pump = context;

	series_add(metrics_series(pump->metrics, METRIC_REBALANCES, "assign", NULL), 1);
	pump->next_report_us = 0;
	progress(pump);
}

static void on_revoked(void *context, bool lost)
{
	static const struct error LOST = {"assignment_lost", "the group gave the partitions to others: this process was away too long"};
	struct pump *pump = context;

	series_add(metrics_series(pump->metrics, METRIC_REBALANCES, lost ? "lost" : "revoke", NULL), 1);
	if (!pump->closing && !pump_failed(pump)) {
		if (lost)
			retreat_abort(pump, &LOST);
		else
			pump_commit(pump, true, false);
	}
	for assignment_each(partition, &pump->assignment) {
		if (!partition->leaving)
			continue;
		gauges_forget(pump, partition);
		if (pump->held.raw && pump->held.from.partition == partition->id)
			pump_drop_held(pump);
	}
	pump->next_report_us = 0;
}

struct consumer_events pump_events(struct pump *pump) { return (struct consumer_events){pump, on_assigned, on_revoked}; }
