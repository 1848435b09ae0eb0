/* health: flags and a clock of progress. The watching thread is the only one that ends the process, and it trusts nothing but
 * health_progress(): a loop that turns without finishing anything is dead. */
#include "run/health.h"

#include "base/clock.h"
#include "base/log.h"
#include "run/metrics.h"
#include "run/notify.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define TICK_MS 1000
#define STATUS_BYTES 256

struct health {
	int64_t limit_ms;
	struct metrics *metrics;
	_Atomic bool ready, stopping, work, dead;
	_Atomic int64_t progress_us;
	_Atomic bool announced; /* READY=1 was sent */
	pthread_mutex_t mutex;  /* status, quit */
	pthread_cond_t wake;
	char status[STATUS_BYTES];
	bool watching, quit;
	pthread_t thread;
};

struct health *health_create(int64_t limit_ms, struct metrics *metrics)
{
	struct health *health = calloc(1, sizeof(*health));
	pthread_condattr_t attributes;

	if (!health)
		abort();
	health->limit_ms = limit_ms;
	health->metrics = metrics;
	health->progress_us = clock_monotonic_us();
	snprintf(health->status, sizeof(health->status), "starting");
	pthread_mutex_init(&health->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&health->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	return health;
}

int64_t health_stalled_ms(const struct health *health)
{
	if (!atomic_load(&health->work))
		return 0;
	return (clock_monotonic_us() - atomic_load(&health->progress_us)) / 1000;
}

bool health_is_ready(const struct health *health) { return health->ready && !health->stopping && health_is_live(health); }
bool health_is_live(const struct health *health)
{
	return !health->dead && (!health->limit_ms || health_stalled_ms(health) < health->limit_ms);
}

void health_describe(const struct health *health, char *out, size_t size)
{
	struct health *h = (struct health *)(uintptr_t)health;

	pthread_mutex_lock(&h->mutex);
	snprintf(out, size, "%s", h->status);
	pthread_mutex_unlock(&h->mutex);
}

static void publish(struct health *health)
{
	if (!health->metrics)
		return;
	metrics_set(health->metrics, METRIC_READY, health_is_ready(health));
	metrics_set(health->metrics, METRIC_PROGRESS_AGE, (double)health_stalled_ms(health) / 1000);
}

static void give_up(struct health *health)
{
	char status[STATUS_BYTES];

	health->dead = true;
	health_describe(health, status, sizeof(status));
	publish(health);
	log_error("stalled", LOG_STR("state", status), LOG_INT("ms_without_progress", health_stalled_ms(health)),
		LOG_STR("next", "ending for the supervisor to restart; watchdog.ms sets the limit"));
	log_flush();
	notify_send("STATUS=stalled: ending for a restart\nWATCHDOG=trigger");
	_exit(EX_TEMPFAIL);
}

/* Once a second, or as often as systemd wants to be fed. */
static int64_t tick_ms(void)
{
	int64_t watchdog = notify_watchdog_ms() / 2;

	return watchdog > 0 && watchdog < TICK_MS ? watchdog : TICK_MS;
}

static void *watch(void *argument)
{
	struct health *health = argument;
	int64_t tick = tick_ms();
	bool feed = notify_watchdog_ms() > 0;
	char status[STATUS_BYTES], told[STATUS_BYTES + 16] = "", line[STATUS_BYTES + 16];
	struct timespec until;

	pthread_mutex_lock(&health->mutex);
	while (!health->quit) {
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += tick % 1000 * 1000000;
		until.tv_sec += tick / 1000 + until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&health->wake, &health->mutex, &until);
		if (health->quit)
			break;
		pthread_mutex_unlock(&health->mutex);
		publish(health);
		if (!health_is_live(health))
			give_up(health);
		if (feed)
			notify_send("WATCHDOG=1");
		health_describe(health, status, sizeof(status));
		snprintf(line, sizeof(line), "STATUS=%s", status);
		if (strcmp(line, told) != 0 && notify_send(line))
			memcpy(told, line, sizeof(told));
		pthread_mutex_lock(&health->mutex);
	}
	pthread_mutex_unlock(&health->mutex);
	return NULL;
}

bool health_watch(struct health *health, struct error *error)
{
	sigset_t all, before;

	health->progress_us = clock_monotonic_us();
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int failed = pthread_create(&health->thread, NULL, watch, health);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return error_set(error, "no_threads",
			"can't start the watchdog's thread: %s; raise the process limit, or set watchdog.ms = 0",
			strerror(failed));
	health->watching = true;
	return true;
}

void health_destroy(struct health **health)
{
	struct health *h = *health;

	if (!h)
		return;
	pthread_mutex_lock(&h->mutex);
	h->quit = true;
	pthread_cond_signal(&h->wake);
	pthread_mutex_unlock(&h->mutex);
	if (h->watching)
		pthread_join(h->thread, NULL);
	pthread_cond_destroy(&h->wake);
	pthread_mutex_destroy(&h->mutex);
	free(h);
	*health = NULL;
}

void health_ready(struct health *health, bool ready)
{
	bool was = atomic_exchange(&health->ready, ready);

	if (ready && !atomic_exchange(&health->announced, true))
		notify_send("READY=1");
	if (ready != was)
		publish(health);
}

void health_stopping(struct health *health)
{
	if (!atomic_exchange(&health->stopping, true))
		notify_send("STOPPING=1");
	publish(health);
}

void health_work(struct health *health, bool work)
{
	/* The clock starts with the work, not with the last message an hour ago. */
	if (work && !atomic_load(&health->work))
		health_progress(health);
	atomic_store(&health->work, work);
}

void health_progress(struct health *health) { atomic_store(&health->progress_us, clock_monotonic_us()); }

void health_status(struct health *health, const char *format, ...)
{
	va_list args;

	pthread_mutex_lock(&health->mutex);
	va_start(args, format);
	vsnprintf(health->status, sizeof(health->status), format, args);
	va_end(args);
	for (char *c = health->status; *c; c++) {
		if (*c == '\n')
			*c = ' ';
	}
	pthread_mutex_unlock(&health->mutex);
}
