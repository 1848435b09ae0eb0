/* outcome: see outcome.h. The article is copied as bytes and the member spliced in before its closing brace: nothing is
 * re-encoded, so nothing can change. Only a message that has a `duplicate` already, or line breaks between its members, is
 * written anew. */
#include "dedup/outcome.h"

#include "dedup/counters.h"
#include "dedup/shortid.h"
#include "json/writer.h"

static const char *const STATUS[] = {"unique", "exact", "near", "revision"};

static const size_t COUNTERS[] = {COUNTER_UNIQUE, COUNTER_EXACT, COUNTER_NEAR, COUNTER_REVISION};

static void share(struct json_writer *writer, const char *name, uint32_t permille)
{
	json_add_number(writer, name, (double)permille / 1000, 3);
}

static void write_duplicate(struct json_writer *writer, struct arena *arena, struct slice id, const struct finding *f)
{
	json_open_object(writer);
	json_add_string(writer, "status", slice_of(STATUS[f->status]));
	if (f->status == FINDING_UNIQUE) {
		json_add_string(writer, "story", id);
	} else {
		json_add_string(writer, "of", shortid_text(arena, f->of));
		share(writer, "similarity", f->similarity);
		share(writer, "containment", f->containment);
		json_add_string(writer, "story", shortid_text(arena, f->story));
	}
	if (f->status == FINDING_REVISION) {
		json_add_integer(writer, "revision", f->revision);
		share(writer, "changed", f->changed);
		json_add_bool(writer, "headlineChanged", f->headline_changed);
	}
	json_close_object(writer);
}

static bool one_line(struct slice value)
{
	return slice_find_byte(value, '\n') == SLICE_NOT_FOUND && slice_find_byte(value, '\r') == SLICE_NOT_FOUND;
}

static struct slice spliced(struct task *task, const struct intake *intake, const struct finding *finding)
{
	struct slice head = slice_trim(intake->value);
	struct json_writer writer;
	struct buf out;

	head.len--; /* the closing brace */
	buf_init_arena(&out, task->arena, SIZE_MAX);
	buf_reserve(&out, head.len + 1024);
	buf_append(&out, head);
	buf_append_cstr(&out, intake->root->count > 0 ? ",\"duplicate\":" : "\"duplicate\":");
	json_begin(&writer, task->arena, &out);
	write_duplicate(&writer, task->arena, intake->id, finding);
	json_finish(&writer);
	buf_append_byte(&out, '}');
	return buf_slice(&out);
}

static struct slice rewritten(struct task *task, const struct intake *intake, const struct finding *finding)
{
	struct json_writer writer;
	struct buf out;

	buf_init_arena(&out, task->arena, SIZE_MAX);
	json_begin(&writer, task->arena, &out);
	json_open_object(&writer);
	for json_each(member, intake->root) {
		arena_tick(task->arena);
		if (slice_is(member->name, "duplicate"))
			continue;
		json_put_string(&writer, member->name);
		json_put_value(&writer, member);
	}
	json_key(&writer, "duplicate");
	write_duplicate(&writer, task->arena, intake->id, finding);
	json_close_object(&writer);
	json_finish(&writer);
	return buf_slice(&out);
}

static enum verdict emit_article(
	struct task *task, const struct intake *intake, const struct emit_rules *rules, const struct finding *finding)
{
	bool plain = one_line(intake->value) && json_get(intake->root, "duplicate") == NULL;
	enum outcome_output output = OUTPUT_DUPLICATE;

	if (finding->status == FINDING_UNIQUE || (finding->status == FINDING_REVISION && rules->revisions_out))
		output = OUTPUT_UNIQUE;
	if (finding->status == FINDING_EXACT && !rules->exact)
		return task_drop(task, "exact_duplicate");
	if (finding->status == FINDING_NEAR && !rules->near)
		return task_drop(task, "near_duplicate");
	task_emit(task, output, intake->id, plain ? spliced(task, intake, finding) : rewritten(task, intake, finding));
	return VERDICT_EMIT;
}

/* Announces that story `story` is part of story `of`, as article `by` proved. Both as shortid.h keeps them. */
static void emit_alias(struct task *task, struct slice story, struct slice of, struct slice by)
{
	struct json_writer writer;
	struct buf out;

	task_count(task, COUNTER_ALIAS, 1);
	story = shortid_text(task->arena, story);
	of = shortid_text(task->arena, of);
	buf_init_arena(&out, task->arena, 8192);
	json_begin(&writer, task->arena, &out);
	json_open_object(&writer);
	json_add_string(&writer, "id", story);
	json_key(&writer, "duplicate");
	json_open_object(&writer);
	json_add_string(&writer, "status", SLICE("alias"));
	json_add_string(&writer, "of", of);
	json_add_string(&writer, "story", of);
	json_add_string(&writer, "by", by);
	json_close_object(&writer);
	json_close_object(&writer);
	json_finish(&writer);
	task_emit(task, OUTPUT_ALIAS, story, buf_slice(&out));
}

static void note_finding(struct task *task, const struct finding *finding)
{
	trace_note(task->trace, "verdict", LOG_STR("status", STATUS[finding->status]),
		LOG_SLICE("of", shortid_text(task->arena, finding->of)),
		LOG_SLICE("story", shortid_text(task->arena, finding->story)),
		LOG_SLICE("merged", shortid_text(task->arena, finding->merged)));
}

enum verdict outcome_emit(struct task *task, const struct intake *intake, const struct emit_rules *rules,
	const struct notes *notes, const struct finding *finding)
{
	task_count(task, COUNTERS[finding->status], 1);
	note_finding(task, finding);
	enum verdict verdict = emit_article(task, intake, rules, finding);
	if (finding->status == FINDING_UNIQUE)
		return verdict;
	if (finding->merged.len > 0)
		emit_alias(task, finding->merged, finding->story, intake->id);
	if (notes->mark_count > 0) /* others took this article for the beginning of their story */
		emit_alias(task, intake->id, finding->story, intake->id);
	return task->emissions != NULL ? VERDICT_EMIT : verdict;
}
