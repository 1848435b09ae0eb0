/* replayrun: see replayrun.h. */
#include "tools/replayrun.h"

#include "json/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { NOTE_MAX = 16 << 20 };

void replay_run_release(struct replay_run *run) { replay_plan_release(&run->plan); }

void replay_run_group(const struct replay_run *run, char out[320]) { snprintf(out, 320, "%s.%s", run->topics.group, run->id); }

static bool is_key(const struct replay_run *run, size_t index, const char *key) { return strcmp(run->topics.stage->topics[index][0], key) == 0; }

bool replay_run_owns(const struct replay_run *run, size_t index)
{
	return !is_key(run, index, "topic.in") &&
		(!run->into_live || is_key(run, index, "topic.probe") || is_key(run, index, "topic.match"));
}

void replay_run_topic(const struct replay_run *run, size_t index, char out[320])
{
	if (replay_run_owns(run, index))
		snprintf(out, 320, "%s.%s", run->topics.names[index], run->id);
	else
		snprintf(out, 320, "%s", run->topics.names[index]);
}

/* --- JSON
 * -------------------------------------------------------------------------------------------------------------------- */

static void write_topics(struct json_writer *writer, const struct replay_run *run)
{
	json_key(writer, "topics");
	json_open_object(writer);
	for (size_t i = 0; i < run->topics.count; i++)
		json_add_string(writer, run->topics.stage->topics[i][0], slice_of(run->topics.names[i]));
	json_close_object(writer);
}

static void write_ranges(struct json_writer *writer, const struct replay_run *run)
{
	json_key(writer, "ranges");
	json_open_array(writer);
	for (int i = 0; i < run->plan.partitions; i++) {
		json_open_array(writer);
		json_put_integer(writer, run->plan.ranges[i].start);
		json_put_integer(writer, run->plan.ranges[i].end);
		json_close_array(writer);
	}
	json_close_array(writer);
}

void replay_run_write(const struct replay_run *run, struct buf *out)
{
	struct json_writer writer;
	struct arena arena;

	arena_init(&arena, SIZE_MAX);
	json_begin(&writer, &arena, out);
	json_open_object(&writer);
	json_add_string(&writer, "stage", slice_of(run->topics.stage->name));
	json_add_string(&writer, "group", slice_of(run->topics.group));
	write_topics(&writer, run);
	json_add_bool(&writer, "intoLive", run->into_live);
	json_add_string(&writer, "from", slice_of(run->from));
	json_add_string(&writer, "until", slice_of(run->until));
	json_add_text(&writer, "settings", slice_of(run->settings));
	write_ranges(&writer, run);
	json_add_number(&writer, "recordBytes", run->record_bytes, 1);
	json_add_integer(&writer, "created", run->created_ms);
	json_add_integer(&writer, "finished", run->finished_ms);
	json_add_integer(&writer, "promoted", run->promoted_ms);
	json_add_integer(&writer, "workMs", run->work_ms);
	json_close_object(&writer);
	if (!json_finish(&writer))
		out->failed = true;
	arena_release(&arena);
}

static void text_member(const struct json *root, const char *name, char *out, size_t size)
{
	struct slice text = json_string(root, name);
	snprintf(out, size, "%.*s", SLICE_ARG(text));
}

static bool parse_topics(const struct json *root, struct replay_run *run)
{
	char stage[32];

	text_member(root, "stage", stage, sizeof stage);
	run->topics.stage = pipeline_stage(stage);
	for (size_t i = 0; run->topics.stage && i < PIPELINE_STAGE_TOPICS && run->topics.stage->topics[i][0]; i++) {
		text_member(json_object(root, "topics"), run->topics.stage->topics[i][0], run->topics.names[i],
			sizeof run->topics.names[i]);
		run->topics.count++;
	}
	return run->topics.stage && run->topics.names[0][0];
}

static int64_t item_integer(const struct json *item)
{
	int64_t value;
	return item && item->kind == JSON_NUMBER && slice_to_int64(item->text, &value) ? value : -1;
}

static bool parse_ranges(const struct json *root, struct replay_run *run)
{
	const struct json *ranges = json_array(root, "ranges");
	int at = 0;

	if (!ranges || ranges->count == 0 || ranges->count > 100000)
		return false;
	run->plan.ranges = calloc(ranges->count, sizeof *run->plan.ranges);
	if (!run->plan.ranges)
		return false;
	run->plan.partitions = (int)ranges->count;
	for json_each(range, ranges) {
		int64_t start = item_integer(range->first), end = item_integer(range->first ? range->first->next : NULL);
		if (start < 0 || end < start)
			return false;
		run->plan.ranges[at++] = (struct replay_range){start, end};
	}
	return true;
}

