/* tally: what became of the messages of one run or one transaction. Every message ends in exactly one of emitted, dropped or
 * dead; tally_check() holds that sum against the number taken in. Not thread-safe: the poll thread's.
 *
 * A transaction counts into its tally and publishes it to the metrics when it is committed; an aborted one clears it, so that
 * what comes again isn't counted twice. */
#ifndef COPYDESK_TALLY_H
#define COPYDESK_TALLY_H

#include "run/metrics.h"
#include "run/workers.h"

#define TALLY_OUTPUTS 8
#define TALLY_REASONS 32
#define TALLY_CODES 48
#define TALLY_COUNTERS 64
#define TALLY_FIELDS 64

struct tally {
	const struct stage *stage;
	uint64_t in, emitted, dropped, dead; /* messages of the input */
	uint64_t bytes_in, bytes_out;
	uint64_t out[TALLY_OUTPUTS];         /* messages sent, per output */
	uint64_t reasons[TALLY_REASONS];     /* drops, per row of stage.reasons */
	uint64_t counters[TALLY_COUNTERS];   /* per row of stage.counters */
	uint64_t field_messages, fields[TALLY_FIELDS]; /* per row of stage.fields */
	size_t code_count;
	struct {
		char code[32];
		uint64_t n;
	} codes[TALLY_CODES]; /* dead letters; the last row takes what doesn't fit, as "other" */
};

void tally_init(struct tally *tally, const struct stage *stage);
void tally_clear(struct tally *tally);
/* A message was taken in. */
void tally_in(struct tally *tally, size_t bytes);
/* Its end: verdict EMIT, DROP or REJECT with the task's emissions, reason, error and counts. A drop reason that the stage doesn't
 * list is a program error and aborts. */
void tally_job(struct tally *tally, const struct job *job);
/* A message that never became a job (too long a line, a poison message) ends as a dead letter. */
void tally_dead(struct tally *tally, const char *code);
/* in = emitted + dropped + dead + pending? Says what is missing otherwise: code conservation. */
bool tally_check(const struct tally *tally, uint64_t pending, struct error *error);
void tally_publish(const struct tally *tally, struct metrics *metrics);

#endif
