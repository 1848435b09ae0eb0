/* verdict: see verdict.h. Who is compared is in shortlist.c, whose story a target belongs to in storychain.c, when two stories are
 * one in storymerge.c, what leaves in the end in outcome.c; here are the rounds and their order. The hard thing is that other
 * processes judge other articles at the same time: what the index has entered counts, not what was meant. */
#include "dedup/verdict.h"

#include "base/hash.h"
#include "dedup/address.h"
#include "dedup/counters.h"
#include "dedup/pack.h"
#include "dedup/postings.h"
#include "dedup/shortid.h"
#include "dedup/shortlist.h"
#include "dedup/storychain.h"
#include "dedup/storymerge.h"

#define CHAIN_MAX 24 /* steps from an article to its story's root */

enum step { STEP_HOST, STEP_PUT, STEP_KEYS, STEP_FETCH, STEP_STORY, STEP_POINT, STEP_FOLLOW, STEP_OTHER, STEP_ALIAS, STEP_DONE };

struct inquiry {
	enum step step;
	struct intake intake;
	struct sketch sketch;
	struct sketch_keys keys;
	uint64_t url;
	uint32_t revision;
	struct sighting *sightings;
	size_t *sighted, sighting_count;
	struct shortlist candidates;
	struct candidate *target;
	struct origin origin;
	uint64_t chain; /* the article asked for in STEP_STORY and STEP_OTHER */
	struct slice chain_id;
	size_t chain_steps;
	struct walk *walk;
	uint8_t slot;
	struct finding finding;
	struct storymerge merge;
};

static void ask(struct task *task, uint64_t key, struct slice record)
{
	task_ask(task, hash_mix(key), record);
}

static enum verdict unreadable(struct task *task)
{
	return task_reject(task, "index_fault", "the index gave an answer that can't be read");
}

static enum verdict ask_put(struct task *task, struct inquiry *q)
{
	q->step = STEP_PUT;
	ask(task, q->intake.article, probe_put(task->arena, q->intake.article, &q->sketch));
	return VERDICT_ASK;
}

enum verdict verdict_begin(const struct settings *settings, struct task *task)
{
	struct inquiry *q = arena_new(task->arena, struct inquiry);
	struct error error;

	task->scratch = q;
	if (!intake_read(task->arena, task->in, &q->intake, &error))
		return task_reject_error(task, &error);
	q->url = address_key(task->arena, q->intake.url);
	q->sketch.id = shortid_of(task->arena, q->intake.id);
	q->sketch.time = q->intake.time;
	q->sketch.url = q->url;
	trace_note(task->trace, "text", LOG_SLICE("id", q->intake.id), LOG_SLICE("url", q->intake.url),
		LOG_INT("words", q->intake.body.count), LOG_INT("paragraphs", q->intake.body.passage_count),
		LOG_INT("eventTime", q->intake.time));
	q->sightings = boilerplate_sightings(task->arena, &q->intake.body, &q->sighting_count, &q->sighted);
	struct slice host = address_host(task->arena, q->intake.url, settings->registrable_host);
	if (host.len == 0 || q->sighting_count == 0) {
		sketch_build(task->arena, &q->intake.headline, &q->intake.body, NULL, &q->sketch, &q->keys);
		return ask_put(task, q);
	}
	q->step = STEP_HOST;
	uint64_t key = hash64(host);
	ask(task, key, probe_host(task->arena, q->intake.time, key, q->sightings, q->sighting_count));
	return VERDICT_ASK;
}

/* If next to nothing would be left, the article is its host's boilerplate and is compared as it is. */
static enum verdict after_host(struct task *task, struct inquiry *q, struct slice known)
{
	const struct normal_text *body = &q->intake.body;
	bool *skip = arena_array(task->arena, bool, body->passage_count + 1);
	size_t left = body->count;

	for (size_t i = 0; i < known.len && i < q->sighting_count; i++) {
		if (known.ptr[i] == 0)
			continue;
		skip[q->sighted[i]] = true;
		left -= body->passages[q->sighted[i]].count;
		task_count(task, COUNTER_BOILERPLATE, 1);
	}
	if (left < 8 || left * 8 < body->count)
		skip = NULL;
	sketch_build(task->arena, &q->intake.headline, body, skip, &q->sketch, &q->keys);
	trace_note(task->trace, "boilerplate", LOG_INT("paragraphs", q->sighting_count), LOG_INT("words", body->count), LOG_INT("wordsLeft", left),
		LOG_STR("leftOut", left == body->count ? "" : skip ? "what other articles of the host have" : "nothing, for too little would be left"));
	return ask_put(task, q);
}

