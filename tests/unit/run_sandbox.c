#include "unit.h"

#include "run/config.h"
#include "run/options.h"
#include "run/sandbox.h"
#include "run/workers.h"
#include "toy.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CONFINED 0
#else
#define CONFINED 1
#endif

struct findings {
	bool entered, memory, reads, converts;
	int write_error, socket_error, exec_error;
};

static void *confined_thread(void *argument)
{
	struct findings *found = argument;
	struct error error;
	char *const nothing[] = {NULL};

	found->entered = sandbox_worker(&error);
	void *block = malloc((size_t)64 << 20);
	found->memory = block != NULL;
	free(block);
	int file = open("/etc/passwd", O_RDONLY);
	found->reads = file >= 0;
	close(file);
	iconv_t converter = iconv_open("UTF-8", "SHIFT_JIS");
	found->converts = converter != (iconv_t)-1;
	if (found->converts)
		iconv_close(converter);
	found->write_error = open("sandbox-was-here", O_WRONLY | O_CREAT, 0600) < 0 ? errno : 0;
	found->socket_error = socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0;
	found->exec_error = execve("/bin/false", nothing, nothing) < 0 ? errno : 0;
	return NULL;
}

static void sandbox_worker_computes_and_reads_but_has_no_hands(void **state)
{
	struct findings found = {0};
	struct error error;
	pthread_t thread;
	(void)state;
	if (!CONFINED)
		skip();
	assert_true(sandbox_process(&error));
	assert_int_equal(pthread_create(&thread, NULL, confined_thread, &found), 0);
	pthread_join(thread, NULL);
	assert_true(found.entered && found.memory && found.reads && found.converts);
	assert_int_equal(found.write_error, EPERM);
	assert_int_equal(found.socket_error, EPERM);
	assert_int_equal(found.exec_error, EPERM);
	/* the rest of the process is as free as before */
	int mine = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(mine >= 0);
	close(mine);
}

/* What a parser that was taken over would try first. */
/* One that gets through becomes /bin/false, and the test fails. */
static enum verdict break_out(void *state, struct task *task)
{
	char *const nothing[] = {NULL};
	int file = open("sandbox-was-here", O_WRONLY | O_CREAT, 0600), file_error = file < 0 ? errno : 0;
	int net = socket(AF_INET, SOCK_STREAM, 0), net_error = net < 0 ? errno : 0;
	int exec_error = execve("/bin/false", nothing, nothing) < 0 ? errno : 0;
	pid_t child = fork();

	(void)state;
	if (child == 0)
		_exit(0);
	task_emit(task, 0, SLICE_NONE, arena_printf(task->arena, "file %d socket %d exec %d fork %d", file_error == EPERM, net_error == EPERM,
		exec_error == EPERM, child < 0));
	return VERDICT_EMIT;
}

/* The threads of the ring themselves, not only the filter. */
static void sandbox_holds_the_workers_of_every_stage(void **state)
{
	static struct stage stage;
	struct error error;
	struct job *job;
	(void)state;
	if (!CONFINED)
		skip();
	struct config *config = options_config(&TOY);
	stage = TOY;
	stage.process = break_out;
	assert_true(config_set_pair(config, "workers=2", &error));
	struct workers *workers = workers_create(&stage, NULL, config, &error);
	assert_non_null(workers);
	for (int i = 0; i < 20; i++)
		workers_submit(workers, workers_slot(workers));
	for (int i = 0; i < 20; i++) {
		while (!(job = workers_take(workers, 1000)))
			;
		assert_int_equal(job->verdict, VERDICT_EMIT);
		if (!slice_is(job->task.emissions->value, "file 1 socket 1 exec 1 fork 1"))
			fail_msg("a worker got further than it may: %.*s", SLICE_ARG(job->task.emissions->value));
		workers_release(workers, job);
	}
	workers_destroy(&workers);
	config_destroy(&config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sandbox_worker_computes_and_reads_but_has_no_hands),
		cmocka_unit_test(sandbox_holds_the_workers_of_every_stage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
