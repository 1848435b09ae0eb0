/* lag: see lag.h. */
#include "kafka/lag.h"

#include "base/log.h"
#include "kafka/offsets.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#define INTERVAL_S 2

struct lag {
	rd_kafka_t *handle;
	const char *topic;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	rd_kafka_topic_partition_list_t *watched; /* with the last known end, OFFSET_NONE before the first answer */
	uint64_t version;                         /* of the list */
	bool stopping;
};

static void ask(struct lag *lag)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_copy(lag->watched);
	uint64_t version = lag->version;
	struct error error;

	pthread_mutex_unlock(&lag->mutex);
	bool good = offsets_end(lag->handle, list, 5000, &error);
	if (!good)
		log_warn("lag_unknown", LOG_STR("topic", lag->topic), LOG_STR("text", error.text));
	pthread_mutex_lock(&lag->mutex);
	if (good && version == lag->version) {
		for (int i = 0; i < list->cnt; i++)
			lag->watched->elems[i].offset = list->elems[i].offset;
	}
	rd_kafka_topic_partition_list_destroy(list);
}

static void *lag_main(void *argument)
{
	struct lag *lag = argument;
	uint64_t seen = 0;

	pthread_mutex_lock(&lag->mutex);
	while (!lag->stopping) {
		struct timespec until;
		seen = lag->version;
		if (lag->watched->cnt)
			ask(lag);
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += INTERVAL_S;
		while (!lag->stopping && seen == lag->version) {
			if (pthread_cond_timedwait(&lag->changed, &lag->mutex, &until) == ETIMEDOUT)
				break;
		}
	}
	pthread_mutex_unlock(&lag->mutex);
	return NULL;
}

struct lag *lag_create(rd_kafka_t *handle, const char *topic, struct error *error)
{
	struct lag *lag = calloc(1, sizeof(*lag));
	pthread_condattr_t attributes;
	sigset_t all, before;

	if (!lag)
		abort();
	lag->handle = handle;
	lag->topic = topic;
	lag->watched = rd_kafka_topic_partition_list_new(0);
	pthread_mutex_init(&lag->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&lag->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int failed = pthread_create(&lag->thread, NULL, lag_main, lag);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!failed)
		return lag;
	error_set(error, "no_threads", "can't start the thread that measures lag: %s; raise the process limit", strerror(failed));
	rd_kafka_topic_partition_list_destroy(lag->watched);
	free(lag);
	return NULL;
}

void lag_destroy(struct lag **lag)
{
	struct lag *l = *lag;

	if (!l)
		return;
	pthread_mutex_lock(&l->mutex);
	l->stopping = true;
	pthread_cond_signal(&l->changed);
	pthread_mutex_unlock(&l->mutex);
	pthread_join(l->thread, NULL);
	rd_kafka_topic_partition_list_destroy(l->watched);
	pthread_cond_destroy(&l->changed);
	pthread_mutex_destroy(&l->mutex);
	free(l);
	*lag = NULL;
}

void lag_watch(struct lag *lag, const struct assignment *assignment)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)assignment->count);

	pthread_mutex_lock(&lag->mutex);
	for assignment_each(partition, assignment) {
		const rd_kafka_topic_partition_t *old = rd_kafka_topic_partition_list_find(lag->watched, lag->topic, partition->id);
		rd_kafka_topic_partition_list_add(list, lag->topic, partition->id)->offset = old ? old->offset : OFFSET_NONE;
	}
	rd_kafka_topic_partition_list_destroy(lag->watched);
	lag->watched = list;
	lag->version++;
	pthread_cond_signal(&lag->changed);
	pthread_mutex_unlock(&lag->mutex);
}

void lag_read(struct lag *lag, struct assignment *assignment)
{
	pthread_mutex_lock(&lag->mutex);
	for (int i = 0; i < lag->watched->cnt; i++) {
		struct partition *partition = assignment_find(assignment, lag->watched->elems[i].partition);
		if (partition)
			partition->high = lag->watched->elems[i].offset;
	}
	pthread_mutex_unlock(&lag->mutex);
}
