/* shortlist: see shortlist.h. */
#include "dedup/shortlist.h"

#include "dedup/pack.h"
#include "dedup/shortid.h"

void shortlist_init(struct shortlist *list, struct arena *arena, size_t most)
{
	*list = (struct shortlist){.items = arena_alloc(arena, most * sizeof(*list->items))};
}

struct candidate *shortlist_of(struct shortlist *list, uint64_t article, int64_t time)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].article == article)
			return &list->items[i];
	struct candidate *c = &list->items[list->count++];
	*c = (struct candidate){.article = article, .time = time};
	return c;
}

void shortlist_add(struct shortlist *list, struct slice reply, bool telling)
{
	struct unpack in = unpack_begin(reply);

	while (in.ptr < in.end) {
		uint64_t article = unpack_uint(&in, 8);
		struct candidate *c = shortlist_of(list, article, unpack_time(&in));
		c->hits++;
		c->telling |= telling;
	}
}

/* Those who share most keys come first, then the oldest. */
static bool sooner(const struct candidate *a, const struct candidate *b)
{
	if (a->hits != b->hits)
		return a->hits > b->hits;
	return a->time != b->time ? a->time < b->time : a->article < b->article;
}

/* The best `SHORTLIST_MOST` in front. */
static void choose(struct shortlist *list)
{
	for (size_t i = 0; i < list->count && i < SHORTLIST_MOST; i++) {
		size_t best = i;
		for (size_t j = i + 1; j < list->count; j++)
			if (sooner(&list->items[j], &list->items[best]))
				best = j;
		struct candidate first = list->items[best];
		list->items[best] = list->items[i];
		list->items[i] = first;
	}
	if (list->count > SHORTLIST_MOST)
		list->count = SHORTLIST_MOST;
}

/* A phrase of which sixteen articles are kept says little: those who have that in common and nothing else are left out. Else an
 * article would be compared with ever more strangers as the index fills. */
static void drop_strangers(struct shortlist *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].telling || list->items[i].hits > 1)
			list->items[kept++] = list->items[i];
	list->count = kept;
}

void shortlist_cut(struct shortlist *list)
{
	drop_strangers(list);
	choose(list);
}

static void note_candidate(const struct task *task, int bias, const struct candidate *c)
{
	const struct likeness *l = &c->likeness;

	trace_note(task->trace, "compared", LOG_SLICE("id", shortid_text(task->arena, c->sketch.id)), LOG_INT("keys", c->hits),
		LOG_INT("sameUrl", c->at_url), LOG_NUM("score", (double)(l->score + bias) / 1000), LOG_INT("alike", c->alike),
		LOG_INT("sameText", l->same_exact), LOG_INT("sameHeadline", l->same_headline),
		LOG_NUM("similarity", l->similarity / 1000.0), LOG_NUM("containment", l->containment / 1000.0),
		LOG_INT("bodyShared", l->parts[SAMPLE_BODY].shared), LOG_INT("leadShared", l->parts[SAMPLE_LEAD].shared),
		LOG_INT("numbersShared", l->parts[SAMPLE_NUMBERS].shared), LOG_INT("namesShared", l->parts[SAMPLE_NAMES].shared),
		LOG_INT("headlineShared", l->parts[SAMPLE_HEADLINE].shared), LOG_INT("secondsApart", l->apart),
		LOG_STR("state", article_state_name(c->held.notes.state)));
}

void shortlist_compare(struct shortlist *list, const struct sketch *sketch, uint64_t url, int bias, const struct slice *replies,
	size_t count, const struct task *task)
{
	for (size_t i = 0; i < count && i < list->count; i++) {
		struct candidate *c = &list->items[i];
		if (!held_unpack(replies[i], &c->held) || c->held.notes.state == ARTICLE_ABSENT ||
			!sketch_unpack(c->held.sketch, &c->sketch))
			continue;
		c->time = c->sketch.time;
		c->likeness = likeness_of(sketch, &c->sketch);
		c->at_url = c->at_url && c->sketch.url == url;
		c->alike = c->at_url || c->likeness.score + bias > 0;
		note_candidate(task, bias, c);
	}
}

bool candidate_decided(const struct candidate *candidate)
{
	return candidate->held.notes.state == ARTICLE_ROOT || candidate->held.notes.state == ARTICLE_MEMBER;
}

bool candidate_better(const struct candidate *a, const struct candidate *b)
{
	if (a->at_url != b->at_url)
		return a->at_url;
	if (candidate_decided(a) != candidate_decided(b))
		return candidate_decided(a);
	if (a->likeness.same_exact != b->likeness.same_exact)
		return a->likeness.same_exact;
	if (a->likeness.score != b->likeness.score)
		return a->likeness.score > b->likeness.score;
	return a->time != b->time ? a->time < b->time : a->article < b->article;
}

struct candidate *shortlist_target(const struct shortlist *list, const struct walk *walk)
{
	struct candidate *best = NULL;

	for (size_t i = 0; i < list->count; i++) {
		struct candidate *c = &list->items[i];
		if (c->alike && !(walk != NULL && walk_knows(walk, c->article)) && (best == NULL || candidate_better(c, best)))
			best = c;
	}
	return best;
}
