/* producer: see producer.h. */
#include "kafka/producer.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/client.h"
#include "kafka/offsets.h"
#include "kafka/topiclimit.h"
#include "kafka/refusal.h"

#include <stdlib.h>

#define REFUSED 64
/* What a record batch adds to one record: header 61 bytes, varints, attributes (KIP-98). */
#define RECORD_OVERHEAD 128
#define DEFAULT_MESSAGE_MAX 1048588

struct place {
	int topic; /* where it was to go */
	int32_t partition;
	int64_t offset;
};

struct producer {
	rd_kafka_t *handle;
	size_t ceiling; /* of the send queue */
	struct {
		rd_kafka_topic_t *object;
		const char *name;
		size_t limit;
		bool used; /* since producer_begin() */
	} topics[PRODUCER_TOPICS];
	int topic_count;
	struct producer_counts counts;
	uint64_t generation; /* of producer_begin(): reports of older records aren't counted */
	struct place refused[REFUSED];
	size_t refused_count;
	struct refusal denied;
};

/* What travels with a record to its delivery report. */
struct ticket {
	struct place from;
	uint64_t generation;
};

static void remember_refused(struct producer *producer, struct place from)
{
	producer->refused[producer->refused_count++ % REFUSED] = from;
}

static void on_delivery(rd_kafka_t *handle, const rd_kafka_message_t *message, void *opaque)
{
	struct producer *producer = opaque;
	struct ticket *ticket = message->_private;

	refusal_note(&producer->denied, handle, message->err, rd_kafka_topic_name(message->rkt), "Write");
	if (message->err == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
		remember_refused(producer, ticket->from);
	if (ticket->generation == producer->generation) {
		if (!message->err) {
			producer->counts.delivered++;
		} else if (producer->counts.failed++ == 0) {
			snprintf(producer->counts.reason, sizeof(producer->counts.reason), "%s: %s",
				rd_kafka_topic_name(message->rkt), rd_kafka_err2str(message->err));
		}
	}
	free(ticket);
}

static void on_error(rd_kafka_t *handle, int code, const char *reason, void *opaque)
{
	struct producer *producer = opaque;

	if (code == RD_KAFKA_RESP_ERR__FATAL) {
		char text[200];
		refusal_note(&producer->denied, handle, rd_kafka_fatal_error(handle, text, sizeof(text)), "", "Write");
	}
	client_log_error(handle, code, reason);
}

struct producer *producer_create(const struct config *config, size_t batch, struct error *error)
{
	struct producer *producer = calloc(1, sizeof(*producer));
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_PRODUCER, error);

	if (!producer)
		abort();
	refusal_init(&producer->denied);
	producer->ceiling = (size_t)client_budget(config).message;
	if (conf) {
		if (batch && !config_has(config, "kafka.batch.size"))
			client_set_int(conf, "batch.size", (int64_t)batch);
		rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
		rd_kafka_conf_set_error_cb(conf, on_error);
		producer->handle = client_create(conf, CLIENT_PRODUCER, producer, error);
	}
	if (!producer->handle)
		producer_destroy(&producer);
	return producer;
}

