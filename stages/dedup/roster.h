/* roster: the articles that have asked a partition about their content keys or their URL: who they are and when they were,
 * nothing else.
 *
 * An article gets a number when it first asks. If it asks again much later it may get a second one: who refers to numbers
 * compares keys (roster_key). Names lie in segments of 4,096, twelve bytes each; a segment goes as a whole once its newest
 * article is past the window, and what refers to a number below roster_first() refers to nothing. */
#ifndef COPYDESK_ROSTER_H
#define COPYDESK_ROSTER_H

#include "base/buf.h"
#include "base/error.h"

#define ROSTER_LIMIT 0xFFFF0000u /* numbers end here; the process then ends, too, and one that is restored counts from 0 again */

struct roster;

struct roster *roster_create(void);
void roster_destroy(struct roster **roster);

/* The number of article `key` of event time `time` (s UTC). `latest`: when its name may go at the earliest, which for an article
 * with a time far in the future is not its time. */
uint32_t roster_number(struct roster *roster, uint64_t key, int64_t time, int64_t latest);
uint32_t roster_first(const struct roster *roster); /* the oldest live number */
uint32_t roster_end(const struct roster *roster);   /* one past the newest */
uint64_t roster_key(const struct roster *roster, uint32_t number);
int64_t roster_time(const struct roster *roster, uint32_t number);

/* Drops the oldest segments while all of their articles are before `time`. */
void roster_expire(struct roster *roster, int64_t time);
size_t roster_bytes(const struct roster *roster);

/* A snapshot. Loading goes into an empty one; false on damage, with snapshot_damaged. */
void roster_save(const struct roster *roster, struct buf *out);
bool roster_load(struct roster *roster, struct slice bytes, struct error *error);

#endif
