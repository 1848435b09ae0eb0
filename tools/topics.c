/* topics: `copydesk topics`: makes the pipeline's topics with the settings they need, and shows what is there. */
#include "kafka/topicfacts.h"
#include "tools/admin.h"
#include "tools/commands.h"
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

enum { SETTINGS_WAIT_MS = 5000, TOPICS_MAX = 64 };

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

/* Of the flags; the texts are what `settings` points at. */
struct topic_shape {
	int64_t partitions, copies;
	char bytes[32], kept[32];
};

static bool shape_init(struct topic_shape *shape, const struct args *args, struct error *error)
{
	int64_t days, bytes;

	if (!args_integer(args, "partitions", 1, 10000, &shape->partitions, error) ||
		!args_integer(args, "replication", 0, 32, &shape->copies, error) ||
		!args_integer(args, "retention", 1, 36500, &days, error) ||
		!args_integer(args, "max-message-bytes", 1024, 1 << 30, &bytes, error))
		return false;
	snprintf(shape->bytes, sizeof shape->bytes, "%lld", (long long)bytes);
	snprintf(shape->kept, sizeof shape->kept, "%lld", (long long)days * 86400000);
	return true;
}

static bool topic_create(struct connection *connection, rd_kafka_t *client, const struct topic_wish *wish,
	const struct topic_shape *shape, bool dry, bool *made, struct error *error)
{
	bool journal = wish->role == TOPIC_JOURNAL;
	/* a dead letter keeps its original's time: time-based retention would delete old pages within minutes */
	const char *const settings[] = {"max.message.bytes", shape->bytes, "retention.ms",
		wish->role == TOPIC_DEAD || journal ? "-1" : shape->kept, "cleanup.policy", journal ? "compact" : "delete",
		"message.timestamp.type", "CreateTime", NULL};
	const struct admin_topic topic = {wish->name, journal ? 1 : (int)shape->partitions, (int)shape->copies, settings};

	return admin_topic_create(connection, client, &topic, dry, made, error);
}

/* Whether all that a verb did went well; the first error decides the code. */
static bool all_good(const struct error *first, const char *done, struct error *error)
{
	return !first->code[0] || error_set(error, first->code, "not every topic could be %s, see above", done);
}

static bool topics_create(const struct args *args, struct connection *connection, rd_kafka_t *client, struct error *error)
{
	struct topic_wish wishes[TOPICS_MAX];
	struct topic_shape shape;
	struct error first = {0}, why;
	size_t wanted = topics_wanted(args, wishes);
	bool dry = args_given(args, "dry-run"), made;

	if (!shape_init(&shape, args, error))
		return false;
	for (size_t i = 0; i < wanted; i++) {
		if (topic_create(connection, client, &wishes[i], &shape, dry, &made, &why)) {
			printf("%-20s %s\n", wishes[i].name, !made ? "is there" : dry ? "could be created" : "created");
			continue;
		}
		if (connection->embedded)
			return error_set(error, why.code, "%s", why.text);
		fprintf(stderr, "%-20s NOT created: %s\n", wishes[i].name, why.text);
		first = first.code[0] ? first : why;
	}
	return all_good(&first, "created", error);
}

/* What is on a deleted topic is gone: only with --yes. */
static bool topics_delete(const struct args *args, rd_kafka_t *client, struct error *error)
{
	struct topic_wish wishes[TOPICS_MAX];
	struct error first = {0}, why;
	size_t wanted = topics_wanted(args, wishes);
	bool deleted;

	if (!args_given(args, "yes")) {
		for (size_t i = 0; i < wanted; i++)
			printf("%s\n", wishes[i].name);
		return error_set(
			error, "usage", "nothing was deleted: --yes deletes these %zu topics and all that is on them", wanted);
	}
	for (size_t i = 0; i < wanted; i++) {
		if (admin_topic_delete(client, wishes[i].name, &deleted, &why)) {
			printf("%-20s %s\n", wishes[i].name, deleted ? "deleted" : "isn't there");
			continue;
		}
		fprintf(stderr, "%-20s NOT deleted: %s\n", wishes[i].name, why.text);
		first = first.code[0] ? first : why;
	}
	return all_good(&first, "deleted", error);
}

