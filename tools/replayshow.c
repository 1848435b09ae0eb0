/* replayshow: see replayshow.h. */
#include "tools/replayshow.h"

#include "base/clock.h"
#include "json/writer.h"
#include "tools/admin.h"
#include "tools/articlediff.h"
#include "tools/record.h"
#include "tools/replayexec.h"
#include "tools/terminal.h"

#include <stdio.h>
#include <string.h>

enum { SAMPLE_MEMORY = 512 << 20, FETCH_WAIT_MS = 10000, VALUE_COLUMNS = 72 };

/* --- the plan
 * ---------------------------------------------------------------------------------------------------------------- */

static void partitions_put(const struct replay_plan *plan)
{
	int used = 0;
	const char *comma = "";

	for (int i = 0; i < plan->partitions; i++)
		used += plan->ranges[i].end > plan->ranges[i].start;
	if (used == plan->partitions) {
		printf("all %d partitions", plan->partitions);
		return;
	}
	printf("%d of %d partitions (", used, plan->partitions);
	for (int i = 0; i < plan->partitions; i++)
		if (plan->ranges[i].end > plan->ranges[i].start) {
			printf("%s%d", comma, i);
			comma = ",";
		}
	putchar(')');
}

void replay_plan_show(const struct replay_run *run, const struct estimate *estimate, const char *rate_from)
{
	int64_t total = replay_plan_total(&run->plan);
	char number[32], size[32], left[32], name[320];

	printf("replay %s of copydesk-%s\n", run->id, run->topics.stage->name);
	printf("  input     %s, %s, from %s until %s\n            ", run->topics.names[0], "offsets fixed now", run->from,
		run->until);
	partitions_put(&run->plan);
	printf(": at most %s messages", format_count(total, number));
	if (estimate->record_bytes > 0)
		printf(", about %s", format_bytes(estimate->record_bytes * (double)total, size));
	if (estimate->rate > 0)
		printf("\n  time      about %s at %s messages/s (%s)\n", format_seconds((double)total / estimate->rate, left),
			format_count((int64_t)estimate->rate, number), rate_from);
	else
		printf("\n  time      not known: %s\n", rate_from);
	for (size_t i = 1; i < run->topics.count; i++) {
		replay_run_topic(run, i, name);
		printf("  %-9s %s%s\n", run->topics.stage->topics[i][0] + strlen("topic."), name,
			replay_run_owns(run, i) ? "" : "   LIVE: readers get what the replay writes");
	}
	replay_run_group(run, name);
	printf("  group     %s\n", name);
	if (strcmp(run->topics.stage->name, "dedup") == 0)
		printf("  note      its index begins empty: what copies something from before the range counts as unique; begin a window earlier\n");
}

/* --- the list
 * ---------------------------------------------------------------------------------------------------------------- */

/* "finished", "running (2 processes)", "not finished" */
static void state_of(rd_kafka_t *client, const struct replay_run *run, int64_t done, char out[64])
{
	struct admin_group group;
	struct error ignored;
	char name[320];

	replay_run_group(run, name);
	if (run->promoted_ms)
		snprintf(out, 64, "promoted");
	else if (done >= replay_plan_total(&run->plan))
		snprintf(out, 64, "finished");
	else if (admin_group_describe(client, name, &group, &ignored) && group.member_count)
		snprintf(out, 64, "running");
	else
		snprintf(out, 64, "interrupted");
}

static void list_json(const struct replay_run *run, int64_t done, const char *state)
{
	struct json_writer writer;
	struct arena arena;
	struct buf line;
	char when[32];

	arena_init(&arena, SIZE_MAX);
	buf_init_arena(&line, &arena, SIZE_MAX);
	json_begin(&writer, &arena, &line);
	json_open_object(&writer);
	json_add_string(&writer, "run", slice_of(run->id));
	json_add_string(&writer, "stage", slice_of(run->topics.stage->name));
	json_add_string(&writer, "input", slice_of(run->topics.names[0]));
	json_add_string(&writer, "from", slice_of(run->from));
	json_add_string(&writer, "until", slice_of(run->until));
	json_add_bool(&writer, "intoLive", run->into_live);
	json_add_integer(&writer, "messages", replay_plan_total(&run->plan));
	json_add_integer(&writer, "done", done);
	json_add_string(&writer, "state", slice_of(state));
	clock_format(run->created_ms, when);
	json_add_string(&writer, "created", slice_of(when));
	if (run->promoted_ms) {
		clock_format(run->promoted_ms, when);
		json_add_string(&writer, "promoted", slice_of(when));
	}
	json_close_object(&writer);
	if (json_finish(&writer))
		printf("%.*s\n", SLICE_ARG(buf_slice(&line)));
	arena_release(&arena);
}

