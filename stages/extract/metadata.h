/* metadata: headline, authors, dates and the like, each from the candidate that deserves most trust. */
#ifndef COPYDESK_METADATA_H
#define COPYDESK_METADATA_H

#include "extract/article.h"
#include "extract/tree.h"

/* Fills the metadata fields and the hints of `article` from the page; never its body, images or page type. Fields that are
 * already set (by the raw page's own members) win. `url`: the page's, may be empty. */
void metadata_collect(struct arena *arena, const struct tree *tree, struct slice url, struct article *article);

#endif