/* A topic's settings in columns; "?" where they may not be read. */
static void settings_print(const struct topicfacts *facts)
{
	char kept[32] = "?", bytes[32] = "?", minimum[16] = "?";

	if (facts->described && facts->retention_ms < 0)
		snprintf(kept, sizeof kept, "for ever");
	else if (facts->described)
		snprintf(kept, sizeof kept, "%.1f d", (double)facts->retention_ms / 86400000);
	if (facts->described) {
		format_bytes((double)facts->max_message_bytes, bytes);
		snprintf(minimum, sizeof minimum, "%lld", (long long)facts->min_insync);
	}
	printf(" %12s %10s %8s  ", kept, bytes, minimum);
}

static bool topic_describe(struct connection *connection, rd_kafka_t *client, const struct terminal *terminal, const char *topic,
	const char *about, struct error *error)
{
	struct topicfacts facts = {0}; /* the embedded broker has no settings */
	int64_t records = 0, low, high;
	char number[32];
	int partitions = connection_partitions(connection, client, topic, error);

	if (partitions > 0 && !connection->embedded && !topicfacts_ask(client, topic, SETTINGS_WAIT_MS, &facts, error))
		partitions = -1;
	if (partitions <= 0) {
		terminal_put(terminal, STYLE_RED, slice_of(topic), 0);
		printf("%*s %s\n", (int)(24 > strlen(topic) ? 24 - strlen(topic) : 0), "",
			partitions < 0 ? error->text : "missing: `copydesk topics create` makes it");
		return partitions < 0 ? false : error_set(error, "missing", "%s", topic);
	}
	for (int32_t partition = 0; partition < partitions; partition++)
		if (!rd_kafka_query_watermark_offsets(client, topic, partition, &low, &high, 5000))
			records += high - low;
	printf("%-24s %10d %13s", topic, partitions, format_count(records, number));
	settings_print(&facts);
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

/* Every topic of the cluster that this user may see. */
static bool all_describe(const struct args *args, struct connection *connection, rd_kafka_t *client,
	const struct terminal *terminal, struct error *error)
{
	const struct rd_kafka_metadata *metadata;
	const struct pipeline_topic *known;
	rd_kafka_resp_err_t code = rd_kafka_metadata(client, 1, NULL, &metadata, 10000);
	struct error why;

	if (code)
		return error_set(error, "kafka", "no metadata from %s: %s", connection->servers, rd_kafka_err2str(code));
	for (int i = 0; i < metadata->topic_cnt; i++)
		topic_describe(connection, client, terminal, metadata->topics[i].topic,
			is_pipeline_topic(args_text(args, "prefix"), metadata->topics[i].topic, &known) ? known->about : NULL,
			&why);
	rd_kafka_metadata_destroy(metadata);
	return true;
}

static bool topics_describe(const struct args *args, struct connection *connection, rd_kafka_t *client, struct error *error)
{
	struct terminal terminal;
	struct topic_wish wishes[TOPICS_MAX];
	const struct pipeline_topic *known;
	struct error first = {0}, why;
	size_t count = topics_wanted(args, wishes);

	terminal_init(&terminal, stdout);
	printf("%s%-24s %10s %13s %12s %10s %8s%s\n", terminal_on(&terminal, STYLE_BOLD), "topic", "partitions", "records",
		"kept", "largest", "in sync", terminal_off(&terminal, STYLE_BOLD));
	if (args_given(args, "all"))
		return all_describe(args, connection, client, &terminal, error);
	for (size_t i = 0; i < count; i++)
		if (!topic_describe(connection, client, &terminal, wishes[i].name,
			    is_pipeline_topic(args_text(args, "prefix"), wishes[i].name, &known) ? known->about : NULL, &why))
			first = first.code[0] ? first : why;
	return all_good(&first, "described", error);
}

static int topics_run(struct args *args)
{
	static const char *const overrides[] = {"allow.auto.create.topics", "false", NULL};
	struct connection connection;
	struct error error;
	const char *verb = args->operand_count ? args->operands[0] : "describe";
	bool create = strcmp(verb, "create") == 0, delete = strcmp(verb, "delete") == 0, good;
	int exit_code = EX_OK;

	if (!create && !delete && strcmp(verb, "describe") != 0)
		return command_misuse(args, "%s: is neither create, describe nor delete", verb);
	if (!connection_init(&connection, args, &error))
		return command_fail(args, EX_USAGE, &error);
	rd_kafka_t *client = connection_open(&connection, create || delete ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER,
		create || delete ? NULL : overrides, &error);
	good = client && (create ? topics_create(args, &connection, client, &error) :
		delete ? topics_delete(args, client, &error) : topics_describe(args, &connection, client, &error));
	if (!good)
		exit_code = command_fail(args, EX_UNAVAILABLE, &error);
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
