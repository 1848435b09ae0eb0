/* placenames: names of places and nationalities with what ISO 3166 and GeoNames say of them, a section of the model file; what a name may mean
 * by itself, whatever its article. */
#ifndef COPYDESK_PLACENAMES_H
#define COPYDESK_PLACENAMES_H

#include "tag/mentions.h"
#include "tag/model.h"

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

#define PLACE_COUNTRIES (26 * 26)
/* How far one meaning of a name must stand out before the others. */
#define PLACE_MARGIN 2.5f
/* log2 of the people of a city that is known beyond its country. */
#define PLACE_LARGE 16.6f

/* From 0 to PLACE_COUNTRIES, by the letters of the country's code. */
static inline int place_country_index(const struct place_record *record)
{
	int a = record->country[0] - 'A', b = record->country[1] - 'A';

	return a >= 0 && a < 26 && b >= 0 && b < 26 ? a * 26 + b : 0;
}

/* Meanings of a mention: of its words, or of them without "the", "Republic of" or a part of the country ("northern Nigeria"). NULL and 0 for
 * the unknown. */
const struct place_record *place_meanings(const struct model *model, const struct document *document, const struct mention *mention,
	size_t *count);
/* The country of a phrase whatever its article: its only one, or that of a city that stands out; NULL if it can't be told. */
const struct place_record *place_plain_meaning(const struct place_record *found, size_t count);
/* The large city that a name means whatever its article, which tells of its country; NULL if it means none. */
const struct place_record *place_evident_city(const struct place_record *found, size_t count);
/* A continent, a sea, a part of the world: no town is meant, even if one is called so. */
bool place_is_region(const struct document *document, const struct mention *mention);
/* "Southern Province", "Central Region": every country has one. */
bool place_is_generic(const struct document *document, const struct mention *mention);
/* Whether the city or subdivision `small` lies in `large`, which may be itself. */
bool place_is_within(const struct place_record *small, const struct place_record *large);

#endif
