/* connection: see connection.h. */
#include "tools/connection.h"

#include "base/buf.h"
#include "base/clock.h"
#include "kafka/refusal.h"
#include "run/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

enum { METADATA_WAIT_MS = 10000, METADATA_TRY_MS = 2000, FILE_MAX = 1 << 20 };

/* A stage's configuration file serves tools too: they take its kafka.* lines and leave the rest to the stage, which checks
 * them. */
static bool read_kafka_lines(struct config *config, const char *path, struct error *error)
{
	char *text = NULL;
	FILE *file = fopen(path, "r");
	bool ok = false;
	if (!file)
		return error_set(error, "config_file", "%s: %s", path, strerror(errno));
	text = malloc(FILE_MAX);
	size_t len = text ? fread(text, 1, FILE_MAX, file) : 0;
	if (!text || ferror(file) || len == FILE_MAX) {
		error_set(error, "config_file", "%s: can't be read, or is larger than a configuration file should be", path);
		goto out;
	}
	struct slice rest = {text, len}, line;
	for (int number = 1; slice_next_line(&rest, &line); number++) {
		char where[300];
		struct slice name;
		line = slice_trim(line);
		if (!slice_starts(line, SLICE("kafka.")) || !slice_split(&line, '=', &name))
			continue;
		snprintf(where, sizeof where, "%.250s:%d", path, number);
		struct slice value = slice_trim(line);
		if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
			value = slice_sub(value, 1, value.len - 1);
		if (!config_set(config, slice_trim(name), value, CONFIG_FILE, where, error))
			goto out;
	}
	ok = true;
out:
	free(text);
	fclose(file);
	return ok;
}

bool connection_init(struct connection *connection, const struct args *args, struct error *error)
{
	memset(connection, 0, sizeof *connection);
	connection->config = config_create(NULL, 0);
	const char *file = args_text(args, "config");
	if (file && !read_kafka_lines(connection->config, file, error))
		return false;
	for (char **entry = environ; *entry; entry++) {
		char name[128] = "kafka.";
		const char *equals = strchr(*entry, '=');
		if (strncmp(*entry, "COPYDESK_KAFKA_", 15) != 0 || !equals || equals - *entry > 100)
			continue;
		size_t at = 6;
		for (const char *c = *entry + 15; c < equals; c++)
			name[at++] = *c == '_' ? '.' : byte_lower(*c);
		if (!config_set(connection->config, slice_make(name, at), slice_of(equals + 1), CONFIG_ENVIRONMENT, "environment",
			    error))
			return false;
	}
	for (size_t i = 0; i < args->setting_count; i++)
		if (strncmp(args->settings[i], "kafka.", 6) == 0 &&
			!config_set_pair(connection->config, args->settings[i], error))
			return false;
	const char *servers = args_text(args, "kafka");
	if (servers &&
		!config_set(connection->config, SLICE("kafka.bootstrap.servers"), slice_of(servers), CONFIG_COMMAND_LINE,
			"--kafka", error))
		return false;
	if (!config_has(connection->config, "kafka.bootstrap.servers"))
		return error_set(error, "usage",
			"which Kafka? give --kafka HOST:PORT, or kafka.bootstrap.servers in --config, or "
			"COPYDESK_KAFKA_BOOTSTRAP_SERVERS; `copydesk broker` starts one to try with");
	snprintf(connection->servers, sizeof connection->servers, "%s",
		config_text(connection->config, "kafka.bootstrap.servers"));
	return true;
}

bool connection_to(struct connection *connection, const char *servers, struct error *error)
{
	memset(connection, 0, sizeof *connection);
	connection->config = config_create(NULL, 0);
	snprintf(connection->servers, sizeof connection->servers, "%s", servers);
	return config_set(connection->config, SLICE("kafka.bootstrap.servers"), slice_of(servers), CONFIG_COMMAND_LINE, "broker", error);
}

void connection_release(struct connection *connection)
{
	if (connection->config)
		config_destroy(&connection->config);
}

static void on_log(const rd_kafka_t *client, int level, const char *facility, const char *text)
{
	(void)client, (void)level, (void)facility, (void)text;
}

static void on_error(rd_kafka_t *client, int code, const char *text, void *opaque)
{
	struct connection *connection = opaque;
	(void)client;
	refusal_of_connection((rd_kafka_resp_err_t)code, text);
	snprintf(connection->last_error, sizeof connection->last_error, "%s", text);
}

struct conf_target {
	rd_kafka_conf_t *conf;
	struct error *error;
};

static bool conf_apply(void *context, const char *name, const char *value)
{
	struct conf_target *target = context;
	char why[256];
	if (rd_kafka_conf_set(target->conf, name + strlen("kafka."), value, why, sizeof why) != RD_KAFKA_CONF_OK)
		return error_set(target->error, "kafka_config", "%s: %s", name, why);
	return true;
}

