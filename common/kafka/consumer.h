/* consumer: topic.in as the group's member sees it: messages, assignments, rewinds. Every function is the poll thread's.
 *
 * Assignments happen inside consumer_poll(). Offsets are always set by us, from what the group has committed or from `from`,
 * never by librdkafka's reset rule: an offset that retention has deleted, or that lies behind a re-created topic's end, is an
 * event to be told. */
#ifndef COPYDESK_CONSUMER_H
#define COPYDESK_CONSUMER_H

#include "kafka/assignment.h"
#include "kafka/delivery.h"
#include "run/config.h"

struct consumer;

/* Called from within consumer_poll() and consumer_close(). */
struct consumer_events {
	void *context;
	void (*assigned)(void *context); /* the new partitions are in the assignment */
	/* Partitions with `leaving` set are about to leave. Not lost: what is finished of them can still be committed now. */
	void (*revoked)(void *context, bool lost);
};

enum consumer_result { CONSUMER_NOTHING, CONSUMER_MESSAGE, CONSUMER_EVENT, CONSUMER_FATAL };

/* NULL: codes of client_create() and bounds_init(). `assignment` and `config` must outlive it. */
struct consumer *consumer_create(const struct config *config, struct assignment *assignment, struct consumer_events events,
	struct error *error);
/* Joins the group; partitions come later, through the events. False with kafka_subscribe. */
bool consumer_subscribe(struct consumer *consumer, struct error *error);
/* MESSAGE: `delivery` is the caller's until delivery_release(). EVENT: something else was served. FATAL: `error` says what; the
 * process ends. */
enum consumer_result consumer_poll(struct consumer *consumer, int wait_ms, struct delivery *delivery, struct error *error);
/* Serves what isn't a message of a partition, without waiting: of a run in order only, where that comes apart. Never MESSAGE. */
enum consumer_result consumer_serve(struct consumer *consumer, struct error *error);

/* All partitions that aren't leaving go back to what the group has committed. False: fatal. */
bool consumer_rewind(struct consumer *consumer, struct error *error);
/* One partition goes back to its position: what was fetched after it is void. */
bool consumer_rewind_one(struct consumer *consumer, struct partition *partition, struct error *error);
void consumer_pause(struct consumer *consumer, struct partition *partition);
void consumer_resume(struct consumer *consumer, struct partition *partition);

/* Messages come in one order, the same in each run over the range (merge.h): those of a run that is bounded from the start do. */
bool consumer_in_order(const struct consumer *consumer);
/* A run in order gets no message until something changes: what is in hand is finished, a partition resumed, another one
 * assigned. */
bool consumer_exhausted(const struct consumer *consumer);
bool consumer_subscribed(const struct consumer *consumer);
bool consumer_assigned_once(const struct consumer *consumer);
/* It has partitions, or the group has none for it: a standby. */
bool consumer_settled(const struct consumer *consumer);
/* The bounded run is over for all partitions of the topic. Asks the broker at most once a second. */
bool consumer_reached_until(struct consumer *consumer);
/* Copies what is known of the partitions' ends into the assignment. */
void consumer_update_lag(struct consumer *consumer);
/* Unsubscribes, which makes even a static member leave its group, waits until the partitions are revoked, closes. */
void consumer_close(struct consumer *consumer);
void consumer_destroy(struct consumer **consumer);
/* librdkafka's handle, for transaction.c. */
void *consumer_handle(struct consumer *consumer);

#endif
