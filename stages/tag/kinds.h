/* kinds: of which type a mention is, by the model's coarse type, its words, and what stands around it. The model knows one type for events,
 * works, laws, languages and the rest; here they are parted. */
#ifndef COPYDESK_KINDS_H
#define COPYDESK_KINDS_H

#include "tag/mentions.h"

/* The type of a mention whose span is settled; sets `told`. */
enum entity_type kind_of(const struct document *document, struct mention *mention, enum name_type type);
/* Ends a mention before a verb of headlines that capitalise every word: "Kremlin Says". */
void kind_cut_headline(const struct document *document, struct mention *mention);

/* The index of a seat of power that stands for who governs there ("the Kremlin said"), −1 for other names. */
int kind_seat(const struct document *document, const struct mention *mention);
/* True if the sentence speaks of a place: "in the Kremlin". */
bool kind_is_where(const struct document *document, const struct mention *mention);

#endif
