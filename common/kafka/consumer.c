/* consumer: see consumer.h. Assignments come and go in rebalance.c, the ways back are in rewind.c. */
#include "kafka/consumerstate.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/client.h"
#include "kafka/refusal.h"

#include <stdlib.h>

#define CLOSE_WAIT_US 3000000
/* How long an empty assignment stands until it is taken for the group's last word. A cooperative group deals out in two rounds: what others have to
 * give up comes in the second, when they have noticed (a heartbeat, 3 s), committed and joined again. */
#define STANDBY_US 10000000

static void on_error(rd_kafka_t *handle, int code, const char *reason, void *opaque)
{
	(void)opaque;
	client_log_error(handle, code, reason);
}

static rd_kafka_t *open_client(const struct config *config, struct consumer *consumer, int queues, struct error *error)
{
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_CONSUMER, error);

	if (!conf)
		return NULL;
	if (queues > 1)
		client_share_fetch_queue(conf, config, queues);
	rd_kafka_conf_set_rebalance_cb(conf, rebalance_serve);
	rd_kafka_conf_set_error_cb(conf, on_error);
	return client_create(conf, CLIENT_CONSUMER, consumer, error);
}

static void close_client(struct consumer *consumer)
{
	if (consumer->handle)
		rd_kafka_destroy_flags(consumer->handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	consumer->handle = NULL;
}

/* Partitions that are merged have a queue each, and memory is for all of them: how many there are is known to a client only. */
static bool open_handle(const struct config *config, struct consumer *consumer, struct error *error)
{
	consumer->handle = open_client(config, consumer, 1, error);
	if (!consumer->handle || !bounds_init(&consumer->bounds, consumer->handle, config, error))
		return false;
	if (!bounds_known(&consumer->bounds))
		return true;
	if (consumer->bounds.partitions > 1) {
		close_client(consumer);
		consumer->handle = open_client(config, consumer, consumer->bounds.partitions, error);
		if (!consumer->handle)
			return false;
	}
	consumer->merge = merge_create(consumer->handle, consumer->topic);
	return true;
}

struct consumer *consumer_create(const struct config *config, struct assignment *assignment, struct consumer_events events,
	struct error *error)
{
	struct consumer *consumer = calloc(1, sizeof(*consumer));

	if (!consumer)
		abort();
	*consumer = (struct consumer){.topic = config_text(config, "topic.in"), .group = config_text(config, "group"),
		.instance = config_text(config, "instance"), .assignment = assignment, .events = events};
	if (open_handle(config, consumer, error))
		consumer->lag = lag_create(consumer->handle, consumer->topic, error);
	if (!consumer->lag)
		consumer_destroy(&consumer);
	return consumer;
}

void consumer_destroy(struct consumer **consumer)
{
	struct consumer *c = *consumer;

	if (!c)
		return;
	lag_destroy(&c->lag);
	bounds_release(&c->bounds);
	merge_destroy(&c->merge);
	close_client(c);
	free(c);
	*consumer = NULL;
}

void *consumer_handle(struct consumer *consumer) { return consumer->handle; }
bool consumer_in_order(const struct consumer *consumer) { return consumer->merge != NULL; }

bool consumer_exhausted(const struct consumer *consumer)
{
	return consumer->merge && merge_exhausted(consumer->merge, consumer->assignment);
}

bool consumer_subscribed(const struct consumer *consumer) { return consumer->subscribed; }
bool consumer_assigned_once(const struct consumer *consumer) { return consumer->assigned_once; }

bool consumer_settled(const struct consumer *consumer)
{
	return consumer->assignment->count > 0 || (consumer->assigned_once && clock_monotonic_us() - consumer->assigned_us > STANDBY_US);
}

bool consumer_subscribe(struct consumer *consumer, struct error *error)
{
	rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
	rd_kafka_resp_err_t code;

	consumer->subscribed = true;
	rd_kafka_poll_set_consumer(consumer->handle);
	rd_kafka_topic_partition_list_add(topics, consumer->topic, RD_KAFKA_PARTITION_UA);
	code = rd_kafka_subscribe(consumer->handle, topics);
	rd_kafka_topic_partition_list_destroy(topics);
	return !code || error_set(error, "kafka_subscribe", "can't subscribe to %s: %s", consumer->topic, rd_kafka_err2str(code));
}

static enum consumer_result fatal(struct consumer *consumer, struct error *error)
{
	char text[300];
	rd_kafka_resp_err_t code = rd_kafka_fatal_error(consumer->handle, text, sizeof(text));

	if (code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) {
		error_set(error, "fenced", "the group %s has another member with instance %s (%s): if another process runs, give each its own instance",
			consumer->group, consumer->instance, text);
	} else {
		error_set(error, "kafka_fatal", "the consumer can't go on: %s: %s", rd_kafka_err2name(code), text);
	}
	return CONSUMER_FATAL;
}

static enum consumer_result serve_event(struct consumer *consumer, const rd_kafka_message_t *message, struct error *error)
{
	struct partition *partition;

	switch (message->err) {
	case RD_KAFKA_RESP_ERR__PARTITION_EOF:
		partition = assignment_find(consumer->assignment, message->partition);
		if (partition)
			partition->end = message->offset;
		return CONSUMER_EVENT;
	case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
	case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
		partition = assignment_find(consumer->assignment, message->partition);
		if (partition)
			partition->gone = consumer->some_gone = true;
		return CONSUMER_EVENT;
	case RD_KAFKA_RESP_ERR__FATAL:
		return fatal(consumer, error);
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
		refusal_error(consumer->handle, message->err, consumer->topic, "Read", error);
		return CONSUMER_FATAL;
	default:
		log_warn("consumer_error", LOG_STR("code", rd_kafka_err2name(message->err)), LOG_STR("topic", consumer->topic),
			LOG_INT("partition", message->partition), LOG_STR("text", rd_kafka_message_errstr(message)));
		return CONSUMER_EVENT;
	}
}

static enum consumer_result answer(struct consumer *consumer, rd_kafka_message_t *message, struct delivery *delivery, struct error *error)
{
	struct partition *partition;
	enum consumer_result result;

	if (message->err) {
		result = serve_event(consumer, message, error);
		rd_kafka_message_destroy(message);
		return result;
	}
	partition = assignment_find(consumer->assignment, message->partition);
	if (!partition) {
		rd_kafka_message_destroy(message);
		return CONSUMER_EVENT;
	}
	partition->end = OFFSET_NONE;
	*delivery = (struct delivery){{consumer->topic, message->partition, message->offset}, partition->epoch, message};
	return CONSUMER_MESSAGE;
}

/* What a callback had to say comes first. */
static enum consumer_result checked(struct consumer *consumer, enum consumer_result result, struct delivery *delivery, struct error *error)
{
	if (!consumer->fatal.code[0] || result == CONSUMER_FATAL)
		return result;
	if (result == CONSUMER_MESSAGE)
		delivery_release(delivery);
	*error = consumer->fatal;
	return CONSUMER_FATAL;
}

/* Of partitions that are merged nothing but rebalances and the like comes by the consumer's own queue. */
static enum consumer_result serve(struct consumer *consumer, int wait_ms, struct error *error)
{
	rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer->handle, wait_ms);
	enum consumer_result result = CONSUMER_NOTHING;

	if (!message)
		return checked(consumer, result, NULL, error);
	if (message->err) {
		result = serve_event(consumer, message, error);
	} else {
		error_set(error, "kafka_order", "librdkafka gave %s/%d offset %lld out of turn", consumer->topic, (int)message->partition,
			(long long)message->offset);
		result = CONSUMER_FATAL;
	}
	rd_kafka_message_destroy(message);
	return checked(consumer, result, NULL, error);
}

