/* letter: see letter.h. */
#include "tools/letter.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>

#define PREFIX "copydesk-dead-"
#define SEND_MS 30000

struct letter_sender {
	struct connection *connection;
	rd_kafka_t *producer;
};

/* What the delivery report says of the one message under way. */
struct delivery {
	bool done;
	rd_kafka_resp_err_t code;
};

static void on_delivered(rd_kafka_t *producer, const rd_kafka_message_t *message, void *opaque)
{
	struct delivery *delivery = message->_private;

	(void)producer, (void)opaque;
	delivery->done = true;
	delivery->code = message->err;
}

struct letter_sender *letter_sender_create(struct connection *connection, struct error *error)
{
	static const char *const overrides[] = {"?message.max.bytes", "100000000", "enable.idempotence", "true", "linger.ms", "0",
		"message.timeout.ms", "20000", NULL};
	struct letter_sender *sender = calloc(1, sizeof *sender);

	if (!sender) {
		error_set(error, "memory", "no memory");
		return NULL;
	}
	sender->connection = connection;
	sender->producer = connection_producer(connection, overrides, on_delivered, error);
	if (!sender->producer) {
		free(sender);
		return NULL;
	}
	return sender;
}

void letter_sender_destroy(struct letter_sender **sender)
{
	if (!*sender)
		return;
	rd_kafka_destroy((*sender)->producer);
	free(*sender);
	*sender = NULL;
}

int64_t letter_attempts(const struct record *letter)
{
	int64_t attempts;

	return slice_to_int64(record_header(letter, PREFIX "attempts"), &attempts) ? attempts : 0;
}

static rd_kafka_headers_t *original_headers(const struct record *letter)
{
	const struct message *message = &letter->message;
	rd_kafka_headers_t *headers = rd_kafka_headers_new(message->header_count);

	for (size_t i = 0; i < message->header_count; i++) {
		struct slice name = message->headers[i].name, value = message->headers[i].value;
		if (slice_starts_nocase(name, SLICE(PREFIX)) && !slice_equal_nocase(name, SLICE(PREFIX "attempts")))
			continue;
		rd_kafka_header_add(headers, name.ptr, (ssize_t)name.len, value.ptr, (ssize_t)value.len);
	}
	return headers;
}

bool letter_resend(struct letter_sender *sender, const struct record *letter, int64_t most, struct error *error)
{
	struct slice source = record_header(letter, PREFIX "source");
	const struct message *message = &letter->message;
	struct delivery delivery = {0};
	char topic[250];
	int32_t partition;
	int64_t offset;

	if (!coordinates_parse(source, topic, &partition, &offset))
		return error_set(error, "no_source", "%s/%d/%lld has no readable " PREFIX "source header: where would it go?", letter->topic,
			(int)letter->partition, (long long)letter->offset);
	if (letter_attempts(letter) >= most)
		return error_set(error, "attempts", "%.*s was tried %lld times already; raise the cap if the reason is gone", SLICE_ARG(source),
			(long long)letter_attempts(letter));
	if (record_header(letter, PREFIX "truncated").len)
		return error_set(error, "truncated", "%.*s was too large to be kept whole: send the original again instead", SLICE_ARG(source));
	rd_kafka_headers_t *headers = original_headers(letter);
	rd_kafka_resp_err_t code = rd_kafka_producev(sender->producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
		RD_KAFKA_V_KEY(message->key.ptr, message->key.len), RD_KAFKA_V_VALUE((void *)(uintptr_t)message->value.ptr, message->value.len),
		RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_TIMESTAMP(message->timestamp == CLOCK_NONE ? 0 : message->timestamp),
		RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(&delivery), RD_KAFKA_V_END);
	if (code)
		rd_kafka_headers_destroy(headers);
	/* the report always comes: message.timeout.ms is shorter */
	for (int64_t until = clock_monotonic_us() + (int64_t)SEND_MS * 1000; !code && !delivery.done && clock_monotonic_us() < until;)
		rd_kafka_poll(sender->producer, 200);
	if (!code && !delivery.done)
		rd_kafka_purge(sender->producer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
	while (!code && !delivery.done)
		rd_kafka_poll(sender->producer, 200);
	if (!code)
		code = delivery.code;
	return !code || error_set(error, "kafka", "%s: %s", topic, rd_kafka_err2str(code));
}
