/* indexowner: see indexowner.h. All of it happens on one thread; `ready` alone is read from outside.
 *
 * The hard thing is a partition that arrives: its records up to the end of the log at that moment are the past. They are folded
 * without an answer, except the young ones: whoever asked them may still wait, for the owner before may have died with the
 * question. */
#include "kafka/indexowner.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/client.h"
#include "kafka/offsets.h"
#include "kafka/outbox.h"
#include "kafka/shard.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define PARTITIONS 1024
#define POLL_MS 50
#define BURST 2000
#define YOUNG_MS 60000
#define REPORT_US 2000000
#define SNAPSHOT_US ((int64_t)10 * 60 * 1000000)
#define LEAVE_WAIT_US 3000000
#define OUTBOXES 64
#define REPLY_CEILING (64u << 20)

struct indexowner {
	const struct stage *stage;
	void *stage_state;
	const char *topic_probe, *topic_match;
	char digest[17];
	struct shard_kind kind;
	struct health *health;
	rd_kafka_t *consumer, *producer;
	struct refusal *denied;
	pthread_t thread;
	atomic_bool stopping, ready;
	bool assigned_once;
	struct shard shards[PARTITIONS];
	struct outbox outboxes[OUTBOXES]; /* replies on their way, one an asker */
	size_t outbox_count;
	struct arena arena;
	struct buf reply;
	int64_t reported_us;
};

bool indexowner_ready(const struct indexowner *owner) { return atomic_load(&owner->ready); }

/* ---- partitions that come and go ---- */

static bool watermarks(struct indexowner *owner, const rd_kafka_topic_partition_list_t *list,
	rd_kafka_topic_partition_list_t **begins, rd_kafka_topic_partition_list_t **ends,
	rd_kafka_topic_partition_list_t **window, struct error *error)
{
	int64_t since = clock_wall_ms() - owner->stage->index->window_ms(owner->stage_state);

	*begins = rd_kafka_topic_partition_list_copy(list);
	*ends = rd_kafka_topic_partition_list_copy(list);
	*window = rd_kafka_topic_partition_list_copy(list);
	if (!offsets_begin(owner->consumer, *begins, OFFSETS_TIMEOUT_MS, error) ||
		!offsets_end(owner->consumer, *ends, OFFSETS_TIMEOUT_MS, error))
		return false;
	/* the embedded broker can't look times up: the whole log is read then, which is right, too */
	if (!offsets_at(owner->consumer, *window, since > 0 ? since : 0, OFFSETS_TIMEOUT_MS, NULL))
		for (int i = 0; i < list->cnt; i++)
			(*window)->elems[i].offset = (*begins)->elems[i].offset;
	return true;
}

static void open_shards(struct indexowner *owner, rd_kafka_topic_partition_list_t *list)
{
	rd_kafka_topic_partition_list_t *begins = NULL, *ends = NULL, *window = NULL;
	struct error error;

	while (!watermarks(owner, list, &begins, &ends, &window, &error) && !atomic_load(&owner->stopping)) {
		log_warn("index_wait", LOG_STR("text", error.text));
		rd_kafka_topic_partition_list_destroy(begins);
		rd_kafka_topic_partition_list_destroy(ends);
		rd_kafka_topic_partition_list_destroy(window);
	}
	for (int i = 0; i < list->cnt; i++) {
		int32_t partition = list->elems[i].partition;
		struct shard *shard = &owner->shards[partition];
		struct shard_log log = {begins->elems[i].offset, ends->elems[i].offset, window->elems[i].offset};
		bool saved = shard_open(shard, &owner->kind, partition, &log);
		list->elems[i].offset = shard->next;
		log_info("index_assigned", LOG_STR("topic", owner->topic_probe), LOG_INT("partition", partition),
			LOG_INT("from", shard->next), LOG_INT("to", log.end), LOG_STR("snapshot", saved ? "yes" : "no"));
	}
	rd_kafka_topic_partition_list_destroy(begins);
	rd_kafka_topic_partition_list_destroy(ends);
	rd_kafka_topic_partition_list_destroy(window);
}

static void on_rebalance(rd_kafka_t *consumer, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t *list, void *opaque)
{
	struct indexowner *owner = opaque;
	struct error error;
	bool good;

	if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
		atomic_store(&owner->ready, false);
		open_shards(owner, list);
		owner->assigned_once = true;
		good = client_assign(consumer, list, &error);
	} else {
		for (int i = 0; i < list->cnt; i++)
			shard_close(&owner->shards[list->elems[i].partition], &owner->kind, list->elems[i].partition);
		good = client_unassign(consumer, list, &error);
	}
	if (!good)
		log_warn("index_rebalance", LOG_STR("text", error.text));
}

/* ---- folding and answering ---- */

