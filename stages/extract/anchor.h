/* anchor: where an article starts: the segment that shows its headline. */
#ifndef COPYDESK_ANCHOR_H
#define COPYDESK_ANCHOR_H

#include "extract/segments.h"

#define ANCHOR_NONE SIZE_MAX

/* The index of the headline's segment, ANCHOR_NONE if the page shows none. The best match with the article's headline (or the
 * page's title), headings and early ones preferred. */
size_t anchor_find(struct arena *arena, const struct outline *outline, const struct article *article);
/* The share of `words`' words (percent) that occur in `among`; case and punctuation don't count. */
unsigned anchor_overlap(struct arena *arena, struct slice words, struct slice among);

#endif
