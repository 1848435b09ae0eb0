/* spans: what a trace viewer shows of a record's way: one span a record and stage, and one for each of its steps below it.
 * Written as OTLP/JSON, one TracesData object a line and transaction (OTLP file exporter specification), appended to spans.file.
 *
 * The record's span has the ids that its outputs carry in `traceparent`, so the next stage's span hangs below it; its parent is
 * the one that the record came with. Ids are functions of the record's place: a record that is processed again after an abort
 * gets the same ones. An aborted transaction writes nothing. What a sender marked as not sampled isn't written. */
#ifndef COPYDESK_SPANS_H
#define COPYDESK_SPANS_H

#include "kafka/headers.h"
#include "run/workers.h"

struct spans;

/* What one step took, in monotonic microseconds; NULL name: end of the list. */
struct span_step {
	const char *name;
	int64_t begun_us, spent_us;
};
#define SPAN_STEPS (STOPWATCH_STEPS + 4)
/* The steps of a settled job, for metrics and spans: queue, the stage's own, index, order. Returns their number. */
size_t span_steps(const struct stage *stage, const struct job *job, int64_t settled_us, struct span_step steps[SPAN_STEPS]);

/* NULL without error: spans.file is empty. NULL with code spans_file: it can't be opened. */
struct spans *spans_open(
	const struct config *config, const struct stage *stage, const struct headers_context *headers, struct error *error);
void spans_close(struct spans **spans);
/* A record that was settled in the open transaction. */
void spans_add(
	struct spans *spans, const struct job *job, const struct coordinates *from, const struct span_step *steps, size_t count);
/* The transaction was committed: writes. A failing disk is a warning, never an error of the pipeline. */
void spans_commit(struct spans *spans);
void spans_abort(struct spans *spans);

#endif