static struct outbox *outbox_of(struct indexowner *owner, const struct frame_head *to)
{
	for (size_t i = 0; i < owner->outbox_count; i++)
		if (owner->outboxes[i].head.asker == to->asker)
			return &owner->outboxes[i];
	if (owner->outbox_count == OUTBOXES) { /* askers come and go: begin anew */
		for (size_t i = 0; i < OUTBOXES; i++) {
			outbox_send(&owner->outboxes[i]);
			outbox_release(&owner->outboxes[i]);
		}
		owner->outbox_count = 0;
	}
	struct outbox *outbox = &owner->outboxes[owner->outbox_count++];
	outbox_init(outbox, owner->producer, owner->topic_match, (int32_t)to->reply_partition, to);
	return outbox;
}

/* False if the record asks for more memory than a message may use. */
static __attribute__((noinline)) bool fold_record(struct indexowner *owner, struct shard *shard, struct slice record)
{
	jmp_buf jump;
	volatile bool good = false;

	if (ARENA_GUARD(&owner->arena, &jump) == ESCAPE_NONE) {
		owner->stage->index->fold(shard->state, record, &owner->arena, &owner->reply);
		good = true;
	}
	owner->arena.escape = NULL;
	arena_reset(&owner->arena);
	return good && !owner->reply.failed;
}

/* The reply is a byte that says whether folding went well, then the stage's bytes. */
static void fold(struct indexowner *owner, struct shard *shard, struct slice record)
{
	buf_clear(&owner->reply);
	buf_append_byte(&owner->reply, FRAME_GOOD);
	if (fold_record(owner, shard, record))
		return;
	buf_clear(&owner->reply);
	buf_append_byte(&owner->reply, FRAME_FAILED);
}

static void fold_frame(struct indexowner *owner, struct shard *shard, const rd_kafka_message_t *message)
{
	rd_kafka_timestamp_type_t kind;
	struct frame_head head;
	struct slice rest, record;
	uint64_t question;

	if (!frame_open(slice_make(message->payload, message->len), &head, &rest)) {
		log_warn("index_record", LOG_STR("topic", owner->topic_probe), LOG_INT("partition", message->partition),
			LOG_INT("offset", message->offset),
			LOG_STR("text", "not a frame of questions: skipped; does something else write there?"));
		return;
	}
	bool answer = message->offset >= shard->past || rd_kafka_message_timestamp(message, &kind) > clock_wall_ms() - YOUNG_MS;
	struct outbox *outbox = answer ? outbox_of(owner, &head) : NULL;
	while (frame_next(&rest, &question, &record)) {
		fold(owner, shard, record);
		if (outbox)
			outbox_add(outbox, question, buf_slice(&owner->reply));
	}
}

static void take(struct indexowner *owner, const rd_kafka_message_t *message)
{
	struct shard *shard =
		message->partition >= 0 && message->partition < PARTITIONS ? &owner->shards[message->partition] : NULL;

	if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
		if (shard && shard->state && message->offset > shard->next)
			shard->next = message->offset;
		return;
	}
	if (message->err) {
		refusal_note(owner->denied, owner->consumer, message->err, owner->topic_probe, "Read");
		log_warn("index_read", LOG_STR("topic", owner->topic_probe), LOG_STR("text", rd_kafka_message_errstr(message)));
		return;
	}
	if (!shard || !shard->state || message->offset < shard->next)
		return;
	fold_frame(owner, shard, message);
	shard->next = message->offset + 1;
	if (owner->health && shard->next <= shard->past)
		health_progress(owner->health);
}

static void look_after_shards(struct indexowner *owner)
{
	int64_t now = clock_monotonic_us(), left = 0;
	size_t owned = 0;

	for (int32_t p = 0; p < PARTITIONS; p++) {
		struct shard *shard = &owner->shards[p];
		if (!shard->state)
			continue;
		owned++;
		if (shard->past > shard->next)
			left += shard->past - shard->next;
		else if (now - shard->saved_us > SNAPSHOT_US)
			shard_save(shard, &owner->kind, p);
	}
	if (owner->assigned_once && left == 0 && !atomic_load(&owner->ready)) {
		log_info("index_ready", LOG_STR("topic", owner->topic_probe), LOG_INT("partitions", owned));
		atomic_store(&owner->ready, true);
	} else if (left > 0 && now - owner->reported_us > REPORT_US) {
		owner->reported_us = now;
		log_info("index_restoring", LOG_STR("topic", owner->topic_probe), LOG_INT("partitions", owned),
			LOG_INT("records_left", left));
	}
}

static void *run(void *context)
{
	struct indexowner *owner = context;

	while (!atomic_load(&owner->stopping)) {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(owner->consumer, POLL_MS);
		for (int i = 0; message && i < BURST; i++) {
			take(owner, message);
			rd_kafka_message_destroy(message);
			message = i + 1 < BURST ? rd_kafka_consumer_poll(owner->consumer, 0) : NULL;
		}
		for (size_t i = 0; i < owner->outbox_count; i++)
			outbox_send(&owner->outboxes[i]);
		rd_kafka_poll(owner->producer, 0);
		look_after_shards(owner);
	}
	return NULL;
}

