/* repeats: a name that the model has found in one place of an article and overlooked in another. */
#ifndef COPYDESK_REPEATS_H
#define COPYDESK_REPEATS_H

#include "tag/words.h"

/* Labels those words again that are a name elsewhere, letter for letter, where they stand without other capitals beside them: never in small letters
 * in the article, persons', organisations', places' and peoples' names. */
void repeats_label(struct arena *arena, const struct document *document, uint8_t *labels, float *scores);

#endif
