/* grouplag: how far a group is behind on a topic, asked from outside. Messages and the markers that end transactions take offsets
 * alike, and a stage that was stopped has often committed no further than its last message: only reading tells whether there is
 * more to come. A stage's own metric needs none of this, for it commits past the markers as soon as it has read to the end. */
#ifndef COPYDESK_GROUPLAG_H
#define COPYDESK_GROUPLAG_H

#include "base/slice.h"

#include <librdkafka/rdkafka.h>

/* What was found out last about a partition; all zero at first. Kept by who asks again and again, for it spares the reading. */
struct grouplag {
	int64_t low, stable; /* the offsets between which committed messages lie */
	int64_t from;        /* where the group goes on */
	bool more, looked;   /* there is a message from there on; that was looked for */
};

/* Offsets between what the group has committed (-1: nothing) and the last stable one; 0 if there is no message among them, and -1
 * if the brokers don't answer. `reader`: record_reader()'s, or one like it; what it has assigned is given up. */
int64_t grouplag_ask(rd_kafka_t *reader, const char *topic, int32_t partition, int64_t committed, struct grouplag *last);

#endif