/* What the index has entered for this article counts, whoever entered it. */
static enum verdict emit_entered(const struct settings *settings, struct task *task, struct inquiry *q, const struct notes *notes)
{
	static const struct finding UNIQUE = {.status = FINDING_UNIQUE};
	struct finding finding;
	bool member = notes->state == ARTICLE_MEMBER && finding_unpack(notes->finding, &finding);

	return outcome_emit(task, &q->intake, &settings->emit, notes, member ? &finding : &UNIQUE);
}

static enum verdict ask_done(struct task *task, struct inquiry *q)
{
	q->step = STEP_DONE;
	ask(task, q->intake.article, probe_done(task->arena, q->intake.time, q->intake.article, &q->finding));
	return VERDICT_ASK;
}

static enum verdict done_unique(struct task *task, struct inquiry *q)
{
	q->finding = (struct finding){.status = FINDING_UNIQUE};
	return ask_done(task, q);
}

static enum verdict after_put(const struct settings *settings, struct task *task, struct inquiry *q, struct slice reply)
{
	struct held held;

	if (!held_unpack(reply, &held))
		return unreadable(task);
	if (held.notes.state == ARTICLE_ROOT || held.notes.state == ARTICLE_MEMBER) {
		task_count(task, COUNTER_AGAIN, 1);
		trace_note(task->trace, "again", LOG_STR("state", article_state_name(held.notes.state)));
		return emit_entered(settings, task, q, &held.notes);
	}
	if (held.sketch.len > 0 &&
		!sketch_unpack(held.sketch, &q->sketch)) /* from an earlier try: others compare with that one */
		return task_reject(task, "index_fault", "the index holds a sketch that can't be read");
	q->step = STEP_KEYS;
	for (size_t i = 0; i < q->keys.count; i++)
		ask(task, q->keys.keys[i], probe_key(task->arena, q->intake.time, q->intake.article, q->keys.keys[i]));
	if (q->sketch.words > 0) {
		uint64_t exact = hash_mix(q->sketch.exact + 1);
		ask(task, exact, probe_key(task->arena, q->intake.time, q->intake.article, exact));
	}
	if (q->url != 0)
		ask(task, q->url, probe_url(task->arena, q->intake.time, q->intake.article, q->url,
				(uint32_t)(q->intake.body.hash ^ q->intake.headline.hash)));
	return task->questions != NULL ? VERDICT_ASK : done_unique(task, q);
}

static enum verdict after_keys(struct task *task, struct inquiry *q, const struct slice *replies, size_t count)
{
	size_t keyed = count - (q->url != 0), most = 0;
	uint64_t previous = 0;

	for (size_t i = 0; i < keyed; i++)
		most += replies[i].len / SHORTLIST_ROW;
	shortlist_init(&q->candidates, task->arena, most + 1);
	for (size_t i = 0; i < keyed; i++)
		shortlist_add(&q->candidates, replies[i], i >= q->keys.count || replies[i].len / SHORTLIST_ROW < POSTINGS_KEPT);
	trace_note(task->trace, "candidates", LOG_INT("keysAsked", keyed), LOG_INT("found", q->candidates.count),
		LOG_INT("comparedAtMost", SHORTLIST_MOST));
	shortlist_cut(&q->candidates);
	if (q->url != 0) {
		struct unpack in = unpack_begin(replies[count - 1]);
		previous = unpack_uint(&in, 8);
		q->revision = (uint32_t)unpack_uint(&in, 2);
	}
	if (previous != 0 && previous != q->intake.article)
		shortlist_of(&q->candidates, previous, 0)->at_url = true;
	if (q->candidates.count == 0)
		return done_unique(task, q);
	q->step = STEP_FETCH;
	for (size_t i = 0; i < q->candidates.count; i++)
		ask(task, q->candidates.items[i].article,
			probe_fetch(task->arena, q->intake.time, q->candidates.items[i].article));
	task_count(task, COUNTER_COMPARED, q->candidates.count);
	return VERDICT_ASK;
}

