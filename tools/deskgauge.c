/* deskgauge: see deskgauge.h. Rates are of the log's end, so they hold for any number of stage processes. The one hard thing: lag is
 * asked of the group coordinator, not of a stage, so that it is true while a stage is down. */
#include "tools/deskgauge.h"

#include "base/clock.h"
#include "tools/admin.h"
#include "tools/grouplag.h"
#include "tools/pipeline.h"
#include "tools/record.h"

#include <pthread.h>
#include <stdlib.h>

#define SAMPLE_MS 2000
#define HISTORY 30
#define TOPICS 16
#define STAGES 4
#define PARTITIONS 256
#define ASK_MS 4000

struct topic_gauge {
	const char *name; /* NULL: end */
	int partitions;
	int64_t low[PARTITIONS], high[PARTITIONS];
	int64_t sum; /* of high, at the last sample; -1: none yet */
	double rate;
	double history[HISTORY];
};

struct deskgauge {
	struct connection *connection;
	rd_kafka_t *client;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	struct topic_gauge topics[TOPICS];
	int64_t lag[STAGES];
	struct grouplag looks[STAGES][PARTITIONS]; /* the thread's own */
};

static struct topic_gauge *topic_of(struct deskgauge *gauge, const char *name)
{
	for (size_t i = 0; name && i < TOPICS && gauge->topics[i].name; i++)
		if (strcmp(gauge->topics[i].name, name) == 0)
			return &gauge->topics[i];
	return NULL;
}

/* Network first, then a short lock: the web server never waits for a broker. */
static void sample_topic(struct deskgauge *gauge, struct topic_gauge *topic, double seconds)
{
	int64_t low[PARTITIONS], high[PARTITIONS], sum = 0;
	struct error error;
	int partitions = connection_partitions(gauge->connection, gauge->client, topic->name, &error);

	if (partitions < 0)
		return;
	if (partitions > PARTITIONS)
		partitions = PARTITIONS;
	for (int p = 0; p < partitions; p++) {
		if (rd_kafka_query_watermark_offsets(gauge->client, topic->name, p, &low[p], &high[p], ASK_MS))
			return;
		sum += high[p];
	}
	pthread_mutex_lock(&gauge->lock);
	memcpy(topic->low, low, (size_t)partitions * sizeof *low);
	memcpy(topic->high, high, (size_t)partitions * sizeof *high);
	topic->partitions = partitions;
	topic->rate = topic->sum >= 0 && sum > topic->sum && seconds > 0 ? (double)(sum - topic->sum) / seconds : 0;
	topic->sum = sum;
	memmove(topic->history, topic->history + 1, (HISTORY - 1) * sizeof *topic->history);
	topic->history[HISTORY - 1] = topic->rate;
	pthread_mutex_unlock(&gauge->lock);
}

/* Over all partitions of the stage's input, -1 if the group has committed on none of them or isn't known. */
static int64_t stage_lag(struct deskgauge *gauge, size_t stage, const struct topic_gauge *topic)
{
	rd_kafka_topic_partition_list_t *list;
	struct error error;
	char group[64];
	int64_t sum = 0;
	bool known = false;

	if (!topic || topic->partitions == 0)
		return -1;
	snprintf(group, sizeof group, "copydesk-%s", PIPELINE_STAGES[stage].name);
	list = rd_kafka_topic_partition_list_new(topic->partitions);
	for (int p = 0; p < topic->partitions; p++)
		rd_kafka_topic_partition_list_add(list, topic->name, p);
	bool good = admin_group_offsets(gauge->client, group, list, &error);
	for (int p = 0; good && p < topic->partitions; p++) {
		int64_t lag = grouplag_ask(gauge->client, topic->name, p, list->elems[p].offset, &gauge->looks[stage][p]);
		known = known || list->elems[p].offset >= 0;
		sum += lag > 0 ? lag : 0;
		good = lag >= 0;
	}
	rd_kafka_topic_partition_list_destroy(list);
	return good && known ? sum : -1;
}

static void sample(struct deskgauge *gauge, double seconds)
{
	for (size_t i = 0; i < TOPICS && gauge->topics[i].name; i++)
		sample_topic(gauge, &gauge->topics[i], seconds);
	for (size_t i = 0; i < STAGES && PIPELINE_STAGES[i].name && !gauge->connection->embedded; i++) {
		const char *in = pipeline_topic_of(&PIPELINE_STAGES[i], "topic.in");
		int64_t lag = stage_lag(gauge, i, topic_of(gauge, in));
		pthread_mutex_lock(&gauge->lock);
		gauge->lag[i] = lag;
		pthread_mutex_unlock(&gauge->lock);
	}
}

