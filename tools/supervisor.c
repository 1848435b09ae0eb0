/* supervisor: see supervisor.h. */
#include "tools/supervisor.h"

#include "base/clock.h"
#include "tools/command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

enum { CHILDREN_MAX = 256, BACKOFF_FIRST_MS = 500, BACKOFF_MAX_MS = 30000, HEALTHY_US = 60 * 1000000, DRAIN_US = 15 * 1000000, TICK_MS = 100 };

int64_t backoff_ms(int failures)
{
	int64_t ms = BACKOFF_FIRST_MS;
	for (int i = 1; i < failures && ms < BACKOFF_MAX_MS; i++)
		ms *= 2;
	return failures <= 0 ? 0 : ms < BACKOFF_MAX_MS ? ms : BACKOFF_MAX_MS;
}

void supervisor_init(struct supervisor *supervisor)
{
	memset(supervisor, 0, sizeof *supervisor);
	terminal_init(&supervisor->terminal, stderr);
}

struct child *supervisor_add(struct supervisor *supervisor, const char *name, struct error *error)
{
	if (supervisor->count == CHILDREN_MAX) {
		error_set(error, "usage",
			"%s would be one more than the %d processes that one `copydesk up` looks after: lower --instances", name,
			CHILDREN_MAX);
		return NULL;
	}
	if (!supervisor->children)
		supervisor->children = calloc(CHILDREN_MAX, sizeof *supervisor->children);
	if (!supervisor->children) {
		error_set(error, "memory", "no memory for %s", name);
		return NULL;
	}
	struct child *child = &supervisor->children[supervisor->count++];
	snprintf(child->name, sizeof child->name, "%s", name);
	child->log_fd = child->notify_fd = -1;
	return child;
}

void child_argument(struct child *child, const char *format, ...)
{
	char *text;
	va_list list;
	va_start(list, format);
	int len = vasprintf(&text, format, list);
	va_end(list);
	if (len < 0 || child->argument_count == CHILD_ARGUMENTS_MAX) {
		fprintf(stderr, "%s: too many arguments\n", child->name);
		exit(EX_OSERR);
	}
	child->arguments[child->argument_count++] = text;
	child->arguments[child->argument_count] = NULL;
}

static const enum style CHILD_STYLES[] = {STYLE_CYAN, STYLE_YELLOW, STYLE_MAGENTA, STYLE_GREEN, STYLE_BLUE};

static void say(const struct supervisor *supervisor, const struct child *child, struct slice line)
{
	if (supervisor->on_line) {
		supervisor->on_line(supervisor->context, child, line);
		return;
	}
	enum style style = child
		? CHILD_STYLES[(size_t)(child - supervisor->children) % (sizeof CHILD_STYLES / sizeof *CHILD_STYLES)]
		: STYLE_BOLD;
	fprintf(stderr, "%s%-10s │%s ", terminal_on(&supervisor->terminal, style), child ? child->name : "copydesk",
		terminal_off(&supervisor->terminal, style));
	fwrite(line.ptr, 1, line.len, stderr);
	fputc('\n', stderr);
}

__attribute__((format(printf, 3, 4))) static void tell(const struct supervisor *supervisor, const struct child *child, const char *format, ...)
{
	char text[512];
	va_list list;
	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	(void)child;
	say(supervisor, NULL, slice_of(text));
}

/* An abstract socket: no file to clean up. */
static void notify_open(struct child *child, size_t index)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(child->notify_name, sizeof child->notify_name, "@copydesk-up-%d-%zu", (int)getpid(), index);
	size_t len = strlen(child->notify_name);
	memcpy(address.sun_path, child->notify_name, len);
	address.sun_path[0] = '\0';
	child->notify_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (child->notify_fd >= 0 &&
		bind(child->notify_fd, (struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) !=
			0) {
		close(child->notify_fd);
		child->notify_fd = -1;
	}
}

/* Between fork and exec only what is async-signal-safe. */
_Noreturn static void child_become(const struct child *child, char *const *environment, int log_fd, pid_t parent)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	/* its own process group: Ctrl-C reaches the supervisor alone, which drains the children in order */
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EX_OSERR);
	int null = open("/dev/null", O_RDONLY);
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	dup2(log_fd, STDOUT_FILENO);
	dup2(log_fd, STDERR_FILENO);
	execve(child->arguments[0], child->arguments, environment);
	static const char text[] = "can't be executed\n";
	(void)!write(STDERR_FILENO, text, sizeof text - 1);
	_exit(EX_UNAVAILABLE);
}

