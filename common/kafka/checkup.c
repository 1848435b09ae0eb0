/* checkup: see checkup.h. What it asks for: brokers, each topic's partitions, copies and settings, rights, the order of
 * time-outs, memory. It writes nothing. The order is that of causes: where Kafka is away, nothing else is asked. */
#include "kafka/checkup.h"

#include "kafka/client.h"
#include "kafka/rights.h"
#include "kafka/topicfacts.h"
#include "run/options.h"

#include <stdio.h>

#define TOPIC_WAIT_MS 2000
#define MIB (1024 * 1024)

enum use { USE_IN, USE_OUT, USE_DEAD, USE_PROBE, USE_MATCH };

struct checkup {
	const struct stage *stage;
	void *state;
	const struct config *config;
	struct findings *findings;
	rd_kafka_t *handle;
	struct rights *rights;
	struct client_budget budget;
	int64_t in_limit; /* of topic.in; 0: unknown */
	bool embedded;
};

#define WARN(checkup, code, fix, ...) finding_add((checkup)->findings, FINDING_WARNING, code, fix, __VA_ARGS__)
#define FAULT(checkup, code, fix, ...) finding_add((checkup)->findings, FINDING_FAULT, code, fix, __VA_ARGS__)

/* "max.message.bytes=…" as an administrator types it. */
static const char *alter(const char *topic, const char *setting, char out[400])
{
	snprintf(out, 400, "kafka-configs.sh --alter --entity-type topics --entity-name %.180s --add-config %.120s", topic,
		setting);
	return out;
}

/* --- settings of a topic ------------------------------------------------------------------------- */

static void check_copies(struct checkup *c, const char *topic, const struct topicfacts *facts)
{
	char fix[400];

	if (facts->min_insync > facts->copies)
		FAULT(c, "min_insync", alter(topic, "min.insync.replicas=1 (or give the topic more copies)", fix),
			"%s: min.insync.replicas is %lld, but its partitions have %d %s: every write is refused", topic,
			(long long)facts->min_insync, facts->copies, facts->copies == 1 ? "copy" : "copies");
	else if (facts->min_insync > facts->in_sync)
		FAULT(c, "under_min_insync", "bring the brokers back that hold the missing copies",
			"%s: a partition has %d copies in sync of the %lld that min.insync.replicas asks for: writes to it are refused now",
			topic, facts->in_sync, (long long)facts->min_insync);
	else if (facts->copies >= 3 && facts->min_insync < 2)
		WARN(c, "weak_insync", alter(topic, "min.insync.replicas=2", fix),
			"%s: with min.insync.replicas=1 a write is safe on one broker only: losing that broker can lose what was committed",
			topic);
}

static void check_retention(struct checkup *c, const char *topic, enum use use, const struct topicfacts *facts)
{
	int64_t window = c->stage->index && c->stage->index->window_ms ? c->stage->index->window_ms(c->state) : 0;
	char fix[400], setting[80];

	if (facts->compacted)
		FAULT(c, "compacted", alter(topic, "cleanup.policy=delete", fix),
			"%s: cleanup.policy has compact: of records with one key all but the newest vanish", topic);
	if (use == USE_DEAD && facts->retention_ms != -1)
		FAULT(c, "dead_retention", alter(topic, "retention.ms=-1", fix),
			"%s: retention.ms is %lld: a dead letter keeps its original's time, and old pages' letters are deleted within minutes",
			topic, (long long)facts->retention_ms);
	if (use == USE_PROBE && facts->retention_ms >= 0 && facts->retention_ms < window) {
		snprintf(setting, sizeof(setting), "retention.ms=%lld", (long long)window);
		FAULT(c, "index_retention", alter(topic, setting, fix),
			"%s: retention.ms is %lld, but the index is rebuilt from %lld ms back (window and lateness): after a restart copies would be taken for new",
			topic, (long long)facts->retention_ms, (long long)window);
	}
	if ((use == USE_OUT || use == USE_DEAD) && facts->before_max_ms < 365 * 86400000LL)
		FAULT(c, "old_timestamps", alter(topic, "message.timestamp.before.max.ms=9223372036854775807", fix),
			"%s: message.timestamp.before.max.ms is %lld: records keep their page's time, and those of old pages are refused",
			topic, (long long)facts->before_max_ms);
}

