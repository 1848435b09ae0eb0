/* gauges: see gauges.h. */
#include "run/gauges.h"

#include "base/clock.h"

#include <stdio.h>

/* Names are constants of few: found by their address, for a lookup takes a lock. */
static struct series *step_series(struct pump *pump, const char *name)
{
	for (size_t i = 0; i < SPAN_STEPS; i++) {
		if (!pump->step_names[i]) {
			pump->step_names[i] = name;
			pump->steps[i] = metrics_series(pump->metrics, METRIC_STEP_SECONDS, name, NULL);
		}
		if (pump->step_names[i] == name)
			return pump->steps[i];
	}
	return metrics_series(pump->metrics, METRIC_STEP_SECONDS, name, NULL);
}

void gauges_steps(struct pump *pump, const struct job *job)
{
	const struct delivery *delivery = job->source;
	struct span_step steps[SPAN_STEPS];
	size_t count = span_steps(pump->stage, job, clock_monotonic_us(), steps);

	for (size_t i = 0; i < count; i++)
		series_observe(step_series(pump, steps[i].name), (double)steps[i].spent_us / 1e6);
	if (pump->spans)
		spans_add(pump->spans, job, &delivery->from, steps, count);
}

static void report_partition(struct pump *pump, const struct partition *partition, int64_t lag)
{
	const char *topic = pump->transaction.topic;
	char id[16];
	double age = 0;

	snprintf(id, sizeof(id), "%d", (int)partition->id);
	series_set(metrics_series(pump->metrics, METRIC_POSITION, topic, id), (double)partition->committed);
	if (lag < 0)
		return;
	if (lag > 0 && partition->newest_ms != CLOCK_NONE)
		age = (double)(clock_wall_ms() - partition->newest_ms) / 1e3;
	series_set(metrics_series(pump->metrics, METRIC_LAG, topic, id), (double)lag);
	series_set(metrics_series(pump->metrics, METRIC_LAG_SECONDS, topic, id), age);
}

void gauges_report(struct pump *pump)
{
	int64_t total = 0, paused = 0;
	bool known = true;

	consumer_update_lag(pump->consumer);
	for assignment_each(partition, &pump->assignment) {
		int64_t lag = partition_lag(partition);
		known = known && lag >= 0;
		total += lag > 0 ? lag : 0;
		paused += partition->paused;
		report_partition(pump, partition, lag);
	}
	metrics_set(pump->metrics, METRIC_LAG_KNOWN, known);
	metrics_set(pump->metrics, METRIC_ASSIGNED, (double)pump->assignment.count);
	metrics_set(pump->metrics, METRIC_PAUSED, (double)paused);
	metrics_set(pump->metrics, METRIC_RING_BUSY, (double)workers_busy(pump->workers));
	metrics_set(pump->metrics, METRIC_WORKERS, (double)workers_count(pump->workers));
	metrics_set(pump->metrics, METRIC_BUDGET_BYTES, (double)pump->bytes_budget);
	metrics_set(pump->metrics, METRIC_BUDGET_USED_BYTES, (double)pump->bytes_in_hand);
	if (!pump->health)
		return;
	/* Before the first assignment there is something to get on with, too: to get one. */
	health_work(pump->health, total > 0 || !pump_idle(pump) || pump->transaction.open || !consumer_assigned_once(pump->consumer));
	if (pump->assignment.count == 0)
		health_status(pump->health, consumer_settled(pump->consumer) ? "standby: the group has no partition for it" : "waiting for partitions");
	else
		health_status(pump->health, "%zu partitions, lag %lld%s, %zu in hand", pump->assignment.count, (long long)total,
			known ? "" : " or more", workers_busy(pump->workers));
}

void gauges_forget(struct pump *pump, const struct partition *partition)
{
	static const enum metric ROWS[] = {METRIC_LAG, METRIC_LAG_SECONDS, METRIC_POSITION};
	char id[16];

	snprintf(id, sizeof(id), "%d", (int)partition->id);
	for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++)
		metrics_forget(pump->metrics, ROWS[i], pump->transaction.topic, id);
}
