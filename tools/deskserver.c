/* deskserver: see deskserver.h. One table of routes; each writes one JSON text, or answers by itself. */
#include "tools/deskserver.h"

#include "tools/deskassets.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_MEMORY ((size_t)256 << 20)
#define ANSWER_BYTES ((size_t)64 << 20)
#define LISTED_STORIES 60
#define LISTED_ENTITIES 40
#define LISTED_LETTERS 200

static const char PAGE_POLICY[] = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
				  "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/* An original is shown in a frame without scripts, forms, plug-ins or the network: markup and inline style only. */
static const char ORIGINAL_POLICY[] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

struct deskserver {
	struct desk desk;
	struct MHD_Daemon *daemon;
	char host[80]; /* as given, without the port */
	bool loopback;
	atomic_bool explaining;
};

struct request {
	struct deskserver *server;
	struct MHD_Connection *connection;
	struct arena *arena;
	struct json_writer json;
	struct buf *out;
	unsigned status;
};

static const char *argument(const struct request *request, const char *name)
{
	const char *value = MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
	return value ? value : "";
}

static enum MHD_Result answer(
	struct MHD_Connection *connection, unsigned status, struct slice body, const char *type, const char *policy)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.ptr, MHD_RESPMEM_MUST_COPY);

	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", type);
	MHD_add_response_header(response, "Content-Security-Policy", policy);
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
	MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
	MHD_add_response_header(response, "Cache-Control", "no-store");
	enum MHD_Result result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

/* {"code":…,"message":…} */
static void fail(struct request *request, unsigned status, const struct error *error)
{
	buf_clear(request->out);
	json_begin(&request->json, request->arena, request->out);
	json_open_object(&request->json);
	json_add_string(&request->json, "code", slice_of(error->code));
	json_add_string(&request->json, "message", slice_of(error->text));
	json_close_object(&request->json);
	request->status = status;
}

static void fail_with(struct request *request, unsigned status, const char *code, const char *text)
{
	struct error error;

	error_set(&error, code, "%s", text);
	fail(request, status, &error);
}

static void get_state(struct request *request)
{
	const struct desk *desk = &request->server->desk;
	char state[200];

	deskfeed_describe(desk->feed, state, sizeof state);
	json_open_object(&request->json);
	json_add_integer(&request->json, "articles", (int64_t)deskstore_count(desk->store));
	json_add_integer(&request->json, "dead", (int64_t)deskletters_count(desk->letters));
	json_add_string(&request->json, "state", slice_of(state));
	json_close_object(&request->json);
}

static void get_stories(struct request *request)
{
	deskstore_write_stories(request->server->desk.store, &request->json, slice_of(argument(request, "q")), LISTED_STORIES);
}

static void get_article(struct request *request)
{
	if (!deskstore_write_article(request->server->desk.store, &request->json, slice_of(argument(request, "id"))))
		fail_with(request, 404, "not_kept", "This article isn't among those the desk keeps (any more).");
}

static void get_entities(struct request *request)
{
	deskstore_write_entities(request->server->desk.store, &request->json, request->server->desk.hours, LISTED_ENTITIES);
}

/* Seconds of work, and two threads serve all: whoever comes while one explanation is made is told to come again. */
static void get_explanation(struct request *request)
{
	struct deskserver *server = request->server;
	struct error error;
	char topic[250];
	int32_t partition;
	int64_t offset;

	/* Another site's page can make a browser ask, but not with a header of its own. */
	if (!MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "X-Desk")) {
		fail_with(request, 403, "not_from_the_desk", "This is asked with the header X-Desk only.");
	} else if (!server->desk.explain ||
		!deskstore_locate(server->desk.store, slice_of(argument(request, "id")), topic, &partition, &offset)) {
		fail_with(request, 404, "not_kept", "This article isn't among those the desk keeps (any more).");
	} else if (atomic_exchange(&server->explaining, true)) {
		fail_with(request, 503, "busy", "Another explanation is being made; ask again in a moment.");
	} else {
		if (!server->desk.explain(server->desk.explain_context, &request->json, topic, partition, offset, &error))
			fail(request, 502, &error);
		atomic_store(&server->explaining, false);
	}
}

static bool may_retry(const struct desk *desk) { return desk->token && desk->retry; }

static void get_dead(struct request *request)
{
	const struct desk *desk = &request->server->desk;

	deskletters_write(desk->letters, &request->json, may_retry(desk), LISTED_LETTERS);
}

static void get_pipeline(struct request *request) { deskgauge_write(request->server->desk.gauge, &request->json); }

