/* offsets: questions to the broker about a topic's partitions: first, end, by time, committed. Each blocks, with a deadline; each
 * answers for a list at once. Only common/kafka includes this file. */
#ifndef COPYDESK_OFFSETS_H
#define COPYDESK_OFFSETS_H

#include "base/error.h"
#include "base/slice.h"

#include <librdkafka/rdkafka.h>

#define OFFSETS_TIMEOUT_MS 10000

/* Number of partitions, 0 with codes no_topic, no_access, kafka_away. Asks again within the time-out while the topic is
 * unknown. */
int32_t offsets_partitions(rd_kafka_t *handle, const char *topic, int timeout_ms, struct error *error);
/* Sets each item's offset to the partition's end: the last stable offset for a handle that reads committed messages only. */
bool offsets_end(rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int timeout_ms, struct error *error);
bool offsets_begin(rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int timeout_ms, struct error *error);
/* … to the first message with this time stamp or a later one; the end if there is none. */
bool offsets_at(rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int64_t ms, int timeout_ms, struct error *error);
/* … to what the group has committed, with its metadata; RD_KAFKA_OFFSET_INVALID where there is nothing. Waits for pending
 * transactions. */
bool offsets_committed(rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int timeout_ms, struct error *error);

#endif
