/* indexowner: the half of an exchange that owns partitions of the index.
 *
 * A thread with a consumer of its own (group GROUP-index on topic.probe). A partition's state is the fold over its log: on
 * assignment it is restored, from a snapshot of this host if there is one, else from the window's begin; from then on each record
 * is folded in log order and its replies go to the asker's partition of topic.match. Nothing is committed: the log and the
 * snapshot's offset say where to go on. Two owners of one partition, for the moment of a rebalance, give the same answers. */
#ifndef COPYDESK_INDEXOWNER_H
#define COPYDESK_INDEXOWNER_H

#include "kafka/refusal.h"
#include "run/health.h"
#include "run/stage.h"

struct indexowner;

/* Starts the thread. `producer` is a rd_kafka_t that outlives the owner, as does `denied`, which is told of rights that are
 * missing. NULL with error. */
struct indexowner *indexowner_create(const struct stage *stage, void *state, const struct config *config, void *producer,
	struct health *health, struct refusal *denied, struct error *error);
/* Ends the thread and writes snapshots. With `leave` the others take its partitions at once; without, they wait for this instance
 * until its session in the group has timed out. */
void indexowner_destroy(struct indexowner **owner, bool leave);
/* It has been assigned (be it nothing) and everything assigned is restored. */
bool indexowner_ready(const struct indexowner *owner);

#endif