/* Takes the same time for every wrong token of one length. */
static bool token_matches(const struct request *request)
{
	const char *given = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Authorization");
	const char *token = request->server->desk.token;
	unsigned char difference = 0;

	if (!given || strncmp(given, "Bearer ", 7) != 0 || strlen(given + 7) != strlen(token))
		return false;
	for (size_t i = 0; token[i]; i++)
		difference |= (unsigned char)(token[i] ^ given[7 + i]);
	return difference == 0;
}

static void post_retry(struct request *request)
{
	const struct desk *desk = &request->server->desk;
	const char *topic = argument(request, "topic");
	int64_t partition, offset;
	struct error error;

	if (!may_retry(desk))
		fail_with(request, 403, "read_only", "The desk is read-only; start it with --token to send letters again.");
	else if (!token_matches(request))
		fail_with(request, 401, "token", "That isn't the token.");
	else if (!slice_to_int64(slice_of(argument(request, "partition")), &partition) || partition < 0 ||
		partition > INT32_MAX || !slice_to_int64(slice_of(argument(request, "offset")), &offset) ||
		!deskletters_has(desk->letters, topic, (int32_t)partition, offset))
		fail_with(request, 404, "no_letter", "There is no such dead letter among those the desk keeps.");
	else if (!desk->retry(desk->retry_context, topic, (int32_t)partition, offset, &error))
		fail(request, 502, &error);
	else {
		json_open_object(&request->json);
		json_add_bool(&request->json, "sent", true);
		json_close_object(&request->json);
	}
}

/* A type from outside goes into our header: keep what a media type with a charset consists of. */
static const char *safe_type(struct arena *arena, struct slice type)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/;=-_. ";
	bool html = slice_starts_nocase(type, SLICE("text/html")), plain = slice_starts_nocase(type, SLICE("text/plain"));

	for (size_t i = 0; i < type.len; i++)
		if (!memchr(allowed, type.ptr[i], sizeof allowed - 1))
			return html ? "text/html" : "text/plain";
	return html || plain ? arena_cstr(arena, type) : "text/plain";
}

static enum MHD_Result get_original(struct request *request)
{
	const struct desk *desk = &request->server->desk;
	struct slice body, type;
	struct error error;
	char topic[250];
	int32_t partition;
	int64_t offset;

	if (!deskstore_locate(desk->store, slice_of(argument(request, "id")), topic, &partition, &offset))
		error_set(&error, "not_kept", "This article isn't among those the desk keeps (any more).");
	else if (deskoriginal_find(desk->original, topic, partition, offset, request->arena, &body, &type, &error))
		return answer(request->connection, 200, body, safe_type(request->arena, type), ORIGINAL_POLICY);
	return answer(request->connection, 404, slice_of(error.text), "text/plain; charset=utf-8", ORIGINAL_POLICY);
}

static const struct route {
	const char *method, *path;
	void (*write)(struct request *);
} ROUTES[] = {
	{"GET", "/api/state", get_state},
	{"GET", "/api/stories", get_stories},
	{"GET", "/api/article", get_article},
	{"GET", "/api/entities", get_entities},
	{"GET", "/api/explain", get_explanation},
	{"GET", "/api/pipeline", get_pipeline},
	{"GET", "/api/dead", get_dead},
	{"POST", "/api/dead/retry", post_retry},
};

static enum MHD_Result respond(struct request *request, const char *method, const char *path)
{
	static const char json[] = "application/json; charset=utf-8";
	struct deskasset asset;

	if (strcmp(method, "GET") == 0 && deskassets_find(path, &asset))
		return answer(request->connection, 200, asset.bytes, asset.type, PAGE_POLICY);
	if (strcmp(method, "GET") == 0 && strcmp(path, "/original") == 0)
		return get_original(request);
	json_begin(&request->json, request->arena, request->out);
	request->status = 200;
	const struct route *route = NULL;
	for (size_t i = 0; i < sizeof ROUTES / sizeof *ROUTES && !route; i++)
		if (strcmp(ROUTES[i].method, method) == 0 && strcmp(ROUTES[i].path, path) == 0)
			route = &ROUTES[i];
	if (route)
		route->write(request);
	else
		fail_with(request, 404, "no_route", "Nothing here.");
	if (!json_finish(&request->json))
		fail_with(request, 500, "too_large", "The answer is too large.");
	return answer(request->connection, request->status, buf_slice(request->out), json, PAGE_POLICY);
}