static rd_kafka_conf_t *conf_make(struct connection *connection, const char *const *overrides, struct error *error)
{
	struct conf_target target = {rd_kafka_conf_new(), error};
	char why[256];
	rd_kafka_conf_set(target.conf, "client.id", "copydesk", NULL, 0);
	rd_kafka_conf_set_log_cb(target.conf, on_log);
	rd_kafka_conf_set_error_cb(target.conf, on_error);
	rd_kafka_conf_set_opaque(target.conf, connection);
	if (!config_each(connection->config, "kafka.", conf_apply, &target))
		goto bad;
	for (; overrides && *overrides; overrides += 2) {
		char key[128];
		const char *name = overrides[0] + (overrides[0][0] == '?');
		snprintf(key, sizeof key, "kafka.%s", name);
		if (overrides[0][0] == '?' && config_has(connection->config, key))
			continue;
		if (rd_kafka_conf_set(target.conf, name, overrides[1], why, sizeof why) != RD_KAFKA_CONF_OK) {
			error_set(error, "kafka_config", "%s: %s", name, why);
			goto bad;
		}
	}
	return target.conf;
bad:
	rd_kafka_conf_destroy(target.conf);
	return NULL;
}

/* With a wrong password requests only wait for a connection: the complaint comes by the callback, and ends the wait. */
static bool cluster_greet(struct connection *connection, rd_kafka_t *client, struct error *error)
{
	const struct rd_kafka_metadata *metadata;
	int64_t deadline = clock_monotonic_us() + METADATA_WAIT_MS * 1000LL;
	rd_kafka_resp_err_t code;
	do {
		code = rd_kafka_metadata(client, 0, NULL, &metadata, METADATA_TRY_MS);
		rd_kafka_poll(client, 0); /* brings the complaint */
		if (code && refusal_at_connection(error))
			return error_context(error, "Kafka at %s", connection->servers);
	} while (code && clock_monotonic_us() < deadline);
	if (code) {
		return error_set(error, "kafka_unreachable",
			"no answer from Kafka at %s within %d s: %s. Is it running, and is the address one that "
			"this host reaches?",
			connection->servers, METADATA_WAIT_MS / 1000,
			*connection->last_error ? connection->last_error : rd_kafka_err2str(code));
	}
	rd_kafka_metadata_destroy(metadata);
	char *id = rd_kafka_clusterid(client, 1000);
	if (id) {
		snprintf(connection->cluster_id, sizeof connection->cluster_id, "%s", id);
		connection->embedded = strncmp(id, "mockCluster", 11) == 0;
		rd_kafka_mem_free(client, id);
	}
	return true;
}

static rd_kafka_t *client_make(struct connection *connection, rd_kafka_type_t type, rd_kafka_conf_t *conf, struct error *error)
{
	char why[256];
	if (!conf)
		return NULL;
	rd_kafka_t *client = rd_kafka_new(type, conf, why, sizeof why);
	if (!client) {
		rd_kafka_conf_destroy(conf);
		error_set(error, "kafka_config", "no Kafka client: %s", why);
		return NULL;
	}
	if (!cluster_greet(connection, client, error)) {
		rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
		return NULL;
	}
	return client;
}

rd_kafka_t *connection_open(
	struct connection *connection, rd_kafka_type_t type, const char *const *overrides, struct error *error)
{
	return client_make(connection, type, conf_make(connection, overrides, error), error);
}

rd_kafka_t *connection_producer(struct connection *connection, const char *const *overrides,
	void (*delivered)(rd_kafka_t *, const rd_kafka_message_t *, void *), struct error *error)
{
	rd_kafka_conf_t *conf = conf_make(connection, overrides, error);
	if (!conf)
		return NULL;
	rd_kafka_conf_set_dr_msg_cb(conf, delivered);
	return client_make(connection, RD_KAFKA_PRODUCER, conf, error);
}

bool connection_error(rd_kafka_t *client, rd_kafka_resp_err_t code, const char *topic, const char *operation, const char *doing,
	struct error *error)
{
	char reason[200];

	/* what ended the client, and with it what it had not sent yet */
	if (code == RD_KAFKA_RESP_ERR__FATAL || code == RD_KAFKA_RESP_ERR__PURGE_QUEUE ||
		code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT) {
		rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(client, reason, sizeof reason);
		code = fatal ? fatal : code;
	}
	if (refusal_is(code))
		return refusal_error(client, code, topic, operation, error);
	return error_set(error, "kafka", "%s: %s%s%s", topic, doing ? doing : "", doing ? ": " : "", rd_kafka_err2str(code));
}

int connection_partitions(struct connection *connection, rd_kafka_t *client, const char *topic, struct error *error)
{
	const struct rd_kafka_metadata *metadata;
	rd_kafka_topic_t *handle = rd_kafka_topic_new(client, topic, NULL);
	if (!handle) {
		error_set(error, "topic", "%s is no topic name: %s", topic, rd_kafka_err2str(rd_kafka_last_error()));
		return -1;
	}
	rd_kafka_resp_err_t code = rd_kafka_metadata(client, 0, handle, &metadata, METADATA_WAIT_MS);
	rd_kafka_topic_destroy(handle);
	if (code) {
		error_set(error, "kafka_unreachable", "%s: no metadata from %s: %s", topic, connection->servers,
			rd_kafka_err2str(code));
		return -1;
	}
	int partitions = 0;
	if (metadata->topic_cnt == 1) {
		code = metadata->topics[0].err;
		partitions = code ? 0 : metadata->topics[0].partition_cnt;
	}
	rd_kafka_metadata_destroy(metadata);
	if (code && code != RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART && code != RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE) {
		connection_error(client, code, topic, "Describe", NULL, error);
		return -1;
	}
	return partitions;
}
