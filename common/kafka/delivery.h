/* delivery: one message as the consumer fetched it, until its end is committed or it is given up. */
#ifndef COPYDESK_DELIVERY_H
#define COPYDESK_DELIVERY_H

#include "kafka/headers.h"

/* What job.source points to. */
struct delivery {
	struct coordinates from;
	uint64_t epoch;
	void *raw; /* librdkafka's message: `in`'s key and value point into it */
};

/* The message of a delivery; header slices and array from the arena. False when that is full. */
bool delivery_message(const struct delivery *delivery, struct arena *arena, struct message *in);
void delivery_release(struct delivery *delivery);
/* Of its value; 0 for none. */
size_t delivery_bytes(const struct delivery *delivery);

#endif
