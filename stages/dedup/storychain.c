/* storychain: see storychain.h. */
#include "dedup/storychain.h"

enum chain_state storychain_step(uint64_t article, struct slice id, int64_t time, const struct held *held, struct origin *origin,
	uint64_t *next, struct slice *next_id)
{
	struct finding finding;
	struct sketch sketch;

	if (held->sketch.len > 0 && sketch_unpack(held->sketch, &sketch)) {
		id = sketch.id;
		time = sketch.time;
	}
	*origin = (struct origin){article, time, id, held->notes.state == ARTICLE_ROOT};
	switch (held->notes.state) {
	case ARTICLE_OPEN: return CHAIN_UNDECIDED;
	case ARTICLE_ABSENT: return CHAIN_ROOT; /* past the window: only its name is left */
	case ARTICLE_ROOT:
		if (held->notes.alias == 0)
			return CHAIN_ROOT;
		*next = held->notes.alias;
		*next_id = held->notes.alias_story;
		return CHAIN_ON;
	case ARTICLE_MEMBER:
		if (!finding_unpack(held->notes.finding, &finding))
			return CHAIN_UNDECIDED;
		*next = finding.story_article;
		*next_id = finding.story;
		return CHAIN_ON;
	}
	return CHAIN_UNDECIDED;
}

bool origin_is_later(const struct origin *a, const struct origin *b)
{
	return a->time != b->time ? a->time > b->time : a->article > b->article;
}
