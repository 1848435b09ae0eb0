/* precheck: see precheck.h. */
#include "kafka/precheck.h"

#include "base/log.h"
#include "kafka/client.h"
#include "kafka/offsets.h"
#include "kafka/producer.h"

#include <stdlib.h>

const char *precheck_library_version(void) { return rd_kafka_version_str(); }

/* librdkafka checks values against each other only when a handle is made. */
static bool try_kind(const struct config *config, enum client_kind kind, struct error *error)
{
	rd_kafka_conf_t *conf = client_conf(config, kind, error);
	rd_kafka_t *handle = conf ? client_create(conf, kind, NULL, error) : NULL;

	if (!handle)
		return false;
	rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	return true;
}

bool precheck_config(const struct config *config, struct error *error)
{
	int64_t interval = config_integer(config, "commit.interval.ms"), timeout = client_transaction_timeout_ms(config);

	if (!config_has(config, "kafka.bootstrap.servers"))
		return error_set(error, "kafka_option", "kafka.bootstrap.servers is not set: -X kafka.bootstrap.servers=HOST:PORT");
	if (interval * 3 > timeout) {
		return error_set(error, "kafka_option", "commit.interval.ms = %lld is more than a third of kafka.transaction.timeout.ms = %lld: "
			"transactions would time out and fence this process off", (long long)interval, (long long)timeout);
	}
	return try_kind(config, CLIENT_CONSUMER, error) && try_kind(config, CLIENT_PRODUCER, error);
}

static bool precheck_topics(const struct stage *stage, const struct config *config, struct producer *producer, struct error *error)
{
	int64_t largest = config_integer(config, "message.max.bytes");
	int dead;

	for (const struct stage_output *output = stage->outputs; output->option; output++) {
		if (producer_topic(producer, config_text(config, output->option), error) < 0)
			return false;
	}
	dead = producer_topic(producer, config_text(config, "topic.dead"), error);
	if (dead < 0 || !offsets_partitions(producer_handle(producer), config_text(config, "topic.in"), OFFSETS_TIMEOUT_MS, error))
		return false;
	if (producer_limit(producer, dead) < (size_t)largest) {
		log_warn("dead_letters_cut", LOG_STR("topic", config_text(config, "topic.dead")), LOG_INT("takes", producer_limit(producer, dead)),
			LOG_INT("message_max_bytes", largest),
			LOG_STR("text", "larger dead letters will be cut: raise the topic's max.message.bytes (or memory.limit)"));
	}
	return true;
}

bool precheck_brokers(const struct stage *stage, const struct config *config, struct error *error)
{
	struct producer *producer = producer_create(config, error);
	bool good = producer && precheck_topics(stage, config, producer, error);

	producer_destroy(&producer);
	return good;
}
