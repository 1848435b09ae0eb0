/* embedded: a Kafka to try things with, without a JVM: librdkafka's mock cluster on loopback ports. Other processes produce,
 * consume and join groups against it. It keeps everything in memory, about 5 MB a partition (older records go), takes 3 s for a
 * group to form, doesn't look offsets up by time, doesn't keep transactional offsets and doesn't hide aborted records: for quick
 * starts and tests of control flow, never for news that matter. */
#ifndef COPYDESK_EMBEDDED_H
#define COPYDESK_EMBEDDED_H

#include "base/error.h"

struct embedded;

/* A running cluster with the pipeline's topics, `prefix` before each name. `port` 0: any. NULL with error. */
struct embedded *embedded_create(int brokers, int partitions, int port, const char *prefix, struct error *error);
void embedded_destroy(struct embedded **embedded);
/* "127.0.0.1:40213": what clients are given. Lives as long as the cluster. */
const char *embedded_servers(const struct embedded *embedded);
bool embedded_add_topic(struct embedded *embedded, const char *topic, int partitions, struct error *error);

#endif
