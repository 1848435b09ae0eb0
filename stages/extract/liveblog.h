/* liveblog: where the entries of a live blog begin. */
#ifndef COPYDESK_LIVEBLOG_H
#define COPYDESK_LIVEBLOG_H

#include "extract/segments.h"

/* Lines that start with a time of day open entries, else the headings of the level that most have: their blocks become BLOCK_LIVE_ENTRY.
 * Nothing changes where there are fewer than three. Fates and blocks must be final; the article's blocks are those of the outline. */
void liveblog_mark_entries(const struct outline *outline, struct article *article);

#endif
