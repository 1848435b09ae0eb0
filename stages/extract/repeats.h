/* repeats: what a body says twice, and the headline that it shows again. */
#ifndef COPYDESK_REPEATS_H
#define COPYDESK_REPEATS_H

#include "extract/segments.h"

/* Removes (REMOVED_DUPLICATE) kept segments before `behind` that repeat the headline, the anchor (its index, or ANCHOR_NONE) or one another.
 * `body`: where the body begins; what is kept before it is the lead, which yields to the same sentence in the body. Entries of lists, tables
 * and schedules may come again. Linear. */
void repeats_drop(struct outline *outline, size_t anchor, struct slice headline, size_t body, size_t behind);

#endif
