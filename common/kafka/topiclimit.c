/* topiclimit: see topiclimit.h. */
#include "kafka/topiclimit.h"

#include "base/slice.h"
#include "kafka/client.h"

/* What a batch adds to its records (KIP-98), generously. */
#define BATCH_OVERHEAD 1024
#define BATCH_LEAST ((size_t)1 << 20)
#define BATCH_MOST ((size_t)4 << 20)

size_t topiclimit_ask(void *client, const char *topic)
{
	rd_kafka_t *handle = client;
	rd_kafka_queue_t *queue = rd_kafka_queue_new(handle);
	rd_kafka_ConfigResource_t *resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic);
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
	const rd_kafka_ConfigEntry_t **entries = NULL;
	size_t resources = 0, count = 0, limit = 0;
	int64_t value;

	rd_kafka_AdminOptions_set_request_timeout(options, 3000, NULL, 0);
	rd_kafka_DescribeConfigs(handle, &resource, 1, options, queue);
	rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 4000);
	const rd_kafka_DescribeConfigs_result_t *result = event ? rd_kafka_event_DescribeConfigs_result(event) : NULL;
	const rd_kafka_ConfigResource_t **answers = result ? rd_kafka_DescribeConfigs_result_resources(result, &resources) : NULL;
	if (resources == 1 && !rd_kafka_ConfigResource_error(answers[0]))
		entries = rd_kafka_ConfigResource_configs(answers[0], &count);
	for (size_t i = 0; i < count; i++) {
		const char *text = rd_kafka_ConfigEntry_value(entries[i]);
		if (strcmp(rd_kafka_ConfigEntry_name(entries[i]), "max.message.bytes") == 0 && text && slice_to_int64(slice_of(text), &value))
			limit = (size_t)value;
	}
	if (event)
		rd_kafka_event_destroy(event);
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_ConfigResource_destroy(resource);
	rd_kafka_queue_destroy(queue);
	return limit;
}

size_t topiclimit_batch(size_t limit)
{
	if (limit < BATCH_LEAST)
		return 0;
	return limit - BATCH_OVERHEAD < BATCH_MOST ? limit - BATCH_OVERHEAD : BATCH_MOST;
}
