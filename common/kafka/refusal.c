/* refusal: see refusal.h. */
#include "kafka/refusal.h"

#include <stdio.h>
#include <string.h>

/* Before, the client's nonce is sent twice in the last message (librdkafka #4895). Kafka 3.8.1 and 3.9 compare its end only, for the sake of such clients; Kafka 4
 * compares it whole, as RFC 5802 §5.1 asks. */
#define SCRAM_FIXED 0x02060100
/* So that what to do fits behind it. */
#define REASON_MAX 200

bool refusal_is(rd_kafka_resp_err_t code)
{
	return code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED || code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED ||
		code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED || code == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
}

/* A setting of the handle, `otherwise` if it has none. */
static const char *setting(rd_kafka_t *handle, const char *name, char *out, size_t size, const char *otherwise)
{
	/* It answers OK and writes nothing for a setting that is another kind of client's. */
	out[0] = '\0';
	if (rd_kafka_conf_get(rd_kafka_conf(handle), name, out, &size) == RD_KAFKA_CONF_OK && out[0])
		return out;
	return otherwise;
}

/* The operation in a sentence. */
static const char *verb_of(const char *operation)
{
	static const struct {
		const char *operation, *verb;
	} VERBS[] = {{"Read", "read"}, {"Write", "write"}, {"Create", "create"}, {"Delete", "delete"}, {"DescribeConfigs", "see the settings of"}};

	for (size_t i = 0; i < sizeof(VERBS) / sizeof(VERBS[0]); i++) {
		if (strcmp(operation, VERBS[i].operation) == 0)
			return VERBS[i].verb;
	}
	return "describe";
}

bool refusal_of_group(rd_kafka_t *handle, const char *group, const char *operation, struct error *error)
{
	char user[128];

	return error_set(error, "no_access", "group %s: this user may not use it: grant %s on the group: "
		"kafka-acls --add --allow-principal User:%s --operation %s --group %s", group, operation,
		setting(handle, "sasl.username", user, sizeof(user), "NAME"), operation, group);
}

bool refusal_error(rd_kafka_t *handle, rd_kafka_resp_err_t code, const char *topic, const char *operation, struct error *error)
{
	char user[128], name[200];
	const char *who = setting(handle, "sasl.username", user, sizeof(user), "NAME");

	switch (code) {
	case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
		return refusal_of_group(handle, setting(handle, "group.id", name, sizeof(name), "GROUP"), "Read", error);
	case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
		setting(handle, "transactional.id", name, sizeof(name), "ID");
		return error_set(error, "no_access", "transactional id %s (group.instance): this user may not use it: grant Write on it: "
			"kafka-acls --add --allow-principal User:%s --operation Write --transactional-id %s", name, who, name);
	case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
		return error_set(error, "no_access", "this user may not write idempotently: grant Write on the output topics, or IdempotentWrite on "
			"the cluster (brokers before 3.0): kafka-acls --add --allow-principal User:%s --operation IdempotentWrite --cluster", who);
	default:
		return error_set(error, "no_access", "this user lacks the right to %s a topic: "
			"kafka-acls --add --allow-principal User:%s --operation %s --topic %s", verb_of(operation), who, operation, topic);
	}
}

void refusal_init(struct refusal *refusal)
{
	pthread_mutex_init(&refusal->mutex, NULL);
	atomic_init(&refusal->set, false);
}

void refusal_release(struct refusal *refusal) { pthread_mutex_destroy(&refusal->mutex); }

bool refusal_note(struct refusal *refusal, rd_kafka_t *handle, rd_kafka_resp_err_t code, const char *topic, const char *operation)
{
	if (!refusal_is(code))
		return false;
	pthread_mutex_lock(&refusal->mutex);
	if (!atomic_load(&refusal->set)) {
		refusal_error(handle, code, topic, operation, &refusal->error);
		atomic_store(&refusal->set, true);
	}
	pthread_mutex_unlock(&refusal->mutex);
	return true;
}

bool refusal_noted(struct refusal *refusal, struct error *error)
{
	if (!atomic_load(&refusal->set))
		return false;
	pthread_mutex_lock(&refusal->mutex);
	*error = refusal->error;
	pthread_mutex_unlock(&refusal->mutex);
	return true;
}

static struct {
	pthread_mutex_t mutex;
	struct error error;
} connection = {.mutex = PTHREAD_MUTEX_INITIALIZER};

void refusal_of_connection(rd_kafka_resp_err_t code, const char *reason)
{
	if (code != RD_KAFKA_RESP_ERR__AUTHENTICATION && code != RD_KAFKA_RESP_ERR__SSL)
		return;
	pthread_mutex_lock(&connection.mutex);
	if (!connection.error.code[0] && code == RD_KAFKA_RESP_ERR__AUTHENTICATION && strstr(reason, "SCRAM") && rd_kafka_version() < SCRAM_FIXED)
		error_set(&connection.error, "no_access", "the broker refuses this user: %.*s: Kafka 4 doesn't accept SCRAM from librdkafka "
			"before 2.6.1, and this is %s: use a newer librdkafka, or SASL PLAIN over TLS (docs/security.md); with an older Kafka check "
			"kafka.sasl.password", REASON_MAX, reason,
			rd_kafka_version_str());
	else if (!connection.error.code[0] && code == RD_KAFKA_RESP_ERR__AUTHENTICATION)
		error_set(&connection.error, "no_access", "the broker refuses this user: %.*s: check kafka.sasl.mechanisms, kafka.sasl.username and "
			"kafka.sasl.password", REASON_MAX, reason);
	else if (!connection.error.code[0])
		error_set(&connection.error, "no_access", "no TLS connection to the broker: %.*s: check kafka.ssl.ca.location and that the broker's "
			"certificate names the host of kafka.bootstrap.servers", REASON_MAX, reason);
	pthread_mutex_unlock(&connection.mutex);
}

bool refusal_at_connection(struct error *error)
{
	pthread_mutex_lock(&connection.mutex);
	bool is = connection.error.code[0] != '\0';
	if (is)
		*error = connection.error;
	pthread_mutex_unlock(&connection.mutex);
	return is;
}
