/* shard: one partition of an index, as the process has it that owns it: the stage's state, how far its log is folded into it,
 * and when it was last kept as a snapshot of this host. */
#ifndef COPYDESK_SHARD_H
#define COPYDESK_SHARD_H

#include "run/stage.h"

struct shard {
	void *state;  /* NULL: not owned */
	int64_t next; /* offset of the next record to fold */
	int64_t past; /* below: the past, being restored */
	int64_t saved_us, saved_next; /* when, and up to where, the last snapshot was written; -1: there is none */
};

/* What the shards of one index have in common; outlives them. */
struct shard_kind {
	const struct stage_index *index;
	void *stage_state;
	const char *folder; /* of snapshots; "": none are kept */
	const char *topic, *digest; /* what a snapshot belongs to (snapshot.h) */
};

/* What the log of a partition holds when it arrives: offsets [begin, end); what is before `since` is out of the window. */
struct shard_log {
	int64_t begin, end, since;
};

/* Opens a shard that isn't owned: from this host's snapshot if one fits the log, else empty, to be folded from the window's begin
 * on. True: from a snapshot. One that is damaged is told in the log and not used. */
bool shard_open(struct shard *shard, const struct shard_kind *kind, int32_t partition, const struct shard_log *log);
/* Writes a snapshot; nothing while the past is being restored, or if none was folded since the last. A failure is logged. */
void shard_save(struct shard *shard, const struct shard_kind *kind, int32_t partition);
/* Saves and closes it; nothing if it isn't owned. */
void shard_close(struct shard *shard, const struct shard_kind *kind, int32_t partition);

#endif
