/* delivery: see delivery.h. */
#include "kafka/delivery.h"

#include "base/clock.h"

#include <librdkafka/rdkafka.h>

bool delivery_message(const struct delivery *delivery, struct arena *arena, struct message *in)
{
	rd_kafka_message_t *message = delivery->raw;
	rd_kafka_headers_t *list;
	rd_kafka_timestamp_type_t kind;
	int64_t timestamp = rd_kafka_message_timestamp(message, &kind);

	*in = (struct message){{message->key, message->key_len}, {message->payload, message->len},
		kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? CLOCK_NONE : timestamp, NULL, 0};
	if (rd_kafka_message_headers(message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR)
		return true;
	size_t count = rd_kafka_header_cnt(list);
	struct header *headers = arena_try_alloc(arena, count * sizeof(*headers) + 1);
	if (!headers)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *name;
		const void *value;
		size_t size;
		rd_kafka_header_get_all(list, i, &name, &value, &size);
		headers[i] = (struct header){slice_of(name), {value, size}};
	}
	in->headers = headers;
	in->header_count = count;
	return true;
}

size_t delivery_bytes(const struct delivery *delivery)
{
	const rd_kafka_message_t *message = delivery->raw;

	return message ? message->len : 0;
}

void delivery_release(struct delivery *delivery)
{
	if (delivery->raw)
		rd_kafka_message_destroy(delivery->raw);
	delivery->raw = NULL;
}
