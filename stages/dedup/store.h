/* store: the articles that a partition is home to, found by key, in order of arrival, dropped by event time.
 *
 * An article has a number: its place in the order in which the partition first heard of it. Articles lie in segments of 4,096; a
 * segment goes as a whole once its newest article is past the window, so expiry costs nothing per article. What refers to a
 * number below store_first() refers to nothing. An article has a record (its sketch) and notes (what was decided about it); both
 * are bytes to this file. */
#ifndef COPYDESK_STORE_H
#define COPYDESK_STORE_H

#include "base/buf.h"
#include "base/error.h"

struct store;

#define STORE_NONE UINT32_MAX
#define STORE_LIMIT 0xFFFF0000u /* numbers end here; the process then ends, too, and one that is restored counts from 0 again */

struct store *store_create(void);
void store_destroy(struct store **store);

/* The number of article `key`, STORE_NONE if it isn't known. */
uint32_t store_find(const struct store *store, uint64_t key);
/* The same, after making it known if it wasn't. `latest`: when it may go at the earliest, s UTC: its event time, unless that is
 * far in the future. */
uint32_t store_add(struct store *store, uint64_t key, int64_t latest);
uint32_t store_first(const struct store *store); /* the oldest live number */
uint32_t store_end(const struct store *store);   /* one past the newest */

/* Empty if it has none; valid until the next change. A record is set once. */
struct slice store_record(const struct store *store, uint32_t number);
void store_set_record(struct store *store, uint32_t number, struct slice record);
struct slice store_notes(const struct store *store, uint32_t number);
void store_set_notes(struct store *store, uint32_t number, struct slice notes);

/* Drops the oldest segments while all of their articles are before `time`. True if any went. */
bool store_expire(struct store *store, int64_t time);
/* All memory held. */
size_t store_bytes(const struct store *store);

/* A snapshot. Loading goes into an empty one; false on damage, with snapshot_damaged. */
void store_save(const struct store *store, struct buf *out);
bool store_load(struct store *store, struct slice bytes, struct error *error);

#endif
