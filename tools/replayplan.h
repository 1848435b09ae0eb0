/* replayplan: which offsets a replay covers. Pure arithmetic; what the broker knows is put in. */
#ifndef COPYDESK_REPLAYPLAN_H
#define COPYDESK_REPLAYPLAN_H

#include "base/buf.h"
#include "base/error.h"

struct replay_range {
	int64_t start, end; /* offsets [start, end) of one partition; equal: nothing of it */
};

struct replay_plan {
	struct replay_range *ranges; /* one a partition of the input, heap */
	int partitions;
};

void replay_plan_release(struct replay_plan *plan);
/* "0,3-5": the partitions that are meant, true where chosen; NULL or "" means all. Code usage. */
bool replay_partitions(const char *text, int partitions, bool *chosen, struct error *error);
/* Records in all, at most: markers of transactions take offsets, too. */
int64_t replay_plan_total(const struct replay_plan *plan);
/* Of these, how many a group that has committed `committed` has behind it; below a start (or unknown, negative): none. */
int64_t replay_plan_done(const struct replay_plan *plan, const int64_t *committed);
bool replay_plan_covers(const struct replay_plan *plan, int32_t partition, int64_t offset);
/* "0:1200,1:1350": the starts or the ends, as the options from and until take them. */
void replay_plan_offsets(const struct replay_plan *plan, bool ends, struct buf *out);
/* Letters, digits, "-" and "_", 1 to 40; none of the words that topics and headers use. Code usage. */
bool replay_id_check(const char *id, struct error *error);
/* "20261124-183005" */
void replay_id_make(int64_t now_ms, char out[48]);

#endif
