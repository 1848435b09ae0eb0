/* merge: the partitions of a bounded run as one sequence, the same in each run over the range.
 *
 * Brokers hand out partitions in whatever order their fetches end. Here each has a queue of its own, and the next message is, of
 * all partitions' next ones, that with the oldest timestamp; of equals, that of the lowest partition. A partition that isn't at
 * its bound and whose next message hasn't come yet is waited for. Within a partition the order stays its own, whatever its
 * timestamps. What comes next depends on nothing but the partitions' positions, so a run that was interrupted goes on in the same
 * sequence.
 *
 * Events come from the queues, too: ends and offsets out of range. Rebalances don't; those are the consumer's own queue. */
#ifndef COPYDESK_MERGE_H
#define COPYDESK_MERGE_H

#include "base/error.h"
#include "kafka/assignment.h"

#include <librdkafka/rdkafka.h>

struct merge;

/* One for each handle. Goes before it does. */
struct merge *merge_create(rd_kafka_t *handle, const char *topic);
void merge_destroy(struct merge **merge);
/* To be called before the partition is assigned: from then on the consumer's queue gets nothing of it. */
bool merge_add(struct merge *merge, int32_t partition, struct error *error);
void merge_remove(struct merge *merge, int32_t partition);
/* The next message, or an event (err set); the caller's. NULL: neither came within `wait_ms`. Partitions that are paused are
 * passed over, and of what lies beyond a partition's `until` only that there is some is told: as its `end`. */
rd_kafka_message_t *merge_next(struct merge *merge, const struct assignment *assignment, int wait_ms);
/* No message can come of the partitions as they stand: each is at its bound, paused, or gone. */
bool merge_exhausted(const struct merge *merge, const struct assignment *assignment);

#endif
