/* places: which place in the world an article means by each of its names. */
#ifndef COPYDESK_PLACES_H
#define COPYDESK_PLACES_H

#include "tag/entities.h"
#include "tag/placenames.h"

/* Where an article comes from: its address (a country's top-level domain tells) and its dateline. Both may be empty. */
struct place_origin {
	struct slice url, dateline;
};

/* What the article means by its places and nationalities, by entity; NULL where it can't be told. A name with several meanings is
 * decided by kind and population, by the countries and provinces that the article names, by where it comes from, and by the place named
 * behind its comma. Where only the country is certain ("Springfield") the record has nothing else. Places and nationalities that mean one
 * country under several names ("U.S.", "United States") become one entity; `entities` shrinks. */
const struct place_record **places_resolve(struct arena *arena, const struct model *model, const struct document *document,
	const struct place_origin *origin, struct mentions *mentions, struct entities *entities);

#endif
