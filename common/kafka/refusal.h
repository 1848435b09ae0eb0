/* refusal: what brokers don't let this user do, as an error that names the right that is missing and the command that grants it.
 * docs/security.md lists the rights of each stage and of the commands. */
#ifndef COPYDESK_REFUSAL_H
#define COPYDESK_REFUSAL_H

#include "base/error.h"

#include <librdkafka/rdkafka.h>
#include <pthread.h>
#include <stdatomic.h>

/* True for codes that say that a right is missing. They don't heal by themselves: no point in asking again. */
bool refusal_is(rd_kafka_resp_err_t code);

/* Sets code no_access and returns false. `topic` (or several, "a --topic b") and `operation` (as kafka-acls spells it: "Read",
 * "Write", "Describe", "DescribeConfigs", "Create", "Delete") say what was tried; the group and the transactional id are the
 * handle's. */
bool refusal_error(rd_kafka_t *handle, rd_kafka_resp_err_t code, const char *topic, const char *operation, struct error *error);
/* The same for a group that isn't the handle's own. */
bool refusal_of_group(rd_kafka_t *handle, const char *group, const char *operation, struct error *error);

/* A refusal on its way from a callback or a thread to who can end the process: the first one is kept. */
struct refusal {
	pthread_mutex_t mutex;
	atomic_bool set;
	struct error error;
};
void refusal_init(struct refusal *refusal);
void refusal_release(struct refusal *refusal);
/* Keeps it if the code is one of a refusal, and answers whether it is. */
bool refusal_note(
	struct refusal *refusal, rd_kafka_t *handle, rd_kafka_resp_err_t code, const char *topic, const char *operation);
/* True when there is one, which is copied. */
bool refusal_noted(struct refusal *refusal, struct error *error);

/* Wrong credentials or certificates, as error callbacks tell them (_AUTHENTICATION, _SSL): remembered for the process, because
 * requests that wait for a connection only time out. */
void refusal_of_connection(rd_kafka_resp_err_t code, const char *reason);
/* True when there was one since the start: code no_access, with what to look at. */
bool refusal_at_connection(struct error *error);

#endif
