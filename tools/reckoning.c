/* reckoning: see reckoning.h. The order is the proof: first the group's position, then the input up to it, then the outputs. What
 * the stage had committed at the first moment has its outputs on the topics at the last. */
#include "tools/reckoning.h"

#include "base/clock.h"
#include "tools/admin.h"
#include "tools/record.h"
#include "tools/rerun.h"

#include <stdio.h>
#include <stdlib.h>

#define RECORD_MEMORY ((size_t)512 << 20)
#define POLL_MS 500

static void count_word(struct word_counts *counts, struct slice word)
{
	size_t i = 0;

	while (i < counts->count && !slice_is(word, counts->items[i].word))
		i++;
	if (i == RECKONING_WORDS) {
		i = RECKONING_WORDS - 1;
		snprintf(counts->items[i].word, sizeof counts->items[i].word, "other");
	} else if (i == counts->count) {
		snprintf(counts->items[i].word, sizeof counts->items[i].word, "%.*s", SLICE_ARG(word));
		counts->count++;
	}
	counts->items[i].n++;
}

static void tick(struct reckoning *r, const rd_kafka_message_t *message)
{
	r->read++;
	r->bytes += (int64_t)message->len;
	progress_update(&r->progress, 0, r->read, r->bytes);
}

/* Calls `take` for every record. False with error. */
static bool each(struct reckoning *r, struct scan *scan, bool (*take)(struct reckoning *, rd_kafka_message_t *, struct error *),
	struct error *error)
{
	bool ok = true;

	while (ok && !scan_done(scan)) {
		if (command_stopping())
			return error_set(error, "stopped", "stopped by a signal: nothing is proved");
		rd_kafka_message_t *message = scan_next(scan, POLL_MS, error);
		if (message) {
			tick(r, message);
			ok = take(r, message, error);
		} else {
			ok = error->code[0] == '\0';
		}
	}
	return ok;
}

/* --- the input ----------------------------------------------------------------------------------- */

/* Where the group is, by partition; -1: it has committed nothing. NULL with error. */
static int64_t *positions(struct reckoning *r, struct scan *scan, struct error *error)
{
	int64_t *committed = calloc(scan->partition_count + 1, sizeof *committed);
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)scan->partition_count);
	bool nothing = true;

	for (size_t i = 0; i < scan->partition_count; i++)
		rd_kafka_topic_partition_list_add(list, r->topic, scan->partitions[i].partition);
	bool good = committed != NULL, embedded = r->connection->embedded;
	if (embedded)
		snprintf(r->note, sizeof r->note,
			"the embedded broker keeps no positions of groups: what is pending counts as missing");
	else
		good = good && admin_group_offsets(scan->client, r->group, list, error);
	for (int i = 0; good && i < list->cnt; i++) {
		committed[i] = embedded ? INT64_MAX : list->elems[i].offset >= 0 ? list->elems[i].offset : -1;
		nothing &= committed[i] < 0;
	}
	rd_kafka_topic_partition_list_destroy(list);
	if (good && nothing && scan->partition_count)
		snprintf(r->note, sizeof r->note,
			"group %.120s has committed nothing on %.120s: all without an end counts as pending. Is --group right?",
			r->group, r->topic);
	if (!good)
		free(committed);
	return good ? committed : NULL;
}

static bool take_input(struct reckoning *r, rd_kafka_message_t *message, struct error *error)
{
	int64_t time = message_time(message);

	(void)error;
	ledger_take(&r->ledger, message->partition, message->offset, message->offset >= r->positions[message->partition]);
	if (time == CLOCK_NONE || time < r->oldest)
		r->oldest = time;
	rd_kafka_message_destroy(message);
	return true;
}

