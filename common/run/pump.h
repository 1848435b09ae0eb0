/* pump: one process's way of messages from Kafka through the workers back to Kafka, turn by turn. live.c starts and ends it.
 *
 *     accept: poll → a free slot → workers          settle: results in order → outputs, dead letters → positions
 *     commit: outputs + positions, or nothing: abort and rewind
 *
 * The poll thread does all this and never runs a stage. What may be handed over at all is decided in accept.c: a partition's
 * attempts' window (attempts.h, solo.h), the bytes in hand, `until`, a back-off. One message that may not go yet is held, and
 * nothing is fetched behind it; if that takes long, all partitions are paused and polling goes on. retreat.h is the way back. */
#ifndef COPYDESK_PUMP_H
#define COPYDESK_PUMP_H

#include "kafka/transaction.h"
#include "run/health.h"
#include "run/rounds.h"
#include "run/spans.h"
#include "run/tally.h"
#include "run/workers.h"

#define NO_PARTITION (-1)

struct exchange;

struct pump {
	const struct stage *stage;
	void *state;
	const struct config *config;
	struct health *health; /* NULL: nobody watches */
	struct metrics *metrics;

	struct workers *workers;
	struct assignment assignment;
	struct consumer *consumer;
	struct producer *producer;
	struct transaction transaction;
	struct exchange *exchange; /* of a stage with an index, else NULL */
	struct headers_context headers;
	char digest[17];
	int outputs[PRODUCER_TOPICS], dead; /* topics of the producer */
	struct tally tally;                 /* of the open transaction */
	struct spans *spans;                /* NULL: none are written */
	struct series *steps[SPAN_STEPS];   /* of step_seconds, as span_steps() orders them by name */
	const char *step_names[SPAN_STEPS];

	struct delivery held; /* raw NULL: none */
	int32_t solo;         /* the partition whose messages go one at a time, NO_PARTITION: none */
	struct rounds rounds; /* jobs that wait for replies of the index, or for one that does */
	size_t bytes_in_hand, bytes_budget;
	int64_t held_since_us; /* since when the held message can't go (monotonic); 0: it could */

	int64_t commit_interval_us;
	uint64_t commit_messages, commit_bytes;
	uint32_t max_attempts;

	int64_t next_report_us;
	unsigned aborts; /* in a row */
	bool draining;   /* fetched messages are thrown away: the fetch position at the end means nothing */
	bool closing;    /* everything is committed; revocations need nothing more */
	struct error fatal;
};

/* The first failure that ends the run stays; later ones are forgotten. */
bool pump_failed(const struct pump *pump);
void pump_fail(struct pump *pump, const struct error *error);
/* One turn; waits for something to happen for at most about 100 ms. `accepting` false: only what is in hand is finished. */
void pump_turn(struct pump *pump, bool accepting);
/* Nothing is with the workers. */
bool pump_idle(const struct pump *pump);
/* Commits; with `all`, every partition gets the mark of good order. False: aborted and rewound, or failed. */
bool pump_commit(struct pump *pump, bool leaving, bool all);
/* For consumer_create(). */
struct consumer_events pump_events(struct pump *pump);
/* The exchange is there: jobs ask the index through it from now on, in step if messages come in order. */
void pump_ask(struct pump *pump);
/* The partition that the delivery still belongs to, or NULL. */
struct partition *pump_partition(const struct pump *pump, const struct delivery *delivery);
/* Gives up the message that is held. */
void pump_drop_held(struct pump *pump);
/* Gives up one job in hand, waiting for the workers to be done with it; its message comes again in another process. False: none
 * was done within a second. */
bool pump_abandon(struct pump *pump);

#endif
