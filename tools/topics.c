/* topics: `copydesk topics`: makes the pipeline's topics with the settings they need, and shows what is there. */
#include "tools/commands.h"
#include "tools/connection.h"
#include "tools/pipeline.h"
#include "tools/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const struct flag FLAGS[] = {
	{"partitions", 'p', "N", "6", "partitions of each new topic: the most processes a stage can have"},
	{"replication", 'r', "N", "0", "copies of each partition; 0: what the brokers have as default"},
	{"retention", 0, "DAYS", "30", "how long records stay; dead letters stay for ever; a replay keeps old times, so cover it"},
	{"max-message-bytes", 0, "N", "32M", "largest record a topic takes"},
	{"prefix", 0, "TEXT", "", "put before the name of each topic of the pipeline"},
	{"dry-run", 'n', NULL, NULL, "create: only check with the brokers"},
	{"yes", 'y', NULL, NULL, "delete: really; without it the topics are only listed"},
	{"all", 'a', NULL, NULL, "describe: every topic of the cluster"},
	{NULL},
};

enum { ADMIN_WAIT_MS = 30000, TOPICS_MAX = 64 };

struct topic_wish {
	char name[250];
	enum topic_role role;
};

/* The topics named, else the pipeline's. Returns their number. */
static size_t topics_wanted(const struct args *args, struct topic_wish wishes[TOPICS_MAX])
{
	size_t count = 0;
	for (size_t i = 1; i < args->operand_count && count < TOPICS_MAX; i++) {
		size_t len = strlen(args->operands[i]);
		snprintf(wishes[count].name, sizeof wishes[count].name, "%s", args->operands[i]);
		wishes[count++].role = len > 5 && strcmp(args->operands[i] + len - 5, ".dead") == 0 ? TOPIC_DEAD : TOPIC_FLOW;
	}
	for (const struct pipeline_topic *topic = PIPELINE_TOPICS; args->operand_count <= 1 && topic->name; topic++) {
		snprintf(wishes[count].name, sizeof wishes[count].name, "%s%s", args_text(args, "prefix"), topic->name);
		wishes[count++].role = topic->role;
	}
	return count;
}

static rd_kafka_NewTopic_t *topic_order(const struct args *args, const struct topic_wish *wish, struct error *error)
{
	int64_t partitions, replication, days, bytes;
	char why[256], number[32];
	if (!args_integer(args, "partitions", 1, 10000, &partitions, error) || !args_integer(args, "replication", 0, 32, &replication, error) ||
		!args_integer(args, "retention", 1, 36500, &days, error) ||
		!args_integer(args, "max-message-bytes", 1024, 1 << 30, &bytes, error))
		return NULL;
	bool journal = wish->role == TOPIC_JOURNAL;
	rd_kafka_NewTopic_t *order = rd_kafka_NewTopic_new(wish->name, journal ? 1 : (int)partitions, replication ? (int)replication : -1, why, sizeof why);
	if (!order) {
		error_set(error, "topic", "%s: %s", wish->name, why);
		return NULL;
	}
	snprintf(number, sizeof number, "%lld", (long long)bytes);
	rd_kafka_NewTopic_set_config(order, "max.message.bytes", number);
	/* a dead letter keeps its original's time: time-based retention would delete old pages within minutes */
	snprintf(number, sizeof number, "%lld", wish->role == TOPIC_DEAD || journal ? -1LL : (long long)days * 86400000);
	rd_kafka_NewTopic_set_config(order, "retention.ms", number);
	rd_kafka_NewTopic_set_config(order, "cleanup.policy", journal ? "compact" : "delete");
	rd_kafka_NewTopic_set_config(order, "message.timestamp.type", "CreateTime");
	return order;
}

