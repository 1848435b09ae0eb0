/* precheck: see precheck.h. */
#include "kafka/precheck.h"

#include "kafka/client.h"

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

	/* First the keys that are there: one of them may be the servers', misspelt. */
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_CONSUMER, error);
	if (!conf)
		return false;
	rd_kafka_conf_destroy(conf);
	if (!config_has(config, "kafka.bootstrap.servers"))
		return error_set(
			error, "kafka_option", "kafka.bootstrap.servers is not set: -X kafka.bootstrap.servers=HOST:PORT");
	if (interval * 3 > timeout) {
		return error_set(error, "kafka_option",
			"commit.interval.ms = %lld is more than a third of kafka.transaction.timeout.ms = %lld: "
			"transactions would time out and fence this process off",
			(long long)interval, (long long)timeout);
	}
	return try_kind(config, CLIENT_CONSUMER, error) && try_kind(config, CLIENT_PRODUCER, error);
}
