/* lead: the sentences between a page's headline and the body that sum the story up. */
#ifndef COPYDESK_LEAD_H
#define COPYDESK_LEAD_H

#include "extract/segments.h"

/* Do the page's names call the segment a summary, and is it long enough for one? */
bool lead_is_named(const struct segment *segment);
/* Keeps the lead between headline and body [first, behind), if it stands apart from the body; and one in it that looked like something else.
 * `description`: the page's own, may be empty. `anchor`: the headline's segment or ANCHOR_NONE. */
void lead_keep(struct outline *outline, struct slice description, size_t anchor, size_t first, size_t behind);

#endif
