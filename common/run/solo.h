/* solo: a partition whose messages go one at a time, because a process ended with them in hand (kafka/attempts.h); pump.solo names it. */
#ifndef COPYDESK_SOLO_H
#define COPYDESK_SOLO_H

#include "run/pump.h"

/* Begins a partition's turn: everything else is finished first and then waits. False: not yet. */
bool solo_begin(struct pump *pump, struct partition *partition);
/* Where partitions come in one order, another one's turn may come before all suspects have gone. False: not yet. */
bool solo_interrupt(struct pump *pump);
/* Ends the turn when its partition has no suspects left or is another process's. */
void solo_watch(struct pump *pump);

#endif
