/* startguard: a thread that waits for the first signal, or for the end of the start. */
#include "run/startguard.h"

#include "base/log.h"
#include "kafka/deadline.h"
#include "run/signals.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sysexits.h>
#include <unistd.h>

#define GRACE_MS 1000

static pthread_t thread;
static int ended = -1; /* readable when the start is over; -1: no thread */

static bool is_over(int wait_ms)
{
	struct pollfd fd = {.fd = ended, .events = POLLIN};

	return poll(&fd, 1, wait_ms) > 0;
}

static void *watch(void *argument)
{
	struct pollfd fds[2] = {{.fd = ended, .events = POLLIN}, {.fd = signals_fd(), .events = POLLIN}};

	(void)argument;
	while (poll(fds, 2, -1) < 0)
		continue;
	if (!signals_caught() || is_over(GRACE_MS))
		return NULL;
	log_info("stopping", LOG_STR("why", "signal"), LOG_STR("text", "while starting: nothing was taken in hand"));
	deadline_leave(EX_OK, NULL);
}

void startguard_begin(void)
{
	sigset_t all, before;

	ended = eventfd(0, EFD_CLOEXEC);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (ended >= 0 && pthread_create(&thread, NULL, watch, NULL) != 0) {
		close(ended);
		ended = -1;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void startguard_end(void)
{
	if (ended < 0)
		return;
	eventfd_write(ended, 1);
	pthread_join(thread, NULL);
	close(ended);
	ended = -1;
}
