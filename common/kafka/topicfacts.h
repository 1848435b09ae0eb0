/* topicfacts: what a cluster says about a topic: its partitions and copies, and the settings that a pipeline depends on. */
#ifndef COPYDESK_TOPICFACTS_H
#define COPYDESK_TOPICFACTS_H

#include "base/error.h"
#include "base/slice.h"

#include <librdkafka/rdkafka.h>

struct topicfacts {
	int32_t partitions;  /* 0: no such topic, or no right to see it */
	bool denied;         /* no right */
	int copies, in_sync; /* the fewest over its partitions */
	bool described;      /* the rest is known */
	int64_t max_message_bytes, retention_ms, min_insync, before_max_ms;
	bool compacted;      /* cleanup.policy has compact */
};

/* False (code kafka_away) only if the cluster can't be asked. A topic that isn't there is asked for for `timeout_ms`. */
bool topicfacts_ask(rd_kafka_t *handle, const char *topic, int timeout_ms, struct topicfacts *facts, struct error *error);
/* One number among a topic's settings; `otherwise` where it can't be had: no right to describe it, the embedded broker, no answer
 * in time. */
int64_t topicfacts_setting(rd_kafka_t *handle, const char *topic, const char *name, int timeout_ms, int64_t otherwise);
/* One number among a broker's own settings; `otherwise` where it can't be had. */
int64_t topicfacts_broker_setting(rd_kafka_t *handle, int32_t broker, const char *name, int64_t otherwise);

#endif
