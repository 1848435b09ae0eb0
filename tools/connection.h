/* connection: how tools reach Kafka: configuration from --kafka, --config, -X and the environment, clients with quiet logs, and
 * errors that say which broker and what to do. The one file of tools, beside those that read and write, that knows how a client
 * is configured. */
#ifndef COPYDESK_CONNECTION_H
#define COPYDESK_CONNECTION_H

#include "tools/command.h"

#include <librdkafka/rdkafka.h>

struct config;

struct connection {
	struct config *config;
	char servers[256];   /* as given, for messages */
	char cluster_id[64]; /* once asked */
	char last_error[256]; /* the newest complaint of librdkafka, for messages */
	void *user;
	bool embedded;       /* the cluster is `copydesk broker`: no lookup by time, no CreateTopics, ≈5 MB a partition */
};

/* Collects the configuration; nothing is connected yet. */
bool connection_init(struct connection *connection, const struct args *args, struct error *error);
/* Likewise to a broker that is this program's own: nobody's settings count. */
bool connection_to(struct connection *connection, const char *servers, struct error *error);
void connection_release(struct connection *connection);

/* A client with all kafka.* keys applied, then `overrides` (name, value, …, NULL; a name that begins with ? gives
 * way to what the user set). NULL with error. Asks the cluster's metadata, so that an
 * unreachable broker is told here and not by silence later. */
rd_kafka_t *connection_open(
	struct connection *connection, rd_kafka_type_t type, const char *const *overrides, struct error *error);
/* With delivery reports going to `delivered`, whose last argument is the connection; what it needs hangs on `user`. */
rd_kafka_t *connection_producer(struct connection *connection, const char *const *overrides,
	void (*delivered)(rd_kafka_t *, const rd_kafka_message_t *, void *), struct error *error);

/* What a call about a topic answered, as an error: the right that is missing (no_access) if that is the reason, else "TOPIC:
 * DOING: why", code kafka. `operation` is the right that the call needs, "Read" …; `doing` says what didn't work, or is NULL.
 * Returns false. */
bool connection_error(rd_kafka_t *client, rd_kafka_resp_err_t code, const char *topic, const char *operation, const char *doing,
	struct error *error);

/* Partitions of a topic: 0 if there is no such topic, -1 with error if the cluster can't be asked. */
int connection_partitions(struct connection *connection, rd_kafka_t *client, const char *topic, struct error *error);

#endif
