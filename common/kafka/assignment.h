/* assignment: the partitions of topic.in that this process owns now, with all that is known about each. The poll thread's alone.
 *
 * A partition's `epoch` is new at each assignment and each rewind. What was fetched under an older epoch is void: its result is
 * thrown away whenever it comes. That is why nothing has to wait for the workers when a partition leaves or a transaction is
 * aborted. */
#ifndef COPYDESK_ASSIGNMENT_H
#define COPYDESK_ASSIGNMENT_H

#include "kafka/attempts.h"

#define OFFSET_NONE (-1)

struct partition {
	int32_t id;
	uint64_t epoch;
	int64_t start;     /* where it began at this assignment */
	int64_t position;  /* the offset to be committed: all before it have met their end */
	int64_t committed; /* the last one committed */
	int64_t end;       /* fetch position when the end was last reached, OFFSET_NONE if messages came since */
	int64_t until;     /* the first offset not wanted; INT64_MAX: none */
	size_t in_flight;  /* handed to the workers, not finished */
	size_t finished;   /* finished since the last commit */
	int64_t newest_ms; /* timestamp of the last finished message */
	bool marked;       /* the attempts' mark of this state is committed */
	bool paused;
	bool held_back;    /* paused because nothing more can be taken in */
	int64_t resume_us; /* when a back-off is over (monotonic); 0: none */
	unsigned retries;  /* in a row */
	struct attempts attempts, attempts_committed;
	bool gone;         /* its next offset is out of range: librdkafka stands still until it is taken again */
	bool leaving;      /* being revoked: not to be rewound */
	int64_t high;      /* last stable offset as the lag thread saw it, OFFSET_NONE: not yet */
};

struct assignment {
	struct partition **items; /* by id; NULL: not ours */
	size_t capacity, count;
	uint64_t last_epoch;
};

void assignment_release(struct assignment *assignment);
/* A partition that begins at `start`, with what its mark said. */
struct partition *assignment_add(struct assignment *assignment, int32_t id, int64_t start, struct slice mark);
void assignment_remove(struct assignment *assignment, int32_t id);
struct partition *assignment_find(const struct assignment *assignment, int32_t id);
/* The partition that something fetched in `epoch` still belongs to, or NULL. */
struct partition *assignment_current(const struct assignment *assignment, int32_t id, uint64_t epoch);
/* Back to the last commit: nothing is in flight or finished, a new epoch. */
void assignment_rewind(struct assignment *assignment, struct partition *partition);
/* `for assignment_each(p, assignment) …` */
struct partition *assignment_next(const struct assignment *assignment, const struct partition *previous);
#define assignment_each(p, assignment) \
	(struct partition *p = assignment_next((assignment), NULL); p; p = assignment_next((assignment), p))

/* Messages between the position and the last stable offset (or `until`, if that comes first), -1 if that isn't known yet. */
int64_t partition_lag(const struct partition *partition);
/* Everything up to `until` has met its end. */
bool partition_complete(const struct partition *partition);
/* Something to be committed: a moved position or a changed mark. */
bool partition_dirty(const struct partition *partition);

#endif
