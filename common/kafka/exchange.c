/* exchange: see exchange.h. The asking half; indexowner.c is the answering one.
 *
 * Questions of all jobs are packed into one frame per index partition and turn. Replies are matched by number: 32 bits of a
 * round's serial, 16 of the slot that waits, 16 of the question. A reply that comes twice, late or to a round that was given up
 * finds no slot and is dropped. Questions without a reply are asked again after a while: their owner may have died with them, and
 * folding a record again gives the same reply. */
#include "kafka/exchange.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "kafka/client.h"
#include "kafka/indexowner.h"
#include "kafka/offsets.h"
#include "kafka/outbox.h"
#include "kafka/refusal.h"

#include <stdlib.h>
#include <sys/random.h>

#define SLOTS 4096
#define QUESTIONS_MAX 65535
#define ASK_AGAIN_US 3000000

struct round {
	struct job *job; /* NULL: free */
	uint32_t serial;
	uint32_t count, missing;
	struct slice *replies; /* ptr NULL: not in yet; memory of the job's arena */
	int64_t asked_us;
};

struct exchange {
	const struct stage *stage;
	void *state;
	const char *topic_probe, *topic_match;
	rd_kafka_t *producer, *listener;
	struct indexowner *owner;
	struct frame_head me;
	struct outbox *outboxes; /* one per index partition */
	int partitions;
	struct round rounds[SLOTS];
	uint32_t serial, next_slot;
	int64_t next_check_us;
	struct refusal denied; /* noted by this thread and by the owner's */
};

/* ---- asking ---- */

/* Those of a round that have no reply yet. */
static void ask_missing(struct exchange *exchange, struct round *round, uint32_t slot)
{
	uint64_t number = (uint64_t)round->serial << 32 | slot << 16;
	uint32_t i = 0;

	for (const struct question *q = round->job->task.questions; q && i < round->count; q = q->next, i++)
		if (!round->replies[i].ptr)
			outbox_add(&exchange->outboxes[q->key % (uint64_t)exchange->partitions], number | i, q->record);
	round->asked_us = clock_monotonic_us();
}

static bool begin_round(struct exchange *exchange, struct job *job)
{
	uint32_t slot = exchange->next_slot, count = 0;

	for (const struct question *q = job->task.questions; q; q = q->next)
		count++;
	struct slice *replies = count && count <= QUESTIONS_MAX ? arena_try_alloc(&job->arena, count * sizeof(*replies)) : NULL;
	if (!replies)
		return false;
	memset(replies, 0, count * sizeof(*replies));
	while (exchange->rounds[slot].job)
		slot = (slot + 1) % SLOTS;
	exchange->next_slot = (slot + 1) % SLOTS;
	struct round *round = &exchange->rounds[slot];
	*round = (struct round){job, ++exchange->serial, count, count, replies, 0};
	job->ticket = slot;
	ask_missing(exchange, round, slot);
	return true;
}

void exchange_ask(struct exchange *exchange, struct job *job)
{
	if (!begin_round(exchange, job))
		job_dead(exchange->stage, job, "memory_budget",
			"its questions to the index need more memory than message.max.memory allows");
}

void exchange_forget(struct exchange *exchange, struct job *job)
{
	struct round *round = &exchange->rounds[job->ticket % SLOTS];

	if (round->job == job)
		round->job = NULL;
}

bool exchange_answered(const struct exchange *exchange, const struct job *job)
{
	const struct round *round = &exchange->rounds[job->ticket % SLOTS];

	return round->job == job && !round->missing;
}

bool exchange_decide(struct exchange *exchange, struct job *job)
{
	if (job->verdict != VERDICT_ASK)
		return true;
	if (!exchange_answered(exchange, job))
		return false;
	struct round *round = &exchange->rounds[job->ticket % SLOTS];
	round->job = NULL;
	if (job_decide(exchange->stage, exchange->state, job, round->replies, round->count) == VERDICT_ASK)
		exchange_ask(exchange, job);
	return job->verdict != VERDICT_ASK;
}

/* ---- listening ---- */

static void give_up(struct exchange *exchange, struct round *round, const char *text)
{
	struct job *job = round->job;

	round->job = NULL;
	job_dead(exchange->stage, job, "memory_budget", text);
}

