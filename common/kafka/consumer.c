/* consumer: see consumer.h. The hard thing is what may happen inside the rebalance callback: commits (transaction.c, through the events),
 * rewinds of what is kept, and requests that block. */
#include "kafka/consumer.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/bounds.h"
#include "kafka/client.h"
#include "kafka/lag.h"
#include "kafka/merge.h"
#include "kafka/offsets.h"
#include "kafka/refusal.h"

#include <stdlib.h>
#include <unistd.h>

#define SEEK_TRIES 50
#define SEEK_PAUSE_US 100000
#define CLOSE_WAIT_US 3000000
/* How long an empty assignment stands until it is taken for the group's last word. A cooperative group deals out in two rounds: what others have to
 * give up comes in the second, when they have noticed (a heartbeat, 3 s), committed and joined again. */
#define STANDBY_US 10000000

struct consumer {
	rd_kafka_t *handle;
	const char *topic, *group, *instance;
	struct assignment *assignment;
	struct consumer_events events;
	struct bounds bounds;
	struct merge *merge; /* of a bounded run, else NULL */
	struct lag *lag;
	bool subscribed, assigned_once;
	bool some_gone; /* a partition may have `gone` set */
	int64_t assigned_us; /* when something, be it nothing, was last assigned */
	int64_t next_reached_us;
	struct error fatal; /* set in a callback, answered by the next poll */
};

static void keep_fatal(struct consumer *consumer, const struct error *error)
{
	if (!consumer->fatal.code[0])
		consumer->fatal = *error;
}

static void log_partitions(const char *event, const rd_kafka_topic_partition_list_t *list, const char *how)
{
	char text[256];
	size_t used = 0;

	text[0] = '\0';
	for (int i = 0; i < list->cnt && used + 12 < sizeof(text); i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, i ? ",%d" : "%d", (int)list->elems[i].partition);
	log_info(event, LOG_INT("count", list->cnt), LOG_STR("partitions", text), LOG_STR("how", how));
}

/* Where each partition begins: the group's offset and mark, or `from`. */
static bool find_starts(struct consumer *consumer, rd_kafka_topic_partition_list_t *list, struct error *error)
{
	rd_kafka_topic_partition_list_t *fresh = rd_kafka_topic_partition_list_new(list->cnt);
	bool good = list->cnt == 0 || offsets_committed(consumer->handle, list, 6 * OFFSETS_TIMEOUT_MS, error);

	for (int i = 0; good && i < list->cnt; i++) {
		if (list->elems[i].offset < 0)
			rd_kafka_topic_partition_list_add(fresh, list->elems[i].topic, list->elems[i].partition);
	}
	good = good && bounds_starts(&consumer->bounds, consumer->handle, fresh, error);
	for (int i = 0; good && i < fresh->cnt; i++) {
		rd_kafka_topic_partition_t *item = rd_kafka_topic_partition_list_find(list, fresh->elems[i].topic, fresh->elems[i].partition);
		item->offset = fresh->elems[i].offset;
	}
	rd_kafka_topic_partition_list_destroy(fresh);
	return good;
}

/* A part of the range: how it lies beside the other parts isn't ours to say. */
static void tell_order(const struct consumer *consumer)
{
	size_t own = consumer->assignment->count, all = (size_t)consumer->bounds.partitions;

	if (consumer->merge && own > 0 && own < all)
		log_warn("order_shared", LOG_STR("topic", consumer->topic), LOG_INT("partitions", own), LOG_INT("of", all),
			LOG_STR("text", "other processes read the rest of the range: what comes first, theirs or ours, may differ in another run"));
}

static void take(struct consumer *consumer, rd_kafka_topic_partition_list_t *list)
{
	struct error error = {0};

	if (!find_starts(consumer, list, &error)) {
		keep_fatal(consumer, &error);
		return;
	}
	for (int i = 0; i < list->cnt; i++) {
		const rd_kafka_topic_partition_t *item = &list->elems[i];
		struct slice mark = slice_make(item->metadata, item->metadata ? item->metadata_size : 0);
		struct partition *partition = assignment_add(consumer->assignment, item->partition, item->offset, mark);
		partition->until = bounds_end(&consumer->bounds, item->partition);
		if (consumer->merge && !merge_add(consumer->merge, item->partition, &error)) {
			keep_fatal(consumer, &error);
			return;
		}
	}
	if (!client_assign(consumer->handle, list, &error)) {
		error_context(&error, "can't take partitions");
		keep_fatal(consumer, &error);
	}
	log_partitions("assigned", list, rd_kafka_rebalance_protocol(consumer->handle));
	tell_order(consumer);
	consumer->assigned_once = true;
	consumer->assigned_us = clock_monotonic_us();
	lag_watch(consumer->lag, consumer->assignment);
	consumer->events.assigned(consumer->events.context);
}

