/* countrynames: what is found of names in a language without a model: names of countries that are written as in English, where they aren't a
 * sentence's first word nor part of a longer name. Nothing wrong is better than something wrong. */
#ifndef COPYDESK_COUNTRYNAMES_H
#define COPYDESK_COUNTRYNAMES_H

#include "tag/words.h"

struct model;

/* Sets the labels of such names; `labels`, one a word of the document, come as LABEL_O. */
void country_names_find(const struct model *model, const struct document *document, uint8_t *labels);

#endif
