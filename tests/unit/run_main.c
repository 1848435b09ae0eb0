/* The program around a stage, as a user meets it: flags, exit codes, signals. Each case runs stage_main() in a child. */
#include "unit.h"

#include "run/signals.h"
#include "toy.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

struct child {
	pid_t pid;
	int in, out, err;
};

static struct child start(const char *const *arguments)
{
	int in[2], out[2], err[2];
	char *argv[20] = {"copydesk-toy"};
	int argc = 1;

	assert_int_equal(pipe(in) | pipe(out) | pipe(err), 0);
	while (arguments[argc - 1]) {
		argv[argc] = (char *)(uintptr_t)arguments[argc - 1];
		argc++;
	}
	fflush(NULL);
	struct child child = {fork(), in[1], out[0], err[0]};
	if (child.pid == 0) {
		signal(SIGPIPE, SIG_DFL);
		dup2(in[0], 0);
		dup2(out[1], 1);
		dup2(err[1], 2);
		close(in[0]), close(in[1]), close(out[0]), close(out[1]), close(err[0]), close(err[1]);
		exit(stage_main(&TOY, argc, argv));
	}
	close(in[0]), close(out[1]), close(err[1]);
	return child;
}

static size_t read_until(int fd, char *text, size_t size, const char *wanted)
{
	size_t len = 0;
	ssize_t n;

	while (len < size - 1 && (n = read(fd, text + len, size - 1 - len)) > 0) {
		len += (size_t)n;
		text[len] = '\0';
		if (wanted && strstr(text, wanted))
			break;
	}
	text[len] = '\0';
	return len;
}