static enum consumer_result poll_merged(struct consumer *consumer, int wait_ms, struct delivery *delivery, struct error *error)
{
	bool exhausted = merge_exhausted(consumer->merge, consumer->assignment);
	enum consumer_result result = serve(consumer, exhausted ? wait_ms : 0, error);

	if (result != CONSUMER_NOTHING || exhausted)
		return result;
	rd_kafka_message_t *message = merge_next(consumer->merge, consumer->assignment, wait_ms);
	return message ? answer(consumer, message, delivery, error) : CONSUMER_NOTHING;
}

enum consumer_result consumer_serve(struct consumer *consumer, struct error *error) { return serve(consumer, 0, error); }

enum consumer_result consumer_poll(struct consumer *consumer, int wait_ms, struct delivery *delivery, struct error *error)
{
	if (!rewind_gone(consumer, error))
		return CONSUMER_FATAL;
	if (consumer->merge)
		return poll_merged(consumer, wait_ms, delivery, error);
	rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer->handle, wait_ms);
	enum consumer_result result = message ? answer(consumer, message, delivery, error) : CONSUMER_NOTHING;
	return checked(consumer, result, delivery, error);
}

static void set_paused(struct consumer *consumer, struct partition *partition, bool paused)
{
	rd_kafka_topic_partition_list_t *list;

	/* Resuming what isn't paused would rewind it (librdkafka 2.0.2). */
	if (partition->paused == paused)
		return;
	list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_list_add(list, consumer->topic, partition->id);
	if (paused)
		rd_kafka_pause_partitions(consumer->handle, list);
	else
		rd_kafka_resume_partitions(consumer->handle, list);
	rd_kafka_topic_partition_list_destroy(list);
	partition->paused = paused;
}

void consumer_pause(struct consumer *consumer, struct partition *partition) { set_paused(consumer, partition, true); }
void consumer_resume(struct consumer *consumer, struct partition *partition) { set_paused(consumer, partition, false); }

bool consumer_reached_until(struct consumer *consumer)
{
	int64_t now = clock_monotonic_us();

	if (consumer->bounds.until.kind == BOUND_NONE || now < consumer->next_reached_us)
		return false;
	consumer->next_reached_us = now + 1000000;
	if (bounds_resolve(&consumer->bounds, consumer->handle, NULL)) {
		for assignment_each(partition, consumer->assignment)
			partition->until = bounds_end(&consumer->bounds, partition->id);
	}
	for assignment_each(partition, consumer->assignment) {
		if (!partition_complete(partition) || partition->committed < partition->until)
			return false;
	}
	bool reached = bounds_reached(&consumer->bounds, consumer->handle);
	consumer->next_reached_us = clock_monotonic_us() + 500000;
	return reached;
}

void consumer_update_lag(struct consumer *consumer) { lag_read(consumer->lag, consumer->assignment); }

/* Closing while an assignment is on its way hangs in 2.0.2: so we unsubscribe and serve events until the partitions are gone. */
void consumer_close(struct consumer *consumer)
{
	int64_t deadline = clock_monotonic_us() + CLOSE_WAIT_US;
	struct delivery delivery;
	struct error error;

	rd_kafka_unsubscribe(consumer->handle);
	do {
		if (consumer_poll(consumer, 50, &delivery, &error) == CONSUMER_MESSAGE)
			delivery_release(&delivery);
	} while (consumer->assignment->count > 0 && clock_monotonic_us() < deadline);
	lag_destroy(&consumer->lag);
	rd_kafka_consumer_close(consumer->handle);
}
