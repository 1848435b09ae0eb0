/* places: names of places and nationalities with what ISO 3166 and GeoNames say of them, a section of the model file. */
#ifndef COPYDESK_PLACES_H
#define COPYDESK_PLACES_H

#include "tag/entities.h"

enum place_kind { PLACE_COUNTRY = 1, PLACE_NATIONALITY, PLACE_SUBDIVISION, PLACE_CITY };

/* One meaning of one name. Meanings of a name stand side by side, by kind, the most populous first. */
struct place_record {
	uint32_t hash;           /* upper half of the name's phrase hash (lexicon_extend over word_fold) */
	char country[2];         /* ISO 3166-1 alpha-2 */
	char subdivision[3];     /* ISO 3166-2 behind the hyphen, NUL-padded; empty where unknown */
	uint8_t kind;            /* enum place_kind */
	uint8_t size;            /* 8 × log2 of the population, of cities */
	uint8_t reserved;
	int16_t latitude, longitude; /* hundredths of a degree; 0, 0 unknown */
};

/* Meanings of a phrase; NULL and 0 for the unknown. */
const struct place_record *places_find(const struct model *model, uint64_t phrase, size_t *count);

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
