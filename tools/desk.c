/* desk: `copydesk desk`, a small page over the topics: stories, articles with their entities, trends, the pipeline, dead
 * letters. */
#include "tools/commands.h"
#include "tools/deskserver.h"
#include "tools/explanation.h"
#include "tools/letter.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#define TOKEN_LEAST 16
#define EXPLAIN_CONTEXT 5000 /* articles read back for dedup's index: a person waits */

static const struct flag FLAGS[] = {
	{"listen", 'l', "ADDRESS:PORT", "127.0.0.1:8080", "where the page is served; port 0: any free one"},
	{"hours", 0, "N", "6", "how far back to read, and what the trends span"},
	{"keep", 'n', "N", "5000", "articles kept in memory"},
	{"memory", 0, "BYTES", "256M", "bytes of articles kept in memory"},
	{"token-file", 0, "FILE", NULL, "a file with the token (16 characters or more) for sending dead letters again"},
	{"bin", 0, "FOLDER", NULL, "where the stages are, for explanations; else beside this program, else on the PATH"},
	{"stage-config", 0, "FOLDER", NULL, "configuration files extract.conf, dedup.conf, tag.conf, for explanations"},
	{"max-attempts", 0, "N", "5", "a dead letter that was tried so often isn't sent again"},
	{NULL},
};

/* The first line of the file; heap memory that lives as long as the desk. */
static bool read_token(const char *path, char **token, struct error *error)
{
	char line[256];
	FILE *file = fopen(path, "r");

	if (!file)
		return error_set(error, "token", "--token-file %s: %m", path);
	bool got = fgets(line, sizeof line, file) != NULL;
	fclose(file);
	struct slice text = got ? slice_trim(slice_of(line)) : SLICE_NONE;
	if (text.len < TOKEN_LEAST)
		return error_set(error, "token", "--token-file %s: the token on its first line needs %d characters or more", path,
			TOKEN_LEAST);
	*token = strndup(text.ptr, text.len);
	return *token || error_set(error, "memory", "no memory for the desk's token");
}

struct retrier {
	struct connection *connection;
	struct deskletters *letters;
	int64_t most;
};

/* Clients for the occasion: letters are rare, and an idle producer is one more thing to keep alive. */
static bool retry(void *context, const char *topic, int32_t partition, int64_t offset, struct error *error)
{
	const struct retrier *retrier = context;
	struct record letter;
	struct arena arena;
	jmp_buf jump;

	arena_init(&arena, (size_t)256 << 20);
	rd_kafka_t *consumer = record_reader(retrier->connection, error);
	bool ready = consumer && journal_ready(retrier->connection, HANDLED_TOPIC, error);
	struct publisher *publisher = ready ? publisher_create(retrier->connection, LETTER_PUBLISHER, error) : NULL;
	bool sent = false;
	if (publisher && ARENA_GUARD(&arena, &jump) != ESCAPE_NONE) {
		error_set(error, "memory", "the letter is too large for the desk to send it again");
	} else if (publisher) {
		sent = record_fetch(consumer, topic, partition, offset, 8000, &arena, &letter, error) &&
			letter_resend(publisher, HANDLED_TOPIC, &letter, retrier->most, error) &&
			publisher_commit(publisher, error);
	}
	if (sent) { /* the note arrives only if its topic was there when the desk began to follow */
		char place[300];
		snprintf(place, sizeof place, "%.240s/%d/%lld", topic, (int)partition, (long long)offset);
		deskletters_note(retrier->letters, slice_of(place), HANDLED_RETRIED);
	}
	publisher_destroy(&publisher);
	if (consumer)
		rd_kafka_destroy(consumer);
	arena_release(&arena);
	return sent;
}

struct explainer {
	struct connection *connection;
	struct explanation_request request;
};