/* What was fetched of it and isn't finished is void. */
static void void_fetched(struct consumer *consumer, struct partition *partition)
{
	partition->epoch = ++consumer->assignment->last_epoch;
	partition->in_flight = 0;
	partition->end = OFFSET_NONE;
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

static void give_up(struct consumer *consumer, rd_kafka_topic_partition_list_t *list)
{
	bool lost = rd_kafka_assignment_lost(consumer->handle) != 0;
	struct error error;

	log_partitions(lost ? "lost" : "revoked", list, rd_kafka_rebalance_protocol(consumer->handle));
	for (int i = 0; i < list->cnt; i++) {
		struct partition *partition = assignment_find(consumer->assignment, list->elems[i].partition);
		if (partition)
			partition->leaving = true;
	}
	consumer->events.revoked(consumer->events.context, lost);
	/* librdkafka would remember it, and a partition that comes back would stand still. */
	for (int i = 0; i < list->cnt; i++) {
		struct partition *partition = assignment_find(consumer->assignment, list->elems[i].partition);
		if (partition)
			set_paused(consumer, partition, false);
	}
	if (!client_unassign(consumer->handle, list, &error))
		log_warn("unassign_refused", LOG_STR("text", error.text));
	for (int i = 0; i < list->cnt; i++) {
		assignment_remove(consumer->assignment, list->elems[i].partition);
		if (consumer->merge)
			merge_remove(consumer->merge, list->elems[i].partition);
	}
	tell_order(consumer);
	lag_watch(consumer->lag, consumer->assignment);
}

static void on_rebalance(rd_kafka_t *handle, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t *list, void *opaque)
{
	struct consumer *consumer = opaque;

	if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
		take(consumer, list);
	} else if (code == RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS) {
		give_up(consumer, list);
	} else {
		log_warn("rebalance_failed", LOG_STR("text", rd_kafka_err2str(code)));
		rd_kafka_assign(handle, NULL);
	}
}

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
	rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
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

/* librdkafka stops a partition whose offset is out of range, and one that is stopped can't be sought: it is taken anew, at its position. */
static bool take_again(struct consumer *consumer, const struct partition *which, struct error *error)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)consumer->assignment->count);
	bool eager = client_is_eager(consumer->handle);

	for assignment_each(partition, consumer->assignment) {
		/* The eager protocol knows whole assignments only. */
		if (partition != which && !eager)
			continue;
		void_fetched(consumer, partition);
		partition->gone = false;
		rd_kafka_topic_partition_list_add(list, consumer->topic, partition->id)->offset = partition->position;
	}
	bool good = (eager || client_unassign(consumer->handle, list, error)) && client_assign(consumer->handle, list, error);
	rd_kafka_topic_partition_list_destroy(list);
	return good || error_context(error, "can't take %s/%d again at offset %lld", consumer->topic, (int)which->id, (long long)which->position);
}

/* The offset to go on from is no longer there: retention was faster than we, or the topic is another one. */
static bool go_on_at_what_is_left(struct consumer *consumer, struct partition *partition, struct error *error)
{
	int64_t low = 0, high = 0;
	rd_kafka_resp_err_t code =
		rd_kafka_query_watermark_offsets(consumer->handle, consumer->topic, partition->id, &low, &high, OFFSETS_TIMEOUT_MS);

	if (code) {
		log_warn("consumer_error", LOG_STR("code", rd_kafka_err2name(code)), LOG_STR("topic", consumer->topic),
			LOG_INT("partition", partition->id), LOG_STR("text", "can't ask for the first and last offset yet"));
		return true;
	}
	if (partition->position > high)
		return error_set(error, "offset_beyond_end", "%s/%d: the group %s is at offset %lld, but the topic ends at %lld: was it created anew? "
			"reset the group's offsets (copydesk replay STAGE --reset --from earliest), or use another group", consumer->topic, (int)partition->id,
			consumer->group, (long long)partition->position, (long long)high);
	if (low > partition->position) {
		log_error("messages_lost", LOG_STR("topic", consumer->topic), LOG_INT("partition", partition->id),
			LOG_INT("offset", partition->position), LOG_INT("until", low), LOG_STR("text", "retention deleted them unread; raise retention.ms"));
		partition->position = low;
	}
	return take_again(consumer, partition, error);
}