static void describe(struct inquiry *q, const struct candidate *target)
{
	const struct likeness *l = &target->likeness;
	bool unchanged = l->same_exact && l->same_headline;

	q->finding = (struct finding){
		.status = target->at_url && !unchanged ? FINDING_REVISION : l->same_exact ? FINDING_EXACT : FINDING_NEAR,
		.of = target->sketch.id,
		.similarity = l->similarity,
		.containment = l->containment,
		.changed = 1000 - l->similarity,
		.headline_changed = !l->same_headline,
		.revision = q->revision,
	};
}

static enum verdict ask_chain(struct task *task, struct inquiry *q, enum step step, uint64_t article, struct slice id)
{
	q->step = step;
	q->chain = article;
	q->chain_id = id;
	ask(task, article, probe_fetch(task->arena, q->intake.time, article));
	return VERDICT_ASK;
}

static enum verdict point(struct task *task, struct inquiry *q)
{
	q->step = STEP_POINT;
	ask(task, q->intake.article, probe_point(task->arena, q->intake.time, q->intake.article, q->slot, q->target->article));
	return VERDICT_ASK;
}

/* The target is known: finds out whose story it is. */
static enum verdict pursue(struct task *task, struct inquiry *q)
{
	const struct candidate *t = q->target;
	uint64_t next;
	struct slice next_id;

	describe(q, t);
	switch (storychain_step(t->article, t->sketch.id, t->sketch.time, &t->held, &q->origin, &next, &next_id)) {
	case CHAIN_ROOT: return VERDICT_EMIT; /* known already */
	case CHAIN_ON: return ask_chain(task, q, STEP_STORY, next, next_id);
	case CHAIN_UNDECIDED: break;
	}
	return point(task, q);
}

static enum verdict finish_member(struct task *task, struct inquiry *q)
{
	q->finding.story = q->origin.id;
	q->finding.story_article = q->origin.article;
	q->finding.story_time = q->origin.time;
	return ask_done(task, q);
}

/* The story is known. Does another candidate prove that a second story is the same? */
static enum verdict story_known(struct task *task, struct inquiry *q)
{
	const struct candidate *witness = storymerge_witness(&q->candidates, q->target, &q->origin);

	if (witness == NULL)
		return finish_member(task, q);
	q->chain_steps = 0;
	return ask_chain(task, q, STEP_OTHER, witness->article, witness->sketch.id);
}

static enum verdict pursue_or_finish(struct task *task, struct inquiry *q)
{
	enum verdict verdict = pursue(task, q);

	return verdict == VERDICT_ASK ? verdict : story_known(task, q);
}

static enum verdict after_fetch(
	const struct settings *settings, struct task *task, struct inquiry *q, const struct slice *replies, size_t count)
{
	shortlist_compare(&q->candidates, &q->sketch, q->url, settings->bias, replies, count, task);
	q->target = shortlist_target(&q->candidates, q->walk);
	if (q->target)
		trace_note(task->trace, "target", LOG_SLICE("id", shortid_text(task->arena, q->target->sketch.id)),
			LOG_NUM("score", (double)(q->target->likeness.score + settings->bias) / 1000));
	return q->target == NULL ? done_unique(task, q) : pursue_or_finish(task, q);
}

static enum verdict after_story(struct task *task, struct inquiry *q, struct slice reply)
{
	struct held held;
	uint64_t next;
	struct slice next_id;

	if (!held_unpack(reply, &held))
		return unreadable(task);
	if (q->chain == q->intake.article || ++q->chain_steps > CHAIN_MAX)
		return point(task, q);
	switch (storychain_step(q->chain, q->chain_id, 0, &held, &q->origin, &next, &next_id)) {
	case CHAIN_ROOT: return story_known(task, q);
	case CHAIN_ON: return ask_chain(task, q, STEP_STORY, next, next_id);
	case CHAIN_UNDECIDED: break;
	}
	return point(task, q);
}

static enum verdict walked(struct task *task, struct inquiry *q, enum walk_state state, const struct held *held);

static enum verdict after_point(const struct settings *settings, struct task *task, struct inquiry *q, struct slice reply)
{
	struct held held;

	if (!held_unpack(reply, &held))
		return unreadable(task);
	if (held.notes.state != ARTICLE_OPEN)
		return emit_entered(settings, task, q, &held.notes);
	if (q->walk == NULL)
		q->walk = arena_new(task->arena, struct walk);
	return walked(task, q, walk_begin(q->walk, q->intake.article, q->intake.time, q->slot, &held.notes), NULL);
}