static void take_reply(struct exchange *exchange, uint64_t number, struct slice bytes)
{
	struct round *round = &exchange->rounds[(number >> 16 & 0xFFFF) % SLOTS];
	uint32_t index = (uint32_t)(number & 0xFFFF);

	if (!round->job || round->serial != (uint32_t)(number >> 32) || index >= round->count || round->replies[index].ptr ||
		bytes.len == 0)
		return;
	if (bytes.ptr[0] != FRAME_GOOD) {
		give_up(exchange, round, "the index needs more memory for it than message.max.memory allows");
		return;
	}
	char *copy = arena_try_alloc(&round->job->arena, bytes.len);
	if (!copy) {
		give_up(exchange, round, "the index's replies need more memory than message.max.memory allows");
		return;
	}
	memcpy(copy, bytes.ptr + 1, bytes.len - 1);
	round->replies[index] = slice_make(copy, bytes.len - 1);
	round->missing--;
}

static void take_frame(struct exchange *exchange, struct slice bytes)
{
	struct frame_head head;
	struct slice rest, item;
	uint64_t number;

	if (!frame_open(bytes, &head, &rest) || head.asker != exchange->me.asker)
		return;
	while (frame_next(&rest, &number, &item))
		take_reply(exchange, number, item);
}

static void ask_overdue(struct exchange *exchange)
{
	int64_t now = clock_monotonic_us();
	uint32_t overdue = 0;

	if (now < exchange->next_check_us)
		return;
	exchange->next_check_us = now + ASK_AGAIN_US / 10;
	/* The oldest first: slots are given out in turn. */
	for (uint32_t i = 0; i < SLOTS; i++) {
		uint32_t slot = (exchange->next_slot + i) % SLOTS;
		struct round *round = &exchange->rounds[slot];
		if (!round->job || !round->missing || now - round->asked_us < ASK_AGAIN_US)
			continue;
		ask_missing(exchange, round, slot);
		overdue++;
	}
	if (overdue)
		log_warn("index_slow", LOG_INT("articles", overdue), LOG_STR("topic", exchange->topic_probe),
			LOG_STR("text", "no answer from the owners of the index yet: asking again"));
}

void exchange_serve(struct exchange *exchange, int wait_ms)
{
	rd_kafka_message_t *message;

	ask_overdue(exchange);
	for (int p = 0; p < exchange->partitions; p++)
		outbox_send(&exchange->outboxes[p]);
	rd_kafka_poll(exchange->producer, 0);
	while ((message = rd_kafka_consumer_poll(exchange->listener, wait_ms)) != NULL) {
		if (!message->err)
			take_frame(exchange, slice_make(message->payload, message->len));
		else
			refusal_note(&exchange->denied, exchange->listener, message->err, exchange->topic_match, "Read");
		rd_kafka_message_destroy(message);
		wait_ms = 0;
	}
}

/* ---- set up ---- */

bool exchange_denied(struct exchange *exchange, struct error *error) { return refusal_noted(&exchange->denied, error); }

/* Whether a question or a reply arrived is told by its answer; a report only tells whether it may be sent at all. */
static void on_delivery(rd_kafka_t *handle, const rd_kafka_message_t *message, void *opaque)
{
	struct exchange *exchange = opaque;

	refusal_note(&exchange->denied, handle, message->err, rd_kafka_topic_name(message->rkt), "Write");
}

bool exchange_ready(const struct exchange *exchange) { return indexowner_ready(exchange->owner); }

static void on_error(rd_kafka_t *handle, int code, const char *reason, void *opaque)
{
	struct exchange *exchange = opaque;
	char text[200];

	if (code == RD_KAFKA_RESP_ERR__FATAL)
		refusal_note(&exchange->denied, handle, rd_kafka_fatal_error(handle, text, sizeof(text)), "", "Write");
	client_log_error(handle, code, reason);
}

static rd_kafka_t *make_producer(const struct config *config, struct exchange *exchange, struct error *error)
{
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_PRODUCER, error);

	if (!conf)
		return NULL;
	client_set(conf, "enable.idempotence", "true");
	client_set(conf, "transactional.id", NULL);
	client_set(conf, "linger.ms", "0");
	rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
	rd_kafka_conf_set_error_cb(conf, on_error);
	return client_create(conf, CLIENT_PRODUCER, exchange, error);
}

