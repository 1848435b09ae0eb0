/* record: one Kafka record, with its coordinates and headers, and the way back through the pipeline that its headers tell. */
#ifndef COPYDESK_RECORD_H
#define COPYDESK_RECORD_H

#include "base/arena.h"
#include "base/error.h"
#include "run/stage.h"

#include "tools/connection.h"

struct record {
	char topic[250];
	int32_t partition;
	int64_t offset;
	struct message message; /* memory of the arena it was read into */
};

/* Copies what librdkafka holds into the arena. */
void record_copy(struct arena *arena, const rd_kafka_message_t *from, struct record *record);
/* Likewise, and destroys the message, be it through an escape. */
void record_take(struct arena *arena, rd_kafka_message_t *from, struct record *record);
/* A consumer for record_fetch(): committed records only, no group, told when there is nothing at an offset. NULL with error. */
rd_kafka_t *record_reader(struct connection *connection, struct error *error);
/* The record at exactly these coordinates, through a consumer that nothing else uses meanwhile (its assignment is replaced).
 * Codes: record_gone (retention, compaction, or an aborted transaction), kafka_unreachable. */
bool record_fetch(rd_kafka_t *consumer, const char *topic, int32_t partition, int64_t offset, int timeout_ms, struct arena *arena,
	struct record *record, struct error *error);
/* The value of a header, SLICE_NONE if it isn't there. Names compare without case. */
struct slice record_header(const struct record *record, const char *name);

/* "topic/partition/offset"; arena memory. */
struct slice record_place(struct arena *arena, const struct record *record);
/* The same text read, as copydesk-source and copydesk-dead-source have it. */
bool coordinates_parse(struct slice text, char topic[250], int32_t *partition, int64_t *offset);
/* Where this record was made from; false for one that no stage has written. */
bool record_source(const struct record *record, char topic[250], int32_t *partition, int64_t *offset);

#endif
