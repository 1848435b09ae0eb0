/* cards: lists of teasers. Wherever siblings of one make each open with a link and say little else, they are about other
 * articles. */
#ifndef COPYDESK_CARDS_H
#define COPYDESK_CARDS_H

#include "extract/segments.h"

/* Adds CONCEPT_RELATED to the own concepts of such siblings, and of their parent where they are most of it. Call before
 * names are overruled. */
void cards_mark(struct outline *outline);

#endif
