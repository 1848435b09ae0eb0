/* phrasewords: the words of phrases.c, by language and kind.
 *
 * They are written as a line is looked at: case folded (no final sigma), straight apostrophes, without the marks before it. */
#ifndef COPYDESK_PHRASEWORDS_H
#define COPYDESK_PHRASEWORDS_H

#include "extract/article.h"

struct phrase {
	struct slice text;
	enum removed_kind kind;
};

#define PHRASES_MAX 1024 /* in each of the tables */
/* A short line that is nothing else. */
extern const struct phrase PHRASES_WHOLE[];
extern const size_t PHRASES_WHOLE_COUNT;
/* A short line that starts so; the first that fits decides. */
extern const struct phrase PHRASES_OPENINGS[];
extern const size_t PHRASES_OPENINGS_COUNT;
/* A line that contains it; asked before the others. */
extern const struct phrase PHRASES_ANYWHERE[];
extern const size_t PHRASES_ANYWHERE_COUNT;

#endif