static void check_sizes(struct checkup *c, const char *topic, enum use use, const struct topicfacts *facts)
{
	int64_t largest = config_integer(c->config, "message.max.bytes"),
		need = c->in_limit && c->in_limit < largest ? c->in_limit : largest;
	char fix[400], setting[80];

	snprintf(setting, sizeof(setting), "max.message.bytes=%lld", (long long)need);
	if (use == USE_IN)
		c->in_limit = facts->max_message_bytes;
	if (use == USE_DEAD && facts->max_message_bytes < need)
		FAULT(c, "dead_too_small", alter(topic, setting, fix),
			"%s takes %lld bytes, but a message may have %lld (message.max.bytes, or topic.in's own limit): larger dead letters are cut",
			topic, (long long)facts->max_message_bytes, (long long)need);
	if (use == USE_OUT && facts->max_message_bytes < MIB)
		WARN(c, "output_too_small", alter(topic, "max.message.bytes=4194304", fix),
			"%s takes %lld bytes only: longer articles become dead letters (output_too_large)", topic,
			(long long)facts->max_message_bytes);
}

/* --- rights -------------------------------------------------------------------------------------- */

static void check_right(
	struct checkup *c, enum right right, const char *operation, const char *kind, const char *name, const char *follows)
{
	char fix[400];

	if (right != RIGHT_DENIED)
		return;
	snprintf(
		fix, sizeof(fix), "kafka-acls.sh --add --allow-principal User:… --operation %s %s %.200s", operation, kind, name);
	FAULT(c, "no_right", fix, "this user has no right to %s %s: %s", operation, name, follows);
}

static void check_topic_rights(struct checkup *c, const char *topic, enum use use)
{
	if (use == USE_IN || use == USE_PROBE || use == USE_MATCH)
		check_right(c, rights_read(c->rights, topic), "Read", "--topic", topic, "the stage can't take anything in");
	if (use != USE_IN)
		check_right(c, rights_write(c->rights, topic), "Write", "--topic", topic, "the stage can't commit anything");
}

static void check_rights(struct checkup *c)
{
	const char *group = config_text(c->config, "group");

	check_right(c, rights_group(c->rights, config_text(c->config, "topic.in")), "Read", "--group", group,
		"the stage can't join its group");
	if (strcmp(config_text(c->config, "guarantee"), "exactly-once") == 0)
		check_right(c, rights_transactions(c->rights, c->config), "Write",
			"--resource-pattern-type prefixed --transactional-id", group, "the stage can't begin transactions");
}

/* --- topics -------------------------------------------------------------------------------------- */

static void check_topic(struct checkup *c, const char *topic, enum use use)
{
	struct topicfacts facts;
	struct error error;
	char fix[400];

	snprintf(fix, sizeof(fix), "kafka-acls.sh --add --allow-principal User:… --operation Describe --topic %.250s", topic);
	if (!topicfacts_ask(c->handle, topic, TOPIC_WAIT_MS, &facts, &error)) {
		FAULT(c, "kafka_away", "look at the brokers' state and log", "%s", error.text);
	} else if (facts.denied) {
		FAULT(c, "no_right", fix, "this user has no right to Describe %s", topic);
	} else if (!facts.partitions) {
		snprintf(fix, sizeof(fix), "copydesk topics create %.300s", topic);
		FAULT(c, "no_topic", fix, "there is no topic %s: the stage doesn't start", topic);
	} else if (!facts.described && !c->embedded) {
		snprintf(fix, sizeof(fix),
			"kafka-acls.sh --add --allow-principal User:… --operation DescribeConfigs --topic %.250s", topic);
		WARN(c, "not_described", fix,
			"%s: its settings can't be asked for; a limit of 1 MB is assumed, and nothing else of it is checked",
			topic);
		check_topic_rights(c, topic, use);
	} else {
		if (!c->embedded) {
			check_copies(c, topic, &facts);
			check_retention(c, topic, use, &facts);
			check_sizes(c, topic, use, &facts);
		}
		check_topic_rights(c, topic, use);
	}
}

