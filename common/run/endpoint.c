/* endpoint: three small pages. */
#include "run/endpoint.h"

#include "base/log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define METRICS_MAX (32u << 20)

struct endpoint {
	struct MHD_Daemon *daemon;
	struct metrics *metrics;
	struct health *health;
	int port;
};

bool endpoint_parse(struct slice address, char host[256], int *port, struct error *error)
{
	size_t colon = slice_find_last_byte(address, ':');
	int64_t number = -1;
	struct slice name = slice_sub(address, 0, colon == SLICE_NOT_FOUND ? 0 : colon);

	if (name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']')
		name = slice_sub(name, 1, name.len - 1);
	else if (slice_find_byte(name, ':') != SLICE_NOT_FOUND)
		colon = SLICE_NOT_FOUND;
	if (colon == SLICE_NOT_FOUND || name.len > 255 || !slice_to_int64(slice_sub(address, colon + 1, address.len), &number) ||
		number < 0 || number > 65535) {
		return error_set(error, "http_address",
			"http = \"%.*s\" is no HOST:PORT; examples: 127.0.0.1:9108, [::1]:0, :9108, none", SLICE_ARG(address));
	}
	memcpy(host, name.len ? name.ptr : "", name.len);
	host[name.len] = '\0';
	*port = (int)number;
	return true;
}

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, const char *type, struct slice body)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.ptr, MHD_RESPMEM_MUST_COPY);

	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", type);
	MHD_add_response_header(response, "Cache-Control", "no-store");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(response, "Allow", "GET, HEAD");
	enum MHD_Result result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result answer_metrics(struct MHD_Connection *connection, struct endpoint *endpoint)
{
	struct buf text;

	buf_init(&text, METRICS_MAX);
	metrics_render(endpoint->metrics, &text);
	enum MHD_Result result = text.failed ?
		answer(connection, MHD_HTTP_INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", SLICE("too many metrics\n")) :
		answer(connection, MHD_HTTP_OK, "text/plain; version=0.0.4; charset=utf-8", buf_slice(&text));
	buf_release(&text);
	return result;
}

static enum MHD_Result answer_health(struct MHD_Connection *connection, const struct endpoint *endpoint, bool good)
{
	char status[256], body[300];

	health_describe(endpoint->health, status, sizeof(status));
	snprintf(body, sizeof(body), "%s: %s\n", good ? "ok" : "not ok", status);
	return answer(connection, good ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", slice_of(body));
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *upload, size_t *upload_size, void **request)
{
	struct endpoint *endpoint = context;
	static int seen;

	(void)version, (void)upload;
	if (!*request) { /* the headers are in; MHD calls again when the request is complete */
		*request = &seen;
		return MHD_YES;
	}
	if (*upload_size) { /* a body nobody asked for */
		*upload_size = 0;
		return MHD_YES;
	}
	if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
		return answer(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", SLICE("only GET\n"));
	if (strcmp(url, "/metrics") == 0)
		return answer_metrics(connection, endpoint);
	if (strcmp(url, "/livez") == 0)
		return answer_health(connection, endpoint, health_is_live(endpoint->health));
	if (strcmp(url, "/readyz") == 0)
		return answer_health(connection, endpoint, health_is_ready(endpoint->health));
	return answer(connection, MHD_HTTP_NOT_FOUND, "text/plain; charset=utf-8", SLICE("/metrics, /livez, /readyz\n"));
}

/* A listening socket for the first address of the host that takes one; -1 with the error set. */
static int listen_at(const char *host, int port, const char *address, struct error *error)
{
	struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM}, *found = NULL;
	char service[16];
	int fd = -1, one = 1, failed = 0;

	snprintf(service, sizeof(service), "%d", port);
	int resolved = getaddrinfo(*host ? host : NULL, service, &hints, &found);
	if (resolved != 0) {
		error_set(error, "http_address", "http = %s: can't resolve the host: %s", address, gai_strerror(resolved));
		return -1;
	}
	for (struct addrinfo *one_address = found; one_address && fd < 0; one_address = one_address->ai_next) {
		fd = socket(one_address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd < 0) {
			failed = errno;
			continue;
		}
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
		if (bind(fd, one_address->ai_addr, one_address->ai_addrlen) != 0 || listen(fd, 32) != 0) {
			failed = errno;
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(found);
	if (fd < 0) {
		error_set(error, "http_listen", "http = %s: can't listen: %s; choose another address, port 0 for any, or none",
			address, strerror(failed));
	}
	return fd;
}

static int port_of(int fd)
{
	struct sockaddr_storage name = {0};
	socklen_t size = sizeof(name);

	if (getsockname(fd, (struct sockaddr *)&name, &size) != 0)
		return 0;
	if (name.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&name)->sin6_port);
	return ntohs(((struct sockaddr_in *)&name)->sin_port);
}

struct endpoint *endpoint_open(const char *address, struct metrics *metrics, struct health *health, struct error *error)
{
	char host[256];
	int port;
	sigset_t all, before;

	if (!endpoint_parse(slice_of(address), host, &port, error))
		return NULL;
	int fd = listen_at(host, port, address, error);
	if (fd < 0)
		return NULL;
	struct endpoint *endpoint = calloc(1, sizeof(*endpoint));
	if (!endpoint)
		abort();
	*endpoint = (struct endpoint){.metrics = metrics, .health = health, .port = port_of(fd)};
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before); /* MHD's thread takes no signals */
	endpoint->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, 0, NULL, NULL, handle, endpoint,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT, 32u, MHD_OPTION_CONNECTION_TIMEOUT, 15u,
		MHD_OPTION_END);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!endpoint->daemon) {
		error_set(error, "http_listen",
			"http = %s: libmicrohttpd can't start: raise the limits of threads and open files, or set http = none",
			address);
		close(fd);
		free(endpoint);
		return NULL;
	}
	log_info("http", LOG_STR("host", *host ? host : "*"), LOG_INT("port", endpoint->port));
	return endpoint;
}

void endpoint_close(struct endpoint **endpoint)
{
	if (!*endpoint)
		return;
	MHD_stop_daemon((*endpoint)->daemon);
	free(*endpoint);
	*endpoint = NULL;
}

int endpoint_port(const struct endpoint *endpoint) { return endpoint->port; }