/* The environment with NOTIFY_SOCKET set to the child's own. Heap array, entries borrowed but for the first, which is *own. */
static char **environment_make(const struct child *child, char own[96])
{
	extern char **environ;
	size_t count = 0, kept = 0;
	while (environ[count])
		count++;
	char **environment = calloc(count + 2, sizeof *environment);
	if (!environment)
		return NULL;
	snprintf(own, 96, "NOTIFY_SOCKET=%s", child->notify_name);
	environment[kept++] = own;
	for (size_t i = 0; i < count; i++)
		if (strncmp(environ[i], "NOTIFY_SOCKET=", 14) != 0 && strncmp(environ[i], "WATCHDOG_", 9) != 0)
			environment[kept++] = environ[i];
	return environment;
}

static void child_failed(struct supervisor *supervisor, struct child *child, const char *what)
{
	child->failures++;
	supervisor->restarts++;
	int64_t wait = backoff_ms(child->failures);
	child->start_at_us = clock_monotonic_us() + wait * 1000;
	tell(supervisor, child, "%s %s; next start in %.1f s", child->name, what, (double)wait / 1000);
}

static void child_start(struct supervisor *supervisor, struct child *child)
{
	int pipe_fds[2];
	char own[96];
	char **environment = environment_make(child, own);
	pid_t parent = getpid();
	if (!environment || pipe2(pipe_fds, O_CLOEXEC) != 0) {
		free(environment);
		child_failed(supervisor, child, "can't be started: no memory or files left");
		return;
	}
	child->pid = fork();
	if (child->pid == 0)
		child_become(child, environment, pipe_fds[1], parent);
	free(environment);
	close(pipe_fds[1]);
	if (child->pid < 0) {
		child->pid = 0;
		close(pipe_fds[0]);
		child_failed(supervisor, child, "can't be started: no process left");
		return;
	}
	if (child->log_fd >= 0)
		close(child->log_fd);
	child->log_fd = pipe_fds[0];
	fcntl(child->log_fd, F_SETFL, O_NONBLOCK);
	child->started_us = clock_monotonic_us();
	child->ready = false;
}

static void log_read(struct supervisor *supervisor, struct child *child)
{
	for (ssize_t got; child->log_fd >= 0;) {
		got = read(child->log_fd, child->line + child->line_len, sizeof child->line - child->line_len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			if (got == 0) {
				close(child->log_fd);
				child->log_fd = -1;
			}
			break;
		}
		child->line_len += (size_t)got;
		struct slice rest = {child->line, child->line_len};
		for (size_t end; (end = slice_find_byte(rest, '\n')) != SLICE_NOT_FOUND;
			rest = slice_sub(rest, end + 1, rest.len))
			say(supervisor, child, slice_sub(rest, 0, end));
		if (rest.len == sizeof child->line) { /* a line without end: in pieces */
			say(supervisor, child, rest);
			rest.len = 0;
		}
		memmove(child->line, rest.ptr, rest.len);
		child->line_len = rest.len;
	}
}

static void notify_read(struct supervisor *supervisor, struct child *child)
{
	char text[1024];
	for (ssize_t got; child->notify_fd >= 0 && (got = recv(child->notify_fd, text, sizeof text, 0)) > 0;) {
		struct slice rest = {text, (size_t)got}, line;
		while (slice_next_line(&rest, &line)) {
			if (slice_is(line, "READY=1") && !child->ready) {
				child->ready = true;
				tell(supervisor, child, "%s is ready", child->name);
			} else if (slice_starts(line, SLICE("STATUS="))) {
				snprintf(child->status, sizeof child->status, "%.*s", SLICE_ARG(slice_sub(line, 7, line.len)));
			}
		}
	}
}

/* What a restart can't cure (sysexits.h). */
static bool is_final(int exit_code) { return exit_code == EX_USAGE || exit_code == EX_CONFIG || exit_code == EX_DATAERR || exit_code == EX_NOPERM; }