bool replay_list_show(struct connection *connection, const struct replay_run *runs, size_t count, bool json, struct error *error)
{
	char when[32], number[32], state[64];
	rd_kafka_t *client;

	if (count == 0 && !json)
		printf("no replays\n");
	if (count == 0)
		return true;
	client = connection_open(connection, RD_KAFKA_PRODUCER, NULL, error);
	if (!client)
		return false;
	if (!json)
		printf("%-24s %-8s %-12s %13s %6s  %-20s  %s\n", "run", "stage", "state", "messages", "done", "started", "range");
	for (size_t i = 0; i < count; i++) {
		int64_t total = replay_plan_total(&runs[i].plan), done = 0;
		if (!replay_done(client, &runs[i], &done, NULL, error))
			done = 0; /* the group's coordinator is away: the list is worth more than the number */
		state_of(client, &runs[i], done, state);
		if (json) {
			list_json(&runs[i], done, state);
			continue;
		}
		clock_format(runs[i].created_ms / 1000 * 1000, when);
		printf("%-24s %-8s %-12s %13s %4.0f %%  %-20s  %s until %s of %s%s\n", runs[i].id, runs[i].topics.stage->name,
			state, format_count(total, number), total ? 100.0 * (double)done / (double)total : 100.0, when,
			runs[i].from, runs[i].until, runs[i].topics.names[0], runs[i].into_live ? ", into live topics" : "");
	}
	rd_kafka_destroy(client);
	return true;
}

/* --- the comparison
 * ---------------------------------------------------------------------------------------------------------- */

struct sampler {
	const struct replay_diff *diff;
	rd_kafka_t *reader;
	struct arena *arena;
	struct terminal terminal;
	struct json_writer *json; /* NULL: text */
};

/* The record at a place of the replay or live; false if there is none. */
static bool fetch(const struct sampler *sampler, const struct replay_place *place, bool replayed, struct record *record)
{
	char topic[320];
	struct error ignored;

	if (place->offset < 0)
		return false;
	if (replayed)
		replay_run_topic(sampler->diff->run, place->topic, topic);
	else
		snprintf(topic, sizeof topic, "%s", sampler->diff->run->topics.names[place->topic]);
	return record_fetch(
		sampler->reader, topic, place->partition, place->offset, FETCH_WAIT_MS, sampler->arena, record, &ignored);
}

static void change_put(const struct sampler *sampler, const struct field_change *change)
{
	if (sampler->json) {
		json_open_object(sampler->json);
		json_add_string(sampler->json, "path", change->path);
		if (change->before.ptr)
			json_add_string(sampler->json, "before", change->before);
		if (change->after.ptr)
			json_add_string(sampler->json, "after", change->after);
		json_close_object(sampler->json);
		return;
	}
	struct slice before =
		change->before.ptr ? article_change_part(sampler->arena, change->before, change->after) : SLICE("(absent)");
	struct slice after =
		change->after.ptr ? article_change_part(sampler->arena, change->after, change->before) : SLICE("(absent)");
	printf("    %.*s\n      - ", SLICE_ARG(change->path));
	terminal_put(&sampler->terminal, STYLE_RED, before, VALUE_COLUMNS);
	fputs("\n      + ", stdout);
	terminal_put(&sampler->terminal, STYLE_GREEN, after, VALUE_COLUMNS);
	putchar('\n');
}

static void changes_put(
	const struct sampler *sampler, const struct replay_entry *entry, const struct record *live, const struct record *here)
{
	struct field_change *changes;
	size_t count = article_changes(sampler->arena, json_parse(sampler->arena, live->message.value, NULL, NULL),
		json_parse(sampler->arena, here->message.value, NULL, NULL), &changes);

	if (sampler->json) {
		json_key(sampler->json, "fields");
		json_open_array(sampler->json);
	}
	if (!entry->in_place)
		change_put(sampler, &(struct field_change){SLICE("(topic)"), slice_of(live->topic), slice_of(here->topic)});
	for (size_t i = 0; i < count; i++)
		change_put(sampler, &changes[i]);
	if (sampler->json)
		json_close_array(sampler->json);
}

/* What a message is, in a line: its headline, or why it is dead. */
static struct slice title_of(const struct sampler *sampler, const struct record *record)
{
	struct slice why = record_header(record, "copydesk-dead-message");
	return why.len ? why : json_string(json_parse(sampler->arena, record->message.value, NULL, NULL), "headline");
}

static void sample_put(const struct sampler *sampler, const struct replay_entry *entry)
{
	struct record here, live;
	bool has_here = fetch(sampler, &entry->here, true, &here), has_live = fetch(sampler, &entry->live, false, &live);
	const struct record *any = has_here ? &here : &live;

	if (!has_here && !has_live)
		return;
	struct slice title = title_of(sampler, any);
	if (sampler->json) {
		json_open_object(sampler->json);
		json_add_string(sampler->json, "outcome", slice_of(replay_outcome_word(entry->outcome)));
		json_add_text(sampler->json, "key", any->message.key);
		if (has_live)
			json_add_string(sampler->json, "live", record_place(sampler->arena, &live));
		if (has_here)
			json_add_string(sampler->json, "replayed", record_place(sampler->arena, &here));
		json_add_text(sampler->json, "title", title);
	} else {
		printf("  %s ", replay_outcome_word(entry->outcome));
		terminal_put(&sampler->terminal, STYLE_BOLD, any->message.key, 40);
		fputs("  ", stdout);
		terminal_put(&sampler->terminal, STYLE_PLAIN, title, VALUE_COLUMNS);
		printf("\n    %.*s", SLICE_ARG(has_live ? record_place(sampler->arena, &live) : SLICE("nothing live")));
		printf(" → %.*s\n", SLICE_ARG(has_here ? record_place(sampler->arena, &here) : SLICE("nothing")));
	}
	if (entry->outcome == REPLAY_CHANGED && has_here && has_live)
		changes_put(sampler, entry, &live, &here);
	if (sampler->json)
		json_close_object(sampler->json);
}

