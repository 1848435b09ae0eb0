/* accept: a pump's intake: from the consumer to the workers, one message held at most. */
#ifndef COPYDESK_ACCEPT_H
#define COPYDESK_ACCEPT_H

#include "run/pump.h"

/* Polls, waiting up to `wait_ms` for the first message, and hands over what may go now. Returns the number of messages received. A failure
 * goes to pump_fail(). */
size_t accept_messages(struct pump *pump, int wait_ms);

#endif
