/* merge: see merge.h. A message has to be taken out of its queue to be looked at, so each lane may have one in hand; what
 * librdkafka counts as consumed is one ahead of what was handed on. */
#include "kafka/merge.h"

#include <stdlib.h>

struct lane {
	rd_kafka_queue_t *queue; /* NULL: not ours */
	rd_kafka_message_t *head;
	int64_t timestamp;
	uint64_t epoch; /* of the partition when the head was taken: another one now makes it void */
};

struct merge {
	rd_kafka_t *handle;
	const char *topic;
	struct lane *lanes; /* by partition */
	size_t count;
};

struct merge *merge_create(rd_kafka_t *handle, const char *topic)
{
	struct merge *merge = calloc(1, sizeof(*merge));

	if (!merge)
		abort();
	*merge = (struct merge){.handle = handle, .topic = topic};
	return merge;
}

static void drop_head(struct lane *lane)
{
	if (lane->head)
		rd_kafka_message_destroy(lane->head);
	lane->head = NULL;
}

void merge_remove(struct merge *merge, int32_t partition)
{
	if (partition < 0 || (size_t)partition >= merge->count || !merge->lanes[partition].queue)
		return;
	struct lane *lane = &merge->lanes[partition];
	drop_head(lane);
	rd_kafka_queue_destroy(lane->queue);
	lane->queue = NULL;
}

void merge_destroy(struct merge **merge)
{
	struct merge *m = *merge;

	if (!m)
		return;
	for (size_t i = 0; i < m->count; i++)
		merge_remove(m, (int32_t)i);
	free(m->lanes);
	free(m);
	*merge = NULL;
}

static void make_room(struct merge *merge, size_t need)
{
	if (need <= merge->count)
		return;
	struct lane *lanes = realloc(merge->lanes, need * sizeof(*lanes));
	if (!lanes)
		abort();
	memset(lanes + merge->count, 0, (need - merge->count) * sizeof(*lanes));
	merge->lanes = lanes;
	merge->count = need;
}

bool merge_add(struct merge *merge, int32_t partition, struct error *error)
{
	make_room(merge, (size_t)partition + 1);
	merge_remove(merge, partition);
	struct lane *lane = &merge->lanes[partition];
	lane->queue = rd_kafka_queue_get_partition(merge->handle, merge->topic, partition);
	if (!lane->queue)
		return error_set(error, "kafka_assign", "%s/%d has no queue", merge->topic, (int)partition);
	rd_kafka_queue_forward(lane->queue, NULL);
	return true;
}

/* Something may still come of it. */
static bool is_open(const struct partition *partition)
{
	return !partition->paused && !partition->gone && partition->end < partition->until;
}

static bool has_head(struct lane *lane, const struct partition *partition)
{
	if (lane->head && lane->epoch != partition->epoch)
		drop_head(lane);
	return lane->head != NULL;
}

/* An event, to be told now; else NULL, and the message, if any, is the lane's head. */
static rd_kafka_message_t *fill(struct lane *lane, struct partition *partition, int wait_ms)
{
	rd_kafka_message_t *message = rd_kafka_consume_queue(lane->queue, wait_ms);
	rd_kafka_timestamp_type_t kind;

	if (!message || message->err)
		return message;
	if (message->offset >= partition->until) {
		partition->end = partition->until;
		rd_kafka_message_destroy(message);
		return NULL;
	}
	partition->end = OFFSET_NONE;
	*lane = (struct lane){lane->queue, message, rd_kafka_message_timestamp(message, &kind), partition->epoch};
	return NULL;
}

/* Fills the lanes with what is there. *lacking: a partition whose next message isn't. */
static rd_kafka_message_t *fill_lanes(struct merge *merge, const struct assignment *assignment, struct partition **lacking)
{
	rd_kafka_message_t *event;

	*lacking = NULL;
	for assignment_each(partition, assignment) {
		struct lane *lane = &merge->lanes[partition->id];
		if (has_head(lane, partition) || !is_open(partition))
			continue;
		if ((event = fill(lane, partition, 0)) != NULL)
			return event;
		if (!lane->head && is_open(partition))
			*lacking = partition;
	}
	return NULL;
}

static rd_kafka_message_t *take_oldest(struct merge *merge, const struct assignment *assignment)
{
	struct lane *oldest = NULL;

	for assignment_each(partition, assignment) {
		struct lane *lane = &merge->lanes[partition->id];
		if (lane->head && !partition->paused && (!oldest || lane->timestamp < oldest->timestamp))
			oldest = lane;
	}
	if (!oldest)
		return NULL;
	rd_kafka_message_t *message = oldest->head;
	oldest->head = NULL;
	return message;
}

rd_kafka_message_t *merge_next(struct merge *merge, const struct assignment *assignment, int wait_ms)
{
	rd_kafka_message_t *event;
	struct partition *lacking;

	for (;;) {
		if ((event = fill_lanes(merge, assignment, &lacking)) != NULL)
			return event;
		if (!lacking)
			return take_oldest(merge, assignment);
		/* Whichever it is: the others can't go before it. */
		struct lane *lane = &merge->lanes[lacking->id];
		if ((event = fill(lane, lacking, wait_ms)) != NULL)
			return event;
		if (!lane->head && is_open(lacking))
			return NULL;
		wait_ms = 0;
	}
}

bool merge_exhausted(const struct merge *merge, const struct assignment *assignment)
{
	for assignment_each(partition, assignment) {
		if (is_open(partition) || (merge->lanes[partition->id].head && !partition->paused))
			return false;
	}
	return true;
}
