/* examine: see examine.h. A pipeline at work always has open transactions and a little lag; what tells illness is that it doesn't
 * move. */
#include "tools/examine.h"

#include "base/clock.h"
#include "tools/admin.h"
#include "tools/topiclook.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TOPICS 24
#define ASK_MS 8000
#define CONNECT_MS 3000
#define LEAST_GAP_MS 2000

struct examination {
	struct connection *connection;
	struct findings *findings;
	const char *prefix;
	char **stages;
	size_t stage_count;
	rd_kafka_t *committed, *all; /* clients that see committed records, and everything */
	struct topic_look topics[TOPICS];
	size_t topic_count;
	int64_t begun_us;
	bool reached; /* any broker */
};

#define WARN(e, code, fix, ...) finding_add((e)->findings, FINDING_WARNING, code, fix, __VA_ARGS__)
#define FAULT(e, code, fix, ...) finding_add((e)->findings, FINDING_FAULT, code, fix, __VA_ARGS__)

static bool is_wanted(const struct examination *e, const char *stage)
{
	for (size_t i = 0; stage && i < e->stage_count; i++)
		if (strcmp(e->stages[i], stage) == 0)
			return true;
	return e->stage_count == 0;
}

static void pause_ms(int64_t ms)
{
	if (ms > 0)
		poll(NULL, 0, (int)ms);
}

/* --- brokers ------------------------------------------------------------------------------------- */

static bool connects(const struct addrinfo *address)
{
	int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), failed = 0;
	socklen_t size = sizeof failed;
	bool good = fd >= 0 && (connect(fd, address->ai_addr, address->ai_addrlen) == 0 || errno == EINPROGRESS);
	struct pollfd wait = {fd, POLLOUT, 0};

	good = good && poll(&wait, 1, CONNECT_MS) == 1 && getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &size) == 0 &&
		failed == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

static bool check_broker(struct examination *e, const struct rd_kafka_metadata_broker *broker)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
	char port[16];
	bool reached = false;

	snprintf(port, sizeof port, "%d", broker->port);
	int failed = getaddrinfo(broker->host, port, &hints, &found);
	for (const struct addrinfo *address = found; address && !reached; address = address->ai_next)
		reached = connects(address);
	if (found)
		freeaddrinfo(found);
	if (!reached)
		FAULT(e, "broker_unreachable",
			"start it, or correct its advertised.listeners so that this host can resolve and reach it",
			"broker %d says that it is at %s:%d: %s from here", (int)broker->id, broker->host, broker->port,
			failed ? gai_strerror(failed) : "it can't be reached");
	return reached;
}

/* Returns how many can be reached. */
static int check_brokers(struct examination *e)
{
	const struct rd_kafka_metadata *metadata;
	int reached = 0;

	if (rd_kafka_metadata(e->committed, 0, NULL, &metadata, ASK_MS))
		return 0;
	for (int i = 0; i < metadata->broker_cnt; i++)
		reached += check_broker(e, &metadata->brokers[i]);
	rd_kafka_metadata_destroy(metadata);
	return reached;
}

/* --- topics -------------------------------------------------------------------------------------- */

static void look_at(struct examination *e, struct topic_look *topic)
{
	if (!e->connection->embedded)
		topic_look_ends(topic, e->committed, e->all);
}

static bool find_topics(struct examination *e, struct error *error)
{
	for (const struct pipeline_topic *topic = PIPELINE_TOPICS; topic->name && e->topic_count < TOPICS; topic++) {
		struct topic_look *look = &e->topics[e->topic_count];
		if (!is_wanted(e, topic->stage) && !is_wanted(e, topic->writer))
			continue;
		if (!topic_look_init(look, e->connection, e->committed, e->prefix, topic, error))
			return false;
		e->topic_count++;
	}
	return true;
}

static struct topic_look *topic_named(struct examination *e, const char *name)
{
	for (size_t i = 0; i < e->topic_count; i++)
		if (strcmp(e->topics[i].topic->name, name) == 0)
			return &e->topics[i];
	return NULL;
}

/* From extract on an article's key is its id: with equal counts it has one partition's number on all these topics. */
static void check_partitions(struct examination *e)
{
	const struct topic_look *first = NULL;

	for (size_t i = 0; i < e->topic_count; i++) {
		const struct topic_look *topic = &e->topics[i];
		if (topic->topic->role != TOPIC_FLOW || !topic->topic->writer || !topic->partitions)
			continue;
		if (!first)
			first = topic;
		else if (topic->partitions != first->partitions)
			FAULT(e, "partitions_differ",
				"raise the smaller one: kafka-topics.sh --alter --topic … --partitions N; never that of topic.probe",
				"%s has %d partitions, %s has %d: an article's records are in different partitions, so joins by key fail, and searches take longer",
				topic->name, topic->partitions, first->name, first->partitions);
	}
}

