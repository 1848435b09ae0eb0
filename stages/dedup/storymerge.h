/* storymerge: two stories that one article proves to be the same: it belongs to one of them and is as much like an article of the
 * other. Pure: finding out where the other story begins is verdict.c's. */
#ifndef COPYDESK_STORYMERGE_H
#define COPYDESK_STORYMERGE_H

#include "dedup/shortlist.h"
#include "dedup/storychain.h"

/* Two stories; the one that began later becomes a part of the other. */
struct storymerge {
	struct origin younger, older;
};

/* The best candidate that proves it: of another story than that which begins at `origin` and has `target`, the article chosen.
 * NULL if there is none, or if that story has no verdict yet. */
const struct candidate *storymerge_witness(
	const struct shortlist *list, const struct candidate *target, const struct origin *origin);
/* Of the story of `article`, which proves it, and the witness's story. False if `other` isn't the beginning of another story. */
bool storymerge_of(const struct origin *own, const struct origin *other, uint64_t article, struct storymerge *merge);

#endif
