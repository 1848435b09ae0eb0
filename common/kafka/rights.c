/* rights: see rights.h. */
#include "kafka/rights.h"

#include "base/clock.h"
#include "kafka/client.h"

#include <stdio.h>
#include <stdlib.h>

#define WAIT_MS 5000

struct rights {
	rd_kafka_t *consumer, *producer;
	bool embedded;
	rd_kafka_resp_err_t delivered; /* of the one record under way */
	bool done;
};

static void on_delivery(rd_kafka_t *handle, const rd_kafka_message_t *message, void *opaque)
{
	struct rights *rights = opaque;

	(void)handle;
	rights->delivered = message->err;
	rights->done = true;
}

/* Quiet: what a refusal means is told by whoever asks. */
static void on_error(rd_kafka_t *handle, int code, const char *reason, void *opaque) { (void)handle, (void)code, (void)reason, (void)opaque; }

static void on_log(const rd_kafka_t *handle, int level, const char *facility, const char *text) { (void)handle, (void)level, (void)facility, (void)text; }

static rd_kafka_t *open_producer(struct rights *rights, const struct config *config, struct error *error)
{
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_ADMIN, error);

	if (!conf)
		return NULL;
	client_set(conf, "acks", "2");
	client_set(conf, "message.send.max.retries", "0");
	client_set_int(conf, "message.timeout.ms", WAIT_MS);
	rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
	rd_kafka_conf_set_error_cb(conf, on_error);
	rd_kafka_conf_set_log_cb(conf, on_log);
	return client_create(conf, CLIENT_ADMIN, rights, error);
}

static rd_kafka_t *open_consumer(struct rights *rights, const struct config *config, struct error *error)
{
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_CONSUMER, error);

	if (!conf)
		return NULL;
	rd_kafka_conf_set_error_cb(conf, on_error);
	rd_kafka_conf_set_log_cb(conf, on_log);
	return client_create(conf, CLIENT_CONSUMER, rights, error);
}

struct rights *rights_create(const struct config *config, bool embedded, struct error *error)
{
	struct rights *rights = calloc(1, sizeof(*rights));

	if (!rights)
		abort();
	rights->embedded = embedded;
	rights->consumer = open_consumer(rights, config, error);
	rights->producer = rights->consumer ? open_producer(rights, config, error) : NULL;
	if (!rights->producer)
		rights_destroy(&rights);
	else
		rd_kafka_poll_set_consumer(rights->consumer);
	return rights;
}

void rights_destroy(struct rights **rights)
{
	struct rights *r = *rights;

	if (!r)
		return;
	if (r->producer)
		rd_kafka_destroy(r->producer);
	if (r->consumer)
		rd_kafka_destroy_flags(r->consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	free(r);
	*rights = NULL;
}

enum right rights_read(struct rights *rights, const char *topic)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	int64_t deadline = clock_monotonic_us() + WAIT_MS * 1000LL;
	enum right right = RIGHT_UNKNOWN;

	rd_kafka_topic_partition_list_add(list, topic, 0)->offset = RD_KAFKA_OFFSET_END;
	rd_kafka_assign(rights->consumer, list);
	while (right == RIGHT_UNKNOWN && clock_monotonic_us() < deadline) {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(rights->consumer, 100);
		if (!message)
			continue;
		if (message->err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
			right = RIGHT_DENIED;
		else if (!message->err || message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
			right = RIGHT_GIVEN;
		rd_kafka_message_destroy(message);
	}
	rd_kafka_assign(rights->consumer, NULL);
	rd_kafka_topic_partition_list_destroy(list);
	return right;
}

enum right rights_write(struct rights *rights, const char *topic)
{
	int64_t deadline = clock_monotonic_us() + 2 * WAIT_MS * 1000LL;

	if (rights->embedded)
		return RIGHT_GIVEN; /* it would keep the record */
	rights->done = false;
	if (rd_kafka_producev(rights->producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(0),
		    RD_KAFKA_V_VALUE((void *)(uintptr_t) "", 0), RD_KAFKA_V_END))
		return RIGHT_UNKNOWN;
	while (!rights->done && clock_monotonic_us() < deadline)
		rd_kafka_poll(rights->producer, 100);
	if (!rights->done)
		return RIGHT_UNKNOWN;
	if (rights->delivered == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
		return RIGHT_DENIED;
	return rights->delivered == RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS ? RIGHT_GIVEN : RIGHT_UNKNOWN;
}

enum right rights_group(struct rights *rights, const char *topic)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);

	rd_kafka_topic_partition_list_add(list, topic, 0);
	rd_kafka_resp_err_t code = rd_kafka_committed(rights->consumer, list, WAIT_MS);
	rd_kafka_topic_partition_list_destroy(list);
	if (code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
		return RIGHT_DENIED;
	return code ? RIGHT_UNKNOWN : RIGHT_GIVEN;
}

enum right rights_transactions(struct rights *rights, const struct config *config)
{
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_PRODUCER, NULL);
	struct error error;
	char id[600];

	if (!conf || rights->embedded)
		return RIGHT_UNKNOWN;
	snprintf(id, sizeof(id), "%s.%s.check", config_text(config, "group"), config_text(config, "instance"));
	client_set(conf, "transactional.id", id);
	rd_kafka_conf_set_error_cb(conf, on_error);
	rd_kafka_conf_set_log_cb(conf, on_log);
	rd_kafka_t *producer = client_create(conf, CLIENT_PRODUCER, rights, &error);
	if (!producer)
		return RIGHT_UNKNOWN;
	rd_kafka_error_t *failed = rd_kafka_init_transactions(producer, WAIT_MS);
	rd_kafka_resp_err_t code = failed ? rd_kafka_error_code(failed) : RD_KAFKA_RESP_ERR_NO_ERROR;
	if (failed)
		rd_kafka_error_destroy(failed);
	rd_kafka_destroy(producer);
	if (code == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED ||
		code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED)
		return RIGHT_DENIED;
	return code ? RIGHT_UNKNOWN : RIGHT_GIVEN;
}
