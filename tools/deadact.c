/* deadact: see deadact.h. The order matters: first the publisher, which fences off others, then the notes are read, then the
 * letters are looked at: what is decided on stays true until the commit, or the commit fails. */
#include "tools/deadact.h"

#include "base/clock.h"
#include "tools/admin.h"
#include "tools/confirm.h"
#include "tools/letter.h"
#include "tools/progress.h"

#include <stdio.h>
#include <string.h>

enum { BATCH_LETTERS = 500, BATCH_BYTES = 16 << 20, TARGETS = 16, LETTER_MEMORY = 512 << 20 };

struct act {
	const struct args *args;
	const char *journal;
	struct publisher *publisher;
	struct handled handled;
	struct arena arena;
	int64_t most;
	/* the plan */
	struct {
		char topic[250];
		int64_t count;
	} targets[TARGETS];
	size_t target_count;
	int64_t count, bytes, capped, cut, homeless;
	/* what was done */
	struct progress progress;
	int64_t done, done_bytes, batch, batch_bytes;
};

static bool act_open(
	struct act *act, const struct args *args, struct connection *connection, const char *journal, struct error *error)
{
	char id[120];

	*act = (struct act){.args = args, .journal = journal};
	arena_init(&act->arena, LETTER_MEMORY);
	snprintf(id, sizeof id, "%.80s%s", args_text(args, "prefix"), LETTER_PUBLISHER);
	return args_integer(args, "max-attempts", 1, 1000000, &act->most, error) && journal_ready(connection, journal, error) &&
		(act->publisher = publisher_create(connection, id, error)) &&
		handled_read(&act->handled, connection, journal, error);
}

static void act_close(struct act *act)
{
	publisher_destroy(&act->publisher);
	handled_release(&act->handled);
	arena_release(&act->arena);
}

static void target_count(struct act *act, const char *topic)
{
	size_t i = 0;

	while (i < act->target_count && strcmp(act->targets[i].topic, topic) != 0)
		i++;
	if (i == act->target_count && act->target_count < TARGETS)
		snprintf(act->targets[act->target_count++].topic, sizeof act->targets[0].topic, "%s", topic);
	if (i < TARGETS)
		act->targets[i].count++;
}

static bool plan_retry(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as,
	struct error *error)
{
	struct act *act = context;
	struct record letter;
	struct error why;
	char topic[250];
	int32_t partition;
	jmp_buf jump;
	(void)facts, (void)as;

	if (ARENA_GUARD(&act->arena, &jump) != ESCAPE_NONE)
		return message_too_large(message, "to be sent again", error);
	record_copy(&act->arena, message, &letter);
	if (letter_target(&letter, act->most, topic, &partition, &why)) {
		target_count(act, topic);
		act->count++;
		act->bytes += (int64_t)message->len;
	} else if (strcmp(why.code, "attempts") == 0) {
		act->capped++;
	} else if (strcmp(why.code, "truncated") == 0) {
		act->cut++;
	} else {
		act->homeless++;
	}
	act->arena.escape = NULL;
	arena_reset(&act->arena);
	return true;
}

static void plan_print(const struct act *act)
{
	char number[32], size[32];

	for (size_t i = 0; i < act->target_count; i++)
		fprintf(stderr, "%9s letters to %s\n", format_count(act->targets[i].count, number), act->targets[i].topic);
	if (act->capped)
		fprintf(stderr, "%9s not: they were tried %lld times or more (--max-attempts)\n",
			format_count(act->capped, number), (long long)act->most);
	if (act->cut)
		fprintf(stderr, "%9s not: their values were cut when they were written; send the originals again\n",
			format_count(act->cut, number));
	if (act->homeless)
		fprintf(stderr, "%9s not: they have no readable copydesk-dead-source header\n",
			format_count(act->homeless, number));
	if (act->count)
		fprintf(stderr, "%9s in all\n", format_bytes((double)act->bytes, size));
}

/* One letter was put; commits when the batch is full. */
static bool act_step(struct act *act, const rd_kafka_message_t *message, struct error *error)
{
	act->batch++;
	act->batch_bytes += (int64_t)message->len;
	act->done_bytes += (int64_t)message->len;
	if (act->batch >= BATCH_LETTERS || act->batch_bytes >= BATCH_BYTES) {
		if (!publisher_commit(act->publisher, error))
			return false;
		act->done += act->batch;
		act->batch = act->batch_bytes = 0;
	}
	progress_update(&act->progress, act->done + act->batch, act->done + act->batch, act->done_bytes);
	return true;
}

static bool do_retry(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as,
	struct error *error)
{
	struct act *act = context;
	struct record letter;
	char topic[250];
	int32_t partition;
	jmp_buf jump;
	(void)facts, (void)as;

	if (ARENA_GUARD(&act->arena, &jump) != ESCAPE_NONE)
		return message_too_large(message, "to be sent again", error);
	record_copy(&act->arena, message, &letter);
	bool good = !letter_target(&letter, act->most, topic, &partition, NULL) ||
		    (letter_resend(act->publisher, act->journal, &letter, act->most, error) && act_step(act, message, error));
	act->arena.escape = NULL;
	arena_reset(&act->arena);
	return good;
}

static bool do_drop(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as,
	struct error *error)
{
	struct act *act = context;
	(void)facts;

	return as != HANDLED_NOT ||
		(handled_note(act->publisher, act->journal, rd_kafka_topic_name(message->rkt), message->partition,
			 message->offset, HANDLED_DROPPED, error) &&
			act_step(act, message, error));
}

