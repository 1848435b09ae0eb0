/* rebalance: see consumerstate.h. The hard thing is what may happen inside the callback: commits (transaction.c, through the events), and
 * requests that block. */
#include "kafka/consumerstate.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/client.h"
#include "kafka/offsets.h"

static void keep_fatal(struct consumer *consumer, const struct error *error)
{
	if (!consumer->fatal.code[0])
		consumer->fatal = *error;
}

static void log_partitions(const char *event, const rd_kafka_topic_partition_list_t *list, const char *how)
{
	char text[256];
	size_t used = 0;

	text[0] = '\0';
	for (int i = 0; i < list->cnt && used + 12 < sizeof(text); i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, i ? ",%d" : "%d", (int)list->elems[i].partition);
	log_info(event, LOG_INT("count", list->cnt), LOG_STR("partitions", text), LOG_STR("how", how));
}

/* Where each partition begins: the group's offset and mark, or `from`. */
static bool find_starts(struct consumer *consumer, rd_kafka_topic_partition_list_t *list, struct error *error)
{
	rd_kafka_topic_partition_list_t *fresh = rd_kafka_topic_partition_list_new(list->cnt);
	bool good = list->cnt == 0 || offsets_committed(consumer->handle, list, 6 * OFFSETS_TIMEOUT_MS, error);

	for (int i = 0; good && i < list->cnt; i++) {
		if (list->elems[i].offset < 0)
			rd_kafka_topic_partition_list_add(fresh, list->elems[i].topic, list->elems[i].partition);
	}
	good = good && bounds_starts(&consumer->bounds, consumer->handle, fresh, error);
	for (int i = 0; good && i < fresh->cnt; i++) {
		rd_kafka_topic_partition_t *item = rd_kafka_topic_partition_list_find(list, fresh->elems[i].topic, fresh->elems[i].partition);
		item->offset = fresh->elems[i].offset;
	}
	rd_kafka_topic_partition_list_destroy(fresh);
	return good;
}

/* A part of the range: how it lies beside the other parts isn't ours to say. */
static void tell_order(const struct consumer *consumer)
{
	size_t own = consumer->assignment->count, all = (size_t)consumer->bounds.partitions;

	if (consumer->merge && own > 0 && own < all)
		log_warn("order_shared", LOG_STR("topic", consumer->topic), LOG_INT("partitions", own), LOG_INT("of", all),
			LOG_STR("text", "other processes read the rest of the range: what comes first, theirs or ours, may differ in another run"));
}

static void take(struct consumer *consumer, rd_kafka_topic_partition_list_t *list)
{
	struct error error = {0};

	if (!find_starts(consumer, list, &error)) {
		keep_fatal(consumer, &error);
		return;
	}
	for (int i = 0; i < list->cnt; i++) {
		const rd_kafka_topic_partition_t *item = &list->elems[i];
		struct slice mark = slice_make(item->metadata, item->metadata ? item->metadata_size : 0);
		struct partition *partition = assignment_add(consumer->assignment, item->partition, item->offset, mark);
		partition->until = bounds_end(&consumer->bounds, item->partition);
		if (consumer->merge && !merge_add(consumer->merge, item->partition, &error)) {
			keep_fatal(consumer, &error);
			return;
		}
	}
	if (!client_assign(consumer->handle, list, &error)) {
		error_context(&error, "can't take partitions");
		keep_fatal(consumer, &error);
	}
	log_partitions("assigned", list, rd_kafka_rebalance_protocol(consumer->handle));
	tell_order(consumer);
	consumer->assigned_once = true;
	consumer->assigned_us = clock_monotonic_us();
	lag_watch(consumer->lag, consumer->assignment);
	consumer->events.assigned(consumer->events.context);
}

static void give_up(struct consumer *consumer, rd_kafka_topic_partition_list_t *list)
{
	bool lost = rd_kafka_assignment_lost(consumer->handle) != 0;
	struct error error;

	log_partitions(lost ? "lost" : "revoked", list, rd_kafka_rebalance_protocol(consumer->handle));
	for (int i = 0; i < list->cnt; i++) {
		struct partition *partition = assignment_find(consumer->assignment, list->elems[i].partition);
		if (partition)
			partition->leaving = true;
	}
	consumer->events.revoked(consumer->events.context, lost);
	/* librdkafka would remember it, and a partition that comes back would stand still. */
	for (int i = 0; i < list->cnt; i++) {
		struct partition *partition = assignment_find(consumer->assignment, list->elems[i].partition);
		if (partition)
			consumer_resume(consumer, partition);
	}
	if (!client_unassign(consumer->handle, list, &error))
		log_warn("unassign_refused", LOG_STR("text", error.text));
	for (int i = 0; i < list->cnt; i++) {
		assignment_remove(consumer->assignment, list->elems[i].partition);
		if (consumer->merge)
			merge_remove(consumer->merge, list->elems[i].partition);
	}
	tell_order(consumer);
	lag_watch(consumer->lag, consumer->assignment);
}

void rebalance_serve(rd_kafka_t *handle, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t *list, void *opaque)
{
	struct consumer *consumer = opaque;

	if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
		take(consumer, list);
	} else if (code == RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS) {
		give_up(consumer, list);
	} else {
		log_warn("rebalance_failed", LOG_STR("text", rd_kafka_err2str(code)));
		rd_kafka_assign(handle, NULL);
	}
}
