/* client: from our configuration to librdkafka's. The budget that all buffers are cut from, the kafka.* keys (passed through,
 * checked at start), librdkafka's log. Only common/kafka includes this file. */
#ifndef COPYDESK_CLIENT_H
#define COPYDESK_CLIENT_H

#include "run/config.h"

#include <librdkafka/rdkafka.h>

enum client_kind { CLIENT_CONSUMER, CLIENT_PRODUCER, CLIENT_ADMIN };

/* Bytes, all cut from memory.limit. librdkafka 2.0.2 stalls when the fetch queue holds less than about a second of data. */
struct client_budget {
	int64_t fetch_queue; /* queued.max.messages.kbytes */
	int64_t fetch;       /* fetch.max.bytes, a soft limit: one larger message still comes */
	int64_t send_queue;  /* queue.buffering.max.kbytes; also bounds how long a commit flushes */
	int64_t message;     /* the largest record that may be sent: a dead letter must be able to carry what was fetched */
};

/* The shares of memory.limit that the configuration at hand comes to. */
struct client_budget client_budget(const struct config *config);

/* A configuration with our settings and the user's kafka.* keys; the caller sets callbacks and owns it. NULL with codes
 * kafka_option (an unknown key, a bad value, or a key that is copydesk's to set). */
rd_kafka_conf_t *client_conf(const struct config *config, enum client_kind kind, struct error *error);
/* For a consumer whose partitions have `queues` queues of their own: the fetch queue's bytes are for all of them. */
void client_share_fetch_queue(rd_kafka_conf_t *conf, const struct config *config, int queues);
/* Sets one of our own settings; a refusal is a program error and aborts. */
void client_set(rd_kafka_conf_t *conf, const char *name, const char *value);
void client_set_int(rd_kafka_conf_t *conf, const char *name, int64_t value);
/* The handle; takes `conf` in every case. NULL: code kafka_client. `opaque` is what callbacks get. */
rd_kafka_t *client_create(rd_kafka_conf_t *conf, enum client_kind kind, void *opaque, struct error *error);
/* An eager group deals out whole assignments, a cooperative one what changes. */
bool client_is_eager(rd_kafka_t *handle);
/* Take and give up what a rebalance says, as the group's protocol wants it. Code kafka_assign. */
bool client_assign(rd_kafka_t *handle, const rd_kafka_topic_partition_list_t *list, struct error *error);
bool client_unassign(rd_kafka_t *handle, const rd_kafka_topic_partition_list_t *list, struct error *error);
/* Logs an error_cb event: brokers that are away are warnings, for librdkafka goes on by itself. */
void client_log_error(rd_kafka_t *handle, int code, const char *reason);
int64_t client_transaction_timeout_ms(const struct config *config);

#endif
