/* replayact: see replayact.h. */
#include "tools/replayact.h"

#include "base/clock.h"
#include "tools/admin.h"
#include "tools/confirm.h"
#include "tools/progress.h"
#include "tools/record.h"
#include "tools/replaydiff.h"
#include "tools/replayexec.h"
#include "tools/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_MESSAGES = 500, BATCH_BYTES = 16 << 20, MESSAGE_MEMORY = 512 << 20 };

/* --- promote
 * ----------------------------------------------------------------------------------------------------------------- */

struct promotion {
	struct connection *connection;
	const struct replay_run *run;
	const struct replay_diff *diff;
	struct publisher *publisher;
	bool fresh; /* also what is new */
	struct progress progress;
	int64_t done, batch, batch_bytes, bytes;
};

static bool is_wanted(const struct promotion *promotion, const struct replay_entry *entry)
{
	return entry && (entry->outcome == REPLAY_CHANGED || (promotion->fresh && entry->outcome == REPLAY_NEW));
}

static bool batch_commit(struct promotion *promotion, struct error *error)
{
	if (!publisher_commit(promotion->publisher, error))
		return false;
	promotion->done += promotion->batch;
	promotion->batch = promotion->batch_bytes = 0;
	return true;
}

static bool message_publish(struct promotion *promotion, struct arena *arena, const char *topic, bool same_shape,
	rd_kafka_message_t *message, struct error *error)
{
	struct record record;
	jmp_buf jump;

	if (ARENA_GUARD(arena, &jump) != ESCAPE_NONE)
		return message_too_large(message, "to be published", error);
	record_copy(arena, message, &record);
	if (!publisher_put(promotion->publisher, topic, same_shape ? record.partition : -1, &record.message, error))
		return false;
	promotion->batch++;
	promotion->batch_bytes += (int64_t)message->len;
	promotion->bytes += (int64_t)message->len;
	progress_update(
		&promotion->progress, promotion->done + promotion->batch, promotion->done + promotion->batch, promotion->bytes);
	return (promotion->batch < BATCH_MESSAGES && promotion->batch_bytes < BATCH_BYTES) || batch_commit(promotion, error);
}

/* One of the replay's topics, onto its live one. */
static bool topic_publish(struct promotion *promotion, size_t index, struct error *error)
{
	const char *live = promotion->run->topics.names[index];
	char replayed[320];
	const char *const topics[] = {replayed, NULL};
	struct arena arena;
	struct scan scan;

	replay_run_topic(promotion->run, index, replayed);
	arena_init(&arena, MESSAGE_MEMORY);
	bool good = scan_open(&scan, promotion->connection, topics, (struct scan_bound){SCAN_EARLIEST, 0},
		(struct scan_bound){SCAN_LATEST, 0}, false, error);
	int partitions = good ? connection_partitions(promotion->connection, scan.client, live, error) : 0;
	if (good && partitions <= 0)
		good = partitions == 0 ? error_set(error, "topic", "there is no topic %s", live) : false;
	good = good && scan_start(&scan, error);
	while (good && !scan_done(&scan) && !command_stopping()) {
		rd_kafka_message_t *message = scan_next(&scan, 500, error);
		good = !error->code[0];
		if (!message)
			continue;
		if (is_wanted(promotion, replay_diff_entry(promotion->diff, message)))
			good = message_publish(
				promotion, &arena, live, (size_t)partitions == scan.partition_count, message, error);
		arena_reset(&arena);
		rd_kafka_message_destroy(message);
	}
	scan_close(&scan);
	arena_release(&arena);
	return good;
}

static bool is_published(const struct replay_run *run, size_t index)
{
	const char *key = run->topics.stage->topics[index][0];
	return strcmp(key, "topic.out") == 0 || strcmp(key, "topic.duplicate") == 0 || strcmp(key, "topic.alias") == 0;
}

static bool publish_all(struct promotion *promotion, const struct args *args, int64_t count, struct error *error)
{
	bool good = true;

	progress_init(&promotion->progress, "published", "messages", count, args_given(args, "quiet"));
	for (size_t i = 0; good && i < promotion->run->topics.count && !command_stopping(); i++)
		good = !is_published(promotion->run, i) || topic_publish(promotion, i, error);
	good = good && batch_commit(promotion, error);
	progress_finish(&promotion->progress, promotion->done, promotion->bytes,
		command_stopping() ? "interrupted: run it again to go on, nothing is published twice" : NULL);
	return good;
}

static void promotion_tell(const struct replay_diff *diff, bool fresh)
{
	char number[32];

	fprintf(stderr, "%13s changed messages are published to the live topics\n",
		format_count(diff->outcomes[REPLAY_CHANGED], number));
	if (diff->by_path[REPLAY_PATH_TOPIC])
		fprintf(stderr, "%13s of them to another topic than before; what is on the old one stays\n",
			format_count(diff->by_path[REPLAY_PATH_TOPIC], number));
	if (diff->outcomes[REPLAY_NEW])
		fprintf(stderr, "%13s new ones are%s\n", format_count(diff->outcomes[REPLAY_NEW], number),
			fresh ? ", too" : " not; --new publishes them, too");
	fprintf(stderr, "%13s are live already, byte for byte\n", format_count(diff->outcomes[REPLAY_SAME], number));
}

