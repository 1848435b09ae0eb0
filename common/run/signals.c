/* signals: a handler that notes the first signal and makes a pipe readable, and ends the process at the second. */
#include "run/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static _Atomic int caught;
static int pipe_fds[2] = {-1, -1};

static void handle(int signal_number)
{
	int before = 0, saved = errno;

	if (!atomic_compare_exchange_strong(&caught, &before, signal_number))
		_exit(128 + signal_number);
	if (write(pipe_fds[1], "", 1) < 0)
		before = 0; /* the pipe is full: it is readable already */
	errno = saved;
}

bool signals_install(struct error *error)
{
	struct sigaction action = {.sa_handler = handle}, before;

	if (pipe_fds[0] < 0 && pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK) != 0)
		return error_set(error, "no_pipe", "can't make a pipe: %s", strerror(errno));
	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup */
		sigaction(SIGHUP, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
	return true;
}

int signals_caught(void) { return atomic_load(&caught); }
int signals_fd(void) { return pipe_fds[0]; }
