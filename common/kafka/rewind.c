/* rewind: see consumerstate.h. */
#include "kafka/consumerstate.h"

#include "base/log.h"
#include "kafka/client.h"
#include "kafka/offsets.h"

#include <unistd.h>

#define SEEK_TRIES 50
#define SEEK_PAUSE_US 100000

/* What was fetched of it and isn't finished is void. */
static void void_fetched(struct consumer *consumer, struct partition *partition)
{
	partition->epoch = ++consumer->assignment->last_epoch;
	partition->in_flight = 0;
	partition->end = OFFSET_NONE;
}

/* A partition that was assigned a moment ago can't be sought yet: it is tried again. */
static bool seek(struct consumer *consumer, rd_kafka_topic_partition_list_t *list, struct error *error)
{
	for (int tries = 0; list->cnt > 0; tries++) {
		rd_kafka_error_t *failure = rd_kafka_seek_partitions(consumer->handle, list, -1);
		const char *reason = failure ? rd_kafka_error_name(failure) : NULL;
		for (int i = list->cnt - 1; i >= 0 && !failure; i--) {
			if (!list->elems[i].err)
				rd_kafka_topic_partition_list_del_by_idx(list, i);
			else
				reason = rd_kafka_err2name(list->elems[i].err);
		}
		if (failure)
			rd_kafka_error_destroy(failure);
		if (list->cnt == 0)
			break;
		if (tries == SEEK_TRIES || rd_kafka_fatal_error(consumer->handle, NULL, 0))
			return error_set(error, "kafka_seek", "can't go back to offset %lld of %s/%d: %s", (long long)list->elems[0].offset,
				consumer->topic, (int)list->elems[0].partition, reason);
		usleep(SEEK_PAUSE_US);
	}
	return true;
}

bool consumer_rewind(struct consumer *consumer, struct error *error)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)consumer->assignment->count);
	bool good = true;

	for assignment_each(partition, consumer->assignment) {
		if (!partition->leaving)
			rd_kafka_topic_partition_list_add(list, consumer->topic, partition->id);
	}
	if (list->cnt)
		good = offsets_committed(consumer->handle, list, 3 * OFFSETS_TIMEOUT_MS, error);
	for (int i = 0; good && i < list->cnt; i++) {
		rd_kafka_topic_partition_t *item = &list->elems[i];
		struct partition *partition = assignment_find(consumer->assignment, item->partition);
		if (item->offset < 0)
			item->offset = partition->start;
		partition->committed = item->offset;
		assignment_rewind(consumer->assignment, partition);
	}
	for (int i = list->cnt - 1; good && i >= 0; i--) {
		if (assignment_find(consumer->assignment, list->elems[i].partition)->gone)
			rd_kafka_topic_partition_list_del_by_idx(list, i); /* taken again at the next poll */
	}
	good = good && seek(consumer, list, error);
	rd_kafka_topic_partition_list_destroy(list);
	return good;
}

bool consumer_rewind_one(struct consumer *consumer, struct partition *partition, struct error *error)
{
	void_fetched(consumer, partition);
	if (partition->gone)
		return true; /* taken again at the next poll */
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_list_add(list, consumer->topic, partition->id)->offset = partition->position;
	bool good = seek(consumer, list, error);
	rd_kafka_topic_partition_list_destroy(list);
	return good;
}

/* librdkafka stops a partition whose offset is out of range, and one that is stopped can't be sought: it is taken anew, at its position. */
static bool take_again(struct consumer *consumer, const struct partition *which, struct error *error)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)consumer->assignment->count);
	bool eager = client_is_eager(consumer->handle);

	for assignment_each(partition, consumer->assignment) {
		/* The eager protocol knows whole assignments only. */
		if (partition != which && !eager)
			continue;
		void_fetched(consumer, partition);
		partition->gone = false;
		rd_kafka_topic_partition_list_add(list, consumer->topic, partition->id)->offset = partition->position;
	}
	bool good = (eager || client_unassign(consumer->handle, list, error)) && client_assign(consumer->handle, list, error);
	rd_kafka_topic_partition_list_destroy(list);
	return good || error_context(error, "can't take %s/%d again at offset %lld", consumer->topic, (int)which->id, (long long)which->position);
}

/* The offset to go on from is no longer there: retention was faster than we, or the topic is another one. */
static bool go_on_at_what_is_left(struct consumer *consumer, struct partition *partition, struct error *error)
{
	int64_t low = 0, high = 0;
	rd_kafka_resp_err_t code =
		rd_kafka_query_watermark_offsets(consumer->handle, consumer->topic, partition->id, &low, &high, OFFSETS_TIMEOUT_MS);

	if (code) {
		log_warn("consumer_error", LOG_STR("code", rd_kafka_err2name(code)), LOG_STR("topic", consumer->topic),
			LOG_INT("partition", partition->id), LOG_STR("text", "can't ask for the first and last offset yet"));
		return true;
	}
	if (partition->position > high)
		return error_set(error, "offset_beyond_end", "%s/%d: the group %s is at offset %lld, but the topic ends at %lld: was it created anew? "
			"reset the group's offsets (copydesk replay STAGE --reset --from earliest), or use another group", consumer->topic, (int)partition->id,
			consumer->group, (long long)partition->position, (long long)high);
	if (low > partition->position) {
		log_error("messages_lost", LOG_STR("topic", consumer->topic), LOG_INT("partition", partition->id),
			LOG_INT("offset", partition->position), LOG_INT("until", low), LOG_STR("text", "retention deleted them unread; raise retention.ms"));
		partition->position = low;
	}
	return take_again(consumer, partition, error);
}

/* What is in hand of a partition was read in time: it is finished first. */
bool rewind_gone(struct consumer *consumer, struct error *error)
{
	bool good = true;

	if (!consumer->some_gone)
		return true;
	consumer->some_gone = false;
	for assignment_each(partition, consumer->assignment) {
		if (good && partition->gone && partition->in_flight == 0)
			good = go_on_at_what_is_left(consumer, partition, error);
		consumer->some_gone = consumer->some_gone || partition->gone;
	}
	return good;
}