/* --- groups -------------------------------------------------------------------------------------- */

static void check_position(struct examination *e, const char *group, const struct topic_look *topic, int p)
{
	const struct partition_look *look = &topic->looks[p];
	int64_t low, high;
	char fix[200];

	if (look->committed < 0 || rd_kafka_query_watermark_offsets(e->committed, topic->name, p, &low, &high, ASK_MS))
		return;
	if (look->committed < low)
		FAULT(e, "position_lost",
			"the stage goes on at the first record that is left; send the lost pages again, and keep the topic longer than the stage may stand still (retention.ms)",
			"group %s is at offset %lld of %s/%d, which begins at %lld: %lld messages were deleted before they were processed",
			group, (long long)look->committed, topic->name, p, (long long)low, (long long)(low - look->committed));
	snprintf(fix, sizeof fix, "if the topic was made anew: copydesk replay %s --reset --from earliest", topic->topic->stage);
	if (look->committed > high)
		FAULT(e, "position_beyond", fix,
			"group %s is at offset %lld of %s/%d, which ends at %lld: was the topic deleted and made again?", group,
			(long long)look->committed, topic->name, p, (long long)high);
}

/* A cluster that has just begun, or lost a broker, takes a moment until a group's coordinator answers. */
static bool ask_group(
	struct examination *e, const char *name, struct topic_look *topic, struct admin_group *group, struct error *error)
{
	int64_t deadline = clock_monotonic_us() + ASK_MS * 1000LL;

	for (;;) {
		if (topic_look_positions(topic, e->committed, name, error) && admin_group_describe(e->committed, name, group, error))
			return true;
		if (!strcasestr(error->text, "coordinator") || clock_monotonic_us() > deadline || command_stopping())
			return false;
		pause_ms(300);
	}
}

static void check_group(struct examination *e, const struct pipeline_stage *stage)
{
	struct topic_look *topic = topic_named(e, pipeline_topic_of(stage, "topic.in"));
	struct admin_group group;
	struct error error;
	char name[300], fix[120];

	if (!topic || !topic->partitions || e->connection->embedded)
		return;
	snprintf(name, sizeof name, "%scopydesk-%s", e->prefix, stage->name);
	snprintf(fix, sizeof fix, "start copydesk-%s (systemctl start copydesk-%s@1), and look at why it ended", stage->name,
		stage->name);
	if (!ask_group(e, name, topic, &group, &error)) {
		WARN(e, "group_unknown", "grant Describe on the group to this user", "group %s can't be asked for: %s", name,
			error.text);
		return;
	}
	int64_t lag = topic_look_lag(topic, e->committed);
	if (lag > 0 && group.member_count == 0)
		FAULT(e, "no_members", fix, "%s: up to %lld messages wait on %s, and group %s has no members", stage->name,
			(long long)lag, topic->name, name);
	if ((int)group.member_count > topic->partitions)
		WARN(e, "idle_members", "stop the surplus, or give the topic more partitions",
			"group %s has %zu members for the %d partitions of %s: %d are idle", name, group.member_count,
			topic->partitions, topic->name, (int)group.member_count - topic->partitions);
	for (int p = 0; p < topic->partitions; p++)
		check_position(e, name, topic, p);
}

/* Messages wait, there are members, and nothing was committed between the looks. */
static void check_progress(
	struct examination *e, const struct pipeline_stage *stage, const struct topic_look *before, struct topic_look *topic)
{
	struct admin_group group;
	struct error error;
	char name[300];
	bool moved = false;

	snprintf(name, sizeof name, "%scopydesk-%s", e->prefix, stage->name);
	if (!topic_look_positions(topic, e->committed, name, &error) || !admin_group_describe(e->committed, name, &group, &error) ||
		!group.member_count)
		return;
	for (int p = 0; p < topic->partitions; p++)
		moved |= topic->looks[p].committed != before->looks[p].committed;
	int64_t lag = topic_look_lag(topic, e->committed);
	if (!moved && lag > 0 && topic_look_lag(before, e->committed) > 0)
		WARN(e, "stuck",
			"look at its log and /readyz; a message of much work holds back up to message.max.cpu.ms, a rebalance some seconds",
			"%s: up to %lld messages wait on %s, and its %zu members have committed nothing for %lld s", stage->name,
			(long long)lag, topic->name, group.member_count,
			(long long)((clock_monotonic_us() - e->begun_us) / 1000000));
}

