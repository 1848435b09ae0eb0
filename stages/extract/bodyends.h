/* bodyends: the lines at the two ends of a body that are no text of it: bylines and counters before the first sentence, trailing lines, notes
 * of the paper and headings that head nothing behind the last. */
#ifndef COPYDESK_BODYENDS_H
#define COPYDESK_BODYENDS_H

#include "extract/article.h"
#include "extract/segments.h"

/* Removes kept segments of [first, behind) with their reason. Which part of the page that is, names and phrases have been judged before. */

/* Between the headline and the first sentence stand the byline, the date and counters. */
void body_drop_opening(struct outline *outline, size_t first, size_t behind);
/* What stands behind the last sentence, and how to reach who wrote it: the address goes to the author whose name it holds; and headings
 * anywhere whose text is gone, which go for the reason for which it went. */
void body_drop_ending(struct outline *outline, struct author *authors, size_t first, size_t behind);

#endif
