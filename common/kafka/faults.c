/* faults: one pointer. */
#include "kafka/faults.h"

static struct metrics *_Atomic counted_in;

void faults_count_in(struct metrics *metrics) { counted_in = metrics; }

void faults_count(const char *code)
{
	struct metrics *metrics = counted_in;

	if (metrics)
		series_add(metrics_series(metrics, METRIC_KAFKA_ERRORS, code, NULL), 1);
}
