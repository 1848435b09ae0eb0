/* grouplag: see grouplag.h. */
#include "tools/grouplag.h"

#include "base/clock.h"

#define ASK_MS 5000

/* Is there a message from this offset on? Without an answer it is believed that there is. */
static bool has_message(rd_kafka_t *reader, const char *topic, int32_t partition, int64_t from)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	int64_t deadline = clock_monotonic_us() + ASK_MS * 1000LL;
	bool done = false, found = true;

	rd_kafka_topic_partition_list_add(list, topic, partition)->offset = from;
	rd_kafka_assign(reader, list);
	while (!done && clock_monotonic_us() < deadline) {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(reader, 100);
		if (!message)
			continue;
		found = message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF && message->err != RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET;
		done = !found || !message->err;
		rd_kafka_message_destroy(message);
	}
	rd_kafka_assign(reader, NULL);
	rd_kafka_topic_partition_list_destroy(list);
	return found;
}

int64_t grouplag_ask(rd_kafka_t *reader, const char *topic, int32_t partition, int64_t committed, struct grouplag *last)
{
	struct grouplag now = {0};

	if (rd_kafka_query_watermark_offsets(reader, topic, partition, &now.low, &now.stable, ASK_MS))
		return -1;
	now.from = committed < now.low ? now.low : committed;
	if (now.stable <= now.from) {
		*last = now;
		return 0;
	}
	/* One that was there still is, as long as the group hasn't moved; where there was none, one can only come behind the old
	 * end. */
	now.looked = true;
	if (last->looked && last->from == now.from && (last->more || last->stable == now.stable))
		now.more = last->more;
	else
		now.more = has_message(reader, topic, partition, now.from);
	*last = now;
	return now.more ? now.stable - now.from : 0;
}
