/* replaydiff: see replaydiff.h. One pass over the replay's topics, which keeps a hash of each field, then one over the live
 * ones. */
#include "tools/replaydiff.h"

#include "base/clock.h"
#include "tools/admin.h"
#include "tools/articlediff.h"
#include "tools/progress.h"
#include "tools/record.h"
#include "tools/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { MESSAGE_MEMORY = 512 << 20, FIELDS_MAX = 1000, SETTLE_WAIT_MS = 30000 };

const char *replay_outcome_word(enum replay_outcome outcome)
{
	static const char *const WORDS[] = {"new", "same", "changed", "missing", "died", "dead"};
	return WORDS[outcome];
}

static void *must(void *memory)
{
	if (!memory) {
		fprintf(stderr, "copydesk: no memory for the comparison; take a smaller range\n");
		exit(EX_OSERR);
	}
	return memory;
}

static uint32_t path_id(struct replay_diff *diff, struct slice path)
{
	for (size_t i = 0; i < diff->path_count; i++)
		if (slice_is(path, diff->paths[i]))
			return (uint32_t)i;
	if (diff->path_count >= REPLAY_PATH_OTHER || path.len >= sizeof diff->paths[0])
		return REPLAY_PATH_OTHER;
	snprintf(diff->paths[diff->path_count], sizeof diff->paths[0], "%.*s", SLICE_ARG(path));
	return (uint32_t)diff->path_count++;
}

/* The fields of a message as path << 32 | hash, arena memory. A value that is no JSON object of ours has one, "(value)". */
static size_t fields_hash(struct replay_diff *diff, struct arena *arena, struct slice value, uint64_t **hashes)
{
	struct article_field *fields;
	size_t count = article_fields(arena, json_parse(arena, value, NULL, NULL), &fields);

	if (count > FIELDS_MAX) /* no message of ours; comparing is quadratic */
		count = 0;
	*hashes = arena_array(arena, uint64_t, count + 1);
	for (size_t i = 0; i < count; i++)
		(*hashes)[i] = (uint64_t)path_id(diff, fields[i].path) << 32 | (uint32_t)hash64(fields[i].text);
	if (count)
		return count;
	(*hashes)[0] = (uint64_t)path_id(diff, SLICE("(value)")) << 32 | (uint32_t)hash64(value);
	return 1;
}

static void change_mark(struct replay_entry *entry, uint64_t field)
{
	uint32_t path = (uint32_t)(field >> 32);
	entry->changed[path / 64] |= 1ULL << (path % 64);
}

static bool has_field(const uint64_t *fields, size_t count, uint64_t field)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i] == field)
			return true;
	return false;
}

/* A field that only one side has, or that differs, is on one side without its equal on the other. */
static void fields_compare(struct replay_entry *entry, const uint64_t *live, size_t count)
{
	memset(entry->changed, 0, sizeof entry->changed);
	for (size_t i = 0; i < count; i++)
		if (!has_field(entry->fields, entry->field_count, live[i]))
			change_mark(entry, live[i]);
	for (size_t i = 0; i < entry->field_count; i++)
		if (!has_field(live, count, entry->fields[i]))
			change_mark(entry, entry->fields[i]);
}

/* --- one message
 * ------------------------------------------------------------------------------------------------------------- */

/* Its identity: ce_id, or for a dead letter where it comes from. False: no stage made it, or it comes from outside of the
 * replay's range. */
static bool identify(const struct replay_diff *diff, const rd_kafka_message_t *message, bool dead, struct slice *id)
{
	char topic[250];
	int32_t partition;
	int64_t offset;
	struct slice source = message_header(message, dead ? "copydesk-dead-source" : "copydesk-source");

	*id = dead ? source : message_header(message, "ce_id");
	return id->len && coordinates_parse(source, topic, &partition, &offset) &&
		strcmp(topic, diff->run->topics.names[0]) == 0 && replay_plan_covers(&diff->run->plan, partition, offset) &&
		offset < diff->committed[partition];
}

static bool is_dead_topic(const struct replay_diff *diff, size_t topic)
{
	return strcmp(diff->run->topics.stage->topics[topic][0], "topic.dead") == 0;
}

static struct replay_entry *entry_add(struct replay_diff *diff, struct hash128 key)
{
	if (diff->count == diff->capacity) {
		diff->capacity = diff->capacity ? diff->capacity * 2 : 1024;
		diff->entries = must(reallocarray(diff->entries, diff->capacity, sizeof *diff->entries));
	}
	struct replay_entry *entry = &diff->entries[diff->count++];
	*entry = (struct replay_entry){.here.offset = -1, .live.offset = -1};
	keytable_set(&diff->index, key, diff->count);
	return entry;
}

