/* mentions: names in a document, one for each place where one stands, with the type that messages carry.
 *
 * The model's labels say where and of which coarse type; bounds.h says where exactly, and what the model calls "other" is parted by its
 * words into event, work, law, language and the rest (kinds.h). */
#ifndef COPYDESK_MENTIONS_H
#define COPYDESK_MENTIONS_H

#include "tag/decode.h"
#include "tag/words.h"

enum entity_type {
	ENTITY_PERSON,
	ENTITY_ORGANIZATION,
	ENTITY_PLACE,
	ENTITY_FACILITY,
	ENTITY_NATIONALITY,
	ENTITY_EVENT,
	ENTITY_WORK,
	ENTITY_PRODUCT,
	ENTITY_LAW,
	ENTITY_LANGUAGE,
	ENTITY_OTHER,
	ENTITY_TYPES
};
extern const char *const ENTITY_TYPE_NAMES[ENTITY_TYPES]; /* as in messages */

#define MENTION_ALONE UINT32_MAX

struct mention {
	uint32_t first, last;  /* words of the document, last exclusive */
	uint32_t title;        /* first word of the title before it ("Mr.", "President"), `first` if there is none */
	enum entity_type type;
	bool told;             /* the type, by words beside it: the film "…" */
	float score;           /* 0–1 */
	uint32_t entity;       /* set by entities_join() */
};

struct mentions {
	struct mention *items;
	size_t count;
};

/* In order, not overlapping; `labels` and `scores` as from decode_document(). Labels of offices in small letters are added, and of
 * names in upper-case sentences that the rest of the article knows. */
void mentions_read(struct arena *arena, const struct document *document, uint8_t *labels, float *scores,
	struct mentions *mentions);

/* True if the gazetteer has the mention's words as one whole name of the class. */
bool mention_is_listed(const struct document *document, const struct mention *mention, enum lexicon_class class);

#endif
