/* scan: reads topics without a group, only what is committed: from an instant or offset, to the end as it was at the start, to an
 * instant, or for ever. The base of tail, dead, replay, explain, audit and export. */
#ifndef COPYDESK_SCAN_H
#define COPYDESK_SCAN_H

#include "tools/connection.h"

struct scan_bound {
	enum { SCAN_EARLIEST, SCAN_LATEST, SCAN_LAST, SCAN_TIME, SCAN_FOREVER } kind;
	int64_t value; /* of SCAN_LAST: records per partition; of SCAN_TIME: ms */
};

struct scan_partition {
	char topic[250];
	int32_t partition;
	int64_t low, high; /* as at the start: committed end of the log */
	int64_t start, end; /* offsets [start, end); end INT64_MAX: for ever */
	int64_t at;         /* the next one */
	bool done;
};

struct scan {
	struct connection *connection;
	rd_kafka_t *client;
	struct scan_partition *partitions;
	size_t partition_count, done_count;
	struct scan_bound from, until;
};

/* "earliest", "latest", "end", "-100" (the last so many of each partition), a time or an age. `until`: "end", a time, "never". */
bool scan_bound_parse(const char *text, bool until, struct scan_bound *bound, struct error *error);
/* Opens `topics` (NULL ends the list). Topics that are missing are an error unless `lenient`. Nothing is read yet: partitions[]
 * may be narrowed (start, end) before scan_start(). */
bool scan_open(struct scan *scan, struct connection *connection, const char *const *topics, struct scan_bound from,
	struct scan_bound until, bool lenient, struct error *error);
/* Between the two: waits until what was written before is committed or aborted, so that records of transactions that just end
 * aren't overlooked, and moves the ends of partitions that have SCAN_LATEST as their end. Code open_transaction after
 * `wait_ms`. */
bool scan_settle(struct scan *scan, int wait_ms, struct error *error);
bool scan_start(struct scan *scan, struct error *error);
void scan_close(struct scan *scan);
/* The next record, for the caller to destroy; NULL after wait_ms without any, or when all is read (scan_done), or with an error
 * set. */
rd_kafka_message_t *scan_next(struct scan *scan, int wait_ms, struct error *error);
static inline bool scan_done(const struct scan *scan) { return scan->done_count == scan->partition_count; }
/* Records still to come at most (transaction markers count), and in all; 0 for ever-running scans. */
int64_t scan_left(const struct scan *scan);
int64_t scan_total(const struct scan *scan);

/* Header value by name, without case; SLICE_NONE if absent. The last one wins, as in Kafka's own lastHeader(). */
struct slice message_header(const rd_kafka_message_t *message, const char *name);
/* Epoch ms or CLOCK_NONE. */
int64_t message_time(const rd_kafka_message_t *message);
/* "news.page/3/1234" */
const char *message_place(const rd_kafka_message_t *message, char out[300]);
/* The error of one whose arena is spent: "news.page/3/1234 is too large to be shown". Code memory; returns false. */
bool message_too_large(const rd_kafka_message_t *message, const char *to_be, struct error *error);

#endif
