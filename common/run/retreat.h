/* retreat: a pump's way back, when what was done is void or a message can't be finished now. */
#ifndef COPYDESK_RETREAT_H
#define COPYDESK_RETREAT_H

#include "run/pump.h"

/* The transaction was aborted: all partitions go back to what is committed, after a pause that grows from time to time. */
void retreat_all(struct pump *pump, const struct error *why);
/* Aborts the transaction, then the same. */
void retreat_abort(struct pump *pump, const struct error *why);
/* The stage says of this job that the world is wrong: its partition waits and begins with its message again, the others go on; in
 * a run in order all go back. */
void retreat_for(struct pump *pump, struct partition *partition, const struct job *job);

#endif