static bool read_input(struct reckoning *r, struct error *error)
{
	const char *const topics[] = {r->topic, NULL};
	int64_t *committed = NULL;
	struct scan scan;

	bool ok = scan_open(&scan, r->connection, topics, r->request->from, r->request->until, false, error) &&
		(committed = positions(r, &scan, error));
	if (ok) {
		ledger_init(&r->ledger, scan.partition_count);
		for (size_t i = 0; i < scan.partition_count && ok; i++)
			ok = ledger_open(&r->ledger, scan.partitions[i].partition, scan.partitions[i].start,
				     scan.partitions[i].end) ||
				error_set(
					error, "memory", "no memory for the books of %s/%zu: take a smaller range", r->topic, i);
	}
	r->positions = committed;
	ok = ok && scan_start(&scan, error) && each(r, &scan, take_input, error);
	r->positions = NULL;
	scan_close(&scan);
	free(committed);
	return ok;
}

/* --- the outputs --------------------------------------------------------------------------------- */

static size_t output_of(const struct reckoning *r, const rd_kafka_message_t *message)
{
	const char *topic = rd_kafka_topic_name(message->rkt);
	size_t i = 0;

	while (i < r->output_count && strcmp(r->outputs[i], topic) != 0)
		i++;
	return i;
}

static bool is_of_stage(const struct reckoning *r, const rd_kafka_message_t *message)
{
	struct slice writer = message_header(message, "copydesk-stage");
	struct slice name = slice_sub(writer, 0, slice_find_byte(writer, '/'));

	return slice_is(name, r->stage->name);
}

static bool take_output(struct reckoning *r, rd_kafka_message_t *message, struct error *error)
{
	size_t output = output_of(r, message);
	bool dead = output == r->dead_output;
	struct slice place = message_header(message, dead ? "copydesk-dead-source" : "copydesk-source");
	char topic[250];
	int32_t partition;
	int64_t offset;

	(void)error;
	if (coordinates_parse(place, topic, &partition, &offset) && strcmp(topic, r->topic) == 0 &&
		ledger_mark(&r->ledger, partition, offset) && (dead || is_of_stage(r, message))) {
		r->written[output]++;
		if (dead && ledger_dead(&r->ledger, partition, offset)) {
			count_word(&r->codes, message_header(message, "copydesk-dead-code"));
		} else if (!dead) {
			ledger_emitted(&r->ledger, partition, offset, output, message_header(message, "ce_id"), place,
				message_header(message, "copydesk-run"));
			snprintf(r->writer, sizeof r->writer, "%.*s", SLICE_ARG(message_header(message, "copydesk-stage")));
		}
	}
	rd_kafka_message_destroy(message);
	return true;
}

/* Outputs carry their input's time, so none lies before the first with the oldest time. Retention could have taken some. */
static bool read_outputs(struct reckoning *r, struct error *error)
{
	struct scan_bound since = {r->oldest == CLOCK_NONE || r->oldest == INT64_MAX ? SCAN_EARLIEST : SCAN_TIME, r->oldest};
	const char *topics[LEDGER_OUTPUTS + 1] = {NULL};
	struct scan scan;

	for (size_t i = 0; i < r->output_count; i++)
		topics[i] = r->outputs[i];
	bool ok = scan_open(&scan, r->connection, topics, since, (struct scan_bound){SCAN_LATEST, 0}, true, error) &&
		scan_start(&scan, error) && each(r, &scan, take_output, error);
	for (size_t i = 0; ok && i < scan.partition_count && !r->note[0]; i++)
		if (scan.partitions[i].low > 0)
			snprintf(r->note, sizeof r->note,
				"%.200s/%d begins at offset %lld: what was before it is gone by retention or deletion, and counts as missing here",
				scan.partitions[i].topic, (int)scan.partitions[i].partition, (long long)scan.partitions[i].low);
	scan_close(&scan);
	return ok;
}

/* --- what has no end: dropped or missing? -------------------------------------------------------- */

struct asking {
	struct rerun *rerun;
	struct arena arena;
	bool indexed;
};

static struct odd_record *odd_of(struct reckoning *r, int32_t partition, int64_t offset)
{
	for (size_t i = 0; i < r->odd_count; i++)
		if (r->odd[i].partition == partition && r->odd[i].offset == offset)
			return &r->odd[i];
	return NULL;
}

