/* explanation: see explanation.h. */
#include "tools/explanation.h"

#include "base/clock.h"
#include "base/hash.h"
#include "tools/aliases.h"
#include "tools/rerun.h"

#include <stdio.h>

#define RECORD_MEMORY ((size_t)256 << 20)

struct teller {
	struct json_writer *out;
	struct arena *arena;
	struct connection *connection;
	const char *prefix;
	const struct explanation_request *request;
	struct chain chain;
	struct rerun *rerun;
	struct scan scan; /* of articles for an index, or of aliases */
	struct arena before; /* of one of them */
};

/* Whatever is held, whenever it ends: at the end, or when the arena escapes. */
static void let_go(void *context)
{
	struct teller *teller = context;

	rerun_stop(&teller->rerun);
	chain_release(&teller->chain);
	scan_close(&teller->scan);
	arena_release(&teller->before);
}

/* --- records ------------------------------------------------------------------------------------- */

static void put_dead(struct json_writer *out, const struct record *record)
{
	static const char *const FIELDS[] = {"stage", "code", "message", "attempts", "time"};
	char name[40];

	json_key(out, "dead");
	json_open_object(out);
	for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
		snprintf(name, sizeof name, "copydesk-dead-%s", FIELDS[i]);
		json_add_text(out, FIELDS[i], record_header(record, name));
	}
	json_close_object(out);
}

static void put_record(struct teller *teller, const struct chain_link *link)
{
	const struct record *record = &link->record;
	struct json_writer *out = teller->out;
	char time[32];

	json_open_object(out);
	json_add_string(out, "place", record_place(teller->arena, record));
	json_add_string(out, "topic", slice_of(record->topic));
	if (link->missing[0])
		json_add_string(out, "missing", slice_of(link->missing));
	json_add_text(out, "key", record->message.key);
	if (record->message.timestamp != CLOCK_NONE) {
		clock_format(record->message.timestamp, time);
		json_add_string(out, "time", slice_of(time));
	}
	if (!link->missing[0])
		json_add_integer(out, "bytes", (int64_t)record->message.value.len);
	json_add_text(out, "stage", record_header(record, "copydesk-stage"));
	json_add_text(out, "run", record_header(record, "copydesk-run"));
	json_add_text(out, "traceparent", record_header(record, "traceparent"));
	if (link->from >= 0)
		json_add_string(out, "madeOf", record_place(teller->arena, &teller->chain.links[link->from].record));
	if (link->dead)
		put_dead(out, record);
	json_close_object(out);
}

/* --- the stage, asked again ---------------------------------------------------------------------- */

/* Ends of what came before `time`, and `most` records in all. */
static bool narrow_to_before(struct scan *scan, const struct record *record, int64_t most, struct error *error)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)scan->partition_count);
	int64_t each = most ? most / (int64_t)scan->partition_count + 1 : 0;

	for (size_t i = 0; i < scan->partition_count; i++)
		rd_kafka_topic_partition_list_add(list, scan->partitions[i].topic, scan->partitions[i].partition)->offset =
			record->message.timestamp + 1;
	rd_kafka_resp_err_t code = scan->connection->embedded || record->message.timestamp == CLOCK_NONE ?
					   RD_KAFKA_RESP_ERR_NO_ERROR :
					   rd_kafka_offsets_for_times(scan->client, list, 10000);
	for (size_t i = 0; i < scan->partition_count && !code; i++) {
		struct scan_partition *partition = &scan->partitions[i];
		int64_t end = scan->connection->embedded ? partition->high : list->elems[i].offset;
		if (partition->partition == record->partition)
			partition->end = record->offset;
		else if (end >= 0 && end < partition->end)
			partition->end = end;
		if (partition->end - each > partition->start)
			partition->start = partition->end - each;
	}
	rd_kafka_topic_partition_list_destroy(list);
	return !code || connection_error(scan->client, code, record->topic, "Describe", "no offsets for a time", error);
}

