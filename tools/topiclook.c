/* topiclook: see topiclook.h. */
#include "tools/topiclook.h"

#include "base/must.h"
#include "tools/admin.h"
#include "tools/grouplag.h"

#include <stdio.h>
#include <string.h>

#define ASK_MS 8000

bool topic_look_init(struct topic_look *look, struct connection *connection, rd_kafka_t *client, const char *prefix,
	const struct pipeline_topic *topic, struct error *error)
{
	*look = (struct topic_look){.topic = topic};
	snprintf(look->name, sizeof look->name, "%s%s", prefix, topic->name);
	look->partitions = connection_partitions(connection, client, look->name, error);
	if (look->partitions < 0)
		return false;
	look->looks = must(calloc((size_t)look->partitions + 1, sizeof *look->looks));
	for (int p = 0; p < look->partitions; p++)
		look->looks[p].committed = -1;
	return true;
}

struct topic_look topic_look_copy(const struct topic_look *look)
{
	struct topic_look copy = *look;

	copy.looks = must(calloc((size_t)look->partitions + 1, sizeof *copy.looks));
	memcpy(copy.looks, look->looks, (size_t)look->partitions * sizeof *copy.looks);
	return copy;
}

void topic_look_release(struct topic_look *look)
{
	free(look->looks);
	look->looks = NULL;
}

static bool ends_of(rd_kafka_t *client, const struct topic_look *topic, bool stable)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(topic->partitions);

	for (int p = 0; p < topic->partitions; p++)
		rd_kafka_topic_partition_list_add(list, topic->name, p)->offset = RD_KAFKA_OFFSET_END;
	bool good = rd_kafka_offsets_for_times(client, list, ASK_MS) == RD_KAFKA_RESP_ERR_NO_ERROR;
	for (int p = 0; good && p < topic->partitions; p++)
		*(stable ? &topic->looks[p].stable : &topic->looks[p].high) = list->elems[p].offset;
	rd_kafka_topic_partition_list_destroy(list);
	return good;
}

void topic_look_ends(struct topic_look *topic, rd_kafka_t *committed, rd_kafka_t *all)
{
	/* The stable end first: an end that is read later is never before it. */
	bool good = topic->partitions > 0 && ends_of(committed, topic, true) && ends_of(all, topic, false);

	for (int p = 0; p < topic->partitions; p++)
		if (!good)
			topic->looks[p] = (struct partition_look){.committed = -1};
}

bool topic_look_positions(struct topic_look *topic, rd_kafka_t *client, const char *group, struct error *error)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(topic->partitions);

	for (int p = 0; p < topic->partitions; p++)
		rd_kafka_topic_partition_list_add(list, topic->name, p);
	bool good = admin_group_offsets(client, group, list, error);
	for (int p = 0; good && p < topic->partitions; p++)
		topic->looks[p].committed = list->elems[p].offset >= 0 ? list->elems[p].offset : -1;
	rd_kafka_topic_partition_list_destroy(list);
	return good;
}

int64_t topic_look_lag(const struct topic_look *topic, rd_kafka_t *client)
{
	int64_t sum = 0;

	for (int p = 0; p < topic->partitions; p++) {
		struct grouplag look = {0};
		int64_t lag = grouplag_ask(client, topic->name, p, topic->looks[p].committed, &look);
		sum += lag > 0 ? lag : 0;
	}
	return sum;
}

bool partition_stands_still(const struct partition_look *before, const struct partition_look *now)
{
	return before->high > before->stable && now->stable == before->stable && now->high > now->stable;
}

bool topic_stands_still(const struct topic_look *before, const struct topic_look *now)
{
	for (int p = 0; p < now->partitions; p++)
		if (partition_stands_still(&before->looks[p], &now->looks[p]))
			return true;
	return false;
}