static void child_ended(struct supervisor *supervisor, struct child *child, int status)
{
	char what[96];
	log_read(supervisor, child);
	if (child->line_len)
		say(supervisor, child, slice_make(child->line, child->line_len));
	child->line_len = 0;
	child->pid = 0;
	child->ready = false;
	child->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (supervisor->stopping || child->exit_code == EX_OK || (WIFEXITED(status) && is_final(child->exit_code))) {
		child->done = true;
		if (child->exit_code == EX_OK)
			tell(supervisor, child, "%s ended", child->name);
		else
			tell(supervisor, child, "%s ended with code %d%s", child->name, child->exit_code,
				supervisor->stopping ? "" : ", which a restart can't cure");
		return;
	}
	if (clock_monotonic_us() - child->started_us > HEALTHY_US)
		child->failures = 0;
	if (WIFSIGNALED(status))
		snprintf(what, sizeof what, "was killed by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(what, sizeof what, "failed with code %d", child->exit_code);
	child_failed(supervisor, child, what);
}

static void children_reap(struct supervisor *supervisor)
{
	int status;
	for (size_t i = 0; i < supervisor->count; i++)
		if (supervisor->children[i].pid > 0 && waitpid(supervisor->children[i].pid, &status, WNOHANG) > 0)
			child_ended(supervisor, &supervisor->children[i], status);
}

static void children_watch(struct supervisor *supervisor)
{
	struct pollfd fds[2 * CHILDREN_MAX];
	nfds_t count = 0;
	for (size_t i = 0; i < supervisor->count; i++) {
		if (supervisor->children[i].log_fd >= 0)
			fds[count++] = (struct pollfd){supervisor->children[i].log_fd, POLLIN, 0};
		if (supervisor->children[i].notify_fd >= 0)
			fds[count++] = (struct pollfd){supervisor->children[i].notify_fd, POLLIN, 0};
	}
	poll(fds, count, TICK_MS);
	for (size_t i = 0; i < supervisor->count; i++) {
		log_read(supervisor, &supervisor->children[i]);
		notify_read(supervisor, &supervisor->children[i]);
	}
	children_reap(supervisor);
	if (supervisor->on_tick)
		supervisor->on_tick(supervisor->context);
}

static void children_signal(struct supervisor *supervisor, int signal)
{
	for (size_t i = 0; i < supervisor->count; i++)
		if (supervisor->children[i].pid > 0)
			kill(supervisor->children[i].pid, signal);
}

static size_t children_running(const struct supervisor *supervisor)
{
	size_t running = 0;
	for (size_t i = 0; i < supervisor->count; i++)
		running += supervisor->children[i].pid > 0;
	return running;
}

/* The worst exit code; a child that was killed while draining counts as a failure that a later start makes good. */
static int children_drain(struct supervisor *supervisor)
{
	int64_t deadline = clock_monotonic_us() + DRAIN_US;
	int worst = EX_OK;
	supervisor->stopping = true;
	children_signal(supervisor, SIGTERM);
	while (children_running(supervisor)) {
		children_watch(supervisor);
		if (clock_monotonic_us() > deadline) {
			tell(supervisor, NULL, "%zu processes didn't end within %d s: killed", children_running(supervisor),
				DRAIN_US / 1000000);
			children_signal(supervisor, SIGKILL);
			deadline = INT64_MAX;
		}
	}
	for (size_t i = 0; i < supervisor->count; i++)
		if (supervisor->children[i].exit_code != EX_OK && worst != EX_CONFIG && worst != EX_USAGE)
			worst = supervisor->children[i].exit_code < 128 ? supervisor->children[i].exit_code : EX_TEMPFAIL;
	return worst;
}

static bool all_ready(const struct supervisor *supervisor)
{
	for (size_t i = 0; i < supervisor->count; i++)
		if (!supervisor->children[i].ready)
			return false;
	return true;
}

/* False when there is nothing left to supervise. */
static bool children_tend(struct supervisor *supervisor)
{
	bool any = false;
	for (size_t i = 0; i < supervisor->count; i++) {
		struct child *child = &supervisor->children[i];
		if (child->done && child->exit_code != EX_OK)
			return false;
		if (child->done)
			continue;
		any = true;
		if (child->pid == 0 && clock_monotonic_us() >= child->start_at_us)
			child_start(supervisor, child);
	}
	return any;
}

int supervisor_run(struct supervisor *supervisor, void (*ready)(void *), void *context)
{
	for (size_t i = 0; i < supervisor->count; i++)
		notify_open(&supervisor->children[i], i);
	while (!command_stopping() && !supervisor->enough && children_tend(supervisor)) {
		children_watch(supervisor);
		if (!supervisor->announced && all_ready(supervisor)) {
			supervisor->announced = true;
			if (ready)
				ready(context);
		}
	}
	if (command_stopping())
		tell(supervisor, NULL, "draining %zu processes", children_running(supervisor));
	return children_drain(supervisor);
}

void supervisor_stop(struct supervisor *supervisor) { supervisor->enough = true; }

void supervisor_release(struct supervisor *supervisor)
{
	for (size_t i = 0; i < supervisor->count; i++) {
		struct child *child = &supervisor->children[i];
		for (size_t k = 0; k < child->argument_count; k++)
			free(child->arguments[k]);
		if (child->log_fd >= 0)
			close(child->log_fd);
		if (child->notify_fd >= 0)
			close(child->notify_fd);
	}
	free(supervisor->children);
	*supervisor = (struct supervisor){0};
}