static void check_topics(struct checkup *c)
{
	check_topic(c, config_text(c->config, "topic.in"), USE_IN);
	for (const struct stage_output *output = c->stage->outputs; output->option; output++)
		check_topic(c, config_text(c->config, output->option), USE_OUT);
	check_topic(c, config_text(c->config, "topic.dead"), USE_DEAD);
	if (c->stage->index) {
		check_topic(c, config_text(c->config, "topic.probe"), USE_PROBE);
		check_topic(c, config_text(c->config, "topic.match"), USE_MATCH);
	}
}

/* --- time-outs, memory, library ------------------------------------------------------------------ */

static int64_t conf_number(const struct config *config, enum client_kind kind, const char *name)
{
	rd_kafka_conf_t *conf = client_conf(config, kind, NULL);
	char text[64] = "";
	size_t size = sizeof(text);
	int64_t value = 0;

	if (conf && rd_kafka_conf_get(conf, name, text, &size) == RD_KAFKA_CONF_OK)
		slice_to_int64(slice_of(text), &value);
	if (conf)
		rd_kafka_conf_destroy(conf);
	return value;
}

static void check_timeouts(struct checkup *c, int32_t broker)
{
	int64_t transaction = conf_number(c->config, CLIENT_PRODUCER, "transaction.timeout.ms"),
		message = conf_number(c->config, CLIENT_PRODUCER, "message.timeout.ms");
	int64_t poll = conf_number(c->config, CLIENT_CONSUMER, "max.poll.interval.ms"),
		session = conf_number(c->config, CLIENT_CONSUMER, "session.timeout.ms");
	int64_t allowed =
		c->embedded ? INT64_MAX : topicfacts_broker_setting(c->handle, broker, "transaction.max.timeout.ms", INT64_MAX);

	if (transaction > allowed)
		FAULT(c, "transaction_timeout",
			"lower kafka.transaction.timeout.ms (and commit.interval.ms), or raise the brokers' transaction.max.timeout.ms",
			"kafka.transaction.timeout.ms is %lld, the brokers allow %lld: the stage doesn't start",
			(long long)transaction, (long long)allowed);
	if (transaction >= poll)
		FAULT(c, "timeout_order", "set kafka.max.poll.interval.ms well above kafka.transaction.timeout.ms",
			"kafka.transaction.timeout.ms (%lld) isn't below kafka.max.poll.interval.ms (%lld): a member is thrown out with its transaction open",
			(long long)transaction, (long long)poll);
	if (message >= transaction)
		FAULT(c, "timeout_order",
			"leave kafka.message.timeout.ms to copydesk, or set it to at most four fifths of kafka.transaction.timeout.ms",
			"kafka.message.timeout.ms (%lld) isn't below kafka.transaction.timeout.ms (%lld): transactions end by fencing instead of an error",
			(long long)message, (long long)transaction);
	if (session >= poll)
		FAULT(c, "timeout_order", "set kafka.session.timeout.ms below kafka.max.poll.interval.ms",
			"kafka.session.timeout.ms (%lld) isn't below kafka.max.poll.interval.ms (%lld)", (long long)session,
			(long long)poll);
}

static void check_memory(struct checkup *c)
{
	int64_t limit = config_integer(c->config, "memory.limit"), there = options_memory(),
		workers = config_integer(c->config, "workers");
	int64_t largest = config_integer(c->config, "message.max.bytes"), queues = c->budget.fetch_queue + c->budget.send_queue;
	/* A message in hand, its answer, and a dead letter's copy of it. */
	int64_t in_hand = workers * largest * 3;

	if (limit > there)
		FAULT(c, "memory_limit", "leave memory.limit empty: it is then what there is",
			"memory.limit is %lld MiB, but the cgroup (or the machine) has %lld MiB: the kernel will kill the process",
			(long long)(limit / MIB), (long long)(there / MIB));
	if (queues + in_hand > limit)
		FAULT(c, "memory_sum", "raise the memory limit, or lower workers or message.max.bytes",
			"Kafka's queues (%lld MiB) and %lld workers with messages of %lld MiB need %lld MiB, memory.limit is %lld MiB",
			(long long)(queues / MIB), (long long)workers, (long long)(largest / MIB),
			(long long)((queues + in_hand) / MIB), (long long)(limit / MIB));
	if (c->budget.message < largest)
		WARN(c, "send_limit", "raise memory.limit, or lower message.max.bytes",
			"with this memory.limit records of at most %lld bytes can be sent, message.max.bytes is %lld: larger dead letters are cut",
			(long long)c->budget.message, (long long)largest);
}