static void note_answer(struct reckoning *r, const struct record *record, const struct json *answer)
{
	struct slice verdict = json_string(answer, "verdict"), code = json_string(json_object(answer, "error"), "code");
	struct odd_record *odd = odd_of(r, record->partition, record->offset);

	snprintf(r->asked, sizeof r->asked, "%.*s/%.*s/%.*s", SLICE_ARG(json_string(answer, "stage")),
		SLICE_ARG(json_string(answer, "version")), SLICE_ARG(json_string(answer, "config")));
	if (slice_is(verdict, "drop")) {
		ledger_dropped(&r->ledger, record->partition, record->offset);
		count_word(&r->reasons, json_string(answer, "reason"));
	} else if (odd) {
		snprintf(
			odd->answer, sizeof odd->answer, "%.*s%s%.*s", SLICE_ARG(verdict), code.len ? ": " : "", SLICE_ARG(code));
	}
}

static bool take_again(struct reckoning *r, rd_kafka_message_t *message, struct error *error)
{
	const uint16_t *mark = ledger_mark(&r->ledger, message->partition, message->offset);
	struct asking *asking = r->asking;
	volatile bool ok = true;
	jmp_buf jump;

	if (!mark || !mark_is_missing(*mark)) {
		if (asking->indexed)
			return rerun_give_message(asking->rerun, &asking->arena, message, error);
		rd_kafka_message_destroy(message);
		return true;
	}
	if (ARENA_GUARD(&asking->arena, &jump) == ESCAPE_NONE) {
		struct record record;
		record_take(&asking->arena, message, &record);
		const struct json *answer = rerun_ask(asking->rerun, &asking->arena, &record, error);
		ok = answer != NULL;
		if (answer)
			note_answer(r, &record, answer);
	}
	asking->arena.escape = NULL;
	arena_reset(&asking->arena);
	return ok;
}

/* From the first that is missing to the last; a stage with an index needs all that came before. */
static void narrow_to_missing(const struct reckoning *r, struct scan *scan, bool indexed)
{
	for (size_t i = 0; i < scan->partition_count; i++) {
		struct scan_partition *p = &scan->partitions[i];
		int64_t first = INT64_MAX, last = -1;
		for (size_t k = 0; k < r->odd_count; k++) {
			const struct odd_record *odd = &r->odd[k];
			if (odd->partition != p->partition || odd->repeated)
				continue;
			first = odd->offset < first ? odd->offset : first;
			last = odd->offset > last ? odd->offset : last;
		}
		if (!indexed)
			p->start = first < p->start ? p->start : first == INT64_MAX ? p->end : first;
		if (last < 0 && !indexed)
			p->start = p->end;
		else if (last >= 0 && last + 1 < p->end && !indexed)
			p->end = last + 1;
	}
}

static bool ask_again(struct reckoning *r, struct error *error)
{
	const struct reckoning_request *request = r->request;
	const char *const topics[] = {r->topic, NULL};
	struct asking mine = {.indexed = pipeline_topic_of(r->stage, "topic.probe") != NULL};
	struct error why = {.code = ""};
	struct scan scan = {0};

	mine.rerun = rerun_start(r->stage->name, request->bin, request->folder, request->settings, request->setting_count, &why);
	if (!mine.rerun) {
		snprintf(r->note, sizeof r->note, "%.350s: what was dropped counts as missing", why.text);
		return true;
	}
	r->asking = &mine;
	arena_init(&mine.arena, RECORD_MEMORY);
	bool ok = scan_open(&scan, r->connection, topics, (struct scan_bound){SCAN_EARLIEST, 0}, request->until, false, error);
	if (ok) {
		narrow_to_missing(r, &scan, mine.indexed);
		ok = scan_start(&scan, error) && each(r, &scan, take_again, &why);
		if (!ok && strcmp(why.code, "child") == 0) {
			snprintf(r->note, sizeof r->note, "%.350s; what was dropped counts as missing", why.text);
			ok = true;
		} else if (!ok && why.code[0]) {
			*error = why;
		}
	}
	scan_close(&scan);
	r->asking = NULL;
	rerun_stop(&mine.rerun);
	arena_release(&mine.arena);
	if (ok && r->asked[0] && r->writer[0] && strcmp(r->asked, r->writer) != 0)
		snprintf(r->note, sizeof r->note,
			"asked again was %.150s, the outputs are by %.150s: give the same version and --stage-config", r->asked,
			r->writer);
	return ok;
}

