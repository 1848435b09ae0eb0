/* appositions: what the words beside a name say that it is: "Vola, a Lagos startup,", "the chief executive of Vola", "the village of Coro",
 * "the Ruma language". The model weighs a word's look and its neighbours; a name that it has never seen and that looks like a person's it
 * takes for one even where the sentence says the contrary. */
#ifndef COPYDESK_APPOSITIONS_H
#define COPYDESK_APPOSITIONS_H

#include "tag/mentions.h"

/* ENTITY_ORGANIZATION, ENTITY_PLACE or ENTITY_LANGUAGE if the sentence says that the name is one; ENTITY_TYPES if it says nothing. `certain`: in
 * words that stand beside nothing else ("a subsidiary of"), even if the name is also a person's. */
enum entity_type apposition_type(const struct document *document, const struct mention *mention, bool *certain);

#endif