/* Listens on one partition of topic.match, from its present end on: what was asked before has been given up. */
static bool start_listening(struct exchange *exchange, const struct config *config, struct error *error)
{
	const char *topic = config_text(config, "topic.match");
	rd_kafka_conf_t *conf = client_conf(config, CLIENT_CONSUMER, error);

	if (!conf)
		return false;
	/* It joins no group and commits nothing; the name is the stage's, so that no right on another one is needed. */
	client_set(conf, "group.instance.id", NULL);
	client_set(conf, "enable.auto.commit", "false");
	client_set(conf, "isolation.level", "read_uncommitted");
	client_set(conf, "fetch.wait.max.ms", "10");
	exchange->listener = client_create(conf, CLIENT_CONSUMER, exchange, error);
	if (!exchange->listener)
		return false;
	rd_kafka_poll_set_consumer(exchange->listener);
	int count = offsets_partitions(exchange->listener, topic, OFFSETS_TIMEOUT_MS, error);
	if (count < 1)
		return false;
	exchange->me.reply_partition = (uint32_t)(hash64(slice_of(config_text(config, "instance"))) % (uint64_t)count);
	int32_t partition = (int32_t)exchange->me.reply_partition;
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_list_add(list, topic, partition);
	bool known = offsets_end(exchange->listener, list, OFFSETS_TIMEOUT_MS, error);
	rd_kafka_resp_err_t code = known ? rd_kafka_assign(exchange->listener, list) : RD_KAFKA_RESP_ERR_NO_ERROR;
	rd_kafka_topic_partition_list_destroy(list);
	if (!known)
		return false;
	return !code || error_set(error, "kafka_client", "%s/%d: %s", topic, (int)partition, rd_kafka_err2str(code));
}

struct exchange *exchange_create(const struct stage *stage, void *state, const struct config *config, struct health *health,
	struct error *error)
{
	struct exchange *exchange = calloc(1, sizeof(*exchange));

	if (!exchange || getrandom(&exchange->me.asker, sizeof(exchange->me.asker), 0) != (ssize_t)sizeof(exchange->me.asker)) {
		free(exchange);
		error_set(error, "no_memory", "no memory for the exchange with the index");
		return NULL;
	}
	refusal_init(&exchange->denied);
	exchange->stage = stage;
	exchange->state = state;
	exchange->topic_probe = config_text(config, "topic.probe");
	exchange->topic_match = config_text(config, "topic.match");
	exchange->producer = make_producer(config, exchange, error);
	if (!exchange->producer)
		goto failed;
	exchange->partitions = offsets_partitions(exchange->producer, exchange->topic_probe, OFFSETS_TIMEOUT_MS, error);
	if (exchange->partitions < 1)
		goto failed;
	if (!start_listening(exchange, config, error))
		goto failed;
	exchange->outboxes = calloc((size_t)exchange->partitions, sizeof(*exchange->outboxes));
	if (!exchange->outboxes)
		abort();
	for (int p = 0; p < exchange->partitions; p++)
		outbox_init(&exchange->outboxes[p], exchange->producer, exchange->topic_probe, p, &exchange->me);
	exchange->owner = indexowner_create(stage, state, config, exchange->producer, health, &exchange->denied, error);
	if (exchange->owner)
		return exchange;
failed:
	exchange_destroy(&exchange, false);
	return NULL;
}

void exchange_destroy(struct exchange **pointer, bool leave)
{
	struct exchange *exchange = *pointer;

	if (!exchange)
		return;
	indexowner_destroy(&exchange->owner, leave);
	if (exchange->listener)
		rd_kafka_destroy_flags(exchange->listener, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	if (exchange->producer)
		rd_kafka_destroy(exchange->producer);
	for (int p = 0; exchange->outboxes && p < exchange->partitions; p++)
		outbox_release(&exchange->outboxes[p]);
	free(exchange->outboxes);
	refusal_release(&exchange->denied);
	free(exchange);
	*pointer = NULL;
}
