/* bounds: where a name begins and ends, beside what the model's labels say of it. */
#ifndef COPYDESK_BOUNDS_H
#define COPYDESK_BOUNDS_H

#include "tag/mentions.h"

/* Moves the mention's first and last word, and its title's; `type` may change where the words that are left are another thing. `labels` are
 * the document's, as from decode_document(). */
void bounds_settle(const struct document *document, const uint8_t *labels, struct mention *mention, enum name_type *type);

/* Marks that no name begins or ends with, and possessives. */
bool token_is_edge(const struct token *token);
/* "city of", "town of" */
bool word_is_settlement(const struct document *document, size_t at);
/* A people's name by the gazetteer. */
bool word_is_people(const struct word *word);

#endif