static rd_kafka_event_t *admin_wait(rd_kafka_queue_t *queue, struct error *error)
{
	rd_kafka_event_t *event = rd_kafka_queue_poll(queue, ADMIN_WAIT_MS);
	if (!event)
		error_set(error, "timeout", "the brokers didn't answer within %d s", ADMIN_WAIT_MS / 1000);
	else if (rd_kafka_event_error(event))
		error_set(error, "admin", "%s", rd_kafka_event_error_string(event));
	else
		return event;
	if (event)
		rd_kafka_event_destroy(event);
	return NULL;
}

/* One line a topic; false if any is missing afterwards. */
static bool created_report(rd_kafka_event_t *event, bool dry, int *made)
{
	size_t count;
	bool ok = true;
	const rd_kafka_topic_result_t **results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
	for (size_t i = 0; i < count; i++) {
		rd_kafka_resp_err_t code = rd_kafka_topic_result_error(results[i]);
		const char *name = rd_kafka_topic_result_name(results[i]), *why = rd_kafka_topic_result_error_string(results[i]);
		if (!code) {
			printf("%-20s %s\n", name, dry ? "could be created" : "created");
			++*made;
		} else if (code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
			printf("%-20s is there\n", name);
		} else {
			fprintf(stderr, "%-20s NOT created: %s\n", name, why ? why : rd_kafka_err2str(code));
			ok = false;
		}
	}
	return ok;
}

static bool topics_create(const struct args *args, struct connection *connection, rd_kafka_t *client, int *made, struct error *error)
{
	struct topic_wish wishes[TOPICS_MAX];
	rd_kafka_NewTopic_t *orders[TOPICS_MAX];
	size_t wanted = topics_wanted(args, wishes), ordered = 0;
	bool ok = false, dry = args_given(args, "dry-run");
	rd_kafka_queue_t *queue = rd_kafka_queue_new(client);
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS);
	rd_kafka_event_t *event = NULL;
	if (connection->embedded) {
		error_set(error, "embedded", "the embedded broker on %s makes topics by itself: when it starts (`copydesk broker --topics`) and at first use",
			connection->servers);
		goto out;
	}
	rd_kafka_AdminOptions_set_operation_timeout(options, ADMIN_WAIT_MS - 5000, NULL, 0);
	rd_kafka_AdminOptions_set_request_timeout(options, ADMIN_WAIT_MS, NULL, 0);
	if (dry)
		rd_kafka_AdminOptions_set_validate_only(options, 1, NULL, 0);
	for (; ordered < wanted; ordered++)
		if (!(orders[ordered] = topic_order(args, &wishes[ordered], error)))
			goto out;
	rd_kafka_CreateTopics(client, orders, ordered, options, queue);
	event = admin_wait(queue, error);
	if (!event)
		goto out;
	ok = created_report(event, dry, made) || error_set(error, "topic", "not every topic could be created, see above");
	rd_kafka_event_destroy(event);
out:
	rd_kafka_NewTopic_destroy_array(orders, ordered);
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_queue_destroy(queue);
	return ok;
}

/* What is on a deleted topic is gone: only with --yes. */
static bool topics_delete(const struct args *args, rd_kafka_t *client, struct error *error)
{
	struct topic_wish wishes[TOPICS_MAX];
	rd_kafka_DeleteTopic_t *orders[TOPICS_MAX];
	size_t wanted = topics_wanted(args, wishes), count;
	bool ok = true;
	if (!args_given(args, "yes")) {
		for (size_t i = 0; i < wanted; i++)
			printf("%s\n", wishes[i].name);
		return error_set(error, "usage", "nothing was deleted: --yes deletes these %zu topics and all that is on them", wanted);
	}
	for (size_t i = 0; i < wanted; i++)
		orders[i] = rd_kafka_DeleteTopic_new(wishes[i].name);
	rd_kafka_queue_t *queue = rd_kafka_queue_new(client);
	rd_kafka_DeleteTopics(client, orders, wanted, NULL, queue);
	rd_kafka_event_t *event = admin_wait(queue, error);
	ok = event != NULL;
	const rd_kafka_topic_result_t **results = event ? rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count) : NULL;
	for (size_t i = 0; event && i < count; i++) {
		rd_kafka_resp_err_t code = rd_kafka_topic_result_error(results[i]);
		printf("%-20s %s\n", rd_kafka_topic_result_name(results[i]), code ? rd_kafka_err2str(code) : "deleted");
		if (code && code != RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
			ok = error_set(error, "topic", "not every topic could be deleted, see above");
	}
	if (event)
		rd_kafka_event_destroy(event);
	rd_kafka_queue_destroy(queue);
	rd_kafka_DeleteTopic_destroy_array(orders, wanted);
	return ok;
}