static struct replay_entry *entry_find(const struct replay_diff *diff, struct slice id)
{
	uint64_t at = keytable_get(&diff->index, hash_wide(id));
	return at ? &diff->entries[at - 1] : NULL;
}

static struct replay_place place_of(size_t topic, const rd_kafka_message_t *message)
{
	return (struct replay_place){(uint32_t)topic, message->partition, message->offset};
}

typedef void (*side_take)(
	struct replay_diff *diff, struct arena *arena, size_t topic, const rd_kafka_message_t *message, struct slice id);

static void take_replayed(
	struct replay_diff *diff, struct arena *arena, size_t topic, const rd_kafka_message_t *message, struct slice id)
{
	bool dead = is_dead_topic(diff, topic);
	struct slice value = slice_make(message->payload, message->len);
	uint64_t *fields;
	size_t count = dead ? 0 : fields_hash(diff, arena, value, &fields); /* may escape: first */
	struct replay_entry *entry = entry_find(diff, id);

	if (!entry)
		entry = entry_add(diff, hash_wide(id));
	free(entry->fields);
	entry->here = place_of(topic, message);
	entry->dead = dead;
	entry->outcome = dead ? REPLAY_DEAD : REPLAY_NEW;
	entry->value = hash64(value);
	entry->field_count = (uint32_t)count;
	entry->fields = NULL;
	if (count) {
		entry->fields = must(malloc(entry->field_count * sizeof *fields));
		memcpy(entry->fields, fields, entry->field_count * sizeof *fields);
	}
	int64_t time = message_time(message);
	if (time != CLOCK_NONE && time < diff->oldest_ms)
		diff->oldest_ms = time;
}

static void take_live(
	struct replay_diff *diff, struct arena *arena, size_t topic, const rd_kafka_message_t *message, struct slice id)
{
	bool dead = is_dead_topic(diff, topic);
	struct replay_entry *entry = entry_find(diff, id);
	struct slice value = slice_make(message->payload, message->len);
	uint64_t *fields;

	if (dead) /* live it is a dead letter: what the replay makes of it is new, or dead as well */
		return;
	if (!entry) {
		entry = entry_add(diff, hash_wide(id));
		entry->outcome = REPLAY_MISSING;
	}
	if (entry->outcome == REPLAY_MISSING) {
		entry->live = place_of(topic, message);
	} else if (entry->dead) {
		entry->outcome = REPLAY_DIED;
		entry->live = place_of(topic, message);
	} else if (entry->here.topic == topic || !entry->in_place) {
		entry->in_place = entry->here.topic == topic;
		entry->live = place_of(topic, message);
		entry->outcome = entry->in_place && entry->value == hash64(value) ? REPLAY_SAME : REPLAY_CHANGED;
		memset(entry->changed, 0, sizeof entry->changed);
		if (entry->outcome == REPLAY_CHANGED) {
			size_t count = fields_hash(diff, arena, value, &fields);
			fields_compare(entry, fields, count);
		}
		if (!entry->in_place)
			change_mark(entry, (uint64_t)REPLAY_PATH_TOPIC << 32);
	}
}

/* --- the two sides
 * ----------------------------------------------------------------------------------------------------------- */

static size_t topic_index(const char names[PIPELINE_STAGE_TOPICS][320], const size_t *indexes, size_t count, const char *topic)
{
	size_t at = 0;
	while (at + 1 < count && strcmp(names[at], topic) != 0)
		at++;
	return indexes[at];
}

static bool is_output(const struct replay_run *run, size_t index)
{
	const char *key = run->topics.stage->topics[index][0];
	return strcmp(key, "topic.in") != 0 && strcmp(key, "topic.probe") != 0 && strcmp(key, "topic.match") != 0;
}

static bool side_scan(
	struct replay_diff *diff, bool replayed, struct scan_bound from, const char *noun, side_take take, struct error *error)
{
	char names[PIPELINE_STAGE_TOPICS][320];
	const char *topics[PIPELINE_STAGE_TOPICS + 1] = {NULL};
	size_t indexes[PIPELINE_STAGE_TOPICS], count = 0;
	struct progress progress;
	struct arena arena;
	struct scan scan;
	jmp_buf jump;

