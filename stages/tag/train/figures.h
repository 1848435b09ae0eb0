/* figures: how many names of annotated articles are found, and how many of those that are found are right. */
#ifndef COPYDESK_FIGURES_H
#define COPYDESK_FIGURES_H

#include "tag/train/corpus.h"

/* Puts labels on an article that wasn't trained on; `labels` has an item a word. */
typedef void figures_labeller(void *state, struct arena *arena, const struct example *example, uint8_t *labels);

/* Prints the figures of one source's articles, or of all with `source` < 0: of persons, organisations and places, and with all else. */
void figures_print(const struct corpus *corpus, int source, const char *name, figures_labeller *label, void *state);

#endif
