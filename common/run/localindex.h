/* localindex: a stage's index as one partition in the process, for runs without a broker. Questions are folded in input order by
 * the thread that settles messages, which makes the answers the same for any number of workers. */
#ifndef COPYDESK_LOCALINDEX_H
#define COPYDESK_LOCALINDEX_H

#include "run/workers.h"

struct local_index;

/* NULL if the stage has no index. */
struct local_index *local_index_open(const struct stage *stage, void *state, const struct config *config);
void local_index_close(struct local_index **index);
/* Answers a job that ended in VERDICT_ASK until it ends in something else. */
enum verdict local_index_settle(struct local_index *index, struct job *job);

#endif