static bool parse_run(struct arena *arena, struct slice text, struct replay_run *run)
{
	const struct json *root = json_parse(arena, text, NULL, NULL);

	text_member(root, "group", run->topics.group, sizeof run->topics.group);
	text_member(root, "from", run->from, sizeof run->from);
	text_member(root, "until", run->until, sizeof run->until);
	text_member(root, "settings", run->settings, sizeof run->settings);
	run->into_live = json_truth(root, "intoLive", false);
	run->record_bytes = json_number(root, "recordBytes", 0);
	run->created_ms = json_integer(root, "created", 0);
	run->finished_ms = json_integer(root, "finished", 0);
	run->promoted_ms = json_integer(root, "promoted", 0);
	run->work_ms = json_integer(root, "workMs", 0);
	return parse_topics(root, run) && parse_ranges(root, run);
}

bool replay_run_parse(struct slice id, struct slice text, struct replay_run *run)
{
	struct arena arena;
	jmp_buf jump;

	*run = (struct replay_run){0};
	snprintf(run->id, sizeof run->id, "%.*s", SLICE_ARG(id));
	arena_init(&arena, NOTE_MAX * 8L);
	bool good = ARENA_GUARD(&arena, &jump) == ESCAPE_NONE && parse_run(&arena, text, run);
	if (!good)
		replay_run_release(run);
	arena_release(&arena);
	return good;
}

/* --- the journal
 * ------------------------------------------------------------------------------------------------------------- */

struct collection {
	struct replay_run *runs;
	size_t count, capacity;
};

static void collect(void *context, struct slice key, struct slice value)
{
	struct collection *all = context;
	struct replay_run run;
	size_t at = 0;

	while (at < all->count && !slice_is(key, all->runs[at].id))
		at++;
	bool parsed = value.len && replay_run_parse(key, value, &run);
	if (at < all->count) {
		replay_run_release(&all->runs[at]);
		if (parsed) {
			all->runs[at] = run;
		} else {
			memmove(&all->runs[at], &all->runs[at + 1], (all->count - at - 1) * sizeof *all->runs);
			all->count--;
		}
		return;
	}
	if (!parsed)
		return;
	if (all->count == all->capacity) {
		all->capacity = all->capacity ? all->capacity * 2 : 16;
		all->runs = reallocarray(all->runs, all->capacity, sizeof *all->runs);
		if (!all->runs) {
			fprintf(stderr, "copydesk: no memory for %zu replays\n", all->count);
			exit(EX_OSERR);
		}
	}
	all->runs[all->count++] = run;
}

bool replay_runs_read(
	struct connection *connection, const char *journal, struct replay_run **runs, size_t *count, struct error *error)
{
	struct collection all = {0};
	bool good = journal_read(connection, journal, collect, &all, error);

	*runs = all.runs;
	*count = all.count;
	return good;
}

void replay_runs_free(struct replay_run **runs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		replay_run_release(&(*runs)[i]);
	free(*runs);
	*runs = NULL;
}

bool replay_run_find(
	struct connection *connection, const char *journal, const char *id, struct replay_run *run, struct error *error)
{
	struct replay_run *runs;
	size_t count, at = 0;
	char known[300] = "";
	bool good = replay_runs_read(connection, journal, &runs, &count, error);

	while (good && at < count && strcmp(runs[at].id, id) != 0)
		at++;
	if (good && at == count) {
		for (size_t i = count; i > 0 && strlen(known) < 200; i--)
			snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s", i == count ? "" : ", ",
				runs[i - 1].id);
		good = error_set(error, "no_run", "there is no replay %s on %s; there %s %s", id, connection->servers,
			count == 1 ? "is" : "are", count ? known : "none");
	}
	if (good) {
		*run = runs[at];
		runs[at].plan = (struct replay_plan){0}; /* it is the caller's now */
	}
	replay_runs_free(&runs, count);
	return good;
}

static bool put(struct connection *connection, const char *journal, const struct replay_run *run, bool fresh, struct slice text,
	struct error *error)
{
	struct replay_run *runs = NULL;
	size_t count = 0;
	struct publisher *publisher =
		journal_ready(connection, journal, error) ? publisher_create(connection, REPLAY_PUBLISHER, error) : NULL;
	bool good = publisher && (!fresh || replay_runs_read(connection, journal, &runs, &count, error));

	for (size_t i = 0; good && i < count; i++)
		if (strcmp(runs[i].id, run->id) == 0)
			good = error_set(error, "exists",
				"there is a replay %s already: `copydesk replay resume %s` goes on with it, `copydesk replay drop %s` "
				"takes it away",
				run->id, run->id, run->id);
	good = good && journal_put(publisher, journal, slice_of(run->id), text, error) && publisher_commit(publisher, error);
	replay_runs_free(&runs, count);
	publisher_destroy(&publisher);
	return good;
}

bool replay_run_note(
	struct connection *connection, const char *journal, const struct replay_run *run, bool fresh, struct error *error)
{
	struct buf text;

	buf_init(&text, NOTE_MAX);
	replay_run_write(run, &text);
	bool good = !text.failed ? put(connection, journal, run, fresh, buf_slice(&text), error)
				 : error_set(error, "memory", "the note about replay %s is too large", run->id);
	buf_release(&text);
	return good;
}

bool replay_run_forget(struct connection *connection, const char *journal, const struct replay_run *run, struct error *error)
{
	return put(connection, journal, run, false, SLICE_NONE, error);
}