void producer_destroy(struct producer **producer)
{
	struct producer *p = *producer;

	if (!p)
		return;
	if (p->handle) {
		rd_kafka_purge(p->handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
		rd_kafka_flush(p->handle, 1000);
	}
	for (int i = 0; i < p->topic_count; i++)
		rd_kafka_topic_destroy(p->topics[i].object);
	if (p->handle)
		rd_kafka_destroy(p->handle);
	refusal_release(&p->denied);
	free(p);
	*producer = NULL;
}

void *producer_handle(struct producer *producer) { return producer->handle; }

int producer_topic(struct producer *producer, const char *topic, size_t limit, struct error *error)
{
	int index = producer->topic_count;

	if (index == PRODUCER_TOPICS)
		abort();
	if (!offsets_partitions(producer->handle, topic, 3 * OFFSETS_TIMEOUT_MS, error))
		return -1;
	if (!limit)
		limit = topiclimit_ask(producer->handle, topic);
	if (!limit) {
		log_warn("limit_unknown", LOG_STR("topic", topic), LOG_INT("assumed", DEFAULT_MESSAGE_MAX),
			LOG_STR("text", "max.message.bytes can't be asked for: grant DescribeConfigs on the topic"));
		limit = DEFAULT_MESSAGE_MAX;
	}
	producer->topics[index].object = rd_kafka_topic_new(producer->handle, topic, NULL);
	producer->topics[index].name = topic;
	producer->topics[index].limit = (limit < producer->ceiling ? limit : producer->ceiling) - RECORD_OVERHEAD;
	producer->topic_count++;
	return index;
}

size_t producer_limit(const struct producer *producer, int topic) { return producer->topics[topic].limit; }

static rd_kafka_headers_t *make_headers(const struct header *headers, size_t count)
{
	rd_kafka_headers_t *list = rd_kafka_headers_new(count);

	for (size_t i = 0; i < count; i++)
		rd_kafka_header_add(list, headers[i].name.ptr, (ssize_t)headers[i].name.len, headers[i].value.ptr,
			(ssize_t)headers[i].value.len);
	return list;
}

static size_t record_size(struct slice key, struct slice value, const struct header *headers, size_t count)
{
	size_t size = key.len + value.len;

	for (size_t i = 0; i < count; i++)
		size += headers[i].name.len + headers[i].value.len + 10;
	return size;
}

bool producer_fits(const struct producer *producer, int topic, struct slice key, struct slice value, const struct header *headers,
	size_t count, struct error *error)
{
	size_t size = record_size(key, value, headers, count), limit = producer->topics[topic].limit;

	if (size <= limit)
		return true;
	return error_set(error, "output_too_large", "%zu bytes for topic %s, which takes %zu: raise its max.message.bytes%s",
		size, producer->topics[topic].name, limit,
		limit + RECORD_OVERHEAD >= producer->ceiling ? " (and memory.limit)" : "");
}

bool producer_send(struct producer *producer, int topic, struct slice key, struct slice value, const struct header *headers,
	size_t count, int64_t timestamp, const struct coordinates *from, struct error *error)
{
	struct ticket *ticket;
	rd_kafka_resp_err_t code;

	if (!producer_fits(producer, topic, key, value, headers, count, error))
		return false;
	ticket = malloc(sizeof(*ticket));
	if (!ticket)
		abort();
	*ticket = (struct ticket){{topic, from->partition, from->offset}, producer->generation};
	rd_kafka_headers_t *list = make_headers(headers, count);
	for (;;) {
		code = rd_kafka_producev(producer->handle, RD_KAFKA_V_RKT(producer->topics[topic].object),
			RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.ptr, key.len),
			RD_KAFKA_V_VALUE((void *)(uintptr_t)value.ptr, value.len),
			RD_KAFKA_V_TIMESTAMP(timestamp > 0 ? timestamp : 0), RD_KAFKA_V_HEADERS(list), RD_KAFKA_V_OPAQUE(ticket),
			RD_KAFKA_V_END);
		if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL)
			break;
		rd_kafka_poll(producer->handle, 20);
	}
	if (!code) {
		producer->counts.sent++;
		producer->topics[topic].used = true;
		producer->counts.bytes += key.len + value.len;
		return true;
	}
	rd_kafka_headers_destroy(list);
	free(ticket);
	return error_set(error, "kafka_produce", "can't send to %s: %s", producer->topics[topic].name, rd_kafka_err2str(code));
}

void producer_serve(struct producer *producer) { rd_kafka_poll(producer->handle, 0); }

bool producer_flush(struct producer *producer, int timeout_ms, struct error *error)
{
	rd_kafka_resp_err_t code = rd_kafka_flush(producer->handle, timeout_ms);

	return !code ||
		error_set(error, "kafka_flush", "%d records are not delivered after %d ms: %s",
			rd_kafka_outq_len(producer->handle), timeout_ms, rd_kafka_err2str(code));
}

void producer_await_first(struct producer *producer, int timeout_ms)
{
	const struct producer_counts *counts = &producer->counts;
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;

	while (counts->sent && !counts->delivered && !counts->failed && clock_monotonic_us() < deadline)
		rd_kafka_poll(producer->handle, 20);
}

void producer_begin(struct producer *producer)
{
	for (int i = 0; i < producer->topic_count; i++)
		producer->topics[i].used = false;
	producer->counts = (struct producer_counts){0};
	producer->generation++;
}

void producer_topics_used(const struct producer *producer, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (int i = 0; i < producer->topic_count; i++) {
		if (producer->topics[i].used && used < size)
			used += (size_t)snprintf(
				out + used, size - used, "%s%s", used ? " --topic " : "", producer->topics[i].name);
	}
}

bool producer_denied(struct producer *producer, struct error *error) { return refusal_noted(&producer->denied, error); }
const struct producer_counts *producer_counts(const struct producer *producer) { return &producer->counts; }

bool producer_refused(const struct producer *producer, int topic, const struct coordinates *from)
{
	size_t count = producer->refused_count < REFUSED ? producer->refused_count : REFUSED;

	for (size_t i = 0; i < count; i++) {
		const struct place *place = &producer->refused[i];
		if ((topic < 0 || place->topic == topic) && place->partition == from->partition && place->offset == from->offset)
			return true;
	}
	return false;
}
