/* consumerstate: what consumer.c, rebalance.c and rewind.c share; of no concern to anybody else. */
#ifndef COPYDESK_CONSUMERSTATE_H
#define COPYDESK_CONSUMERSTATE_H

#include "kafka/bounds.h"
#include "kafka/consumer.h"
#include "kafka/lag.h"
#include "kafka/merge.h"

struct consumer {
	rd_kafka_t *handle;
	const char *topic, *group, *instance;
	struct assignment *assignment;
	struct consumer_events events;
	struct bounds bounds;
	struct merge *merge; /* of a bounded run, else NULL */
	struct lag *lag;
	bool subscribed, assigned_once;
	bool some_gone; /* a partition may have `gone` set */
	int64_t assigned_us; /* when something, be it nothing, was last assigned */
	int64_t next_reached_us;
	struct error fatal; /* set in a callback, answered by the next poll */
};

/* librdkafka's callback; `opaque` is the consumer. Takes what is assigned, at its start, and gives up what is revoked, after the events. What
 * goes wrong is kept in `fatal`. */
void rebalance_serve(rd_kafka_t *handle, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t *list, void *opaque);

/* Partitions whose next offset is out of range go on at the first one that is left, once nothing of them is in hand. False: fatal, with
 * offset_beyond_end or a code of client_assign(). */
bool rewind_gone(struct consumer *consumer, struct error *error);

#endif
