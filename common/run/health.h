/* health: is the process ready, and is it getting on? Feeds /livez, /readyz and systemd.
 *
 * Liveness is about progress, not about turning a loop: while there is work (health_work(true): lag, or messages in hand)
 * something must be finished (health_progress()) within `watchdog.ms`. A thread of its own watches this, because the poll thread
 * may hang in a library. Past the limit it logs the state, fails /livez, stops feeding systemd's watchdog and ends the process
 * with EX_TEMPFAIL, for the supervisor to start it again. */
#ifndef COPYDESK_HEALTH_H
#define COPYDESK_HEALTH_H

#include "base/error.h"
#include "base/slice.h"

struct health;
struct metrics;

/* `limit_ms` 0: never ends the process. `metrics` may be NULL. Never NULL. */
struct health *health_create(int64_t limit_ms, struct metrics *metrics);
/* Starts the watching thread; live runs only. */
bool health_watch(struct health *health, struct error *error);
void health_destroy(struct health **health);

/* All from any thread. */
void health_ready(struct health *health, bool ready); /* first true: READY=1 to systemd */
void health_stopping(struct health *health);          /* draining: not ready, STOPPING=1 */
void health_work(struct health *health, bool work);   /* is there anything to get on with? */
void health_progress(struct health *health);          /* something was finished: a message, a commit, a rebalance */
/* One line about what is going on, for STATUS=, /readyz and the watchdog's report: "12 partitions, lag 310, committing". */
void health_status(struct health *health, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* For /readyz and /livez: live is who is not given up and has got on within watchdog.ms; ready who is live, has begun, and is not
 * ending. */
bool health_is_ready(const struct health *health);
bool health_is_live(const struct health *health);
/* The status line; copied to out. */
void health_describe(const struct health *health, char *out, size_t size);
/* ms since the last progress, 0 while there is no work. */
int64_t health_stalled_ms(const struct health *health);

#endif