static void check_library(struct checkup *c)
{
	char features[512] = "";
	size_t size = sizeof(features);
	rd_kafka_conf_t *conf = rd_kafka_conf_new();

	rd_kafka_conf_get(conf, "builtin.features", features, &size);
	rd_kafka_conf_destroy(conf);
	if (rd_kafka_version() < 0x02000000)
		FAULT(c, "library", "install librdkafka 2.0 or newer",
			"librdkafka is %s: transactions of older versions lose messages in rebalances", rd_kafka_version_str());
	for (const char *const *feature = (const char *const[]){"ssl", "sasl", "zstd", "lz4", NULL}; *feature; feature++)
		if (!strstr(features, *feature))
			WARN(c, "library", "use a librdkafka built with it", "librdkafka %s has no %s: %s",
				rd_kafka_version_str(), *feature,
				strcmp(*feature, "ssl") == 0 || strcmp(*feature, "sasl") == 0
					? "secured clusters can't be reached"
					: "topics compressed with it can't be read");
}

/* --- the whole ----------------------------------------------------------------------------------- */

/* The first broker's id, -1 if Kafka is away. */
static int32_t greet(struct checkup *c)
{
	const struct rd_kafka_metadata *metadata;
	rd_kafka_resp_err_t code = rd_kafka_metadata(c->handle, 0, NULL, &metadata, 10000);
	int32_t broker = -1;

	if (code) {
		FAULT(c, "kafka_away",
			"is it running, and is the address one that this host reaches? kafka.bootstrap.servers sets it",
			"no answer from Kafka at %s within 10 s: %s", config_text(c->config, "kafka.bootstrap.servers"),
			rd_kafka_err2str(code));
		return -1;
	}
	broker = metadata->broker_cnt ? metadata->brokers[0].id : 0;
	rd_kafka_metadata_destroy(metadata);
	char *id = rd_kafka_clusterid(c->handle, 1000);
	c->embedded = id && strncmp(id, "mockCluster", 11) == 0;
	if (id)
		rd_kafka_mem_free(c->handle, id);
	return broker;
}

static void on_error(rd_kafka_t *handle, int code, const char *reason, void *opaque) { (void)handle, (void)code, (void)reason, (void)opaque; }

static rd_kafka_t *open_handle(const struct config *config, struct error *error)
{
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_ADMIN, error);

	if (!conf)
		return NULL;
	rd_kafka_conf_set_error_cb(conf, on_error);
	return client_create(conf, CLIENT_ADMIN, NULL, error);
}

void checkup_run(const struct stage *stage, void *state, const struct config *config, struct findings *findings)
{
	struct checkup checkup = {
		.stage = stage, .state = state, .config = config, .findings = findings, .budget = client_budget(config)};
	struct checkup *c = &checkup;
	struct error error;
	int32_t broker = -1;

	check_library(c);
	check_memory(c);
	c->handle = open_handle(config, &error);
	if (!c->handle)
		FAULT(c, error.code, "correct the kafka.* keys", "%s", error.text);
	else
		broker = greet(c);
	if (broker >= 0) {
		check_timeouts(c, broker);
		c->rights = rights_create(config, c->embedded, &error);
		if (!c->rights)
			FAULT(c, error.code, "correct the kafka.* keys", "%s", error.text);
	}
	if (c->rights) {
		check_topics(c);
		check_rights(c);
	}
	rights_destroy(&c->rights);
	if (c->handle)
		rd_kafka_destroy(c->handle);
}
