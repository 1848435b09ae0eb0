/* client: librdkafka configurations. The hard thing is to know which of librdkafka's 150 settings the guarantee rests on; those
 * are ours, and setting one is an error that names our own key for it. */
#include "kafka/client.h"

#include "base/log.h"
#include "kafka/faults.h"
#include "kafka/refusal.h"

#include <stdio.h>
#include <stdlib.h>

#define MIB (1024 * 1024)
#define TRANSACTION_TIMEOUT_MS 15000

struct client_budget client_budget(const struct config *config)
{
	int64_t limit = config_integer(config, "memory.limit"), part = limit / 16;
	struct client_budget budget = {
		.fetch_queue = part < 8 * MIB ? 8 * MIB : part > 64 * MIB ? 64 * MIB : part,
		.send_queue = part < 32 * MIB ? 32 * MIB : part > 64 * MIB ? 64 * MIB : part,
	};
	budget.fetch = budget.fetch_queue / 4 > 8 * MIB ? 8 * MIB : budget.fetch_queue / 4;
	budget.message = budget.send_queue / 2;
	return budget;
}

/* What must not be set under kafka.*, and what to set instead. */
static const struct {
	const char *name, *instead;
} OURS[] = {
	{"group.id", "set group"},
	{"group.instance.id", "set instance"},
	{"transactional.id", "set group and instance"},
	{"enable.idempotence", "set guarantee"},
	{"enable.auto.commit", "the runner commits with the outputs"},
	{"enable.auto.offset.store", "the runner commits with the outputs"},
	{"auto.offset.reset", "set from"},
	{"isolation.level", "aborted messages must never be read"},
	{"enable.partition.eof", "the runner needs it"},
	{"acks", "set guarantee"},
	{"request.required.acks", "set guarantee"},
	{"max.in.flight.requests.per.connection", "order depends on it"},
	{"max.in.flight", "order depends on it"},
	{"plugin.library.paths", "the runner loads no code"},
};

static const char *known_as_ours(const char *name)
{
	for (size_t i = 0; i < sizeof(OURS) / sizeof(OURS[0]); i++) {
		if (strcmp(OURS[i].name, name) == 0)
			return OURS[i].instead;
	}
	return NULL;
}

void client_set(rd_kafka_conf_t *conf, const char *name, const char *value)
{
	char text[512];

	if (rd_kafka_conf_set(conf, name, value, text, sizeof(text)) == RD_KAFKA_CONF_OK)
		return;
	fprintf(stderr, "copydesk: program error: librdkafka refuses %s = %s: %s\n", name, value, text);
	abort();
}

void client_set_int(rd_kafka_conf_t *conf, const char *name, int64_t value)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	client_set(conf, name, text);
}

struct pass {
	const struct config *config;
	rd_kafka_conf_t *conf;
	struct error *error;
};

static bool pass_key(void *context, const char *name, const char *value)
{
	struct pass *pass = context;
	const char *key = name + strlen("kafka."), *instead = known_as_ours(key);
	char text[400];

	if (instead) {
		return error_set(pass->error, "kafka_option", "%s: %s is copydesk's own to set: %s",
			config_where(pass->config, name), name, instead);
	}
	if (rd_kafka_conf_set(pass->conf, key, value, text, sizeof(text)) == RD_KAFKA_CONF_OK)
		return true;
	/* The value may be a secret: librdkafka's sentence isn't repeated then. */
	return error_set(pass->error, "kafka_option", "%s: %s: %s", config_where(pass->config, name), name,
		config_is_secret(pass->config, name) ? "librdkafka refuses this value" : text);
}

/* librdkafka's levels are syslog's (RFC 5424 §6.2.1). <syslog.h> itself would redefine ours. */
static enum log_level level_of(int severity)
{
	enum { ERROR = 3, WARNING = 4, NOTICE = 5 };

	return severity <= ERROR ? LOG_ERROR : severity <= WARNING ? LOG_WARN : severity <= NOTICE ? LOG_INFO : LOG_DEBUG;
}

static void on_log(const rd_kafka_t *handle, int level, const char *facility, const char *text)
{
	/* One configuration serves consumer and producer, so each sees keys of the other: not worth a line. */
	if (strcmp(facility, "CONFWARN") == 0)
		return;
	log_write(level_of(level) == LOG_ERROR ? LOG_WARN : level_of(level), "kafka",
		LOG_FIELDS(LOG_STR("client", handle ? rd_kafka_name(handle) : ""), LOG_STR("about", facility),
			LOG_STR("text", text)));
}

void client_log_error(rd_kafka_t *handle, int code, const char *reason)
{
	faults_count(rd_kafka_err2name((rd_kafka_resp_err_t)code));
	refusal_of_connection((rd_kafka_resp_err_t)code, reason);
	log_warn("kafka_error", LOG_STR("client", rd_kafka_name(handle)),
		LOG_STR("code", rd_kafka_err2name((rd_kafka_resp_err_t)code)), LOG_STR("text", reason));
}

int64_t client_transaction_timeout_ms(const struct config *config)
{
	const char *name = "kafka.transaction.timeout.ms";
	int64_t interval = config_integer(config, "commit.interval.ms"), wanted;

	if (config_has(config, name) && slice_to_int64(slice_of(config_text(config, name)), &wanted))
		return wanted;
	return interval * 3 > TRANSACTION_TIMEOUT_MS ? interval * 3 : TRANSACTION_TIMEOUT_MS;
}

