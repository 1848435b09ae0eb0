/* shortlist: the articles that one article is compared with: those who share a content key with it, the best few of them, each
 * with its sketch and how alike it is. Which of them becomes the verdict is verdict.c's, which pointers are followed walk.c's. */
#ifndef COPYDESK_SHORTLIST_H
#define COPYDESK_SHORTLIST_H

#include "dedup/likeness.h"
#include "dedup/probe.h"
#include "dedup/walk.h"
#include "run/stage.h"

#define SHORTLIST_MOST 8 /* candidates whose sketches are fetched, beside the URL's last */
#define SHORTLIST_ROW 13 /* bytes of an article and its time in the reply to a PROBE_KEY */

struct candidate {
	uint64_t article;
	int64_t time;  /* s UTC */
	unsigned hits; /* keys in common */
	bool telling;  /* one of them is not everybody's */
	bool at_url;   /* the newest article of the same URL */
	bool alike;    /* a possible target */
	struct held held;
	struct sketch sketch;
	struct likeness likeness;
};

struct shortlist {
	struct candidate *items;
	size_t count;
};

/* Empty, with room for `most` candidates in the arena: the caller counts. */
void shortlist_init(struct shortlist *list, struct arena *arena, size_t most);
/* The candidate of that article; a new one with that time if there is none. */
struct candidate *shortlist_of(struct shortlist *list, uint64_t article, int64_t time);
/* All who have a key in common, from the reply to a PROBE_KEY. `telling`: the key is not everybody's. */
void shortlist_add(struct shortlist *list, struct slice reply, bool telling);
/* Leaves the SHORTLIST_MOST best. */
void shortlist_cut(struct shortlist *list);
/* Reads the replies to a PROBE_FETCH of each candidate, in their order, and compares: sets all of a candidate from `alike` on. A
 * candidate that the index has lost, or whose sketch can't be read, stays unlike. `bias` is added to each score. */
void shortlist_compare(struct shortlist *list, const struct sketch *sketch, uint64_t url, int bias, const struct slice *replies,
	size_t count, const struct task *task);
/* The best one to be a duplicate of, without those that the walk (may be NULL) has met; NULL if there is none. */
struct candidate *shortlist_target(const struct shortlist *list, const struct walk *walk);

/* True if a verdict about it is entered. */
bool candidate_decided(const struct candidate *candidate);
/* Is `a` the better one to be a duplicate of? */
bool candidate_better(const struct candidate *a, const struct candidate *b);

#endif