/* A page of another site can make a browser connect to this address under its own name: refuse names that aren't ours. */
static bool host_is_ours(const struct deskserver *server, struct MHD_Connection *connection)
{
	const char *given = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
	struct slice host = slice_of(given ? given : "");
	size_t colon = slice_find_last_byte(host, ':'), bracket = slice_find_last_byte(host, ']');

	if (!server->loopback)
		return true;
	if (colon != SLICE_NOT_FOUND && (bracket == SLICE_NOT_FOUND || colon > bracket))
		host = slice_sub(host, 0, colon);
	return slice_is(host, "localhost") || slice_is(host, "127.0.0.1") || slice_is(host, "[::1]") ||
		slice_is(host, server->host);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *path, const char *method,
	const char *version, const char *upload, size_t *upload_size, void **state)
{
	static int seen;
	struct arena arena;
	struct buf out;
	jmp_buf jump;
	enum MHD_Result result;
	struct request request = {.server = context, .connection = connection, .arena = &arena, .out = &out};

	(void)version, (void)upload;
	if (!*state) { /* libmicrohttpd calls once for the headers, then for the body: bodies are read and ignored */
		*state = &seen;
		return MHD_YES;
	}
	if (*upload_size) {
		*upload_size = 0;
		return MHD_YES;
	}
	if (!host_is_ours(request.server, connection))
		return answer(connection, 421, SLICE("This desk doesn't answer to that host name.\n"),
			"text/plain; charset=utf-8", PAGE_POLICY);
	arena_init(&arena, ANSWER_MEMORY);
	buf_init(&out, ANSWER_BYTES);
	if (ARENA_GUARD(&arena, &jump) == ESCAPE_NONE) {
		result = respond(&request, method, path);
	} else {
		if (strcmp(path, "/api/explain") == 0)
			atomic_store(&request.server->explaining, false);
		result = answer(connection, 500, SLICE("{\"code\":\"memory\",\"message\":\"The answer is too large.\"}"),
			"application/json", PAGE_POLICY);
	}
	buf_release(&out);
	arena_release(&arena);
	return result;
}

/* "host:port" or "[v6]:port", numeric. */
static bool parse_listen(struct deskserver *server, const char *listen, struct sockaddr_storage *address, struct error *error)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM}, *found;
	struct slice text = slice_of(listen);
	size_t colon = slice_find_last_byte(text, ':');
	char host[80], port[8];

	if (colon == SLICE_NOT_FOUND || colon >= sizeof host || text.len - colon > sizeof port)
		return error_set(error, "usage", "--listen %s: needs ADDRESS:PORT, as in 127.0.0.1:8080 or [::1]:8080", listen);
	struct slice name = slice_sub(text, 0, colon);
	snprintf(server->host, sizeof server->host, "%.*s", SLICE_ARG(name));
	if (name.len > 1 && name.ptr[0] == '[')
		name = slice_sub(name, 1, name.len - 1);
	snprintf(host, sizeof host, "%.*s", SLICE_ARG(slice_is(name, "localhost") ? SLICE("127.0.0.1") : name));
	snprintf(port, sizeof port, "%s", listen + colon + 1);
	if (getaddrinfo(host, port, &hints, &found))
		return error_set(error, "usage", "--listen %s: not a numeric address and a port", listen);
	memcpy(address, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	server->loopback = strncmp(host, "127.", 4) == 0 || strcmp(host, "::1") == 0;
	return true;
}

struct deskserver *deskserver_create(const struct desk *desk, const char *listen, struct error *error)
{
	struct sockaddr_storage address = {0};
	struct deskserver *server = calloc(1, sizeof *server);

	if (!server) {
		error_set(error, "memory", "no memory for the web server");
		return NULL;
	}
	server->desk = *desk;
	if (!parse_listen(server, listen, &address, error)) {
		free(server);
		return NULL;
	}
	unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO | (address.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0u);
	server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR,
		(struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_CONNECTION_LIMIT, 64u,
		MHD_OPTION_CONNECTION_TIMEOUT, 30u, MHD_OPTION_END);
	if (!server->daemon) {
		error_set(error, "http", "can't listen on %s: is the port taken? choose another with --listen", listen);
		free(server);
		return NULL;
	}
	return server;
}

void deskserver_destroy(struct deskserver **server)
{
	if (!*server)
		return;
	MHD_stop_daemon((*server)->daemon);
	free(*server);
	*server = NULL;
}

bool deskserver_is_loopback(const struct deskserver *server) { return server->loopback; }

int deskserver_port(const struct deskserver *server)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info ? info->port : 0;
}