/* ---- begin and end ---- */

static rd_kafka_t *make_consumer(const struct config *config, struct indexowner *owner, struct error *error)
{
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_CONSUMER, error);
	char group[300];

	if (!conf)
		return NULL;
	snprintf(group, sizeof(group), "%s-index", config_text(config, "group"));
	client_set(conf, "group.id", group);
	client_set(conf, "isolation.level", "read_uncommitted");
	client_set(conf, "fetch.wait.max.ms", "10");
	rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
	return client_create(conf, CLIENT_CONSUMER, owner, error);
}

static bool subscribe(struct indexowner *owner, struct error *error)
{
	rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);

	rd_kafka_topic_partition_list_add(topics, owner->topic_probe, RD_KAFKA_PARTITION_UA);
	rd_kafka_resp_err_t code = rd_kafka_subscribe(owner->consumer, topics);
	rd_kafka_topic_partition_list_destroy(topics);
	return !code || error_set(error, "kafka_client", "%s: %s", owner->topic_probe, rd_kafka_err2str(code));
}

struct indexowner *indexowner_create(const struct stage *stage, void *state, const struct config *config, void *producer,
	struct health *health, struct refusal *denied, struct error *error)
{
	struct indexowner *owner = calloc(1, sizeof(*owner));

	if (!owner) {
		error_set(error, "no_memory", "no memory for the index");
		return NULL;
	}
	owner->stage = stage;
	owner->stage_state = state;
	owner->topic_probe = config_text(config, "topic.probe");
	owner->topic_match = config_text(config, "topic.match");
	owner->producer = producer;
	owner->health = health;
	owner->denied = denied;
	config_digest(config, stage->name, owner->digest);
	owner->kind = (struct shard_kind){.index = stage->index, .stage_state = state, .folder = config_text(config, "index.snapshots"),
		.topic = owner->topic_probe, .digest = owner->digest};
	arena_init(&owner->arena, (size_t)config_integer(config, "message.max.memory"));
	buf_init(&owner->reply, REPLY_CEILING);
	owner->consumer = make_consumer(config, owner, error);
	if (owner->consumer) {
		rd_kafka_poll_set_consumer(owner->consumer);
		if (offsets_partitions(owner->consumer, owner->topic_probe, OFFSETS_TIMEOUT_MS, error) > PARTITIONS)
			error_set(error, "kafka_option", "%s has more than %d partitions", owner->topic_probe, PARTITIONS);
		else if (subscribe(owner, error) && pthread_create(&owner->thread, NULL, run, owner) == 0)
			return owner;
		rd_kafka_destroy_flags(owner->consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	}
	arena_release(&owner->arena);
	buf_release(&owner->reply);
	free(owner);
	return NULL;
}

static bool was_assigned(const struct indexowner *owner) { return owner->assigned_once; }

static bool owns_nothing(const struct indexowner *owner)
{
	for (int32_t p = 0; p < PARTITIONS; p++)
		if (owner->shards[p].state)
			return false;
	return true;
}

/* Serves rebalances until `done` or the deadline. Questions that come meanwhile are for the next owner, which answers what is
 * young. */
static void serve_rebalances(struct indexowner *owner, bool (*done)(const struct indexowner *), int64_t deadline_us)
{
	do {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(owner->consumer, POLL_MS);
		if (message)
			rd_kafka_message_destroy(message);
	} while (!done(owner) && clock_monotonic_us() < deadline_us);
}

/* A static member that closes stays in its group until its session ends; one that unsubscribes leaves it. And librdkafka 2.0.2
 * crashes when a cooperative consumer closes before its first assignment, and hangs when it closes while one is on its way: so
 * both are waited for. */
static void leave_group(struct indexowner *owner)
{
	int64_t deadline = clock_monotonic_us() + LEAVE_WAIT_US;

	serve_rebalances(owner, was_assigned, deadline);
	if (!owner->assigned_once)
		return;
	rd_kafka_unsubscribe(owner->consumer);
	serve_rebalances(owner, owns_nothing, deadline);
	rd_kafka_consumer_close(owner->consumer);
}

void indexowner_destroy(struct indexowner **pointer, bool leave)
{
	struct indexowner *owner = *pointer;

	if (!owner)
		return;
	atomic_store(&owner->stopping, true);
	pthread_join(owner->thread, NULL);
	if (leave)
		leave_group(owner);
	for (int32_t p = 0; p < PARTITIONS; p++)
		shard_close(&owner->shards[p], &owner->kind, p);
	rd_kafka_destroy_flags(owner->consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	for (size_t i = 0; i < owner->outbox_count; i++)
		outbox_release(&owner->outboxes[i]);
	arena_release(&owner->arena);
	buf_release(&owner->reply);
	free(owner);
	*pointer = NULL;
}
