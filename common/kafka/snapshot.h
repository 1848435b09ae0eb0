/* snapshot: one partition of an index as a file of this host, to shorten a restart. It is written beside and renamed, checked
 * when read, and never trusted: a damaged, foreign or outdated one is as none. */
#ifndef COPYDESK_SNAPSHOT_H
#define COPYDESK_SNAPSHOT_H

#include "run/stage.h"

/* What a snapshot belongs to. `digest` is the configuration's: another configuration folds another state. */
struct snapshot_name {
	const char *folder, *topic, *digest;
	int32_t partition;
};

/* `next` is the offset of the first record that isn't in it. */
bool snapshot_write(const struct snapshot_name *name, const struct stage_index *index, const void *partition, int64_t next,
	struct error *error);
/* Fills an empty partition. False: codes snapshot_none, snapshot_damaged; the partition may be half filled then and is to be
 * opened anew. */
bool snapshot_read(
	const struct snapshot_name *name, const struct stage_index *index, void *partition, int64_t *next, struct error *error);

#endif