/* What is in hand of a partition was read in time: it is finished first. */
static bool look_after_gone(struct consumer *consumer, struct error *error)
{
	bool good = true;

	if (!consumer->some_gone)
		return true;
	consumer->some_gone = false;
	for assignment_each(partition, consumer->assignment) {
		if (good && partition->gone && partition->in_flight == 0)
			good = go_on_at_what_is_left(consumer, partition, error);
		consumer->some_gone = consumer->some_gone || partition->gone;
	}
	return good;
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
	if (!look_after_gone(consumer, error))
		return CONSUMER_FATAL;
	if (consumer->merge)
		return poll_merged(consumer, wait_ms, delivery, error);
	rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer->handle, wait_ms);
	enum consumer_result result = message ? answer(consumer, message, delivery, error) : CONSUMER_NOTHING;
	return checked(consumer, result, delivery, error);
}

bool delivery_message(const struct delivery *delivery, struct arena *arena, struct message *in)
{
	rd_kafka_message_t *message = delivery->raw;
	rd_kafka_headers_t *list;
	rd_kafka_timestamp_type_t kind;
	int64_t timestamp = rd_kafka_message_timestamp(message, &kind);

	*in = (struct message){{message->key, message->key_len}, {message->payload, message->len},
		kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? CLOCK_NONE : timestamp, NULL, 0};
	if (rd_kafka_message_headers(message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR)
		return true;
	size_t count = rd_kafka_header_cnt(list);
	struct header *headers = arena_try_alloc(arena, count * sizeof(*headers) + 1);
	if (!headers)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *name;
		const void *value;
		size_t size;
		rd_kafka_header_get_all(list, i, &name, &value, &size);
		headers[i] = (struct header){slice_of(name), {value, size}};
	}
	in->headers = headers;
	in->header_count = count;
	return true;
}

size_t delivery_bytes(const struct delivery *delivery)
{
	const rd_kafka_message_t *message = delivery->raw;

	return message ? message->len : 0;
}

void delivery_release(struct delivery *delivery)
{
	if (delivery->raw)
		rd_kafka_message_destroy(delivery->raw);
	delivery->raw = NULL;
}

/* A partition that was assigned a moment ago can't be sought yet: it is tried again. */
static bool seek(struct consumer *consumer, rd_kafka_topic_partition_list_t *list, struct error *error)
{
	for (int tries = 0; list->cnt > 0; tries++) {
		rd_kafka_error_t *failure = rd_kafka_seek_partitions(consumer->handle, list, -1);
		const char *reason = failure ? rd_kafka_error_name(failure) : NULL;
		for (int i = list->cnt - 1; i >= 0 && !failure; i--) {
			if (!list->elems[i].err)
				rd_kafka_topic_partition_list_del_by_idx(list, i);
			else
				reason = rd_kafka_err2name(list->elems[i].err);
		}
		if (failure)
			rd_kafka_error_destroy(failure);
		if (list->cnt == 0)
			break;
		if (tries == SEEK_TRIES || rd_kafka_fatal_error(consumer->handle, NULL, 0))
			return error_set(error, "kafka_seek", "can't go back to offset %lld of %s/%d: %s", (long long)list->elems[0].offset,
				consumer->topic, (int)list->elems[0].partition, reason);
		usleep(SEEK_PAUSE_US);
	}
	return true;
}

bool consumer_rewind(struct consumer *consumer, struct error *error)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)consumer->assignment->count);
	bool good = true;

	for assignment_each(partition, consumer->assignment) {
		if (!partition->leaving)
			rd_kafka_topic_partition_list_add(list, consumer->topic, partition->id);
	}
	if (list->cnt)
		good = offsets_committed(consumer->handle, list, 3 * OFFSETS_TIMEOUT_MS, error);
	for (int i = 0; good && i < list->cnt; i++) {
		rd_kafka_topic_partition_t *item = &list->elems[i];
		struct partition *partition = assignment_find(consumer->assignment, item->partition);
		if (item->offset < 0)
			item->offset = partition->start;
		partition->committed = item->offset;
		assignment_rewind(consumer->assignment, partition);
	}
	for (int i = list->cnt - 1; good && i >= 0; i--) {
		if (assignment_find(consumer->assignment, list->elems[i].partition)->gone)
			rd_kafka_topic_partition_list_del_by_idx(list, i); /* taken again at the next poll */
	}
	good = good && seek(consumer, list, error);
	rd_kafka_topic_partition_list_destroy(list);
	return good;
}

bool consumer_rewind_one(struct consumer *consumer, struct partition *partition, struct error *error)
{
	void_fetched(consumer, partition);
	if (partition->gone)
		return true; /* taken again at the next poll */
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_list_add(list, consumer->topic, partition->id)->offset = partition->position;
	bool good = seek(consumer, list, error);
	rd_kafka_topic_partition_list_destroy(list);
	return good;
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
