/* Readiness, liveness by progress, systemd's datagrams, and the three pages. */
#include "unit.h"

#include "base/clock.h"
#include "run/endpoint.h"
#include "run/health.h"
#include "run/notify.h"
#include "toy.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

static void health_is_ready_when_told_and_not_while_stopping(void **state)
{
	struct health *health = health_create(1000, NULL);

	(void)state;
	assert_false(health_is_ready(health));
	assert_true(health_is_live(health));
	health_ready(health, true);
	assert_true(health_is_ready(health));
	health_stopping(health);
	assert_false(health_is_ready(health));
	assert_true(health_is_live(health));
	health_destroy(&health);
}

/* Turns until the clock has passed `ms`. */
static void let_pass(int64_t ms)
{
	int64_t until = clock_monotonic_us() + ms * 1000;
	while (clock_monotonic_us() < until)
		continue;
}

static void health_fails_only_with_work_and_without_progress(void **state)
{
	struct health *health = health_create(20, NULL);

	(void)state;
	let_pass(30);
	assert_int_equal(health_stalled_ms(health), 0);
	assert_true(health_is_live(health));
	health_work(health, true); /* the clock begins here, not at the last progress */
	assert_true(health_is_live(health));
	let_pass(30);
	assert_true(health_stalled_ms(health) >= 20);
	assert_false(health_is_live(health));
	health_progress(health);
	assert_true(health_is_live(health));
	let_pass(30);
	health_work(health, false);
	assert_true(health_is_live(health));
	health_destroy(&health);
}

static void health_watch_ends_a_process_without_progress(void **state)
{
	int status;
	pid_t child;

	(void)state;
	child = fork();
	if (child == 0) {
		struct health *health = health_create(1, NULL);
		struct error error;
		health_status(health, "committing");
		health_work(health, true);
		if (!health_watch(health, &error))
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EX_TEMPFAIL);
}

static void health_watch_leaves_an_idle_process_alone_and_ends_quickly(void **state)
{
	struct health *health = health_create(1, NULL);
	struct error error;

	(void)state;
	assert_true(health_watch(health, &error));
	health_destroy(&health);
	assert_null(health);
}

/* A socket as systemd's, in the abstract name space. */
static int notify_socket(char *path, size_t size)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	snprintf(path, size, "@copydesk-test-%d", (int)getpid());
	memcpy(address.sun_path + 1, path + 1, strlen(path) - 1);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path))), 0);
	assert_int_equal(setenv("NOTIFY_SOCKET", path, 1), 0);
	return fd;
}

static void receive(int fd, char *text, size_t size)
{
	ssize_t n = recv(fd, text, size - 1, 0);
	assert_true(n > 0);
	text[n] = '\0';
}

static void notify_tells_systemd_ready_status_watchdog_and_stopping(void **state)
{
	char path[64], text[300];
	int fd = notify_socket(path, sizeof(path));
	struct health *health = health_create(60000, NULL);
	struct error error;
	bool fed = false, told = false;

	(void)state;
	setenv("WATCHDOG_USEC", "20000", 1);
	assert_int_equal(notify_watchdog_ms(), 20);
	health_ready(health, true);
	health_ready(health, true);
	receive(fd, text, sizeof(text));
	assert_string_equal(text, "READY=1");
	health_status(health, "12 partitions\nlag 3");
	assert_true(health_watch(health, &error));
	while (!fed || !told) {
		receive(fd, text, sizeof(text));
		fed |= strcmp(text, "WATCHDOG=1") == 0;
		told |= strcmp(text, "STATUS=12 partitions lag 3") == 0;
		assert_true(strcmp(text, "READY=1") != 0);
	}
	health_stopping(health);
	while (strcmp(text, "STOPPING=1") != 0)
		receive(fd, text, sizeof(text));
	health_destroy(&health);
	unsetenv("WATCHDOG_USEC");
	unsetenv("NOTIFY_SOCKET");
	assert_false(notify_send("READY=1"));
	assert_int_equal(notify_watchdog_ms(), 0);
	close(fd);
}

