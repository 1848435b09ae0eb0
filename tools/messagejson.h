/* messagejson: a Kafka message as JSON: its value read, and the whole of it written. */
#ifndef COPYDESK_MESSAGEJSON_H
#define COPYDESK_MESSAGEJSON_H

#include "json/reader.h"
#include "tools/scan.h"

#include <stdio.h>

/* The value as a JSON object in the arena; NULL if it is none, or doesn't fit. */
const struct json *message_object(const rd_kafka_message_t *message, struct arena *arena);
/* The message with topic, partition, offset, time, key, headers and value as one line; bytes that aren't UTF-8 in Base64. Nothing
 * if it doesn't fit the arena. */
void message_put_json(struct arena *arena, const rd_kafka_message_t *message, FILE *out);

#endif
