/* deskfeed: see deskfeed.h. */
#include "tools/deskfeed.h"

#include "base/clock.h"
#include "tools/pipeline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define MESSAGE_MEMORY ((size_t)256 << 20)

struct deskfeed {
	struct connection *connection;
	struct deskstore *store;
	rd_kafka_t *consumer;
	pthread_t thread;
	pthread_mutex_t lock;
	atomic_bool stopping;
	char state[200];
};

static void set_state(struct deskfeed *feed, const char *state)
{
	pthread_mutex_lock(&feed->lock);
	snprintf(feed->state, sizeof feed->state, "%s", state);
	pthread_mutex_unlock(&feed->lock);
}

void deskfeed_describe(struct deskfeed *feed, char *out, size_t size)
{
	pthread_mutex_lock(&feed->lock);
	snprintf(out, size, "%s", feed->state);
	pthread_mutex_unlock(&feed->lock);
}

static bool is_wanted(const struct pipeline_topic *topic)
{
	return topic->role == TOPIC_DEAD || (topic->role == TOPIC_FLOW && topic->stage == NULL);
}

/* Every partition of the wanted topics, at the first record since `since_ms`. */
static bool assign(struct deskfeed *feed, int64_t since_ms, struct error *error)
{
	rd_kafka_topic_partition_list_t *all = rd_kafka_topic_partition_list_new(32);
	bool good = true;

	for (size_t i = 0; PIPELINE_TOPICS[i].name && good; i++) {
		if (!is_wanted(&PIPELINE_TOPICS[i]))
			continue;
		int partitions = connection_partitions(feed->connection, feed->consumer, PIPELINE_TOPICS[i].name, error);
		good = partitions >= 0;
		for (int p = 0; p < partitions; p++)
			rd_kafka_topic_partition_list_add(all, PIPELINE_TOPICS[i].name, p)->offset =
				feed->connection->embedded ? RD_KAFKA_OFFSET_BEGINNING : since_ms;
	}
	if (good && all->cnt == 0)
		good = error_set(error, "no_topics", "none of the pipeline's topics is there; `copydesk topics create` makes them");
	if (good && !feed->connection->embedded) {
		rd_kafka_resp_err_t code = rd_kafka_offsets_for_times(feed->consumer, all, 10000);
		if (code)
			good = error_set(error, "kafka_unreachable", "offsets by time: %s", rd_kafka_err2str(code));
	}
	if (good && rd_kafka_assign(feed->consumer, all))
		good = error_set(error, "kafka", "the partitions can't be read");
	if (good) {
		char state[200];
		snprintf(state, sizeof state, "following %d partitions on %.120s", all->cnt, feed->connection->servers);
		set_state(feed, state);
	}
	rd_kafka_topic_partition_list_destroy(all);
	return good;
}

static bool is_dead_topic(const char *name)
{
	for (size_t i = 0; PIPELINE_TOPICS[i].name; i++)
		if (strcmp(PIPELINE_TOPICS[i].name, name) == 0)
			return PIPELINE_TOPICS[i].role == TOPIC_DEAD;
	return false;
}

static void take(struct deskfeed *feed, struct arena *arena, rd_kafka_message_t *message)
{
	struct record record;
	jmp_buf jump;

	if (ARENA_GUARD(arena, &jump) != ESCAPE_NONE) /* a message that doesn't fit isn't shown */
		return;
	record_copy(arena, message, &record);
	if (is_dead_topic(record.topic))
		deskstore_add_letter(feed->store, &record);
	else
		deskstore_add_article(feed->store, arena, &record);
}

static void *run(void *context)
{
	struct deskfeed *feed = context;
	struct arena arena;

	arena_init(&arena, MESSAGE_MEMORY);
	while (!atomic_load(&feed->stopping)) {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(feed->consumer, 200);
		if (!message)
			continue;
		if (!message->err)
			take(feed, &arena, message);
		arena_reset(&arena);
		rd_kafka_message_destroy(message);
	}
	arena_release(&arena);
	return NULL;
}

struct deskfeed *deskfeed_create(struct connection *connection, struct deskstore *store, int hours, struct error *error)
{
	static const char *const overrides[] = {"group.id", "copydesk-desk", "enable.auto.commit", "false", "isolation.level", "read_committed",
		"auto.offset.reset", "earliest", NULL};
	struct deskfeed *feed = calloc(1, sizeof *feed);

	if (!feed) {
		error_set(error, "memory", "no memory for the feed");
		return NULL;
	}
	feed->connection = connection;
	feed->store = store;
	pthread_mutex_init(&feed->lock, NULL);
	feed->consumer = connection_open(connection, RD_KAFKA_CONSUMER, overrides, error);
	if (!feed->consumer)
		goto failed;
	rd_kafka_poll_set_consumer(feed->consumer);
	if (!assign(feed, clock_wall_ms() - (int64_t)hours * 3600000, error))
		goto failed;
	if (pthread_create(&feed->thread, NULL, run, feed) == 0)
		return feed;
	error_set(error, "threads", "no thread for the feed");
failed:
	if (feed->consumer)
		rd_kafka_destroy(feed->consumer);
	pthread_mutex_destroy(&feed->lock);
	free(feed);
	return NULL;
}

void deskfeed_destroy(struct deskfeed **pointer)
{
	struct deskfeed *feed = *pointer;

	if (!feed)
		return;
	atomic_store(&feed->stopping, true);
	pthread_join(feed->thread, NULL);
	rd_kafka_destroy(feed->consumer);
	pthread_mutex_destroy(&feed->lock);
	free(feed);
	*pointer = NULL;
}