static void set_consumer(rd_kafka_conf_t *conf, const struct client_budget *budget)
{
	client_set(conf, "partition.assignment.strategy", "cooperative-sticky");
	client_set_int(conf, "queued.max.messages.kbytes", budget->fetch_queue / 1024);
	client_set_int(conf, "fetch.max.bytes", budget->fetch);
	client_set_int(conf, "fetch.message.max.bytes", budget->fetch < MIB ? budget->fetch : MIB);
	client_set_int(conf, "receive.message.max.bytes", 256 * (int64_t)MIB);
	client_set_int(conf, "fetch.wait.max.ms", 250);
	client_set_int(conf, "fetch.error.backoff.ms", 100);
}

void client_share_fetch_queue(rd_kafka_conf_t *conf, const struct config *config, int queues)
{
	struct client_budget budget = client_budget(config);
	int64_t share = budget.fetch_queue / queues > MIB ? budget.fetch_queue / queues : MIB,
		most = budget.fetch < MIB ? budget.fetch : MIB;

	if (!config_has(config, "kafka.queued.max.messages.kbytes"))
		client_set_int(conf, "queued.max.messages.kbytes", share / 1024);
	if (!config_has(config, "kafka.fetch.message.max.bytes") && !config_has(config, "kafka.max.partition.fetch.bytes"))
		client_set_int(conf, "fetch.message.max.bytes", share / 4 < most ? share / 4 : most);
}

static void set_producer(rd_kafka_conf_t *conf, const struct config *config, const struct client_budget *budget)
{
	client_set_int(conf, "message.max.bytes", budget->message);
	client_set_int(conf, "queue.buffering.max.kbytes", budget->send_queue / 1024);
	client_set_int(conf, "queue.buffering.max.messages", 1000000);
	/* A commit flushes, which ends all lingering; before it only full batches are worth a request. With a short linger what
	 * doesn't fit the request under way makes 2.0.2's thread poll without waiting until the answer comes. */
	client_set_int(conf, "linger.ms", 1000);
	client_set_int(conf, "transaction.timeout.ms", client_transaction_timeout_ms(config));
	client_set_int(conf, "message.timeout.ms", client_transaction_timeout_ms(config) * 4 / 5);
	client_set(conf, "partitioner", "murmur2_random");
}

/* What the guarantee rests on; set last, so that nothing overrides it. */
static void set_ours(rd_kafka_conf_t *conf, const struct config *config, enum client_kind kind)
{
	char id[520];

	if (kind == CLIENT_CONSUMER) {
		client_set(conf, "group.id", config_text(config, "group"));
		client_set(conf, "group.instance.id", config_text(config, "instance"));
		client_set(conf, "isolation.level", "read_committed");
		client_set(conf, "enable.auto.commit", "false");
		client_set(conf, "enable.auto.offset.store", "false");
		client_set(conf, "enable.partition.eof", "true");
		client_set(conf, "auto.offset.reset", "error");
	}
	if (kind == CLIENT_PRODUCER) {
		client_set(conf, "enable.idempotence", "true");
		if (strcmp(config_text(config, "guarantee"), "exactly-once") == 0) {
			snprintf(id, sizeof(id), "%s.%s", config_text(config, "group"), config_text(config, "instance"));
			client_set(conf, "transactional.id", id);
		}
	}
}

rd_kafka_conf_t *client_conf(const struct config *config, enum client_kind kind, struct error *error)
{
	struct client_budget budget = client_budget(config);
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	struct pass pass = {config, conf, error};
	char id[520];

	snprintf(id, sizeof(id), "%s.%s", config_text(config, "group"), config_text(config, "instance"));
	client_set(conf, "client.id", id);
	rd_kafka_conf_set_log_cb(conf, on_log);
	client_set(conf, "log.connection.close", "false");
	client_set_int(conf, "reconnect.backoff.max.ms", 2000);
	if (kind == CLIENT_CONSUMER)
		set_consumer(conf, &budget);
	if (kind == CLIENT_PRODUCER)
		set_producer(conf, config, &budget);
	if (!config_each(config, "kafka.", pass_key, &pass)) {
		rd_kafka_conf_destroy(conf);
		return NULL;
	}
	set_ours(conf, config, kind);
	return conf;
}

rd_kafka_t *client_create(rd_kafka_conf_t *conf, enum client_kind kind, void *opaque, struct error *error)
{
	char text[400];

	rd_kafka_conf_set_opaque(conf, opaque);
	rd_kafka_t *handle =
		rd_kafka_new(kind == CLIENT_CONSUMER ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER, conf, text, sizeof(text));
	if (!handle) {
		rd_kafka_conf_destroy(conf);
		error_set(error, "kafka_client", "librdkafka refuses this configuration: %s", text);
	}
	return handle;
}

bool client_is_eager(rd_kafka_t *handle) { return strcmp(rd_kafka_rebalance_protocol(handle), "EAGER") == 0; }

static bool assigned(rd_kafka_resp_err_t code, rd_kafka_error_t *refusal, struct error *error)
{
	if (!code && !refusal)
		return true;
	error_set(error, "kafka_assign", "%s", refusal ? rd_kafka_error_string(refusal) : rd_kafka_err2str(code));
	if (refusal)
		rd_kafka_error_destroy(refusal);
	return false;
}

bool client_assign(rd_kafka_t *handle, const rd_kafka_topic_partition_list_t *list, struct error *error)
{
	if (client_is_eager(handle))
		return assigned(rd_kafka_assign(handle, list), NULL, error);
	return assigned(RD_KAFKA_RESP_ERR_NO_ERROR, rd_kafka_incremental_assign(handle, list), error);
}

bool client_unassign(rd_kafka_t *handle, const rd_kafka_topic_partition_list_t *list, struct error *error)
{
	if (client_is_eager(handle))
		return assigned(rd_kafka_assign(handle, NULL), NULL, error);
	return assigned(RD_KAFKA_RESP_ERR_NO_ERROR, rd_kafka_incremental_unassign(handle, list), error);
}
