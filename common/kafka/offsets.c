/* offsets: librdkafka's ListOffsets takes logical offsets where it takes a time (-1 the end, -2 the beginning), which makes one
 * request per leader of what rd_kafka_query_watermark_offsets() does in two per partition. */
#include "kafka/offsets.h"

#include "base/clock.h"
#include "kafka/refusal.h"

#include <unistd.h>

#define PAUSE_US 100000

static bool list_offsets(
	rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int64_t time, int timeout_ms, struct error *error)
{
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;
	rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;

	for (;;) {
		for (int i = 0; i < list->cnt; i++) {
			list->elems[i].offset = time;
			list->elems[i].err = RD_KAFKA_RESP_ERR_NO_ERROR;
		}
		code = rd_kafka_offsets_for_times(handle, list, timeout_ms);
		for (int i = 0; i < list->cnt && !code; i++)
			code = list->elems[i].err;
		if (!code)
			return true;
		if (refusal_is(code))
			return refusal_error(handle, code, list->elems[0].topic, "Describe", error);
		if (clock_monotonic_us() > deadline)
			return error_set(
				error, "kafka_away", "can't get offsets of %s: %s", list->elems[0].topic, rd_kafka_err2str(code));
		usleep(PAUSE_US);
	}
}

bool offsets_end(rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int timeout_ms, struct error *error)
{
	return list->cnt == 0 || list_offsets(handle, list, RD_KAFKA_OFFSET_END, timeout_ms, error);
}

bool offsets_begin(rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int timeout_ms, struct error *error)
{
	return list->cnt == 0 || list_offsets(handle, list, RD_KAFKA_OFFSET_BEGINNING, timeout_ms, error);
}

bool offsets_at(rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int64_t ms, int timeout_ms, struct error *error)
{
	if (list->cnt == 0)
		return true;
	rd_kafka_topic_partition_list_t *ends = rd_kafka_topic_partition_list_copy(list);
	bool good =
		offsets_end(handle, ends, timeout_ms, error) && list_offsets(handle, list, ms < 0 ? 0 : ms, timeout_ms, error);
	for (int i = 0; good && i < list->cnt; i++) {
		if (list->elems[i].offset < 0)
			list->elems[i].offset = ends->elems[i].offset;
	}
	rd_kafka_topic_partition_list_destroy(ends);
	return good;
}

bool offsets_committed(rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, int timeout_ms, struct error *error)
{
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;

	for (;;) {
		rd_kafka_resp_err_t code = rd_kafka_committed(handle, list, timeout_ms);
		for (int i = 0; i < list->cnt && !code; i++)
			code = list->elems[i].err;
		if (!code)
			return true;
		if (refusal_is(code))
			return refusal_error(handle, code, list->cnt ? list->elems[0].topic : "", "Read", error);
		if (clock_monotonic_us() > deadline || rd_kafka_fatal_error(handle, NULL, 0))
			return error_set(error, "kafka_away", "can't get the group's offsets: %s", rd_kafka_err2str(code));
		usleep(PAUSE_US);
	}
}

int32_t offsets_partitions(rd_kafka_t *handle, const char *topic, int timeout_ms, struct error *error)
{
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;
	rd_kafka_topic_t *object = rd_kafka_topic_new(handle, topic, NULL);
	rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
	int32_t count = 0;

	do {
		const struct rd_kafka_metadata *metadata = NULL;
		code = rd_kafka_metadata(handle, 0, object, &metadata, timeout_ms < 2000 ? timeout_ms : 2000);
		if (!code && metadata->topic_cnt == 1) {
			code = metadata->topics[0].err;
			count = code ? 0 : metadata->topics[0].partition_cnt;
		}
		if (metadata)
			rd_kafka_metadata_destroy(metadata);
		if (count > 0 || refusal_is(code))
			break;
		/* Serves the error callback, where a refused connection is told. */
		rd_kafka_poll(handle, PAUSE_US / 1000);
		if (refusal_at_connection(error)) {
			rd_kafka_topic_destroy(object);
			return 0;
		}
	} while (clock_monotonic_us() < deadline);
	rd_kafka_topic_destroy(object);
	if (count > 0)
		return count;
	if (refusal_is(code))
		refusal_error(handle, code, topic, "Describe", error);
	else if (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || code == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE || !code)
		error_set(error, "no_topic", "topic %s does not exist: create it (copydesk topics create)", topic);
	else
		error_set(error, "kafka_away",
			"can't ask for topic %s: %s: is kafka.bootstrap.servers right, and is the broker up?", topic,
			rd_kafka_err2str(code));
	return 0;
}
