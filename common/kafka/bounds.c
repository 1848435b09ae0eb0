/* bounds: see bounds.h. */
#include "kafka/bounds.h"

#include "base/clock.h"
#include "kafka/offsets.h"

#include <stdlib.h>

/* Sets each item to the offset that the bound names, 0 where it names none. */
static bool offsets_named(const struct bound *bound, rd_kafka_topic_partition_list_t *list)
{
	for (int i = 0; i < list->cnt; i++) {
		if (!bound_offset(bound, list->elems[i].partition, &list->elems[i].offset))
			list->elems[i].offset = 0;
	}
	return true;
}

static rd_kafka_topic_partition_list_t *all_partitions(const struct bounds *bounds)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(bounds->partitions);

	for (int32_t i = 0; i < bounds->partitions; i++)
		rd_kafka_topic_partition_list_add(list, bounds->topic, i);
	return list;
}

bool bounds_resolve(struct bounds *bounds, rd_kafka_t *handle, struct error *error)
{
	bool ahead = bounds->until.kind == BOUND_TIME && bounds->until.ms > clock_wall_ms(), good;

	if (bounds->until.kind == BOUND_NONE || bounds->ends || ahead)
		return false;
	rd_kafka_topic_partition_list_t *list = all_partitions(bounds);
	if (bounds->until.kind == BOUND_TIME)
		good = offsets_at(handle, list, bounds->until.ms, OFFSETS_TIMEOUT_MS, error);
	else if (bounds->until.kind == BOUND_OFFSETS)
		good = offsets_named(&bounds->until, list);
	else
		good = offsets_end(handle, list, OFFSETS_TIMEOUT_MS, error);
	if (good) {
		bounds->ends = calloc((size_t)bounds->partitions, sizeof(*bounds->ends));
		if (!bounds->ends)
			abort();
		for (int i = 0; i < list->cnt; i++)
			bounds->ends[list->elems[i].partition] = list->elems[i].offset;
	}
	rd_kafka_topic_partition_list_destroy(list);
	return good;
}

bool bounds_init(struct bounds *bounds, rd_kafka_t *handle, const struct config *config, struct error *error)
{
	*bounds = (struct bounds){.topic = config_text(config, "topic.in")};
	if (!options_from(config, &bounds->from, error) || !options_until(config, &bounds->until, error))
		return false;
	bounds->partitions = offsets_partitions(handle, bounds->topic, 3 * OFFSETS_TIMEOUT_MS, error);
	if (!bounds->partitions)
		return false;
	struct error reason = {0};
	bounds_resolve(bounds, handle, &reason);
	if (reason.code[0]) {
		*error = reason;
		return false;
	}
	return true;
}

void bounds_release(struct bounds *bounds)
{
	free(bounds->ends);
	bounds->ends = NULL;
}

bool bounds_starts(const struct bounds *bounds, rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, struct error *error)
{
	switch (bounds->from.kind) {
	case BOUND_LATEST:
		return offsets_end(handle, list, OFFSETS_TIMEOUT_MS, error);
	case BOUND_TIME:
		return offsets_at(handle, list, bounds->from.ms, OFFSETS_TIMEOUT_MS, error);
	case BOUND_OFFSETS:
		return offsets_named(&bounds->from, list);
	case BOUND_NONE:
	case BOUND_EARLIEST:
	case BOUND_END:
		break;
	}
	return offsets_begin(handle, list, OFFSETS_TIMEOUT_MS, error);
}

bool bounds_known(const struct bounds *bounds) { return bounds->ends != NULL; }

/* A partition that was added since begins behind the range. */
int64_t bounds_end(const struct bounds *bounds, int32_t partition)
{
	if (!bounds->ends)
		return INT64_MAX;
	return partition < bounds->partitions ? bounds->ends[partition] : 0;
}

bool bounds_reached(const struct bounds *bounds, rd_kafka_t *handle)
{
	rd_kafka_topic_partition_list_t *list;
	bool reached = bounds->ends != NULL;

	if (!reached)
		return false;
	list = all_partitions(bounds);
	reached = offsets_committed(handle, list, OFFSETS_TIMEOUT_MS, NULL);
	for (int i = 0; reached && i < list->cnt; i++)
		reached = list->elems[i].offset >= bounds->ends[list->elems[i].partition];
	rd_kafka_topic_partition_list_destroy(list);
	return reached;
}
