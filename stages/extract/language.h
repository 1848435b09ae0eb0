/* language: which language an article is written in, from its words first and the page's declaration second. */
#ifndef COPYDESK_LANGUAGE_H
#define COPYDESK_LANGUAGE_H

#include "extract/article.h"

/* Sets language, its confidence and source ("text", or that of `declared`) from body and headline; `declared` (html lang,
 * og:locale, the message's own; may be empty) decides where the text is short or the languages are close. */
void language_detect(struct arena *arena, struct sourced declared, struct article *article);

#endif
