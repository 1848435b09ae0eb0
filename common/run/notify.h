/* notify: tells systemd how the service is (sd_notify(3)): a datagram to the socket that NOTIFY_SOCKET names. Without it:
 * nothing. */
#ifndef COPYDESK_NOTIFY_H
#define COPYDESK_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

/* "READY=1", "STATUS=…", "WATCHDOG=1", "STOPPING=1"; lines may be joined by "\n". True if it was sent. Any thread. */
bool notify_send(const char *text);
/* How often systemd wants WATCHDOG=1 at least, in ms; 0: not at all. It is sent twice as often. */
int64_t notify_watchdog_ms(void);

#endif
