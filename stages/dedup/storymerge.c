/* storymerge: see storymerge.h. */
#include "dedup/storymerge.h"

/* To say that two stories are one takes more than to call an article a copy: what is said of stories can't be taken back. */
#define LEAST_SCORE 3000 /* 1/1000 */
#define LEAST_SIMILARITY 300

static bool is_much_alike(const struct candidate *c)
{
	return c->likeness.score >= LEAST_SCORE && c->likeness.similarity >= LEAST_SIMILARITY;
}

static bool belongs_to(const struct candidate *c, const struct origin *origin)
{
	struct finding finding;

	if (c->held.notes.state == ARTICLE_ROOT)
		return c->article == origin->article || c->held.notes.alias == origin->article;
	return finding_unpack(c->held.notes.finding, &finding) && finding.story_article == origin->article;
}

const struct candidate *storymerge_witness(
	const struct shortlist *list, const struct candidate *target, const struct origin *origin)
{
	const struct candidate *best = NULL;

	if (!origin->root || !is_much_alike(target))
		return NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct candidate *c = &list->items[i];
		if (c == target || !c->alike || !is_much_alike(c) || !candidate_decided(c) || belongs_to(c, origin))
			continue;
		if (best == NULL || candidate_better(c, best))
			best = c;
	}
	return best;
}

bool storymerge_of(const struct origin *own, const struct origin *other, uint64_t article, struct storymerge *merge)
{
	if (!other->root || other->article == own->article || other->article == article)
		return false;
	*merge = origin_is_later(other, own) ? (struct storymerge){*other, *own} : (struct storymerge){*own, *other};
	return true;
}