static bool explain(
	void *context, struct json_writer *out, const char *topic, int32_t partition, int64_t offset, struct error *error)
{
	const struct explainer *explainer = context;

	return explanation_write(out, explainer->connection, "", &explainer->request, topic, partition, offset, "", error);
}

static int serve(const struct args *args, struct desk *desk)
{
	struct error error;
	struct deskserver *server = deskserver_create(desk, args_text(args, "listen"), &error);

	if (!server)
		return command_fail(args, EX_UNAVAILABLE, &error);
	const char *listen = args_text(args, "listen");
	printf("http://%.*s:%d/\n", (int)(strrchr(listen, ':') - listen), listen, deskserver_port(server));
	fflush(stdout);
	fprintf(stderr, "desk: %s; Ctrl-C ends it\n",
		desk->token ? "dead letters can be sent again with the token" : "read-only");
	if (!deskserver_is_loopback(server))
		fprintf(stderr, "desk: %s is no loopback address: everyone who reaches it can read the articles\n", listen);
	while (!command_stopping())
		poll(NULL, 0, 200);
	deskserver_destroy(&server);
	return EX_OK;
}

static int desk_run(struct args *args)
{
	struct connection connection = {0};
	struct desk desk = {0};
	struct error error;
	char *token = NULL;
	int64_t hours, keep, memory;
	struct explainer explainer = {&connection,
		{.bin = args_text(args, "bin"),
			.folder = args_text(args, "stage-config"),
			.context = EXPLAIN_CONTEXT,
			.rerun = true}};
	struct retrier retrier = {.connection = &connection};
	int exit_code;

	if (args->operand_count)
		return command_misuse(args, "%s: takes flags only", args->operands[0]);
	if (!args_integer(args, "hours", 1, 24 * 366, &hours, &error) ||
		!args_integer(args, "keep", 10, 1000000, &keep, &error) ||
		!args_integer(args, "memory", 1 << 20, (int64_t)1 << 40, &memory, &error) ||
		!args_integer(args, "max-attempts", 1, 1000, &retrier.most, &error))
		return command_misuse(args, "%s", error.text);
	if (args_text(args, "token-file") && !read_token(args_text(args, "token-file"), &token, &error))
		return command_fail(args, EX_NOINPUT, &error);
	command_catch_signals();
	desk.hours = (int)hours;
	desk.token = token;
	desk.retry = retry;
	desk.retry_context = &retrier;
	desk.explain = explain;
	desk.explain_context = &explainer;
	desk.store = deskstore_create((size_t)keep, (size_t)memory);
	desk.letters = deskletters_create((size_t)keep / 10 + 1);
	retrier.letters = desk.letters;
	if (connection_init(&connection, args, &error) &&
		(desk.feed = deskfeed_create(&connection, desk.store, desk.letters, (int)hours, &error)) &&
		(desk.gauge = deskgauge_create(&connection, &error)) &&
		(desk.original = deskoriginal_create(&connection, &error)))
		exit_code = serve(args, &desk);
	else
		exit_code = command_fail(args, EX_UNAVAILABLE, &error);
	deskoriginal_destroy(&desk.original);
	deskgauge_destroy(&desk.gauge);
	deskfeed_destroy(&desk.feed);
	deskletters_destroy(&desk.letters);
	deskstore_destroy(&desk.store);
	connection_release(&connection);
	free(token);
	return exit_code;
}

const struct command command_desk = {
	.name = "desk",
	.summary = "a web page over the pipeline: stories, entities, lag, dead letters",
	.usage = "[FLAGS]",
	.about = "Reads the topics without a group, so that the pipeline doesn't notice, and serves one page, on a loopback address unless --listen says otherwise. Nothing is stored.\n"
		 "Read-only unless started with --token-file.",
	.examples = "  copydesk desk --kafka 127.0.0.1:9092\n  copydesk desk --kafka kafka:9092 --listen 127.0.0.1:9000 --hours 24",
	.flags = FLAGS,
	.kafka = true,
	.run = desk_run,
};
