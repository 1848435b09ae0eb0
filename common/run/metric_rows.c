/* metric_rows: every metric of every stage, once. docs/metrics.md, the dashboard and the alerts are made from it. */
#include "run/metrics.h"

/* Upper bounds in seconds. */
static const double WORK[] = {.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 0};
static const double STEP[] = {.00001, .000025, .00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025,
	.05, .1, .25, .5, 1, 5, 30, 0};
static const double WAIT[] = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 0};
static const double DELAY[] = {.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86400, 604800, 0};
static const double COUNT[] = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 0};

#define COUNTER METRIC_KIND_COUNTER
#define GAUGE METRIC_KIND_GAUGE
#define HISTOGRAM METRIC_KIND_HISTOGRAM

const struct metric_row METRIC_ROWS[METRIC_COUNT] = {
	[METRIC_MESSAGES_IN] = {"messages_in_total", COUNTER, "messages", NULL, 1, NULL,
		"Messages taken in and committed.", "Throughput"},
	[METRIC_MESSAGES] = {"messages_total", COUNTER, "messages", "outcome", 3, NULL,
		"Messages by how they ended: emitted, dropped or dead. Their sum is messages_in_total.", "Outcomes"},
	[METRIC_MESSAGES_OUT] = {"messages_out_total", COUNTER, "messages", "output", 8, NULL,
		"Messages sent, by the option that names their topic.", "Throughput"},
	[METRIC_DROPPED] = {"dropped_total", COUNTER, "messages", "reason", 40, NULL, "Messages dropped, by reason.", "Outcomes"},
	[METRIC_DEAD] = {"dead_total", COUNTER, "messages", "code", 64, NULL,
		"Dead letters, by the code of their reason.", "Outcomes"},
	[METRIC_BYTES_IN] = {"bytes_in_total", COUNTER, "bytes", NULL, 1, NULL, "Value bytes taken in.", "Throughput"},
	[METRIC_BYTES_OUT] = {"bytes_out_total", COUNTER, "bytes", NULL, 1, NULL, "Value bytes sent.", "Throughput"},
	[METRIC_PROCESS_SECONDS] = {"process_seconds", HISTOGRAM, "seconds", NULL, 1, WORK,
		"Time a worker spent on one message.", "Latency"},
	[METRIC_PROCESS_CPU_SECONDS] = {"process_cpu_seconds", HISTOGRAM, "seconds", NULL, 1, WORK,
		"CPU time a worker spent on one message.", "Latency"},
	[METRIC_STEP_SECONDS] = {"step_seconds", HISTOGRAM, "seconds", "step", 18, STEP,
		"Time of one message in one step: queue, the stage's own steps, index (waiting for its answers), order (waiting for "
		"those before it).", "Latency"},
	[METRIC_FIELDS] = {"field_filled_total", COUNTER, "messages", "field", 64, NULL,
		"Articles that have this field, of field_messages_total.", "Outcomes"},
	[METRIC_FIELD_MESSAGES] = {"field_messages_total", COUNTER, "messages", NULL, 1, NULL,
		"Articles whose fields were looked at.", "Outcomes"},
	[METRIC_RETRIES] = {"retries_total", COUNTER, "messages", "code", 32, NULL,
		"Messages put off because of something outside them, by code.", "Outcomes"},
	[METRIC_WORKERS] = {"workers", GAUGE, "threads", NULL, 1, NULL, "Threads that run the stage.", "Process"},
	[METRIC_RING_BUSY] = {"ring_busy", GAUGE, "messages", NULL, 1, NULL,
		"Messages in hand: submitted to the workers and not yet settled.", "Process"},
	[METRIC_READY] = {"ready", GAUGE, "bool", NULL, 1, NULL, "1 when the process is ready, as in /readyz.", "Process"},
	[METRIC_PROGRESS_AGE] = {"progress_age_seconds", GAUGE, "seconds", NULL, 1, NULL,
		"Time since something was finished, 0 while there is nothing to do; the watchdog ends the process at watchdog.ms.",
		"Process"},
	[METRIC_LAG] = {"lag_messages", GAUGE, "messages", "topic,partition", 2000, NULL,
		"Messages between the committed position and the end of an assigned partition.", "Lag"},
	[METRIC_LAG_SECONDS] = {"lag_seconds", GAUGE, "seconds", "topic,partition", 2000, NULL,
		"Age of the oldest message that isn't committed yet, 0 at the end of the partition.", "Lag"},
	[METRIC_LAG_KNOWN] = {"lag_known", GAUGE, "bool", NULL, 1, NULL,
		"1 when the ends of all assigned partitions are known, so that lag_messages can be trusted.", "Lag"},
	[METRIC_POSITION] = {"position", GAUGE, "offset", "topic,partition", 2000, NULL,
		"Committed offset of an assigned partition.", "Lag"},
	[METRIC_ASSIGNED] = {"assigned_partitions", GAUGE, "partitions", NULL, 1, NULL,
		"Partitions assigned to this process.", "Kafka"},
	[METRIC_PAUSED] = {"paused_partitions", GAUGE, "partitions", NULL, 1, NULL,
		"Partitions paused because the budget is used up.", "Kafka"},
	[METRIC_REBALANCES] = {"rebalances_total", COUNTER, "rebalances", "kind", 4, NULL,
		"Rebalances: assign, revoke or lost.", "Kafka"},
	[METRIC_TRANSACTIONS] = {"transactions_total", COUNTER, "transactions", "outcome", 3, NULL,
		"Transactions (or commits, at least once) by outcome: committed, aborted, failed.", "Kafka"},
	[METRIC_COMMIT_SECONDS] = {"commit_seconds", HISTOGRAM, "seconds", NULL, 1, WAIT,
		"Time to flush and commit one transaction.", "Latency"},
	[METRIC_BATCH_MESSAGES] = {"batch_messages", HISTOGRAM, "messages", NULL, 1, COUNT,
		"Messages of one transaction.", "Throughput"},
	[METRIC_END_TO_END_SECONDS] = {"end_to_end_seconds", HISTOGRAM, "seconds", NULL, 1, DELAY,
		"From a message's timestamp to its commit.", "Latency"},
	[METRIC_DRAIN_SECONDS] = {"drain_seconds", GAUGE, "seconds", NULL, 1, NULL,
		"How long the last drain took (revocation or end).", "Latency"},
	[METRIC_KAFKA_ERRORS] = {"kafka_errors_total", COUNTER, "errors", "code", 64, NULL,
		"Errors that librdkafka reported, by code.", "Kafka"},
	[METRIC_BUDGET_BYTES] = {"budget_bytes", GAUGE, "bytes", NULL, 1, NULL,
		"Bytes of messages that may be in hand at once.", "Process"},
	[METRIC_BUDGET_USED_BYTES] = {"budget_used_bytes", GAUGE, "bytes", NULL, 1, NULL, "Bytes of messages in hand.", "Process"},
	[METRIC_POISON] = {"poison_total", COUNTER, "messages", NULL, 1, NULL,
		"Messages that ended the process again and again and became dead letters.", "Outcomes"},
	[METRIC_MEMORY_LIMIT] = {"memory_limit_bytes", GAUGE, "bytes", NULL, 1, NULL,
		"Memory the process plans with (memory.limit).", "Process"},
};
