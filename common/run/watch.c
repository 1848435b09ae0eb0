/* watch: see watch.h. Recording rules first: alerts are said in terms of them where they can be. */
#include "run/watch.h"

const struct watch_row WATCH_ROWS[] = {
	{"stage:copydesk_messages_in:rate5m",
		"sum by (stage) (rate($1[5m]))", {METRIC_MESSAGES_IN}, "Messages taken in", "cps", "{{stage}}", NULL, NULL,
		"Committed input, by stage."},
	{"stage_outcome:copydesk_messages:share5m",
		"sum by (stage, outcome) (rate($1[5m])) / on (stage) group_left () (sum by (stage) (rate($1[5m])) > 0)",
		{METRIC_MESSAGES}, "Outcome shares", "percentunit",
		"{{stage}} {{outcome}}", NULL, NULL, "How messages ended: emitted, dropped, dead."},
	{"stage:copydesk_lag_messages:sum", "sum by (stage) ($1)", {METRIC_LAG}, "Lag", "short", "{{stage}}", NULL, NULL,
		"Messages that wait, over all partitions."},
	{"stage:copydesk_lag_seconds:max", "max by (stage) ($1)", {METRIC_LAG_SECONDS}, "Lag in time", "s", "{{stage}}", NULL, NULL,
		"Age of the oldest message that waits."},
	{"stage:copydesk_drain_time:seconds",
		"sum by (stage) ($1) / (sum by (stage) (rate($2[5m])) > 0)", {METRIC_LAG, METRIC_MESSAGES_IN},
		"Drain time", "s",
		"{{stage}}", NULL, NULL, "How long working off the lag takes at the present rate, if nothing more came."},
	{"stage:copydesk_partition:skew15m", "max by (stage) (sum by (stage, partition) (deriv($1[15m]))) / "
		"(avg by (stage) (sum by (stage, partition) (deriv($1[15m]))) > 0)", {METRIC_POSITION},
		"Partition skew", "short", "{{stage}}", NULL, NULL, "The busiest partition's rate over the mean one's: 1 is even."},
	{"stage:copydesk_transactions:abort_share5m",
		"sum by (stage) (rate($1{outcome=\"aborted\"}[5m])) / (sum by (stage) (rate($1[5m])) > 0)",
		{METRIC_TRANSACTIONS}, "Aborted transactions", "percentunit",
		"{{stage}}", NULL, NULL, "Share of the transactions that were aborted."},
	{"stage_field:copydesk_field_filled:share1h",
		"sum by (stage, field) (rate($1[1h])) / on (stage) group_left () (sum by (stage) (rate($2[1h])) > 0)",
		{METRIC_FIELDS, METRIC_FIELD_MESSAGES}, "Fields filled", "percentunit", "{{stage}} {{field}}", NULL, NULL,
		"Share of the articles that have the field."},
	{"stage_step:copydesk_step_seconds:p95",
		"histogram_quantile(0.95, sum by (stage, step, le) (rate($1_bucket[5m])))", {METRIC_STEP_SECONDS},
		"Slowest steps (p95)", "s", "{{stage}} {{step}}", NULL, NULL, "95 of 100 messages spend less than this in the step."},
	{"stage:copydesk_end_to_end_seconds:p95",
		"histogram_quantile(0.95, sum by (stage, le) (rate($1_bucket[5m])))", {METRIC_END_TO_END_SECONDS},
		"From timestamp to commit (p95)", "s", "{{stage}}", NULL, NULL, "Counts from the time stamp of the stage's input."},
	{"stage:copydesk_memory:share",
		"max by (stage) (process_resident_memory_bytes / on (job, instance) group_right () $1)", {METRIC_MEMORY_LIMIT},
		"Memory", "percentunit", "{{stage}}", NULL, NULL, "Resident memory of the fullest process, as a share of memory.limit."},
	{"stage_code:copydesk_dead:rate5m",
		"sum by (stage, code) (rate($1[5m]))", {METRIC_DEAD}, "Dead letters", "cps", "{{stage}} {{code}}", NULL, NULL,
		"By the code of their reason."},

	{"CopydeskStageGone",
		"count by (stage) ($1 offset 15m) unless on (stage) count by (stage) ($1)",
		{METRIC_READY}, NULL, NULL, NULL, "5m", "critical",
		"No process of the stage is scraped any more. Look at the units or pods and their last log lines; nothing is lost, "
		"the lag grows."},
	{"CopydeskNotReady", "max by (stage, instance) ($1) == 0", {METRIC_READY}, NULL, NULL, NULL, "10m", "critical",
		"The process runs, but isn't ready: no partitions, brokers away, or the index still restoring (log: "
		"index_restoring). copydesk doctor tells."},
	{"CopydeskStuck", "max by (stage, instance) ($1) > 30", {METRIC_PROGRESS_AGE}, NULL, NULL, NULL, "1m", "critical",
		"There is work and nothing is finished; at watchdog.ms the process ends by itself and is restarted. Log: stalled."},
	{"CopydeskRestarting",
		"changes(process_start_time_seconds[15m]) > 3 and on (job, instance) $1",
		{METRIC_READY}, NULL, NULL, NULL, "1m", "critical",
		"The process ends again and again. The log's last line says why and what to do; exit code 77: a right is missing "
		"(docs/security.md)."},
	{"CopydeskLagging", "stage:copydesk_lag_seconds:max > 300", {0}, NULL, NULL, NULL, "10m", "warning",
		"The oldest waiting message is more than 5 minutes old. See drain time; add processes up to the number of partitions."},
	{"CopydeskFallingBehind",
		"deriv(stage:copydesk_lag_messages:sum[15m]) > 0 and stage:copydesk_lag_seconds:max > 300", {0}, NULL, NULL, NULL, "20m",
		"critical",
		"The lag grows: more comes in than is worked off. Add processes, or partitions where all are in use "
		"(docs/operations.md, scale)."},
	{"CopydeskLagUnknown", "min by (stage, instance) ($1) == 0", {METRIC_LAG_KNOWN}, NULL, NULL, NULL, "10m", "warning",
		"The ends of the partitions can't be asked for, so lag can't be trusted. Look for lag_unknown in the log, and at "
		"the brokers."},
	{"CopydeskDeadLetters",
		"stage_outcome:copydesk_messages:share5m{outcome=\"dead\"} > 0.01", {0}, NULL, NULL, NULL, "10m", "warning",
		"More than 1 % of the messages are dead letters. copydesk dead list groups them by reason."},
	{"CopydeskPoison", "sum by (stage) (increase($1[1h])) > 0", {METRIC_POISON}, NULL, NULL, NULL, "0m", "warning",
		"A message ended the process again and again and was dead-lettered. It is a bug: keep the letter (copydesk dead "
		"export) and report it."},
	{"CopydeskAborts", "stage:copydesk_transactions:abort_share5m > 0.1", {0}, NULL, NULL, NULL, "10m", "warning",
		"More than a tenth of the transactions are aborted: work is done twice. Log: aborted, with the reason."},
	{"CopydeskRebalancing", "sum by (stage) (increase($1[15m])) > 20", {METRIC_REBALANCES}, NULL, NULL, NULL, "5m", "warning",
		"The group finds no rest: processes come and go, or two have the same instance. Log: revoked, lost, fenced."},
	{"CopydeskRetrying", "sum by (stage, code) (increase($1[10m])) > 0", {METRIC_RETRIES}, NULL, NULL, NULL, "10m", "warning",
		"Something outside is wrong and messages are put off. Log: retry, with code and text."},
	{"CopydeskSkewed",
		"stage:copydesk_partition:skew15m > 3 and on (stage) stage:copydesk_lag_seconds:max > 60",
		{0}, NULL, NULL, NULL, "30m", "warning",
		"One partition gets three times the mean and lags: more processes won't help it. Look at the keys of the producer."},
	{"CopydeskFieldsEmptier",
		"stage_field:copydesk_field_filled:share1h < 0.7 * (stage_field:copydesk_field_filled:share1h offset 1d > 0.2)",
		{0}, NULL,
		NULL, NULL, "1h", "warning",
		"A field is filled much less than a day before: a publisher's pages changed, or the crawler's. copydesk explain "
		"shows where a field came from."},
	{"CopydeskMemory", "stage:copydesk_memory:share > 0.9", {0}, NULL, NULL, NULL, "15m", "warning",
		"Close to memory.limit. For dedup the index grows with window: raise the memory, or add processes."},
	{NULL},
};

void watch_expr(const struct watch_row *row, struct buf *out)
{
	for (const char *at = row->expr; *at; at++) {
		if (*at != '$') {
			buf_append_byte(out, *at);
			continue;
		}
		at++;
		buf_append_cstr(out, "copydesk_");
		buf_append_cstr(out, METRIC_ROWS[row->metrics[*at - '1']].name);
	}
}
