/* storychain: the way from an article to the beginning of its story, one article a step: a member names its story, and a story
 * that proved part of another names that one. Pure: it is fed what the index holds of each article; asking for it is
 * verdict.c's. */
#ifndef COPYDESK_STORYCHAIN_H
#define COPYDESK_STORYCHAIN_H

#include "dedup/probe.h"

/* Where a story begins. */
struct origin {
	uint64_t article;
	int64_t time; /* s UTC */
	struct slice id;
	bool root; /* decided; else provisional */
};

enum chain_state {
	CHAIN_ROOT,      /* `origin` is the beginning */
	CHAIN_ON,        /* it goes on at `next` */
	CHAIN_UNDECIDED, /* the article has no verdict yet, or one that can't be read */
};

/* What `held` says of `article`; `id` and `time` are used where its sketch is gone. Always sets *origin, and *next and *next_id
 * with CHAIN_ON. The ids point into `held` or are `id`. */
enum chain_state storychain_step(uint64_t article, struct slice id, int64_t time, const struct held *held, struct origin *origin,
	uint64_t *next, struct slice *next_id);

/* True if story `a` began after story `b`; no two began at once. */
bool origin_is_later(const struct origin *a, const struct origin *b);

#endif