/* Runs the visitor over the letters and commits the rest. */
static bool act_carry_out(struct act *act, struct connection *connection, struct letter_filter *filter, letter_visit visit,
	const char *verb, struct error *error)
{
	progress_init(&act->progress, verb, "letters", act->count, args_given(act->args, "quiet"));
	bool good = letters_each(connection, filter, &act->handled, visit, act, error) && publisher_commit(act->publisher, error);
	if (good)
		act->done += act->batch;
	progress_finish(&act->progress, act->done, act->done_bytes,
		command_stopping() ? "stopped: run it again to go on, nothing is done twice" : NULL);
	return good;
}

bool dead_retry(const struct args *args, struct connection *connection, struct letter_filter *filter, const char *journal,
	struct error *error)
{
	struct act act;
	char question[128];
	bool good = act_open(&act, args, connection, journal, error) && letters_each(connection, filter, &act.handled, plan_retry, &act, error);

	if (!good)
		goto out;
	plan_print(&act);
	if (act.count == 0) {
		fprintf(stderr, "nothing to send%s\n",
			filter->handled_too ? ""
					    : "; letters that were sent or dropped before are left out, --all takes them too");
		goto out;
	}
	snprintf(question, sizeof question, "Send %lld letter%s again?", (long long)act.count, act.count == 1 ? "" : "s");
	good = confirm(args, question, error) && act_carry_out(&act, connection, filter, do_retry, "sent", error);
out:
	act_close(&act);
	return good;
}

/* --- drop
 * -------------------------------------------------------------------------------------------------------------------- */

static bool plan_drop(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as,
	struct error *error)
{
	struct act *act = context;
	(void)facts, (void)error;

	act->count += as == HANDLED_NOT;
	act->bytes += as == HANDLED_NOT ? (int64_t)message->len : 0;
	return true;
}

struct purge {
	const struct handled *handled;
	struct publisher *publisher;
	const char *journal;
	rd_kafka_topic_partition_list_t *before; /* the first offset that stays */
	int64_t count;
};

static rd_kafka_topic_partition_t *purge_item(struct purge *purge, const rd_kafka_message_t *message)
{
	const char *topic = rd_kafka_topic_name(message->rkt);
	rd_kafka_topic_partition_t *item = rd_kafka_topic_partition_list_find(purge->before, topic, message->partition);

	if (!item) {
		item = rd_kafka_topic_partition_list_add(purge->before, topic, message->partition);
		item->offset = 0;
	}
	return item;
}

/* `opaque` marks a partition where a letter waits: what lies behind it stays. */
static bool purge_look(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as,
	struct error *error)
{
	struct purge *purge = context;
	rd_kafka_topic_partition_t *item = purge_item(purge, message);
	(void)facts;

	if (as == HANDLED_NOT)
		item->opaque = purge;
	if (item->opaque)
		return true;
	item->offset = message->offset + 1;
	purge->count++;
	return handled_note(purge->publisher, purge->journal, rd_kafka_topic_name(message->rkt), message->partition,
		message->offset, HANDLED_NOT, error);
}

/* Deletes first, forgets the notes then: broken off between the two, the notes of letters that are gone stay, which harms
 * nothing. */
static bool purge_run(struct act *act, struct connection *connection, const struct letter_filter *filter, struct error *error)
{
	struct letter_filter everything = {
		.from = CLOCK_NONE, .until = CLOCK_NONE, .handled_too = true, .topic_count = filter->topic_count};
	struct purge purge = {&act->handled, act->publisher, act->journal, rd_kafka_topic_partition_list_new(8), 0};
	rd_kafka_t *client = NULL;
	bool good = false;

	memcpy(everything.topics, filter->topics, sizeof everything.topics);
	handled_release(&act->handled); /* what was just dropped counts */
	if (!handled_read(&act->handled, connection, act->journal, error) ||
		!letters_each(connection, &everything, &act->handled, purge_look, &purge, error))
		goto out;
	good = true;
	for (int i = purge.before->cnt - 1; i >= 0; i--)
		if (purge.before->elems[i].offset == 0)
			rd_kafka_topic_partition_list_del_by_idx(purge.before, i);
	if (purge.before->cnt) {
		client = connection_open(connection, RD_KAFKA_PRODUCER, NULL, error);
		good = client && admin_records_delete(client, purge.before, error) && publisher_commit(act->publisher, error);
	}
	if (good)
		fprintf(stderr, "deleted %lld letters from the brokers\n", (long long)purge.count);
out:
	if (client)
		rd_kafka_destroy(client);
	rd_kafka_topic_partition_list_destroy(purge.before);
	return good;
}

bool dead_drop(const struct args *args, struct connection *connection, struct letter_filter *filter, const char *journal,
	struct error *error)
{
	struct act act;
	char question[200], size[32];
	bool purge = args_given(args, "purge");
	bool good = act_open(&act, args, connection, journal, error) && letters_each(connection, filter, &act.handled, plan_drop, &act, error);

	if (!good)
		goto out;
	snprintf(question, sizeof question, "Drop %lld letter%s (%s)%s?", (long long)act.count, act.count == 1 ? "" : "s",
		format_bytes((double)act.bytes, size), purge ? " and delete what is done with from the brokers, for ever" : "");
	if (act.count == 0)
		fprintf(stderr, "no letters to drop\n");
	if (act.count || purge)
		good = confirm(args, question, error) && act_carry_out(&act, connection, filter, do_drop, "dropped", error) &&
			(!purge || command_stopping() || purge_run(&act, connection, filter, error));
out:
	act_close(&act);
	return good;
}