/* --- the whole ----------------------------------------------------------------------------------- */

static void odd_add(struct reckoning *r, size_t partition, int64_t offset, bool repeated)
{
	if (r->odd_count == r->odd_capacity) {
		r->odd_capacity = r->odd_capacity ? r->odd_capacity * 2 : 64;
		r->odd = reallocarray(r->odd, r->odd_capacity, sizeof *r->odd);
		if (!r->odd)
			abort();
	}
	r->odd[r->odd_count++] = (struct odd_record){.partition = (int32_t)partition, .offset = offset, .repeated = repeated};
}

/* The first RECKONING_NAMED that are missing or repeated. */
static void name_odd(struct reckoning *r)
{
	r->odd_count = 0;
	for (size_t p = 0; p < r->ledger.count; p++) {
		const struct ledger_partition *partition = &r->ledger.partitions[p];
		for (int64_t offset = partition->start;
			partition->marks && offset < partition->end && r->odd_count < RECKONING_NAMED; offset++) {
			uint16_t mark = partition->marks[offset - partition->start];
			if (mark_is_missing(mark) || mark_is_repeated(mark))
				odd_add(r, p, offset, mark_is_repeated(mark));
		}
	}
}

/* Those that turned out dropped are no longer odd. */
static void forget_dropped(struct reckoning *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->odd_count; i++) {
		uint16_t mark = *ledger_mark(&r->ledger, r->odd[i].partition, r->odd[i].offset);
		if (mark_is_missing(mark) || mark_is_repeated(mark))
			r->odd[kept++] = r->odd[i];
	}
	r->odd_count = kept;
}

static void name_topics(struct reckoning *r)
{
	const char *prefix = r->request->prefix;

	snprintf(r->topic, sizeof r->topic, "%s%s", prefix, pipeline_topic_of(r->stage, "topic.in"));
	snprintf(r->group, sizeof r->group, "%s%s%s", r->request->group ? "" : prefix,
		r->request->group ? r->request->group : "copydesk-", r->request->group ? "" : r->stage->name);
	for (const struct pipeline_topic *topic = PIPELINE_TOPICS; topic->name; topic++) {
		bool dead = topic->role == TOPIC_DEAD;
		if (!topic->writer || strcmp(topic->writer, r->stage->name) != 0 || topic->role == TOPIC_INTERNAL ||
			r->output_count == LEDGER_OUTPUTS)
			continue;
		if (dead)
			r->dead_output = r->output_count;
		snprintf(r->outputs[r->output_count++], sizeof r->outputs[0], "%s%s", prefix, topic->name);
	}
}

bool reckoning_make(struct reckoning *r, struct connection *connection, const struct pipeline_stage *stage,
	const struct reckoning_request *request, struct error *error)
{
	*r = (struct reckoning){.stage = stage, .request = request, .connection = connection, .oldest = INT64_MAX};
	name_topics(r);
	progress_init(&r->progress, "read", "records", 0, request->quiet);
	if (!read_input(r, error) || !read_outputs(r, error))
		return false;
	name_odd(r);
	r->sums = ledger_sum(&r->ledger);
	if (r->sums.missing && request->rerun && !ask_again(r, error))
		return false;
	forget_dropped(r);
	r->sums = ledger_sum(&r->ledger);
	progress_clear(&r->progress);
	return true;
}

void reckoning_release(struct reckoning *r)
{
	ledger_release(&r->ledger);
	free(r->odd);
	r->odd = NULL;
	progress_clear(&r->progress);
}
