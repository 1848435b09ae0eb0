/* supervisor: child processes that are kept running: restart with exponential back-off, their logs with a name before each line,
 * drain on SIGTERM. Like a small systemd for one terminal: children report READY=1 and STATUS= on a socket named in
 * NOTIFY_SOCKET. */
#ifndef COPYDESK_SUPERVISOR_H
#define COPYDESK_SUPERVISOR_H

#include "base/error.h"
#include "tools/terminal.h"

#include <sys/types.h>

#define CHILD_ARGUMENTS_MAX 128

struct child {
	char name[64];
	char *arguments[CHILD_ARGUMENTS_MAX + 1]; /* heap copies; [0] is the program's path; NULL-terminated */
	size_t argument_count;
	pid_t pid;       /* 0: not running */
	int log_fd, notify_fd;
	char notify_name[64];
	char line[8192]; /* a log line in the making */
	size_t line_len;
	bool ready, done; /* done: won't be started again */
	int exit_code;    /* of the last run */
	int failures;     /* in a row; decides the back-off */
	int64_t started_us, start_at_us;
	char status[160];
};

struct supervisor {
	struct child *children;
	size_t count;
	struct terminal terminal;
	int64_t restarts;
	bool stopping, announced, enough;
	/* Optional, set after supervisor_init(): who takes the log lines instead of standard error (child NULL: the supervisor's
	 * own), and what is to be done about ten times a second. */
	void (*on_line)(void *context, const struct child *child, struct slice line);
	void (*on_tick)(void *context);
	void *context;
};

void supervisor_init(struct supervisor *supervisor);
/* NULL with error when memory is short. */
struct child *supervisor_add(struct supervisor *supervisor, const char *name, struct error *error);
void child_argument(struct child *child, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Runs the children until a signal, until all have ended well, or until one ends in a way that a restart can't cure (EX_USAGE,
 * EX_CONFIG, …): then the others are drained. Calls `ready` once, when all are. The exit code. */
int supervisor_run(struct supervisor *supervisor, void (*ready)(void *), void *context);
/* From a callback: drains the children as a signal would, and lets supervisor_run() return. */
void supervisor_stop(struct supervisor *supervisor);
void supervisor_release(struct supervisor *supervisor);
/* Milliseconds to wait before the n-th restart in a row. */
int64_t backoff_ms(int failures);

#endif
