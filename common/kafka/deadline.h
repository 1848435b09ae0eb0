/* deadline: the end of a process that is stopping, whatever hangs. One per process. */
#ifndef COPYDESK_DEADLINE_H
#define COPYDESK_DEADLINE_H

#include "base/error.h"

#include <stdint.h>

/* In `ms` the process ends with this code, if deadline_disarm() hasn't been called. */
void deadline_arm(int64_t ms, int exit_code);
/* The code it would end with from now on. */
void deadline_result(int exit_code);
void deadline_disarm(void);
/* Ends the process now, without destructors: for states in which a library can't be closed. Logs `error` if it has a code. */
_Noreturn void deadline_leave(int exit_code, const struct error *error);

#endif