struct topic_settings {
	char retention[32], bytes[32], minimum[16];
};

/* Settings as the brokers have them; "?" where they may not be read. */
static void settings_ask(struct connection *connection, rd_kafka_t *client, const char *topic, struct topic_settings *settings)
{
	struct error error;
	snprintf(settings->retention, sizeof settings->retention, "?");
	snprintf(settings->bytes, sizeof settings->bytes, "?");
	snprintf(settings->minimum, sizeof settings->minimum, "?");
	if (connection->embedded)
		return;
	rd_kafka_ConfigResource_t *resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic);
	rd_kafka_queue_t *queue = rd_kafka_queue_new(client);
	rd_kafka_DescribeConfigs(client, &resource, 1, NULL, queue);
	rd_kafka_event_t *event = admin_wait(queue, &error);
	if (event) {
		size_t resources, entries = 0;
		const rd_kafka_ConfigResource_t **found = rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event), &resources);
		const rd_kafka_ConfigEntry_t **list = resources ? rd_kafka_ConfigResource_configs(found[0], &entries) : NULL;
		for (size_t i = 0; i < entries; i++) {
			const char *name = rd_kafka_ConfigEntry_name(list[i]), *value = rd_kafka_ConfigEntry_value(list[i]);
			if (!value)
				continue;
			if (strcmp(name, "retention.ms") == 0 && strcmp(value, "-1") == 0)
				snprintf(settings->retention, sizeof settings->retention, "for ever");
			else if (strcmp(name, "retention.ms") == 0)
				snprintf(settings->retention, sizeof settings->retention, "%.1f d", strtod(value, NULL) / 86400000);
			else if (strcmp(name, "max.message.bytes") == 0)
				format_bytes(strtod(value, NULL), settings->bytes);
			else if (strcmp(name, "min.insync.replicas") == 0)
				snprintf(settings->minimum, sizeof settings->minimum, "%.15s", value);
		}
		rd_kafka_event_destroy(event);
	}
	rd_kafka_queue_destroy(queue);
	rd_kafka_ConfigResource_destroy(resource);
}

static bool topic_describe(struct connection *connection, rd_kafka_t *client, const struct terminal *terminal, const char *topic, const char *about)
{
	struct error error;
	struct topic_settings settings;
	int64_t records = 0, low, high;
	char number[32];
	int partitions = connection_partitions(connection, client, topic, &error);
	if (partitions <= 0) {
		terminal_put(terminal, STYLE_RED, slice_of(topic), 0);
		printf("%*s %s\n", (int)(24 > strlen(topic) ? 24 - strlen(topic) : 0), "", partitions < 0 ? error.text : "missing: `copydesk topics create` makes it");
		return false;
	}
	for (int32_t partition = 0; partition < partitions; partition++)
		if (!rd_kafka_query_watermark_offsets(client, topic, partition, &low, &high, 5000))
			records += high - low;
	settings_ask(connection, client, topic, &settings);
	printf("%-24s %10d %13s %12s %10s %8s  ", topic, partitions, format_count(records, number), settings.retention, settings.bytes, settings.minimum);
	terminal_put(terminal, STYLE_DIM, slice_of(about ? about : ""), 0);
	putchar('\n');
	return true;
}

