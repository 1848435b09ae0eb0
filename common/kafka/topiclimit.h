/* topiclimit: how large a record batch a topic takes. */
#ifndef COPYDESK_TOPICLIMIT_H
#define COPYDESK_TOPICLIMIT_H

#include <stddef.h>

/* The topic's max.message.bytes; 0 if it can't be had: no right to describe it, the embedded broker, no answer within 4 s.
 * `client` is any librdkafka handle. */
size_t topiclimit_ask(void *client, const char *topic);

/* The batch.size for topics that take `limit` bytes: up to 4 MiB, so that a commit's small records make one request a partition.
 * 0: librdkafka's own, for topics that take less than 1 MiB or don't say. */
size_t topiclimit_batch(size_t limit);

#endif