	for (size_t i = 0; i < diff->run->topics.count; i++) {
		if (!is_output(diff->run, i))
			continue;
		if (replayed)
			replay_run_topic(diff->run, i, names[count]);
		else
			snprintf(names[count], sizeof names[0], "%s", diff->run->topics.names[i]);
		topics[count] = names[count];
		indexes[count++] = i;
	}
	arena_init(&arena, MESSAGE_MEMORY);
	bool good = scan_open(&scan, diff->connection, topics, from, (struct scan_bound){SCAN_LATEST, 0}, !replayed, error) &&
		scan_settle(&scan, SETTLE_WAIT_MS, error) && scan_start(&scan, error);
	int64_t total = good ? scan_total(&scan) : 0, read = 0, bytes = 0;
	progress_init(&progress, "read", noun, total, diff->quiet);
	while (good && !scan_done(&scan)) {
		rd_kafka_message_t *message = scan_next(&scan, 500, error);
		struct slice id;
		if (message) {
			size_t topic = topic_index(names, indexes, count, rd_kafka_topic_name(message->rkt));
			if (identify(diff, message, is_dead_topic(diff, topic), &id) && ARENA_GUARD(&arena, &jump) == ESCAPE_NONE)
				take(diff, &arena, topic, message, id);
			arena_reset(&arena);
			bytes += (int64_t)message->len;
			progress_update(&progress, total - scan_left(&scan), ++read, bytes);
			rd_kafka_message_destroy(message);
		}
		good = !error->code[0];
		if (good && command_stopping())
			good = error_set(error, "stopped", "stopped while reading %s; nothing was changed", noun);
	}
	progress_clear(&progress);
	scan_close(&scan);
	arena_release(&arena);
	return good;
}

/* An output has its input's time, so what is live of the same inputs isn't older than what the replay made or was asked for.
 * Where the brokers stamp records themselves nothing can be left out. */
static struct scan_bound live_start(const struct replay_diff *diff, rd_kafka_t *client)
{
	int64_t since = diff->oldest_ms, asked;
	char type[64];

	if (clock_parse(slice_of(diff->run->from), &asked) && asked < since)
		since = asked;
	for (size_t i = 0; i < diff->run->topics.count; i++) {
		if (!is_output(diff->run, i))
			continue;
		admin_topic_setting(client, diff->run->topics.names[i], "message.timestamp.type", type);
		if (strcmp(type, "CreateTime") != 0)
			return (struct scan_bound){SCAN_EARLIEST, 0};
	}
	return since == INT64_MAX ? (struct scan_bound){SCAN_EARLIEST, 0} : (struct scan_bound){SCAN_TIME, since};
}

static void count_up(struct replay_diff *diff)
{
	for (size_t i = 0; i < diff->count; i++) {
		const struct replay_entry *entry = &diff->entries[i];
		diff->outcomes[entry->outcome]++;
		for (size_t path = 0; entry->outcome == REPLAY_CHANGED && path < REPLAY_PATHS; path++)
			diff->by_path[path] += (entry->changed[path / 64] >> (path % 64) & 1) != 0;
	}
}

bool replay_diff_make(struct replay_diff *diff, struct connection *connection, const struct replay_run *run,
	const int64_t *committed, bool quiet, struct error *error)
{
	size_t size = (size_t)run->plan.partitions * sizeof *committed;

	*diff = (struct replay_diff){.run = run, .connection = connection, .oldest_ms = INT64_MAX, .quiet = quiet};
	diff->committed = must(malloc(size));
	memcpy(diff->committed, committed, size);
	path_id(diff, SLICE("(topic)")); /* REPLAY_PATH_TOPIC */
	snprintf(diff->paths[REPLAY_PATH_OTHER], sizeof diff->paths[0], "(other)");
	if (run->into_live)
		return error_set(error, "usage", "replay %s wrote into the live topics: there is nothing to compare", run->id);
	if (!side_scan(diff, true, (struct scan_bound){SCAN_EARLIEST, 0}, "replayed messages", take_replayed, error))
		return false;
	rd_kafka_t *client = connection_open(connection, RD_KAFKA_PRODUCER, NULL, error);
	bool good = client && side_scan(diff, false, live_start(diff, client), "live messages", take_live, error);
	if (client)
		rd_kafka_destroy(client);
	if (good)
		count_up(diff);
	return good;
}

void replay_diff_release(struct replay_diff *diff)
{
	for (size_t i = 0; i < diff->count; i++)
		free(diff->entries[i].fields);
	free(diff->entries);
	free(diff->committed);
	keytable_release(&diff->index);
	*diff = (struct replay_diff){0};
}

struct replay_entry *replay_diff_entry(const struct replay_diff *diff, const rd_kafka_message_t *message)
{
	struct slice id = message_header(message, "ce_id");
	struct replay_entry *entry = id.len ? entry_find(diff, id) : NULL;

	return entry && entry->here.partition == message->partition && entry->here.offset == message->offset ? entry : NULL;
}
