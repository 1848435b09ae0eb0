/* publisher: see publisher.h. */
#include "tools/publisher.h"

#include "base/clock.h"
#include "kafka/refusal.h"

#include <stdlib.h>
#include <string.h>

enum { INIT_WAIT_MS = 20000 };

struct publisher {
	struct connection *connection;
	rd_kafka_t *producer;
	char id[200];
	bool open;
	rd_kafka_resp_err_t failed; /* of a delivery of this batch */
	char topics[800];           /* that it was put to, as kafka-acls takes them: "a --topic b" */
};

static void on_delivered(rd_kafka_t *producer, const rd_kafka_message_t *message, void *opaque)
{
	struct publisher *publisher = message->_private;

	(void)producer, (void)opaque;
	if (message->err && !publisher->failed)
		publisher->failed = message->err;
}

/* What a call of the transactional API answered, as an error for people. Takes `why`. */
static bool told(const struct publisher *publisher, rd_kafka_error_t *why, const char *doing, struct error *error)
{
	if (!why)
		return true;
	rd_kafka_resp_err_t code = rd_kafka_error_code(why);
	if (code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH ||
		code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED)
		error_set(error, "fenced", "another copydesk took over as %s on %s: look what it did before you run this again",
			publisher->id, publisher->connection->servers);
	else if (refusal_is(code))
		refusal_error(publisher->producer, code, publisher->topics, "Write", error);
	else
		error_set(error, "kafka", "%s on %s: %s", doing, publisher->connection->servers, rd_kafka_error_string(why));
	rd_kafka_error_destroy(why);
	return false;
}

/* The same call again while it is retriable, as the API asks, for two minutes. */
static rd_kafka_error_t *again(rd_kafka_t *producer, rd_kafka_error_t *(*call)(rd_kafka_t *, int))
{
	int64_t deadline = clock_monotonic_us() + 120000000;
	rd_kafka_error_t *why;

	while ((why = call(producer, INIT_WAIT_MS)) && rd_kafka_error_is_retriable(why) && clock_monotonic_us() < deadline)
		rd_kafka_error_destroy(why);
	return why;
}

struct publisher *publisher_create(struct connection *connection, const char *id, struct error *error)
{
	struct publisher *publisher = calloc(1, sizeof *publisher);

	if (!publisher) {
		error_set(error, "memory", "no memory for the producer %s", id);
		return NULL;
	}
	snprintf(publisher->id, sizeof publisher->id, "%s", id);
	publisher->connection = connection;
	const char *const overrides[] = {"transactional.id", publisher->id, "?message.max.bytes", "100000000",
		"?transaction.timeout.ms", "60000", "partitioner", "murmur2_random", "?compression.type", "lz4", "?linger.ms",
		"5", NULL};
	publisher->producer = connection_producer(connection, overrides, on_delivered, error);
	if (publisher->producer &&
		told(publisher, again(publisher->producer, rd_kafka_init_transactions), "no transactions", error))
		return publisher;
	publisher_destroy(&publisher);
	return NULL;
}

void publisher_destroy(struct publisher **pointer)
{
	struct publisher *publisher = *pointer;

	if (!publisher)
		return;
	if (publisher->producer && publisher->open) {
		rd_kafka_error_t *why = rd_kafka_abort_transaction(publisher->producer, INIT_WAIT_MS);
		if (why)
			rd_kafka_error_destroy(why); /* the broker aborts it when its time is over */
	}
	if (publisher->producer)
		rd_kafka_destroy(publisher->producer);
	free(publisher);
	*pointer = NULL;
}

/* Among publisher->topics; more than fit are left out. */
static void topic_note(struct publisher *publisher, const char *topic)
{
	struct slice rest = slice_of(publisher->topics), word;
	size_t at = rest.len, more = at + strlen(topic) + sizeof " --topic ";

	while (slice_split(&rest, ' ', &word))
		if (slice_is(word, topic))
			return;
	if (more <= sizeof publisher->topics)
		snprintf(publisher->topics + at, sizeof publisher->topics - at, "%s%s", at ? " --topic " : "", topic);
}

static rd_kafka_headers_t *headers_make(const struct message *message)
{
	rd_kafka_headers_t *headers = rd_kafka_headers_new(message->header_count);

	for (size_t i = 0; i < message->header_count; i++) {
		struct slice name = message->headers[i].name, value = message->headers[i].value;
		rd_kafka_header_add(headers, name.ptr, (ssize_t)name.len, value.ptr, (ssize_t)value.len);
	}
	return headers;
}

bool publisher_put(
	struct publisher *publisher, const char *topic, int32_t partition, const struct message *message, struct error *error)
{
	rd_kafka_resp_err_t code;

	if (!publisher->open && !told(publisher, rd_kafka_begin_transaction(publisher->producer), "no transaction", error))
		return false;
	publisher->open = true;
	topic_note(publisher, topic);
	for (;;) {
		rd_kafka_headers_t *headers = headers_make(message);
		code = rd_kafka_producev(publisher->producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
			RD_KAFKA_V_KEY(message->key.ptr, message->key.len),
			RD_KAFKA_V_VALUE((void *)(uintptr_t)message->value.ptr, message->value.len), /* F_COPY: only read */
			RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
			RD_KAFKA_V_TIMESTAMP(message->timestamp == CLOCK_NONE ? 0 : message->timestamp),
			RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(publisher), RD_KAFKA_V_END);
		if (code)
			rd_kafka_headers_destroy(headers);
		if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL)
			break;
		rd_kafka_poll(publisher->producer, 100);
	}
	rd_kafka_poll(publisher->producer, 0);
	return !code || connection_error(publisher->producer, code, topic, "Write", NULL, error);
}

bool publisher_commit(struct publisher *publisher, struct error *error)
{
	rd_kafka_resp_err_t failed;

	if (!publisher->open)
		return true;
	rd_kafka_error_t *why = again(publisher->producer, rd_kafka_commit_transaction);
	failed = publisher->failed;
	if (!why) {
		publisher->open = false;
		publisher->failed = RD_KAFKA_RESP_ERR_NO_ERROR;
		return true;
	}
	if (failed && !refusal_is(rd_kafka_error_code(why))) { /* the reason behind the reason */
		rd_kafka_error_destroy(why);
		return refusal_is(failed) ? refusal_error(publisher->producer, failed, publisher->topics, "Write", error)
					  : error_set(error, "kafka", "a record wasn't taken by %s, so none of its batch was: %s",
						    publisher->connection->servers, rd_kafka_err2str(failed));
	}
	return told(publisher, why, "not committed", error);
}
