/* entities: mentions of one article that mean the same are one entity, with one type, one name and one place in the world.
 *
 * Persons join by their name's parts (surname, first name, initials, title), organisations by their acronym or a shorter form, places
 * and nationalities by their form and country. When two persons share a surname, the one named last before decides. */
#ifndef COPYDESK_ENTITIES_H
#define COPYDESK_ENTITIES_H

#include "tag/mentions.h"

struct entity {
	enum entity_type type;
	uint32_t first_mention; /* index of mentions */
	uint32_t longest;       /* the mention whose text is the name */
	uint32_t mentions;
	float weight; /* of all mentions; salience is its share of the heaviest entity's */
};

struct entities {
	struct entity *items;
	size_t count;
};

/* Sets each mention's entity; entities stand in the order of their first mentions. Types may change: one name has one type.
 * `headline_words`: the first so many words of the document are the headline. */
void entities_join(struct arena *arena, const struct document *document, struct mentions *mentions, size_t headline_words,
	struct entities *entities);

#endif