static enum verdict walked(struct task *task, struct inquiry *q, enum walk_state state, const struct held *held)
{
	struct sketch sketch;

	switch (state) {
	case WALK_READ:
		q->step = STEP_FOLLOW;
		ask(task, q->walk->next,
			probe_follow(task->arena, q->intake.time, q->walk->next, q->walk->slot, q->intake.article, q->slot));
		return VERDICT_ASK;
	case WALK_STORY:
		if (held == NULL || !sketch_unpack(held->sketch, &sketch))
			break;
		q->origin = (struct origin){q->walk->next, sketch.time, sketch.id, false};
		return finish_member(task, q);
	case WALK_ELECTED:
		q->slot = q->walk->slot;
		q->target = shortlist_target(&q->candidates, q->walk);
		if (q->target == NULL)
			break;
		describe(q, q->target);
		return point(task, q);
	case WALK_LOST: break;
	}
	return done_unique(task, q);
}

static enum verdict after_follow(struct task *task, struct inquiry *q, struct slice reply)
{
	struct held held;
	struct sketch sketch = {.time = 0};

	if (!held_unpack(reply, &held))
		return unreadable(task);
	if (held.sketch.len > 0)
		sketch_unpack(held.sketch, &sketch);
	return walked(task, q, walk_step(q->walk, &held, sketch.time), &held);
}

static enum verdict after_other(struct task *task, struct inquiry *q, struct slice reply)
{
	struct held held;
	struct origin origin;
	uint64_t next;
	struct slice next_id;

	if (!held_unpack(reply, &held))
		return unreadable(task);
	enum chain_state state = storychain_step(q->chain, q->chain_id, 0, &held, &origin, &next, &next_id);
	if (state == CHAIN_ON && q->chain_steps++ < CHAIN_MAX)
		return ask_chain(task, q, STEP_OTHER, next, next_id);
	if (state != CHAIN_ROOT || !storymerge_of(&q->origin, &origin, q->intake.article, &q->merge))
		return finish_member(task, q);
	q->step = STEP_ALIAS;
	const struct origin *younger = &q->merge.younger, *older = &q->merge.older;
	ask(task, younger->article,
		probe_alias(task->arena, q->intake.time, younger->article, older->article, older->time, older->id));
	return VERDICT_ASK;
}

static enum verdict after_alias(struct task *task, struct inquiry *q, struct slice reply)
{
	struct held held;

	if (!held_unpack(reply, &held))
		return unreadable(task);
	if (held.fresh) {
		q->origin = q->merge.older;
		q->finding.merged = q->merge.younger.id;
	}
	return finish_member(task, q);
}

static enum verdict after_done(const struct settings *settings, struct task *task, struct inquiry *q, struct slice reply)
{
	struct held held;

	if (!held_unpack(reply, &held))
		return unreadable(task);
	if (held.notes.state == ARTICLE_ABSENT) /* too old to be kept: judged, not remembered */
		return outcome_emit(task, &q->intake, &settings->emit, &held.notes, &q->finding);
	return emit_entered(settings, task, q, &held.notes);
}

enum verdict verdict_step(const struct settings *settings, struct task *task, const struct slice *replies, size_t count)
{
	struct inquiry *q = task->scratch;

	/* The replies' memory is the index's; what is kept of them beyond this round is copied. */
	struct slice *kept = arena_array(task->arena, struct slice, count + 1);
	for (size_t i = 0; i < count; i++)
		kept[i] = arena_copy(task->arena, replies[i]);
	if (count == 0)
		return task_reject(task, "index_fault", "the index gave no answer");
	switch (q->step) {
	case STEP_HOST: return after_host(task, q, kept[0]);
	case STEP_PUT: return after_put(settings, task, q, kept[0]);
	case STEP_KEYS: return after_keys(task, q, kept, count);
	case STEP_FETCH: return after_fetch(settings, task, q, kept, count);
	case STEP_STORY: return after_story(task, q, kept[0]);
	case STEP_POINT: return after_point(settings, task, q, kept[0]);
	case STEP_FOLLOW: return after_follow(task, q, kept[0]);
	case STEP_OTHER: return after_other(task, q, kept[0]);
	case STEP_ALIAS: return after_alias(task, q, kept[0]);
	case STEP_DONE: return after_done(settings, task, q, kept[0]);
	}
	return task_reject(task, "index_fault", "the article is in no step");
}
