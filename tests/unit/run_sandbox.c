#include "unit.h"

#include "run/sandbox.h"

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
	found->exec_error = execve("/bin/true", nothing, nothing) < 0 ? errno : 0;
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sandbox_worker_computes_and_reads_but_has_no_hands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