/* --- transactions -------------------------------------------------------------------------------- */

static void tell_hanging(struct examination *e, const struct topic_look *before, const struct topic_look *now)
{
	char fix[400];

	for (int p = 0; p < now->partitions; p++) {
		if (!partition_stands_still(&before->looks[p], &now->looks[p]))
			continue;
		snprintf(fix, sizeof fix,
			"kafka-transactions.sh describe-producers --topic %.150s --partition %d tells whose; abort --topic … --partition … --start-offset %lld ends it",
			now->name, p, (long long)now->looks[p].stable);
		FAULT(e, "hanging_transaction", fix,
			"%s/%d: a transaction has been open for more than %lld s, from offset %lld on: %lld records behind it can't be read",
			now->name, p, (long long)((clock_monotonic_us() - e->begun_us) / 1000000),
			(long long)now->looks[p].stable, (long long)(now->looks[p].high - now->looks[p].stable));
	}
}

/* Whoever crashed leaves a transaction that ends by itself after its time-out: so one that stands still is watched for a
 * while. */
static void look_again(struct examination *e, struct topic_look *topic, int64_t deadline_us)
{
	struct topic_look before = topic_look_copy(topic);

	look_at(e, topic);
	while (topic_stands_still(&before, topic) && clock_monotonic_us() < deadline_us && !command_stopping()) {
		pause_ms(500);
		look_at(e, topic);
	}
	tell_hanging(e, &before, topic);
	for (const struct pipeline_stage *stage = PIPELINE_STAGES; stage->name; stage++)
		if (strcmp(pipeline_topic_of(stage, "topic.in"), topic->topic->name) == 0 && is_wanted(e, stage->name))
			check_progress(e, stage, &before, topic);
	topic_look_release(&before);
}

/* --- the whole ----------------------------------------------------------------------------------- */

struct examination *examination_begin(struct connection *connection, const char *prefix, char **stages, size_t stage_count,
	struct findings *findings, struct error *error)
{
	static const char *const committed[] = {"group.id", "copydesk-doctor", "isolation.level", "read_committed", "allow.auto.create.topics", "false",
		"enable.auto.commit", "false", "enable.partition.eof", "true", "auto.offset.reset", "error", NULL};
	static const char *const all[] = {"group.id", "copydesk-doctor", "isolation.level", "read_uncommitted", "allow.auto.create.topics", "false", NULL};
	struct examination *e = calloc(1, sizeof *e);

	if (!e)
		abort();
	*e = (struct examination){.connection = connection, .findings = findings, .prefix = prefix, .stages = stages, .stage_count = stage_count,
		.begun_us = clock_monotonic_us()};
	e->committed = connection_open(connection, RD_KAFKA_CONSUMER, committed, error);
	if (e->committed)
		rd_kafka_poll_set_consumer(e->committed);
	e->all = e->committed ? connection_open(connection, RD_KAFKA_CONSUMER, all, error) : NULL;
	if (!e->all || !find_topics(e, error)) {
		examination_end(&e, -1);
		return NULL;
	}
	e->reached = check_brokers(e) > 0;
	for (size_t i = 0; e->reached && i < e->topic_count; i++)
		look_at(e, &e->topics[i]);
	check_partitions(e);
	for (const struct pipeline_stage *stage = PIPELINE_STAGES; stage->name; stage++)
		if (e->reached && is_wanted(e, stage->name))
			check_group(e, stage);
	return e;
}

bool examination_reached(const struct examination *examination) { return examination->reached; }

void examination_end(struct examination **examination, int64_t patience_ms)
{
	struct examination *e = *examination;

	if (patience_ms >= 0 && e->reached && !e->connection->embedded) {
		pause_ms(LEAST_GAP_MS - (clock_monotonic_us() - e->begun_us) / 1000);
		for (size_t i = 0; i < e->topic_count; i++)
			look_again(e, &e->topics[i], e->begun_us + patience_ms * 1000);
	}
	for (size_t i = 0; i < e->topic_count; i++)
		topic_look_release(&e->topics[i]);
	if (e->all)
		rd_kafka_destroy_flags(e->all, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	if (e->committed)
		rd_kafka_destroy_flags(e->committed, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	free(e);
	*examination = NULL;
}
