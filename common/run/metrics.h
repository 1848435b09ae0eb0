/* metrics: one table row per metric, and their values. The table makes /metrics, docs/metrics.md, the dashboard and the alerts,
 * so they can't drift. Base units (seconds, bytes), `_total` for counters, labels bounded: past a row's limit, values go to the
 * series whose labels read "other".
 *
 * Writing a value is an atomic operation without a lock, from any thread. Looking a series up takes a lock: keep the pointer. */
#ifndef COPYDESK_METRICS_H
#define COPYDESK_METRICS_H

#include "base/buf.h"
#include "run/stage.h"

/* One constant per row of METRIC_ROWS in metric_rows.c, in the same order. */
enum metric {
	/* the runner */
	METRIC_MESSAGES_IN,
	METRIC_MESSAGES,
	METRIC_MESSAGES_OUT,
	METRIC_DROPPED,
	METRIC_DEAD,
	METRIC_BYTES_IN,
	METRIC_BYTES_OUT,
	METRIC_PROCESS_SECONDS,
	METRIC_PROCESS_CPU_SECONDS,
	METRIC_STEP_SECONDS,
	METRIC_FIELDS,
	METRIC_FIELD_MESSAGES,
	METRIC_RETRIES,
	METRIC_WORKERS,
	METRIC_RING_BUSY,
	METRIC_READY,
	METRIC_PROGRESS_AGE,
	/* Kafka */
	METRIC_LAG,
	METRIC_LAG_SECONDS,
	METRIC_LAG_KNOWN,
	METRIC_POSITION,
	METRIC_ASSIGNED,
	METRIC_PAUSED,
	METRIC_REBALANCES,
	METRIC_TRANSACTIONS,
	METRIC_COMMIT_SECONDS,
	METRIC_BATCH_MESSAGES,
	METRIC_END_TO_END_SECONDS,
	METRIC_DRAIN_SECONDS,
	METRIC_KAFKA_ERRORS,
	METRIC_BUDGET_BYTES,
	METRIC_BUDGET_USED_BYTES,
	METRIC_POISON,
	METRIC_MEMORY_LIMIT,
	METRIC_COUNT
};

enum metric_kind { METRIC_KIND_COUNTER, METRIC_KIND_GAUGE, METRIC_KIND_HISTOGRAM };

struct metric_row {
	const char *name; /* without "copydesk_" */
	enum metric_kind kind;
	const char *unit;   /* "seconds", "bytes", "messages"; documentation */
	const char *labels; /* "reason" or "topic,partition"; NULL: one series */
	size_t limit;       /* series at most (labels only) */
	const double *bounds; /* of a histogram: upper bounds, rising, ended by 0 */
	const char *help;
	const char *section; /* of the dashboard */
};
extern const struct metric_row METRIC_ROWS[METRIC_COUNT];

struct metrics;
struct series;

/* The rows above and a counter for each of the stage's; `stage` may be NULL. All carry the label stage="…". Never NULL. */
struct metrics *metrics_create(const struct stage *stage);
void metrics_destroy(struct metrics **metrics);

/* The series of a row. Label values are given in the row's order, NULL where the row has fewer. */
struct series *metrics_series(struct metrics *metrics, enum metric metric, const char *first, const char *second);
/* No longer shown, until it is looked up again (a partition that was revoked): a counter goes on from its value then. */
void metrics_forget(struct metrics *metrics, enum metric metric, const char *first, const char *second);
void series_add(struct series *series, uint64_t n);         /* counter */
void series_set(struct series *series, double value);       /* gauge */
void series_observe(struct series *series, double value);   /* histogram */
double series_value(const struct series *series);           /* counter or gauge; a histogram's count */

/* Rows without labels. */
void metrics_add(struct metrics *metrics, enum metric metric, uint64_t n);
void metrics_set(struct metrics *metrics, enum metric metric, double value);
void metrics_observe(struct metrics *metrics, enum metric metric, double value);
/* The stage's own counters. */
void metrics_count(struct metrics *metrics, size_t counter, uint64_t n);
/* A constant fact as labels: copydesk_info{version="…",config="…"} 1. Both texts are copied. */
void metrics_info(struct metrics *metrics, const char *name, const char *value);

/* All of it, and the process's own values (CPU, memory, descriptors), in Prometheus' text format 0.0.4. */
void metrics_render(struct metrics *metrics, struct buf *out);

#endif