/* What of a sample doesn't fit the arena is left out. */
static void sample_put_guarded(struct sampler *sampler, const struct replay_entry *entry)
{
	jmp_buf jump;

	if (ARENA_GUARD(sampler->arena, &jump) == ESCAPE_NONE)
		sample_put(sampler, entry);
	sampler->arena->escape = NULL;
	arena_reset(sampler->arena);
}

static void samples_put(struct sampler *sampler, int64_t samples)
{
	int64_t shown[REPLAY_OUTCOMES] = {0};

	for (size_t i = 0; i < sampler->diff->count && !command_stopping(); i++) {
		const struct replay_entry *entry = &sampler->diff->entries[i];
		if (entry->outcome == REPLAY_SAME || shown[entry->outcome]++ >= samples)
			continue;
		if (sampler->json) /* its text lies in the same arena as the writer: no reset in between */
			sample_put(sampler, entry);
		else
			sample_put_guarded(sampler, entry);
	}
}

struct path_count {
	const char *path;
	int64_t count;
};

/* The paths that changed, the most often changed first; their number. */
static size_t paths_sorted(const struct replay_diff *diff, struct path_count sorted[REPLAY_PATHS])
{
	size_t count = 0;

	for (size_t path = 0; path < REPLAY_PATHS; path++) {
		size_t at = count;
		if (diff->by_path[path] == 0)
			continue;
		for (; at > 0 && sorted[at - 1].count < diff->by_path[path]; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = (struct path_count){diff->paths[path], diff->by_path[path]};
		count++;
	}
	return count;
}

static void summary_text(const struct replay_diff *diff)
{
	static const char *const ABOUT[] = {"nothing live comes of their input", "byte for byte", "", "live, but not made by the replay",
		"messages live, dead letters here", "dead letters, and no message live"};
	static const enum replay_outcome ORDER[] = {REPLAY_SAME, REPLAY_CHANGED, REPLAY_NEW, REPLAY_MISSING, REPLAY_DIED, REPLAY_DEAD};
	struct path_count paths[REPLAY_PATHS];
	size_t count = paths_sorted(diff, paths);
	char number[32];

	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
		printf("%13s  %-8s %s\n", format_count(diff->outcomes[ORDER[i]], number), replay_outcome_word(ORDER[i]),
			ABOUT[ORDER[i]]);
		for (size_t k = 0; ORDER[i] == REPLAY_CHANGED && k < count; k++)
			printf("%26s %s\n", format_count(paths[k].count, number), paths[k].path);
	}
}

static void summary_json(const struct replay_diff *diff, struct json_writer *writer)
{
	struct path_count paths[REPLAY_PATHS];
	size_t count = paths_sorted(diff, paths);

	json_add_string(writer, "run", slice_of(diff->run->id));
	for (int i = 0; i < REPLAY_OUTCOMES; i++)
		json_add_integer(writer, replay_outcome_word((enum replay_outcome)i), diff->outcomes[i]);
	json_key(writer, "fields");
	json_open_object(writer);
	for (size_t i = 0; i < count; i++)
		json_add_integer(writer, paths[i].path, paths[i].count);
	json_close_object(writer);
}

bool replay_diff_show(const struct replay_diff *diff, int64_t samples, bool json, struct error *error)
{
	struct json_writer writer;
	struct arena arena;
	struct buf text;
	struct sampler sampler = {diff, record_reader(diff->connection, error), &arena, {0}, json ? &writer : NULL};
	jmp_buf jump;
	bool good = sampler.reader != NULL;

	if (!good)
		return false;
	arena_init(&arena, SAMPLE_MEMORY);
	terminal_init(&sampler.terminal, stdout);
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE) {
		good = error_set(error, "memory", "the samples are too large; --samples takes fewer");
	} else if (json) {
		buf_init_arena(&text, &arena, SIZE_MAX);
		json_begin(&writer, &arena, &text);
		json_open_object(&writer);
		summary_json(diff, &writer);
		json_key(&writer, "samples");
		json_open_array(&writer);
		samples_put(&sampler, samples);
		json_close_array(&writer);
		json_close_object(&writer);
		if (json_finish(&writer))
			printf("%.*s\n", (int)text.len, text.ptr);
	} else {
		summary_text(diff);
		samples_put(&sampler, samples);
	}
	rd_kafka_destroy(sampler.reader);
	arena_release(&arena);
	return good;
}