/* 128 + signal if one ended it. */
static int finish(struct child *child)
{
	int status;

	if (child->in >= 0)
		close(child->in);
	close(child->out);
	close(child->err);
	assert_int_equal(waitpid(child->pid, &status, 0), child->pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static char out_text[65536], err_text[65536];

static int run(const char *const *arguments, const char *input)
{
	struct child child = start(arguments);

	if (input)
		/* One that ends over its arguments may be gone before it is fed. */
		assert_true(write(child.in, input, strlen(input)) == (ssize_t)strlen(input) || errno == EPIPE);
	close(child.in);
	child.in = -1;
	read_until(child.out, out_text, sizeof(out_text), NULL);
	read_until(child.err, err_text, sizeof(err_text), NULL);
	return finish(&child);
}
#define RUN(input, ...) run((const char *const[]){__VA_ARGS__, NULL}, input)

#define assert_says(text, part)                                                                                                          \
	do {                                                                                                                                 \
		if (!strstr(text, part))                                                                                                         \
			fail_msg("no \"%s\" in:\n%s", part, text);                                                                                   \
	} while (0)

static void main_runs_a_pipe(void **state)
{
	(void)state;
	assert_int_equal(RUN("echo a\necho b\n", "--in", "-", "--out", "-"), EX_OK);
	assert_string_equal(out_text, "echo 1 a\necho 1 b\n");
	assert_says(err_text, "event=done in=2 emitted=2 dropped=0 dead=0");
}

static void main_help_and_options_come_from_the_tables(void **state)
{
	(void)state;
	assert_int_equal(RUN(NULL, "--help"), EX_OK);
	assert_says(out_text, "topic.in = toy.in");
	assert_says(out_text, "toy.ratio = 0.5");
	assert_says(out_text, "commit.interval.ms = 100");
	assert_says(out_text, "--print-config");
	assert_int_equal(RUN(NULL, "--print-options", "json"), EX_OK);
	assert_says(out_text, "\"environment\":\"COPYDESK_TOY_RATIO\"");
	assert_says(out_text, "\"name\":\"copydesk_toy_words_total\"");
	assert_int_equal(RUN(NULL, "--version"), EX_OK);
	assert_says(out_text, "copydesk-toy " COPYDESK_VERSION " (librdkafka ");
}

static void main_print_config_tells_values_and_sources(void **state)
{
	(void)state;
	assert_int_equal(RUN(NULL, "-X", "workers=3", "-Xkafka.sasl.password=hush", "--print-config"), EX_OK);
	assert_says(out_text, "workers = 3");
	assert_says(out_text, "# -X\n");
	assert_says(out_text, "kafka.sasl.password = ********");
	assert_null(strstr(out_text, "hush"));
}

static void main_exit_codes_follow_sysexits(void **state)
{
	(void)state;
	assert_int_equal(RUN(NULL, "--nonsense"), EX_USAGE);
	assert_says(err_text, "--nonsense");
	assert_int_equal(RUN(NULL, "stray"), EX_USAGE);
	assert_says(err_text, "stray");
	assert_int_equal(RUN(NULL, "--in"), EX_USAGE);
	assert_int_equal(RUN(NULL, "--live"), EX_USAGE);
	assert_int_equal(RUN(NULL, "-X", "workres=1", "--in", "-"), EX_CONFIG);
	assert_says(err_text, "did you mean");
	assert_int_equal(RUN(NULL, "--config", "/nonexistent/conf"), EX_CONFIG);
	assert_int_equal(RUN(NULL, "--in", "/nonexistent/in"), EX_NOINPUT);
	assert_int_equal(RUN("echo a\n", "--out", "/nonexistent/out"), EX_CANTCREAT);
	assert_int_equal(RUN("bad\n", "--out", "-"), EX_DATAERR);
	assert_says(err_text, "give --dead FILE");
}

static void main_sends_output_before_it_waits_for_input(void **state)
{
	static const char *const ARGUMENTS[] = {"--in", "-", "--out", "-", "-X", "workers=2", NULL};
	struct child child = start(ARGUMENTS);

	(void)state;
	assert_int_equal(write(child.in, "echo a\nslow b\necho", 18), 18);
	read_until(child.out, out_text, sizeof(out_text), "slow 1 b\n");
	assert_string_equal(out_text, "echo 1 a\nslow 1 b\n");
	assert_int_equal(write(child.in, " ccc\n", 5), 5);
	read_until(child.out, out_text, sizeof(out_text), "\n");
	assert_string_equal(out_text, "echo 3 ccc\n");
	close(child.in);
	child.in = -1;
	assert_int_equal(finish(&child), EX_OK);
}

static void main_drains_and_says_so_on_sigterm(void **state)
{
	static const char *const ARGUMENTS[] = {"--in", "-", "--out", "-", NULL};
	struct child child = start(ARGUMENTS);

	(void)state;
	assert_int_equal(write(child.in, "echo a\n", 7), 7);
	read_until(child.out, out_text, sizeof(out_text), "\n");
	kill(child.pid, SIGTERM);
	read_until(child.err, err_text, sizeof(err_text), NULL);
	assert_says(err_text, "event=interrupted in=1 emitted=1");
	assert_int_equal(finish(&child), 128 + SIGTERM);
}

static void main_ends_at_once_on_the_second_signal(void **state)
{
	static const char *const ARGUMENTS[] = {"--in", "-", "--out", "-", "-X", "workers=1", "-X", "message.max.cpu.ms=1h", NULL};
	struct child child = start(ARGUMENTS);

	(void)state;
	assert_int_equal(write(child.in, "echo a\n", 7), 7);
	read_until(child.out, out_text, sizeof(out_text), "\n");
	assert_int_equal(write(child.in, "spin\n", 5), 5);
	kill(child.pid, SIGTERM);
	/* Until it is gone: the first may still be unseen, the next ones end it. */
	struct pollfd gone = {.fd = child.err, .events = POLLIN};
	while (poll(&gone, 1, 20) == 0)
		kill(child.pid, SIGINT);
	int code = finish(&child);
	assert_true(code == 128 + SIGINT || code == 128 + SIGTERM);
}

static void main_reports_a_reader_that_went_away(void **state)
{
	static const char *const ARGUMENTS[] = {"--in", "-", "--out", "-", NULL};
	struct child child = start(ARGUMENTS);

	(void)state;
	close(child.out);
	child.out = open("/dev/null", O_RDONLY);
	assert_int_equal(write(child.in, "echo a\n", 7), 7);
	read_until(child.err, err_text, sizeof(err_text), NULL);
	assert_says(err_text, "its reader has gone away");
	assert_int_equal(finish(&child), EX_IOERR);
}

static void main_takes_the_configuration_file_from_the_environment(void **state)
{
	char path[] = "/tmp/copydesk-main-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, "run = fromfile\n", 15), 15);
	close(fd);
	setenv("COPYDESK_CONFIG", path, 1);
	setenv("COPYDESK_GROUP", "fromenv", 1);
	assert_int_equal(RUN(NULL, "--print-config"), EX_OK);
	unsetenv("COPYDESK_CONFIG");
	unsetenv("COPYDESK_GROUP");
	assert_says(out_text, "run = fromfile");
	assert_says(out_text, "group = fromenv");
	unlink(path);
}

static void main_tells_of_an_option_that_a_file_has_twice(void **state)
{
	char path[] = "/tmp/copydesk-main-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, "run = a\nrun = b\n", 16), 16);
	close(fd);
	assert_int_equal(RUN(NULL, "--config", path, "--print-config"), EX_OK);
	assert_says(out_text, "run = b");
	assert_says(err_text, "event=option_twice option=run");
	unlink(path);
}

/* What a caller closed, as cron and some supervisors do. */
static int run_without(int closed, const char *const *arguments)
{
	char *argv[20] = {"copydesk-toy"};
	int argc = 1, err[2], status;

	assert_int_equal(pipe(err), 0);
	while (arguments[argc - 1]) {
		argv[argc] = (char *)(uintptr_t)arguments[argc - 1];
		argc++;
	}
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(err[1], 2);
		close(err[0]), close(err[1]), close(closed);
		alarm(60); /* without its input it waited for ever, on a descriptor of its own */
		exit(stage_main(&TOY, argc, argv));
	}
	close(err[1]);
	read_until(err[0], err_text, sizeof(err_text), NULL);
	close(err[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
#define RUN_WITHOUT(closed, ...) run_without(closed, (const char *const[]){__VA_ARGS__, NULL})

static void main_reads_nothing_from_an_input_that_is_closed(void **state)
{
	(void)state;
	assert_int_equal(RUN_WITHOUT(0, "--in", "-", "--out", "/dev/null"), EX_IOERR);
	assert_says(err_text, "standard input");
}

static void main_keeps_its_log_out_of_the_output_when_stderr_is_closed(void **state)
{
	char in[] = "/tmp/copydesk-main-XXXXXX", out[] = "/tmp/copydesk-main-XXXXXX", text[4096];
	int in_fd = mkstemp(in), out_fd = mkstemp(out);

	(void)state;
	assert_int_equal(write(in_fd, "echo a\n", 7), 7);
	close(in_fd);
	assert_int_equal(RUN_WITHOUT(2, "--in", in, "--out", out), EX_OK);
	read_until(out_fd, text, sizeof(text), NULL);
	assert_string_equal(text, "echo 1 a\n");
	close(out_fd);
	unlink(in);
	unlink(out);
}

static void main_drains_when_its_terminal_is_closed(void **state)
{
	static const char *const ARGUMENTS[] = {"--in", "-", "--out", "-", NULL};
	struct child child = start(ARGUMENTS);

	(void)state;
	assert_int_equal(write(child.in, "echo a\n", 7), 7);
	read_until(child.out, out_text, sizeof(out_text), "\n");
	kill(child.pid, SIGHUP);
	read_until(child.err, err_text, sizeof(err_text), NULL);
	assert_says(err_text, "event=interrupted in=1 emitted=1");
	assert_int_equal(finish(&child), 128 + SIGHUP);
}

static void main_ends_on_a_signal_while_brokers_do_not_answer(void **state)
{
	static const char *const ARGUMENTS[] = {"-Xkafka.bootstrap.servers=127.0.0.1:1", "-Xhttp=none", NULL};
	(void)state;
#ifdef __SANITIZE_THREAD__
	skip(); /* librdkafka starts its threads with C11's thrd_create(), which ThreadSanitizer doesn't see: they crash in its allocator */
#endif
	struct child child = start(ARGUMENTS);
	read_until(child.err, err_text, sizeof(err_text), "event=kafka");
	kill(child.pid, SIGTERM);
	read_until(child.err, err_text, sizeof(err_text), NULL);
	assert_says(err_text, "event=stopping why=signal text=\"while starting");
	assert_int_equal(finish(&child), EX_OK);
}

static void main_checks_a_run_on_files_without_kafka(void **state)
{
	(void)state;
	assert_int_equal(RUN(NULL, "--check"), EX_CONFIG);
	assert_says(err_text, "kafka.bootstrap.servers is not set");
	assert_int_equal(RUN(NULL, "--check", "--in", "-"), EX_OK);
	assert_says(err_text, "event=checked result=good");
}

static void main_check_names_the_misspelt_key_not_the_one_it_leaves_unset(void **state)
{
	(void)state;
	assert_int_equal(RUN(NULL, "--check", "-X", "kafka.bootstrp.servers=a:1"), EX_CONFIG);
	assert_says(err_text, "bootstrp.servers");
}

static void main_check_tries_the_folders_that_options_name(void **state)
{
	(void)state;
	assert_int_equal(RUN(NULL, "--check", "-Xkafka.bootstrap.servers=127.0.0.1:1", "-Xspans.file=/nonexistent/spans"), EX_CONFIG);
	assert_says(err_text, "spans.file");
	assert_int_equal(RUN(NULL, "--check", "-Xkafka.bootstrap.servers=127.0.0.1:1", "-Xindex.snapshots=/etc/passwd"), EX_CONFIG);
	assert_says(err_text, "/etc/passwd: Not a directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(main_runs_a_pipe),
		cmocka_unit_test(main_help_and_options_come_from_the_tables),
		cmocka_unit_test(main_print_config_tells_values_and_sources),
		cmocka_unit_test(main_exit_codes_follow_sysexits),
		cmocka_unit_test(main_sends_output_before_it_waits_for_input),
		cmocka_unit_test(main_drains_and_says_so_on_sigterm),
		cmocka_unit_test(main_ends_at_once_on_the_second_signal),
		cmocka_unit_test(main_reports_a_reader_that_went_away),
		cmocka_unit_test(main_takes_the_configuration_file_from_the_environment),
		cmocka_unit_test(main_tells_of_an_option_that_a_file_has_twice),
		cmocka_unit_test(main_reads_nothing_from_an_input_that_is_closed),
		cmocka_unit_test(main_keeps_its_log_out_of_the_output_when_stderr_is_closed),
		cmocka_unit_test(main_drains_when_its_terminal_is_closed),
		cmocka_unit_test(main_ends_on_a_signal_while_brokers_do_not_answer),
		cmocka_unit_test(main_checks_a_run_on_files_without_kafka),
		cmocka_unit_test(main_check_names_the_misspelt_key_not_the_one_it_leaves_unset),
		cmocka_unit_test(main_check_tries_the_folders_that_options_name),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