static void endpoint_address_is_host_and_port(void **state)
{
	static const struct {
		const char *address, *host;
		int port;
	} GOOD[] = {{"127.0.0.1:9108", "127.0.0.1", 9108}, {":80", "", 80}, {"[::1]:0", "::1", 0}, {"localhost:65535", "localhost", 65535}};
	static const char *const BAD[] = {"", "9108", "h:", "h:x", "h:65536", "h:-1", "::1:80", "h"};
	char host[256];
	struct error error;
	int port;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_true(endpoint_parse(slice_of(GOOD[i].address), host, &port, &error));
		assert_string_equal(host, GOOD[i].host);
		assert_int_equal(port, GOOD[i].port);
	}
	for (size_t i = 0; i < 8; i++) {
		if (endpoint_parse(slice_of(BAD[i]), host, &port, &error))
			fail_msg("%s was taken", BAD[i]);
		assert_string_equal(error.code, "http_address");
	}
}

static void ask(int port, const char *request, char *answer, size_t size)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	size_t len = 0;
	ssize_t n;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(write(fd, request, strlen(request)), strlen(request));
	while (len < size - 1 && (n = read(fd, answer + len, size - 1 - len)) > 0)
		len += (size_t)n;
	answer[len] = '\0';
	close(fd);
}

static char answer[65536];
static const char *get(struct endpoint *endpoint, const char *method, const char *path)
{
	char request[200];

	snprintf(request, sizeof(request), "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", method, path);
	ask(endpoint_port(endpoint), request, answer, sizeof(answer));
	return answer;
}

static void endpoint_serves_metrics_livez_and_readyz(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);
	struct health *health = health_create(60000, metrics);
	struct error error;
	struct endpoint *endpoint = endpoint_open("127.0.0.1:0", metrics, health, &error);

	(void)state;
	assert_non_null(endpoint);
	health_status(health, "waiting for partitions");
	assert_non_null(strstr(get(endpoint, "GET", "/livez"), "HTTP/1.1 200 "));
	assert_non_null(strstr(get(endpoint, "GET", "/readyz"), "HTTP/1.1 503 "));
	assert_non_null(strstr(answer, "not ok: waiting for partitions\n"));
	health_ready(health, true);
	assert_non_null(strstr(get(endpoint, "GET", "/readyz"), "HTTP/1.1 200 "));
	assert_non_null(strstr(get(endpoint, "GET", "/metrics"), "Content-Type: text/plain; version=0.0.4"));
	assert_non_null(strstr(answer, "copydesk_ready{stage=\"toy\"} 1\n"));
	assert_non_null(strstr(get(endpoint, "GET", "/other"), "HTTP/1.1 404 "));
	assert_non_null(strstr(get(endpoint, "POST", "/metrics"), "HTTP/1.1 405 "));
	assert_non_null(strstr(get(endpoint, "HEAD", "/metrics"), "HTTP/1.1 200 "));
	endpoint_close(&endpoint);
	assert_null(endpoint);
	health_destroy(&health);
	metrics_destroy(&metrics);
}

static void endpoint_says_when_the_port_is_taken(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);
	struct health *health = health_create(0, NULL);
	struct error error;
	struct endpoint *first = endpoint_open("127.0.0.1:0", metrics, health, &error);
	char address[40];

	(void)state;
	assert_non_null(first);
	snprintf(address, sizeof(address), "127.0.0.1:%d", endpoint_port(first));
	assert_null(endpoint_open(address, metrics, health, &error));
	assert_string_equal(error.code, "http_listen");
	assert_non_null(strstr(error.text, address));
	endpoint_close(&first);
	health_destroy(&health);
	metrics_destroy(&metrics);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(health_is_ready_when_told_and_not_while_stopping),
		cmocka_unit_test(health_fails_only_with_work_and_without_progress),
		cmocka_unit_test(health_watch_ends_a_process_without_progress),
		cmocka_unit_test(health_watch_leaves_an_idle_process_alone_and_ends_quickly),
		cmocka_unit_test(notify_tells_systemd_ready_status_watchdog_and_stopping),
		cmocka_unit_test(endpoint_address_is_host_and_port),
		cmocka_unit_test(endpoint_serves_metrics_livez_and_readyz),
		cmocka_unit_test(endpoint_says_when_the_port_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
