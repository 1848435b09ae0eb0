/* rounds: the jobs between the workers and their end, in the order they were submitted. A stage with an index asks it meanwhile,
 * in rounds of questions, and a job may meet its end when it and all before it have their verdicts. Two paces:
 *
 *     each for itself   a job asks on as soon as its replies are in: for live runs
 *     in step           jobs go in batches. A round's questions are sent in the jobs' order, and only when all replies of the
 * round before
 *                       are in: the logs of the index, and so the verdicts, are the same in each run over the same messages
 *
 * What a batch holds depends on the messages alone: never on time, on the number of workers or on memory. */
#ifndef COPYDESK_ROUNDS_H
#define COPYDESK_ROUNDS_H

#include "run/workers.h"

/* A batch in step; the ring has slots for that with any number of workers. */
#define ROUNDS_BATCH 256
#define ROUNDS_BATCH_BYTES (2u << 20)

struct exchange;

struct rounds {
	struct exchange *exchange; /* NULL: no stage with an index */
	bool in_step;
	/* False: nobody waits for the job any more, and its questions are given up. */
	bool (*wanted)(void *context, const struct job *job);
	void *context;

	struct job **jobs; /* a ring */
	size_t capacity, head, count;
	size_t submitted, bytes; /* in step: what the batch holds, not all of it taken from the workers yet */
	bool closed, asked, decided; /* … nothing more is submitted, the first questions are sent, all have their verdicts */
};

/* `capacity`: the jobs there can be at most. The other members above the line are set by the caller. */
bool rounds_init(struct rounds *rounds, size_t capacity);
void rounds_release(struct rounds *rounds);
/* Another job may be submitted to the workers; it is to be told by rounds_submitted(). */
bool rounds_open(const struct rounds *rounds);
void rounds_submitted(struct rounds *rounds, const struct job *job);
/* No other job can come before these have met their end: a batch goes on as it is. */
void rounds_close(struct rounds *rounds);
/* A job that the workers are done with. */
void rounds_add(struct rounds *rounds, struct job *job);
/* Decides what can be decided, asks what is to be asked. To be called when jobs were added or replies came. */
void rounds_turn(struct rounds *rounds);
/* The oldest job if its verdict is final (ASK: it isn't wanted), else NULL. It isn't held here any more. */
struct job *rounds_next(struct rounds *rounds);
/* The oldest job as it is, NULL if there is none. To be used only when nothing is asked any more. */
struct job *rounds_abandon(struct rounds *rounds);

#endif
