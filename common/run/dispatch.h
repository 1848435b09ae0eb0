/* dispatch: what a finished job sends: the stage's outputs to their topics, or the dead letter. */
#ifndef COPYDESK_DISPATCH_H
#define COPYDESK_DISPATCH_H

#include "run/pump.h"

/* Within the open transaction. An output that can't be sent makes the job a dead letter: all of it or none. False: the
 * transaction must be aborted, codes of producer_send(). */
bool dispatch_job(struct pump *pump, struct job *job, const struct partition *partition, struct error *error);

#endif