static void *run(void *context)
{
	struct deskgauge *gauge = context;
	int64_t before = clock_monotonic_us();

	pthread_mutex_lock(&gauge->lock);
	while (!gauge->stopping) {
		struct timespec until;
		pthread_mutex_unlock(&gauge->lock);
		int64_t now = clock_monotonic_us();
		sample(gauge, (double)(now - before) / 1e6);
		before = now;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += SAMPLE_MS / 1000;
		pthread_mutex_lock(&gauge->lock);
		if (!gauge->stopping)
			pthread_cond_timedwait(&gauge->wake, &gauge->lock, &until);
	}
	pthread_mutex_unlock(&gauge->lock);
	return NULL;
}

struct deskgauge *deskgauge_create(struct connection *connection, struct error *error)
{
	struct deskgauge *gauge = calloc(1, sizeof *gauge);

	if (!gauge) {
		error_set(error, "memory", "no memory for the gauges");
		return NULL;
	}
	gauge->connection = connection;
	gauge->client = record_reader(connection, error);
	if (!gauge->client) {
		free(gauge);
		return NULL;
	}
	pthread_mutex_init(&gauge->lock, NULL);
	pthread_cond_init(&gauge->wake, NULL);
	for (size_t i = 0, n = 0; PIPELINE_TOPICS[i].name && n < TOPICS; i++)
		if (PIPELINE_TOPICS[i].role != TOPIC_INTERNAL && PIPELINE_TOPICS[i].role != TOPIC_JOURNAL)
			gauge->topics[n++] = (struct topic_gauge){.name = PIPELINE_TOPICS[i].name, .sum = -1};
	for (size_t i = 0; i < STAGES; i++)
		gauge->lag[i] = -1;
	if (pthread_create(&gauge->thread, NULL, run, gauge) == 0)
		return gauge;
	error_set(error, "threads", "no thread for the gauges");
	rd_kafka_destroy_flags(gauge->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	free(gauge);
	return NULL;
}

void deskgauge_destroy(struct deskgauge **pointer)
{
	struct deskgauge *gauge = *pointer;

	if (!gauge)
		return;
	pthread_mutex_lock(&gauge->lock);
	gauge->stopping = true;
	pthread_cond_signal(&gauge->wake);
	pthread_mutex_unlock(&gauge->lock);
	pthread_join(gauge->thread, NULL);
	rd_kafka_destroy_flags(gauge->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	pthread_cond_destroy(&gauge->wake);
	pthread_mutex_destroy(&gauge->lock);
	free(gauge);
	*pointer = NULL;
}

static int64_t topic_messages(const struct topic_gauge *topic)
{
	int64_t messages = 0;

	for (int p = 0; topic && p < topic->partitions; p++)
		messages += topic->high[p] - topic->low[p];
	return messages;
}

static void write_stage(struct deskgauge *gauge, struct json_writer *out, size_t i)
{
	const struct pipeline_stage *stage = &PIPELINE_STAGES[i];
	const char *in = pipeline_topic_of(stage, "topic.in"), *duplicates = pipeline_topic_of(stage, "topic.duplicate");
	const struct topic_gauge *next = topic_of(gauge, pipeline_topic_of(stage, "topic.out"));

	json_open_object(out);
	json_add_string(out, "name", slice_of(stage->name));
	json_add_string(out, "in", slice_of(in ? in : ""));
	json_add_number(out, "rate", next ? next->rate : 0, 1);
	json_add_integer(out, "lag", gauge->lag[i]);
	json_add_integer(out, "dead", topic_messages(topic_of(gauge, pipeline_topic_of(stage, "topic.dead"))));
	if (duplicates)
		json_add_integer(out, "duplicates", topic_messages(topic_of(gauge, duplicates)));
	json_close_object(out);
}

static void write_topic(struct json_writer *out, const struct topic_gauge *topic)
{
	json_open_object(out);
	json_add_string(out, "name", slice_of(topic->name));
	json_add_integer(out, "partitions", topic->partitions);
	json_add_integer(out, "messages", topic_messages(topic));
	json_add_number(out, "rate", topic->rate, 1);
	json_key(out, "history");
	json_open_array(out);
	for (size_t i = 0; i < HISTORY; i++)
		json_put_number(out, topic->history[i], 1);
	json_close_array(out);
	json_close_object(out);
}

void deskgauge_write(struct deskgauge *gauge, struct json_writer *out)
{
	pthread_mutex_lock(&gauge->lock);
	json_open_object(out);
	json_key(out, "stages");
	json_open_array(out);
	for (size_t i = 0; i < STAGES && PIPELINE_STAGES[i].name; i++)
		write_stage(gauge, out, i);
	json_close_array(out);
	json_key(out, "topics");
	json_open_array(out);
	for (size_t i = 0; i < TOPICS && gauge->topics[i].name; i++)
		write_topic(out, &gauge->topics[i]);
	json_close_array(out);
	json_close_object(out);
	pthread_mutex_unlock(&gauge->lock);
}
