/* textheadline: which line before the body of a text page is its headline, once the body is known: the words that they share, the line's make, and
 * what the model takes for it. (What it looks like before is texttitle's.) */
#ifndef COPYDESK_TEXTHEADLINE_H
#define COPYDESK_TEXTHEADLINE_H

#include "extract/textmodel.h"
#include "extract/textunit.h"

/* The unit of the headline; SIZE_MAX if none before the body is like one. */
size_t text_headline_find(struct arena *arena, const struct text_units *units, const struct text_features *rows, const struct text_verdict *verdict);

#endif
