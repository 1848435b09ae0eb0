/* deskfeed: see deskfeed.h. */
#include "tools/deskfeed.h"

#include "base/clock.h"
#include "tools/pipeline.h"
#include "tools/scan.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define MESSAGE_MEMORY ((size_t)256 << 20)
#define TOPICS 16

struct deskfeed {
	struct scan scan;
	struct deskstore *store;
	struct deskletters *letters;
	pthread_t thread;
	pthread_mutex_t lock;
	atomic_bool stopping;
	char state[512], following[300]; /* `following`: the state in which all is well */
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
	return topic->role == TOPIC_DEAD || topic->role == TOPIC_NOTICE || (topic->role == TOPIC_FLOW && topic->stage == NULL) ||
		strcmp(topic->name, HANDLED_TOPIC) == 0;
}

static bool has_role(const char *name, enum topic_role role)
{
	for (size_t i = 0; PIPELINE_TOPICS[i].name; i++)
		if (strcmp(PIPELINE_TOPICS[i].name, name) == 0)
			return PIPELINE_TOPICS[i].role == role;
	return false;
}

static void take_alias(struct deskfeed *feed, struct arena *arena, const struct record *record)
{
	const struct json *root = json_parse(arena, record->message.value, NULL, NULL);

	deskstore_note_alias(feed->store, json_string(root, "id"), json_string(json_object(root, "duplicate"), "story"));
}

static void take(struct deskfeed *feed, struct arena *arena, rd_kafka_message_t *message)
{
	struct record record;
	jmp_buf jump;

	if (ARENA_GUARD(arena, &jump) != ESCAPE_NONE) /* a message that doesn't fit isn't shown */
		return;
	record_copy(arena, message, &record);
	if (has_role(record.topic, TOPIC_DEAD))
		deskletters_add(feed->letters, &record);
	else if (has_role(record.topic, TOPIC_NOTICE))
		take_alias(feed, arena, &record);
	else if (strcmp(record.topic, HANDLED_TOPIC) == 0)
		deskletters_note(feed->letters, record.message.key, handled_parse(record.message.value));
	else
		deskstore_add_article(feed->store, arena, &record);
}

static void *run(void *context)
{
	struct deskfeed *feed = context;
	struct arena arena;
	struct error error;

	arena_init(&arena, MESSAGE_MEMORY);
	while (!atomic_load(&feed->stopping)) {
		error = (struct error){0};
		rd_kafka_message_t *message = scan_next(&feed->scan, 200, &error);
		if (*error.code)
			set_state(feed, error.text); /* librdkafka goes on trying */
		if (!message)
			continue;
		set_state(feed, feed->following);
		take(feed, &arena, message);
		arena_reset(&arena);
		rd_kafka_message_destroy(message);
	}
	arena_release(&arena);
	return NULL;
}

static bool open_scan(struct deskfeed *feed, struct connection *connection, int hours, struct error *error)
{
	const struct scan_bound since = {SCAN_TIME, clock_wall_ms() - (int64_t)hours * 3600000}, never = {SCAN_FOREVER, 0};
	const char *topics[TOPICS + 1] = {NULL};
	for (size_t i = 0, n = 0; PIPELINE_TOPICS[i].name && n < TOPICS; i++)
		if (is_wanted(&PIPELINE_TOPICS[i]))
			topics[n++] = PIPELINE_TOPICS[i].name;
	if (!scan_open(&feed->scan, connection, topics, since, never, true, error))
		return false;
	if (feed->scan.partition_count == 0)
		return error_set(
			error, "no_topics", "none of the pipeline's topics is there; `copydesk topics create` makes them");
	snprintf(feed->following, sizeof feed->following, "following %zu partitions on %.200s", feed->scan.partition_count,
		connection->servers);
	set_state(feed, feed->following);
	return scan_start(&feed->scan, error);
}

struct deskfeed *deskfeed_create(struct connection *connection, struct deskstore *store, struct deskletters *letters, int hours,
	struct error *error)
{
	struct deskfeed *feed = calloc(1, sizeof *feed);

	if (!feed) {
		error_set(error, "memory", "no memory for the feed");
		return NULL;
	}
	feed->store = store;
	feed->letters = letters;
	pthread_mutex_init(&feed->lock, NULL);
	if (open_scan(feed, connection, hours, error)) {
		if (pthread_create(&feed->thread, NULL, run, feed) == 0)
			return feed;
		error_set(error, "threads", "no thread for the feed");
	}
	scan_close(&feed->scan);
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
	scan_close(&feed->scan);
	pthread_mutex_destroy(&feed->lock);
	free(feed);
	*pointer = NULL;
}
