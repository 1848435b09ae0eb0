/* owner: one partition of the index: the fold over its log of questions (see struct stage_index and probe.h).
 *
 * Each question is answered from the state of the one key it is about, and two questions meet only in that order in which this
 * log has them. Time moves by the articles' event times: a partition forgets what is older than the window, the lateness it
 * allows and a segment's slack; a single article from the future doesn't move it, sixteen do. */
#ifndef COPYDESK_OWNER_H
#define COPYDESK_OWNER_H

#include "dedup/probe.h"

struct owner;

/* `window` and `lateness` in seconds. */
struct owner *owner_create(int64_t window, int64_t lateness);
void owner_destroy(struct owner **owner);
/* An ill-formed record gets an empty reply. */
void owner_fold(struct owner *owner, struct slice record, struct arena *arena, struct buf *reply);
bool owner_save(const struct owner *owner, struct buf *out);
bool owner_load(struct owner *owner, struct slice bytes, struct error *error);

struct owner_size {
	size_t articles, bytes, store_bytes, roster_bytes, posting_bytes, revision_bytes, boilerplate_bytes;
};
/* Live articles, and the memory of each part and of all. Walks the tables: for tests and benchmarks. */
struct owner_size owner_measure(const struct owner *owner);

#endif
