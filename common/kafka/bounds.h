/* bounds: from and until of a run. `from` is where a partition begins that the group has no offset for; a group that has been
 * there goes on where it was, so an interrupted replay resumes. `until` is fixed per partition when the process starts: the ends
 * the input had then, or the first offset of that time. A time that lies ahead is resolved when it has come. */
#ifndef COPYDESK_BOUNDS_H
#define COPYDESK_BOUNDS_H

#include "kafka/assignment.h"
#include "run/options.h"

#include <librdkafka/rdkafka.h>

struct bounds {
	const char *topic;
	struct bound from, until;
	int32_t partitions;
	int64_t *ends; /* of every partition of the topic, NULL until resolved */
};

/* Asks for the number of partitions, and the ends if `until` says so. */
bool bounds_init(struct bounds *bounds, rd_kafka_t *handle, const struct config *config, struct error *error);
void bounds_release(struct bounds *bounds);
/* Sets the start of each item of the list. */
bool bounds_starts(const struct bounds *bounds, rd_kafka_t *handle, rd_kafka_topic_partition_list_t *list, struct error *error);
/* The ends are found: the range is what it will be. */
bool bounds_known(const struct bounds *bounds);
/* The first offset not wanted of a partition, INT64_MAX if there is no bound (yet). */
int64_t bounds_end(const struct bounds *bounds, int32_t partition);
/* To be called now and then: resolves a time that has come. True if ends were found just now. */
bool bounds_resolve(struct bounds *bounds, rd_kafka_t *handle, struct error *error);
/* Has the group committed every partition's bound, whoever did the work? */
bool bounds_reached(const struct bounds *bounds, rd_kafka_t *handle);

#endif
