/* lag: the last stable offset of each assigned partition, asked for by a thread of its own.
 *
 * librdkafka's cached watermarks come with fetch responses: they stand still while a partition is paused and are unset after a
 * rebalance, and a lag made of them lies exactly when it is looked at. So it is asked for, every few seconds, in one request per
 * broker. */
#ifndef COPYDESK_LAG_H
#define COPYDESK_LAG_H

#include "base/error.h"
#include "kafka/assignment.h"

#include <librdkafka/rdkafka.h>

struct lag;

/* `handle`: a consumer that reads committed messages. Must outlive the lag. */
struct lag *lag_create(rd_kafka_t *handle, const char *topic, struct error *error);
void lag_destroy(struct lag **lag);
/* Which partitions to ask for from now on; what was known of others is forgotten. */
void lag_watch(struct lag *lag, const struct assignment *assignment);
/* Copies what is known into the partitions. */
void lag_read(struct lag *lag, struct assignment *assignment);

#endif
