/* deadletter: a message that can't be processed, as it came. Key, value, timestamp and headers are the original's; beside them
 * stand copydesk-dead-stage, -code, -message, -source (topic/partition/offset), -attempts and -time.
 *
 * A value larger than the dead-letter topic takes is cut, and says so: copydesk-dead-truncated carries its size and its 128-bit
 * hash (XXH3) in hex. Headers of an earlier death (a message that was retried) are replaced; its attempts go on counting. */
#ifndef COPYDESK_DEADLETTER_H
#define COPYDESK_DEADLETTER_H

#include "kafka/producer.h"

struct deadletter {
	const char *stage;
	struct coordinates from;
	const struct error *error;
	uint32_t attempts; /* known ones, this one included */
	int64_t time;      /* ms UTC */
};

/* Sends `in` to the topic. False: the producer's codes. */
bool deadletter_send(
	struct producer *producer, int topic, const struct message *in, const struct deadletter *letter, struct error *error);

#endif
