/* startguard: a process that is told to stop while it still starts. Calls to brokers that don't answer take up to tens of seconds
 * and can't be broken off, and a supervisor kills who doesn't go. Before the group is joined nothing is in hand: the process may
 * end as it is. One per process, after signals_install(). */
#ifndef COPYDESK_STARTGUARD_H
#define COPYDESK_STARTGUARD_H

/* From now on the first signal ends the process with 0, unless startguard_end() comes within a second of it. */
void startguard_begin(void);
void startguard_end(void);

#endif
