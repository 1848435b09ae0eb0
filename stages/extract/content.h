/* content: which segments of a page are the article's body. */
#ifndef COPYDESK_CONTENT_H
#define COPYDESK_CONTENT_H

#include "extract/segments.h"

/* Sets the fate of every segment, then fills the article's blocks, body, mode, confidence and removed. The article's headline and hints
 * are read. False if the page has no body. */
bool content_extract(struct arena *arena, struct outline *outline, struct article *article);
/* All text of markup that is known to be a body, captions and notices left out: adds its blocks to `blocks`. */
void content_take_all(struct arena *arena, struct outline *outline, struct block_list *blocks);

#endif
