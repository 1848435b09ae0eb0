/* conceptwords: the words that names of elements are made of, and what each speaks for or against. Words that mean the same everywhere only, in the
 * languages in which pages are built: no publisher's own. */
#ifndef COPYDESK_CONCEPTWORDS_H
#define COPYDESK_CONCEPTWORDS_H

#include "extract/concept.h"

/* The concepts (enum concept, joined) of a word in lower case; 0 if it says nothing. */
uint32_t concept_of_word(struct slice word);
/* Likewise of two words in a row ("read", "more"), or of the first if it is both ("readmore"). `word` is not empty; `next` may be. */
uint32_t concept_of_pair(struct slice word, struct slice next);

#endif
