/* estimate: see estimate.h. The sample lies in a memory file that is the child's standard input: nothing of it touches a disk. */
#include "tools/estimate.h"

#include "base/clock.h"
#include "tools/pageline.h"
#include "tools/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLE_RECORDS = 1000, SAMPLE_BYTES = 8 << 20, ARGUMENTS = 600, CHILD_MAX_US = 30 * 1000000, SHORTEST_US = 20000 };

static void line_add(struct buf *lines, const rd_kafka_message_t *message)
{
	struct slice value = slice_make(message->payload, message->len), start = slice_trim(value);
	struct page page = {.body = value,
		.url = message_header(message, "url"),
		.fetched_at = message_header(message, "fetched-at"),
		.content_type = message_header(message, "content-type")};

	page.json = start.len && start.ptr[0] == '{';
	page_line(lines, &page);
}

static void narrow(struct scan_partition *partition, const struct replay_plan *plan, int64_t share)
{
	const struct replay_range *range = &plan->ranges[partition->partition];
	int64_t size = range->end - range->start;

	partition->start = range->start + (size > share ? (size - share) / 2 : 0);
	partition->end = size > share ? partition->start + share : range->end;
}

static bool sample(struct estimate *estimate, struct connection *connection, const char *topic, const struct replay_plan *plan,
	struct buf *lines, struct error *error)
{
	const char *const topics[] = {topic, NULL};
	int64_t bytes = 0, used = 0;
	struct scan scan;
	bool good = scan_open(&scan, connection, topics, (struct scan_bound){SCAN_EARLIEST, 0},
		(struct scan_bound){SCAN_LATEST, 0}, false, error);

	for (int i = 0; i < plan->partitions; i++)
		used += plan->ranges[i].end > plan->ranges[i].start;
	for (size_t i = 0; good && i < scan.partition_count && i < (size_t)plan->partitions; i++)
		narrow(&scan.partitions[i], plan, SAMPLE_RECORDS / (used ? used : 1) + 1);
	good = good && scan_start(&scan, error);
	while (good && !scan_done(&scan) && !command_stopping() && estimate->sampled < SAMPLE_RECORDS && bytes < SAMPLE_BYTES) {
		rd_kafka_message_t *message = scan_next(&scan, 500, error);
		if (message) {
			estimate->sampled++;
			bytes += (int64_t)message->len;
			line_add(lines, message);
			rd_kafka_message_destroy(message);
		}
		good = !error->code[0];
	}
	scan_close(&scan);
	estimate->record_bytes = estimate->sampled ? (double)bytes / (double)estimate->sampled : 0;
	return good;
}

_Noreturn static void child_become(const char *program, const char *const *settings, int input)
{
	const char *arguments[ARGUMENTS + 12] = {program, "--in", "-", "--out", "/dev/null"};
	size_t count = 5;
	int null = open("/dev/null", O_WRONLY);

	setpgid(0, 0);
	for (; *settings && count < ARGUMENTS; settings++)
		arguments[count++] = *settings;
	arguments[count] = NULL;
	dup2(input, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execv(program, (char *const *)(uintptr_t)arguments);
	_exit(127);
}

/* Microseconds that the stage takes for the lines; -1 if it fails or takes too long. */
static int64_t run_timed(const char *program, const char *const *settings, struct slice lines)
{
	int input = memfd_create("copydesk-sample", MFD_CLOEXEC), status = 0;
	int64_t started = clock_monotonic_us();
	pid_t pid, ended = 0;

	for (size_t at = 0; input >= 0 && at < lines.len;) {
		ssize_t put = write(input, lines.ptr + at, lines.len - at);
		if (put <= 0)
			break;
		at += (size_t)put;
	}
	if (input < 0 || lseek(input, 0, SEEK_SET) != 0 || (pid = fork()) < 0) {
		if (input >= 0)
			close(input);
		return -1;
	}
	if (pid == 0)
		child_become(program, settings, input);
	close(input);
	while ((ended = waitpid(pid, &status, WNOHANG)) == 0 || (ended < 0 && errno == EINTR)) {
		if (clock_monotonic_us() - started > CHILD_MAX_US || command_stopping()) {
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
			return -1;
		}
		nanosleep(&(struct timespec){0, 2000000}, NULL);
	}
	/* EX_DATAERR: some of them were dead letters */
	bool good = ended == pid && WIFEXITED(status) && (WEXITSTATUS(status) == EX_OK || WEXITSTATUS(status) == EX_DATAERR);
	return good ? clock_monotonic_us() - started : -1;
}

bool estimate_make(struct estimate *estimate, struct connection *connection, const char *topic, const struct replay_plan *plan,
	const char *program, const char *const *settings, struct error *error)
{
	struct buf lines;

	*estimate = (struct estimate){0};
	error->code[0] = '\0';
	buf_init(&lines, SIZE_MAX / 2);
	bool good = sample(estimate, connection, topic, plan, &lines, error);
	if (good && program && estimate->sampled) {
		int64_t idle = run_timed(program, settings, SLICE_NONE);
		int64_t busy = idle < 0 ? -1 : run_timed(program, settings, buf_slice(&lines));
		if (busy >= 0)
			estimate->rate =
				(double)estimate->sampled * 1e6 / (double)(busy - idle > SHORTEST_US ? busy - idle : SHORTEST_US);
	}
	buf_release(&lines);
	return good;
}
