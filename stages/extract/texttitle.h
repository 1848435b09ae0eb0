/* texttitle: which unit of a plain-text page looks most like its headline, before anything is known of the body; from the words of the
 * address and the marks of the page. */
#ifndef COPYDESK_TEXTTITLE_H
#define COPYDESK_TEXTTITLE_H

#include "extract/textfeature.h"

/* The unit that looks most like the headline; SIZE_MAX if none does. Linear. */
size_t text_guess_title(struct arena *arena, const struct text_units *units, struct slice url);
/* The features of how far each unit is from unit `title` (SIZE_MAX: there is none) and how much it speaks of the same. */
void text_title_measure(const struct text_units *units, struct slice url, size_t title, struct text_features *rows);

#endif
