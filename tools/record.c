/* record: see record.h. */
#include "tools/record.h"

#include "kafka/refusal.h"
#include "base/clock.h"

#include <stdio.h>

static void copy_headers(struct arena *arena, const rd_kafka_message_t *from, struct message *message)
{
	rd_kafka_headers_t *headers;
	const char *name;
	const void *value;
	size_t size;

	if (rd_kafka_message_headers(from, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
		return;
	size_t count = rd_kafka_header_cnt(headers);
	struct header *copies = arena_array(arena, struct header, count);
	for (size_t i = 0; i < count && !rd_kafka_header_get_all(headers, i, &name, &value, &size); i++) {
		copies[i].name = arena_copy(arena, slice_of(name));
		copies[i].value = value ? arena_copy(arena, slice_make(value, size)) : SLICE_NONE;
	}
	message->headers = copies;
	message->header_count = count;
}

void record_copy(struct arena *arena, const rd_kafka_message_t *from, struct record *record)
{
	rd_kafka_timestamp_type_t kind;

	*record = (struct record){.partition = from->partition, .offset = from->offset};
	snprintf(record->topic, sizeof record->topic, "%s", rd_kafka_topic_name(from->rkt));
	if (from->key)
		record->message.key = arena_copy(arena, slice_make(from->key, from->key_len));
	if (from->payload)
		record->message.value = arena_copy(arena, slice_make(from->payload, from->len));
	record->message.timestamp = rd_kafka_message_timestamp(from, &kind);
	if (kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE)
		record->message.timestamp = CLOCK_NONE;
	copy_headers(arena, from, &record->message);
}

static void destroy_message(void *parked)
{
	rd_kafka_message_t **message = parked;

	if (*message)
		rd_kafka_message_destroy(*message);
	*message = NULL;
}

void record_take(struct arena *arena, rd_kafka_message_t *from, struct record *record)
{
	rd_kafka_message_t **parked = arena_try_alloc(arena, sizeof *parked);

	if (!parked) {
		rd_kafka_message_destroy(from);
		arena_escape(arena, ESCAPE_MEMORY);
	}
	*parked = from;
	arena_defer(arena, destroy_message, parked);
	record_copy(arena, from, record);
	destroy_message(parked);
}

rd_kafka_t *record_reader(struct connection *connection, struct error *error)
{
	/* librdkafka wants a group's name even where none is joined */
	static const char *const overrides[] = {"group.id", "copydesk-record", "enable.auto.commit", "false", "isolation.level", "read_committed",
		"auto.offset.reset", "error", "enable.partition.eof", "true", NULL};
	rd_kafka_t *reader = connection_open(connection, RD_KAFKA_CONSUMER, overrides, error);

	if (reader)
		rd_kafka_poll_set_consumer(reader);
	return reader;
}

static bool record_await(rd_kafka_t *consumer, const char *topic, int64_t offset, int timeout_ms, struct arena *arena,
	struct record *record, struct error *error)
{
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;

	while (clock_monotonic_us() < deadline) {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer, 200);
		if (!message)
			continue;
		bool found = !message->err && message->offset == offset;
		bool past = (!message->err && message->offset > offset) || message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF ||
			message->err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE ||
			message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET;
		if (found) {
			record_take(arena, message, record);
			return true;
		}
		rd_kafka_resp_err_t code = message->err;
		rd_kafka_message_destroy(message);
		if (refusal_is(code))
			return refusal_error(consumer, code, topic, "Read", error);
		if (past)
			return error_set(error, "record_gone",
				"no record there any more: retention took it, or its transaction was aborted");
	}
	return error_set(error, "kafka_unreachable", "no answer within %d s", timeout_ms / 1000);
}

bool record_fetch(rd_kafka_t *consumer, const char *topic, int32_t partition, int64_t offset, int timeout_ms, struct arena *arena,
	struct record *record, struct error *error)
{
	rd_kafka_topic_partition_list_t *wanted = rd_kafka_topic_partition_list_new(1);

	rd_kafka_topic_partition_list_add(wanted, topic, partition)->offset = offset;
	rd_kafka_resp_err_t code = rd_kafka_assign(consumer, wanted);
	rd_kafka_topic_partition_list_destroy(wanted);
	bool found = code ? error_set(error, "kafka_unreachable", "%s", rd_kafka_err2str(code))
			  : record_await(consumer, topic, offset, timeout_ms, arena, record, error);
	rd_kafka_assign(consumer, NULL);
	if (!found)
		error_context(error, "%s/%d/%lld", topic, (int)partition, (long long)offset);
	return found;
}

struct slice record_header(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->message.header_count; i++)
		if (slice_equal_nocase(record->message.headers[i].name, slice_of(name)))
			return record->message.headers[i].value;
	return SLICE_NONE;
}

struct slice record_place(struct arena *arena, const struct record *record)
{
	return arena_printf(arena, "%s/%d/%lld", record->topic, (int)record->partition, (long long)record->offset);
}

bool coordinates_parse(struct slice text, char topic[250], int32_t *partition, int64_t *offset)
{
	int64_t number;
	size_t last = slice_find_last_byte(text, '/');
	if (last == SLICE_NOT_FOUND || !slice_to_int64(slice_sub(text, last + 1, text.len), offset) || *offset < 0)
		return false;
	size_t middle = slice_find_last_byte(slice_sub(text, 0, last), '/');
	if (middle == SLICE_NOT_FOUND || middle == 0 || middle >= 250)
		return false;
	if (!slice_to_int64(slice_sub(text, middle + 1, last), &number) || number < 0 || number > INT32_MAX)
		return false;
	*partition = (int32_t)number;
	snprintf(topic, 250, "%.*s", (int)middle, text.ptr);
	return true;
}

bool record_source(const struct record *record, char topic[250], int32_t *partition, int64_t *offset)
{
	return coordinates_parse(record_header(record, "copydesk-source"), topic, partition, offset);
}