/* Articles that came before, into the index. Returns how many, -1 with error. */
static int64_t give_context(struct teller *teller, const struct record *record, struct error *error)
{
	const char *const topics[] = {record->topic, NULL};
	struct scan *scan = &teller->scan;
	int64_t given = 0;

	bool ok = scan_open(scan, teller->connection, topics, (struct scan_bound){SCAN_EARLIEST, 0},
			  (struct scan_bound){SCAN_LATEST, 0}, false, error) &&
		narrow_to_before(scan, record, teller->request->context, error) && scan_start(scan, error);
	while (ok && !scan_done(scan) && !command_stopping()) {
		rd_kafka_message_t *message = scan_next(scan, 500, error);
		if (message)
			given += ok = rerun_give_message(teller->rerun, &teller->before, message, error);
		else
			ok = error->code[0] == '\0';
	}
	scan_close(scan);
	return ok ? given : -1;
}

/* Whether the newest outputs that lie on topics have the bytes that the stage would write now. */
static const char *compare(struct teller *teller, int input, const struct json *answer)
{
	const struct json *would = json_array(answer, "outputs");
	struct slice verdict = json_string(answer, "verdict");
	char hash[33];

	for (size_t i = 0; i < teller->chain.count; i++) {
		const struct chain_link *link = &teller->chain.links[i];
		if (link->from != input)
			continue;
		if (link->dead)
			return slice_is(verdict, "dead") &&
					slice_equal(json_string(json_object(answer, "error"), "code"),
						record_header(&link->record, "copydesk-dead-code"))
				? "same reason"
				: "different outcome";
		hash_hex(hash_wide(link->record.message.value), hash);
		for json_each (output, would)
			if (slice_is(json_string(output, "xxh3"), hash))
				return "same bytes";
		return would && would->count ? "different bytes" : "different outcome";
	}
	return NULL;
}

static void put_rerun(struct json_writer *out, const struct json *answer)
{
	json_key(out, "rerun");
	json_open_object(out);
	for json_each (member, answer) {
		json_key(out, arena_cstr(out->arena, member->name));
		if (!slice_is(member->name, "outputs")) {
			json_put_value(out, member);
			continue;
		}
		json_open_array(out);
		for json_each (output, member) {
			json_open_object(out);
			json_add_text(out, "topic", json_string(output, "topic"));
			json_add_text(out, "type", json_string(output, "type"));
			json_add_text(out, "key", json_string(output, "key"));
			json_add_text(out, "xxh3", json_string(output, "xxh3"));
			json_close_object(out);
		}
		json_close_array(out);
	}
	json_close_object(out);
}

/* What speaks against trusting the answer as the reason of then. */
static struct slice doubts(struct teller *teller, int input, const struct json *answer, int64_t context)
{
	struct slice writer = SLICE_NONE;
	struct slice now = arena_printf(teller->arena, "%.*s/%.*s/%.*s", SLICE_ARG(json_string(answer, "stage")),
		SLICE_ARG(json_string(answer, "version")), SLICE_ARG(json_string(answer, "config")));

	for (size_t i = 0; i < teller->chain.count; i++)
		if (teller->chain.links[i].from == input && !teller->chain.links[i].dead)
			writer = record_header(&teller->chain.links[i].record, "copydesk-stage");
	if (writer.len && !slice_equal(writer, now))
		return arena_printf(teller->arena,
			"it was written by %.*s, asked again was %.*s: give the same version, and its configuration with --stage-config",
			SLICE_ARG(writer), SLICE_ARG(now));
	if (context >= 0)
		return arena_printf(
			teller->arena, "the index was filled with the %lld articles before it (--context)", (long long)context);
	return SLICE_NONE;
}

static void ask_again(struct teller *teller, int input)
{
	const struct chain_link *link = &teller->chain.links[input];
	struct error error = {.code = ""};
	int64_t context = -1;
	const struct json *answer = NULL;
	bool indexed = pipeline_topic_of(link->stage, "topic.probe") != NULL;

	teller->rerun = rerun_start(link->stage->name, teller->request->bin, teller->request->folder, NULL, 0, &error);
	if (teller->rerun && indexed)
		context = give_context(teller, &link->record, &error);
	if (teller->rerun && (!indexed || context >= 0))
		answer = rerun_ask(teller->rerun, teller->arena, &link->record, &error);
	rerun_stop(&teller->rerun);
	if (!answer) {
		json_add_string(teller->out, "note", arena_copy(teller->arena, slice_of(error.text)));
		return;
	}
	json_add_text(teller->out, "agrees", slice_of(compare(teller, input, answer)));
	json_add_text(teller->out, "note", doubts(teller, input, answer, context));
	put_rerun(teller->out, answer);
}

/* --- stories that turned out to be one ------------------------------------------------------------ */

