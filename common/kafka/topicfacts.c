/* topicfacts: see topicfacts.h. */
#include "kafka/topicfacts.h"

#include "base/clock.h"

#include <stdio.h>
#include <unistd.h>

#define DESCRIBE_MS 6000
#define PAUSE_US 100000

static void take_metadata(const struct rd_kafka_metadata_topic *topic, struct topicfacts *facts)
{
	facts->partitions = topic->partition_cnt;
	for (int i = 0; i < topic->partition_cnt; i++) {
		const struct rd_kafka_metadata_partition *partition = &topic->partitions[i];
		if (i == 0 || partition->replica_cnt < facts->copies)
			facts->copies = partition->replica_cnt;
		if (i == 0 || partition->isr_cnt < facts->in_sync)
			facts->in_sync = partition->isr_cnt;
	}
}

static rd_kafka_event_t *describe(
	rd_kafka_t *handle, rd_kafka_ResourceType_t type, const char *name, int timeout_ms, rd_kafka_queue_t *queue)
{
	rd_kafka_ConfigResource_t *resource = rd_kafka_ConfigResource_new(type, name);
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);

	/* The request ends first, so that its queue can go. */
	rd_kafka_AdminOptions_set_request_timeout(options, timeout_ms - 1000, NULL, 0);
	rd_kafka_DescribeConfigs(handle, &resource, 1, options, queue);
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_ConfigResource_destroy(resource);
	return rd_kafka_queue_poll(queue, timeout_ms);
}

static const rd_kafka_ConfigEntry_t **entries_of(rd_kafka_event_t *event, size_t *count)
{
	size_t resources = 0;
	const rd_kafka_DescribeConfigs_result_t *result = event ? rd_kafka_event_DescribeConfigs_result(event) : NULL;
	const rd_kafka_ConfigResource_t **answers = result ? rd_kafka_DescribeConfigs_result_resources(result, &resources) : NULL;

	*count = 0;
	return resources == 1 && !rd_kafka_ConfigResource_error(answers[0]) ? rd_kafka_ConfigResource_configs(answers[0], count)
									    : NULL;
}

static void take_setting(const char *name, const char *value, struct topicfacts *facts)
{
	const struct {
		const char *name;
		int64_t *value;
	} NUMBERS[] = {{"max.message.bytes", &facts->max_message_bytes}, {"retention.ms", &facts->retention_ms},
		{"min.insync.replicas", &facts->min_insync}, {"message.timestamp.before.max.ms", &facts->before_max_ms}};

	for (size_t i = 0; i < sizeof(NUMBERS) / sizeof(NUMBERS[0]); i++) {
		if (strcmp(name, NUMBERS[i].name) == 0)
			slice_to_int64(slice_of(value), NUMBERS[i].value);
	}
	if (strcmp(name, "cleanup.policy") == 0)
		facts->compacted = strstr(value, "compact") != NULL;
}

static void ask_settings(rd_kafka_t *handle, const char *topic, struct topicfacts *facts)
{
	rd_kafka_queue_t *queue = rd_kafka_queue_new(handle);
	size_t count;
	rd_kafka_event_t *event = describe(handle, RD_KAFKA_RESOURCE_TOPIC, topic, DESCRIBE_MS, queue);
	const rd_kafka_ConfigEntry_t **entries = entries_of(event, &count);

	facts->described = entries != NULL;
	for (size_t i = 0; i < count; i++) {
		if (rd_kafka_ConfigEntry_value(entries[i]))
			take_setting(rd_kafka_ConfigEntry_name(entries[i]), rd_kafka_ConfigEntry_value(entries[i]), facts);
	}
	if (event)
		rd_kafka_event_destroy(event);
	rd_kafka_queue_destroy(queue);
}

bool topicfacts_ask(rd_kafka_t *handle, const char *topic, int timeout_ms, struct topicfacts *facts, struct error *error)
{
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;
	rd_kafka_topic_t *object = rd_kafka_topic_new(handle, topic, NULL);
	rd_kafka_resp_err_t code;

	*facts = (struct topicfacts){.retention_ms = -1, .before_max_ms = INT64_MAX};
	do {
		const struct rd_kafka_metadata *metadata = NULL;
		code = rd_kafka_metadata(handle, 0, object, &metadata, 5000);
		if (!code && metadata->topic_cnt == 1) {
			facts->denied = metadata->topics[0].err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED;
			if (!metadata->topics[0].err)
				take_metadata(&metadata->topics[0], facts);
		}
		if (metadata)
			rd_kafka_metadata_destroy(metadata);
		if (facts->partitions || facts->denied)
			break;
		usleep(PAUSE_US);
	} while (clock_monotonic_us() < deadline);
	rd_kafka_topic_destroy(object);
	if (code)
		return error_set(error, "kafka_away", "no metadata of %s: %s", topic, rd_kafka_err2str(code));
	if (facts->partitions)
		ask_settings(handle, topic, facts);
	return true;
}

static int64_t setting(
	rd_kafka_t *handle, rd_kafka_ResourceType_t type, const char *of, const char *name, int timeout_ms, int64_t otherwise)
{
	rd_kafka_queue_t *queue = rd_kafka_queue_new(handle);
	size_t count;

	rd_kafka_event_t *event = describe(handle, type, of, timeout_ms, queue);
	const rd_kafka_ConfigEntry_t **entries = entries_of(event, &count);
	for (size_t i = 0; i < count; i++) {
		const char *value = rd_kafka_ConfigEntry_value(entries[i]);
		if (value && strcmp(rd_kafka_ConfigEntry_name(entries[i]), name) == 0)
			slice_to_int64(slice_of(value), &otherwise);
	}
	if (event)
		rd_kafka_event_destroy(event);
	rd_kafka_queue_destroy(queue);
	return otherwise;
}

int64_t topicfacts_setting(rd_kafka_t *handle, const char *topic, const char *name, int timeout_ms, int64_t otherwise)
{
	return setting(handle, RD_KAFKA_RESOURCE_TOPIC, topic, name, timeout_ms, otherwise);
}

int64_t topicfacts_broker_setting(rd_kafka_t *handle, int32_t broker, const char *name, int64_t otherwise)
{
	char id[16];

	snprintf(id, sizeof(id), "%d", (int)broker);
	return setting(handle, RD_KAFKA_RESOURCE_BROKER, id, name, DESCRIBE_MS, otherwise);
}
