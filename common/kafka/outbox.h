/* outbox: items for one partition of a topic, questions or replies, packed into frames as they fill (see frame.h).
 *
 * Nothing waits for a delivery, and nothing tells whether one failed: a question whose reply is overdue is asked again. Of one
 * thread. Only common/kafka includes this file. */
#ifndef COPYDESK_OUTBOX_H
#define COPYDESK_OUTBOX_H

#include "kafka/frame.h"

#include <librdkafka/rdkafka.h>

struct outbox {
	rd_kafka_t *producer;
	const char *topic; /* both outlive the outbox */
	int32_t partition;
	struct frame_head head; /* who asks */
	struct buf frame;
};

void outbox_init(struct outbox *outbox, rd_kafka_t *producer, const char *topic, int32_t partition, const struct frame_head *head);
/* What is in it is let go. */
void outbox_release(struct outbox *outbox);
/* Sends first what is in it, if that and the item are too much for one frame. */
void outbox_add(struct outbox *outbox, uint64_t question, struct slice item);
/* Sends what is in it; waits while the producer's queue is full. */
void outbox_send(struct outbox *outbox);

#endif
