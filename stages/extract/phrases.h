/* phrases: what pages of any publisher say around an article ("Read also", "Share this", "Advertisement"), by language.
 *
 * Only short lines are asked about: a sentence of an article may contain any of these words. */
#ifndef COPYDESK_PHRASES_H
#define COPYDESK_PHRASES_H

#include "extract/article.h"

/* True if a line of up to PHRASE_LINE_MAX bytes is such a line; then *kind says which. */
#define PHRASE_LINE_MAX 400
bool phrase_line(struct arena *arena, struct slice line, enum removed_kind *kind);
/* Does a short line tell where the article appeared first ("Originally published on …")? Its editors wrote that into it. */
bool phrase_origin(struct arena *arena, struct slice line);

#endif