static bool is_pipeline_topic(const char *prefix, const char *name, const struct pipeline_topic **found)
{
	size_t len = strlen(prefix);
	for (*found = PIPELINE_TOPICS; (*found)->name; ++*found)
		if (strncmp(prefix, name, len) == 0 && strcmp((*found)->name, name + len) == 0)
			return true;
	return false;
}

static bool topics_describe(const struct args *args, struct connection *connection, rd_kafka_t *client)
{
	struct terminal terminal;
	struct topic_wish wishes[TOPICS_MAX];
	const struct rd_kafka_metadata *metadata;
	const struct pipeline_topic *known;
	bool all_there = true;
	terminal_init(&terminal, stdout);
	printf("%s%-24s %10s %13s %12s %10s %8s%s\n", terminal_on(&terminal, STYLE_BOLD), "topic", "partitions", "records", "kept", "largest", "in sync",
		terminal_off(&terminal, STYLE_BOLD));
	if (args_given(args, "all") && !rd_kafka_metadata(client, 1, NULL, &metadata, 10000)) {
		for (int i = 0; i < metadata->topic_cnt; i++)
			topic_describe(connection, client, &terminal, metadata->topics[i].topic,
				is_pipeline_topic(args_text(args, "prefix"), metadata->topics[i].topic, &known) ? known->about : NULL);
		rd_kafka_metadata_destroy(metadata);
		return true;
	}
	size_t count = topics_wanted(args, wishes);
	for (size_t i = 0; i < count; i++)
		all_there &= topic_describe(connection, client, &terminal, wishes[i].name,
			is_pipeline_topic(args_text(args, "prefix"), wishes[i].name, &known) ? known->about : NULL);
	return all_there;
}

static int topics_run(struct args *args)
{
	static const char *const overrides[] = {"allow.auto.create.topics", "false", NULL};
	struct connection connection;
	struct error error;
	const char *verb = args->operand_count ? args->operands[0] : "describe";
	bool create = strcmp(verb, "create") == 0, delete = strcmp(verb, "delete") == 0;
	int made = 0;
	if (!create && !delete && strcmp(verb, "describe") != 0)
		return command_misuse(args, "%s: is neither create, describe nor delete", verb);
	if (!connection_init(&connection, args, &error))
		return command_fail(args, EX_USAGE, &error);
	int exit_code = EX_OK;
	rd_kafka_t *client = connection_open(&connection, create || delete ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, create || delete ? NULL : overrides, &error);
	if (!client)
		exit_code = command_fail(args, EX_UNAVAILABLE, &error);
	else if (create && !topics_create(args, &connection, client, &made, &error))
		exit_code = command_fail(args, strcmp(error.code, "usage") == 0 ? EX_USAGE : EX_UNAVAILABLE, &error);
	else if (delete && !topics_delete(args, client, &error))
		exit_code = command_fail(args, strcmp(error.code, "usage") == 0 ? EX_USAGE : EX_UNAVAILABLE, &error);
	else if (!create && !delete && !topics_describe(args, &connection, client))
		exit_code = EX_DATAERR;
	if (client)
		rd_kafka_destroy(client);
	connection_release(&connection);
	return exit_code;
}

const struct command command_topics = {
	.name = "topics",
	.summary = "create, describe or delete the topics",
	.usage = "create [FLAGS] [NAME…]\ndescribe [FLAGS] [NAME…]\ndelete --yes [FLAGS] [NAME…]",
	.about = "Without names: all topics of the pipeline. Topics that exist are left as they are. `describe` ends with code 65 if one is missing.",
	.examples = "  copydesk topics create --kafka broker:9092 --partitions 12 --replication 3\n  copydesk topics describe --kafka broker:9092",
	.verbs = "create|describe|delete",
	.flags = FLAGS,
	.kafka = true,
	.run = topics_run,
};
