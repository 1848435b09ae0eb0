/* gauges: what a pump tells /metrics and /readyz of itself. */
#ifndef COPYDESK_GAUGES_H
#define COPYDESK_GAUGES_H

#include "run/pump.h"

/* Once a second: lag, partitions, ring, budget; the line of status. */
void gauges_report(struct pump *pump);
/* The times of a finished job's steps, and its span. */
void gauges_steps(struct pump *pump, const struct job *job);
/* A partition that leaves has no lag here any more. */
void gauges_forget(struct pump *pump, const struct partition *partition);

#endif
