/* producer: what leaves the process. Idempotent always, transactional when the guarantee is exactly once. All functions are the
 * poll thread's.
 *
 * Delivery reports are for counting and for learning that a record is too large for its topic; only a commit's result decides
 * whether something happened. */
#ifndef COPYDESK_PRODUCER_H
#define COPYDESK_PRODUCER_H

#include "kafka/headers.h"
#include "run/config.h"

struct producer;

#define PRODUCER_TOPICS 8

/* `batch`: bytes of a record batch at most, 0: librdkafka's default; kafka.batch.size goes before. NULL: codes of
 * client_create(). */
struct producer *producer_create(const struct config *config, size_t batch, struct error *error);
void producer_destroy(struct producer **producer);
void *producer_handle(struct producer *producer);

/* Registers a topic: its metadata is fetched now (2.0.2 makes the first produce wait up to a second otherwise), `limit` is its
 * max.message.bytes, asked for here if it is 0. Returns its index, -1 with codes no_topic, no_access, kafka_away. */
int producer_topic(struct producer *producer, const char *topic, size_t limit, struct error *error);
/* The largest key + value + headers that the topic takes, in bytes. */
size_t producer_limit(const struct producer *producer, int topic);

/* Is the record within the limit? False with code output_too_large. */
bool producer_fits(const struct producer *producer, int topic, struct slice key, struct slice value, const struct header *headers,
	size_t count, struct error *error);
/* Copies key, value and headers into the send queue; serves delivery reports while the queue is full. `from` names the input, for
 * what comes back as too large. False: codes output_too_large (this record), kafka_produce. */
bool producer_send(struct producer *producer, int topic, struct slice key, struct slice value, const struct header *headers,
	size_t count, int64_t timestamp, const struct coordinates *from, struct error *error);
/* Serves delivery reports. */
void producer_serve(struct producer *producer);
/* Waits until all is delivered or failed. */
bool producer_flush(struct producer *producer, int timeout_ms, struct error *error);
/* Waits until one of the records handed over since producer_begin() is delivered or has failed; not at all if there is none. */
void producer_await_first(struct producer *producer, int timeout_ms);

/* Since producer_begin(): records handed over, delivered, failed; and the reason of the first failure. */
struct producer_counts {
	uint64_t sent, delivered, failed, bytes;
	char reason[200];
};
/* Begins counting anew: at the start of a transaction. */
void producer_begin(struct producer *producer);
/* The names of the topics that got records since, as "a --topic b". */
void producer_topics_used(const struct producer *producer, char *out, size_t size);
/* Did the broker say that this user may not write, to some topic or at all? Code no_access. */
bool producer_denied(struct producer *producer, struct error *error);
const struct producer_counts *producer_counts(const struct producer *producer);

/* Did the broker refuse a record of this input for this topic (-1: any) as too large, though it was within the limit asked for at
 * the start? Such an input is a dead letter when it comes again. */
bool producer_refused(const struct producer *producer, int topic, const struct coordinates *from);

#endif