static bool is_finished(struct connection *connection, const struct replay_run *run, int64_t *committed, struct error *error)
{
	rd_kafka_t *client = connection_open(connection, RD_KAFKA_PRODUCER, NULL, error);
	int64_t done, total = replay_plan_total(&run->plan);
	bool good = client && replay_done(client, run, &done, committed, error);

	if (client)
		rd_kafka_destroy(client);
	if (good && done < total)
		good = error_set(error, "unfinished",
			"replay %s has done %lld of %lld messages: `copydesk replay resume %s` first", run->id, (long long)done,
			(long long)total, run->id);
	return good;
}

bool replay_promote(
	const struct args *args, struct connection *connection, const char *journal, struct replay_run *run, struct error *error)
{
	struct promotion promotion = {.connection = connection, .run = run, .fresh = args_given(args, "new")};
	struct replay_diff diff = {0};
	char id[128], question[160];
	int64_t *committed = calloc((size_t)run->plan.partitions, sizeof *committed), count;
	bool good;

	snprintf(id, sizeof id, "%s.%s", REPLAY_PUBLISHER, run->id);
	/* first the publisher, which fences off another promotion of this run, then the comparison that it acts on */
	good = (committed || error_set(error, "memory", "no memory for the promotion of replay %s", run->id)) &&
		is_finished(connection, run, committed, error) &&
		(promotion.publisher = publisher_create(connection, id, error)) &&
		replay_diff_make(&diff, connection, run, committed, args_given(args, "quiet"), error);
	if (!good)
		goto out;
	promotion.diff = &diff;
	promotion_tell(&diff, promotion.fresh);
	count = diff.outcomes[REPLAY_CHANGED] + (promotion.fresh ? diff.outcomes[REPLAY_NEW] : 0);
	snprintf(question, sizeof question, "Publish %lld messages to the live topics?", (long long)count);
	if (count == 0)
		fprintf(stderr, "nothing to publish\n");
	else
		good = confirm(args, question, error) && publish_all(&promotion, args, count, error);
	if (good && !command_stopping()) {
		run->promoted_ms = clock_wall_ms();
		good = replay_run_note(connection, journal, run, false, error);
	}
out:
	publisher_destroy(&promotion.publisher);
	replay_diff_release(&diff);
	free(committed);
	return good;
}

/* --- drop
 * -------------------------------------------------------------------------------------------------------------------- */

bool replay_drop(const struct args *args, struct connection *connection, const char *journal, const struct replay_run *run,
	struct error *error)
{
	char group[320], topic[320], question[200];
	rd_kafka_t *client = connection_open(connection, RD_KAFKA_PRODUCER, NULL, error);
	bool good = client != NULL;

	replay_run_group(run, group);
	good = good && admin_group_idle(client, group, error);
	if (!good)
		goto out;
	for (size_t i = 0; i < run->topics.count; i++)
		if (replay_run_owns(run, i)) {
			replay_run_topic(run, i, topic);
			fprintf(stderr, "  topic  %s\n", topic);
		}
	fprintf(stderr, "  group  %s\n", group);
	snprintf(question, sizeof question, "Delete replay %s with what it made%s?", run->id,
		run->promoted_ms ? "" : ", which wasn't promoted");
	good = confirm(args, question, error);
	for (size_t i = 0; good && i < run->topics.count; i++)
		if (replay_run_owns(run, i)) {
			replay_run_topic(run, i, topic);
			good = admin_topic_delete(client, topic, NULL, error);
		}
	good = good && admin_group_delete(client, group, error) && replay_run_forget(connection, journal, run, error);
	if (good)
		fprintf(stderr, "replay %s is gone\n", run->id);
out:
	if (client)
		rd_kafka_destroy(client);
	return good;
}

/* --- reset
 * ------------------------------------------------------------------------------------------------------------------- */

bool replay_reset(const struct args *args, struct connection *connection, const struct stage_topics *topics,
	const struct replay_plan *plan, const char *from, struct error *error)
{
	char number[32], question[400];
	int64_t again = 0;
	rd_kafka_topic_partition_list_t *now = rd_kafka_topic_partition_list_new(plan->partitions),
					*then = rd_kafka_topic_partition_list_new(plan->partitions);
	rd_kafka_t *client = connection_open(connection, RD_KAFKA_PRODUCER, NULL, error);
	bool good = client && admin_group_idle(client, topics->group, error);

	for (int i = 0; i < plan->partitions; i++)
		rd_kafka_topic_partition_list_add(now, topics->names[0], i);
	good = good && admin_group_offsets(client, topics->group, now, error);
	if (good)
		printf("group %s on %s, from %s\n", topics->group, topics->names[0], from);
	for (int i = 0; good && i < plan->partitions; i++) {
		int64_t old = now->elems[i].offset, new = plan->ranges[i].start;
		if (new == plan->ranges[i].end && new == -1)
			continue; /* not among --partitions */
		rd_kafka_topic_partition_list_add(then, topics->names[0], i)->offset = new;
		again += old > new ? old - new : 0;
		printf("  partition %d: ", i);
		old < 0 ? printf("none") : printf("%lld", (long long)old);
		printf(" → %lld%s\n", (long long)new, old >= 0 && new > old ? "   FORWARD: messages are passed over" : "");
	}
	snprintf(question, sizeof question,
		"Move the live group? copydesk-%s will process about %s messages again, into its live topics.",
		topics->stage->name, format_count(again, number));
	good = good && confirm(args, question, error) && admin_group_idle(client, topics->group, error) &&
		admin_group_move(client, topics->group, then, error);
	if (good)
		fprintf(stderr, "moved; start copydesk-%s again\n", topics->stage->name);
	if (client)
		rd_kafka_destroy(client);
	rd_kafka_topic_partition_list_destroy(now);
	rd_kafka_topic_partition_list_destroy(then);
	return good;
}