/* The id and the story of the newest record that dedup has been through. */
static bool find_verdict(struct teller *teller, struct slice *id, struct slice *story)
{
	for (size_t i = teller->chain.count; i-- > 0;) {
		const struct chain_link *link = &teller->chain.links[i];
		const struct json *root =
			link->missing[0] || link->dead ? NULL : json_parse(teller->arena, link->record.message.value, NULL, NULL);
		const struct json *verdict = json_object(root, "duplicate");
		*id = json_string(root, "id");
		*story = json_string(verdict, "story");
		if (verdict && id->len)
			return true;
	}
	return false;
}

static void put_alias(struct json_writer *out, const struct alias *alias)
{
	char time[32];

	json_open_object(out);
	json_add_string(out, "place", alias->place);
	if (alias->time != CLOCK_NONE) {
		clock_format(alias->time, time);
		json_add_string(out, "time", slice_of(time));
	}
	json_add_text(out, "id", alias->id);
	json_add_text(out, "story", alias->story);
	json_add_text(out, "by", alias->by);
	json_close_object(out);
}

static void put_aliases(struct teller *teller)
{
	struct alias *found;
	struct error error = {.code = ""};
	struct slice id, story;

	if (!find_verdict(teller, &id, &story))
		return;
	found = arena_array(teller->arena, struct alias, ALIASES_MAX);
	int count = aliases_find(teller->connection, teller->prefix, id, story, teller->arena, &teller->scan, found, &error);
	if (count < 0) {
		json_add_string(teller->out, "aliasesNote", arena_copy(teller->arena, slice_of(error.text)));
		return;
	}
	json_key(teller->out, "aliases");
	json_open_array(teller->out);
	for (int i = 0; i < count; i++)
		put_alias(teller->out, &found[i]);
	json_close_array(teller->out);
}

/* --- the whole ----------------------------------------------------------------------------------- */

static void put_step(struct teller *teller, int input)
{
	const struct chain_link *link = &teller->chain.links[input];
	struct json_writer *out = teller->out;
	const char *outcome = link->missing[0] ? "not read" : "nothing found";
	struct slice writer = SLICE_NONE;

	json_open_object(out);
	json_add_string(out, "stage", slice_of(link->stage->name));
	json_add_string(out, "input", record_place(teller->arena, &link->record));
	json_key(out, "outputs");
	json_open_array(out);
	for (size_t i = 0; i < teller->chain.count; i++) {
		const struct chain_link *made = &teller->chain.links[i];
		if (made->from != input)
			continue;
		json_put_string(out, record_place(teller->arena, &made->record));
		outcome = made->dead ? "dead" : "emitted";
		writer = made->dead ? SLICE_NONE : record_header(&made->record, "copydesk-stage");
	}
	json_close_array(out);
	json_add_string(out, "outcome", slice_of(outcome));
	json_add_text(out, "writtenBy", writer);
	if (teller->request->rerun && !link->missing[0])
		ask_again(teller, input);
	json_close_object(out);
}

static void put_all(struct teller *teller, const char *asked)
{
	struct json_writer *out = teller->out;

	json_open_object(out);
	json_add_string(out, "asked", slice_of(asked));
	json_key(out, "records");
	json_open_array(out);
	for (size_t i = 0; i < teller->chain.count; i++)
		put_record(teller, &teller->chain.links[i]);
	json_close_array(out);
	json_key(out, "steps");
	json_open_array(out);
	for (size_t i = 0; i < teller->chain.count; i++)
		if (teller->chain.links[i].stage)
			put_step(teller, (int)i);
	json_close_array(out);
	put_aliases(teller);
	json_close_object(out);
}

bool explanation_write(struct json_writer *out, struct connection *connection, const char *prefix,
	const struct explanation_request *request, const char *topic, int32_t partition, int64_t offset, const char *asked,
	struct error *error)
{
	struct teller *teller = arena_new(out->arena, struct teller);

	*teller = (struct teller){.out = out, .arena = out->arena, .connection = connection, .prefix = prefix, .request = request};
	arena_init(&teller->before, RECORD_MEMORY);
	arena_defer(out->arena, let_go, teller);
	bool found = chain_init(&teller->chain, connection, prefix, out->arena, error) &&
		chain_follow(&teller->chain, topic, partition, offset, error);
	if (found)
		put_all(teller, asked);
	let_go(teller);
	return found;
}
