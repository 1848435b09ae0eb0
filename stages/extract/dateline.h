/* dateline: the place, day and agency that agencies put before the first sentence: "SEOUL, Nov. 17 (Yonhap) — ". */
#ifndef COPYDESK_DATELINE_H
#define COPYDESK_DATELINE_H

#include "extract/article.h"

/* The dateline at the start of `text`, without the mark behind it, and the agency it names, in the form agency_find() gives
 * (empty: none). SLICE_NONE if the text opens with none. Both are parts of `text` or constant. */
struct slice dateline_find(struct slice text, struct slice *agency);
/* Sets the article's dateline and creditText from its first paragraphs; what is set stays. The agency may also stand alone as the
 * author or as a line of its own at the end ("(Reuters)"). The body keeps the dateline. */
void dateline_read(struct article *article);

#endif
