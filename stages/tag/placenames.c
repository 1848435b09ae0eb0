/* placenames: see placenames.h. */
#include "tag/placenames.h"

#include "tag/wordlist.h"

/* Words before a country's name that leave its code as it is: "northern Nigeria", "mainland China". */
static const char *const parts_of_countries[] = {"central", "coastal", "eastern", "mainland", "north-eastern", "north-western", "northeast",
	"northeastern", "northern", "northwest", "northwestern", "rural", "south-eastern", "south-western", "southeast", "southeastern",
	"southern", "southwest", "southwestern", "upper", "western"};

const struct place_record *places_find(const struct model *model, uint64_t phrase, size_t *count)
{
	const struct place_record *records = model->places;
	uint32_t hash = (uint32_t)(phrase >> 32);
	size_t low = 0, high = model->place_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (records[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (*count = 0; low + *count < model->place_count && records[low + *count].hash == hash;)
		++*count;
	return *count ? &records[low] : NULL;
}

static uint64_t phrase_of(const struct document *document, uint32_t first, uint32_t last)
{
	uint64_t phrase = 0;

	for (uint32_t i = first; i < last; i++)
		phrase = lexicon_extend(phrase, document->words[i].form);
	return phrase;
}

const struct place_record *place_meanings(const struct model *model, const struct document *document, const struct mention *mention,
	size_t *count)
{
	uint32_t first = mention->first;
	const struct place_record *found = places_find(model, phrase_of(document, first, mention->last), count);

	while (!found && first + 1 < mention->last && slice_equal_nocase(document->words[first].token->text, SLICE("the")))
		found = places_find(model, phrase_of(document, ++first, mention->last), count);
	static const char *const forms[] = {"commonwealth", "federation", "kingdom", "republic", "state", "sultanate"};
	if (!found && first + 2 < mention->last && wordlist_has(WORDLIST(forms), document->words[first].token->text) &&
		slice_is(document->words[first + 1].token->text, "of")) {
		found = places_find(model, phrase_of(document, first + 2, mention->last), count);
		bool province = false;
		for (size_t i = 0; found && i < *count; i++)
			province |= found[i].kind == PLACE_SUBDIVISION; /* "State of Georgia" */
		if (!found || province || found->kind != PLACE_COUNTRY)
			found = NULL, *count = 0;
	}
	bool part = false;
	while (!found && first + 1 < mention->last && wordlist_has(WORDLIST(parts_of_countries), document->words[first].token->text)) {
		found = places_find(model, phrase_of(document, ++first, mention->last), count);
		part = true;
	}
	if (part && found && (found->kind == PLACE_CITY || slice_equal_nocase(document->words[first].token->text, SLICE("america")))) {
		*count = 0; /* "Central Asia" isn't the Asia in the Philippines, "Central America" no part of a country */
		return NULL;
	}
	return found;
}

bool place_is_region(const struct document *document, const struct mention *mention)
{
	return mention_is_listed(document, mention, LEXICON_REGION);
}

bool place_is_generic(const struct document *document, const struct mention *mention)
{
	static const char *const words[] = {"area", "department", "district", "division", "east", "governorate", "north", "province", "region",
		"south", "state", "territory", "west"};

	for (uint32_t i = mention->first; i < mention->last; i++)
		if (!wordlist_has(WORDLIST(words), document->words[i].token->text) &&
			!wordlist_has(WORDLIST(parts_of_countries), document->words[i].token->text))
			return false;
	return true;
}

const struct place_record *place_plain_meaning(const struct place_record *found, size_t count)
{
	const struct place_record *best = NULL;
	float most = 0, second = 0;

	for (size_t i = 0; i < count; i++) {
		float worth = found[i].kind == PLACE_CITY ? (float)found[i].size / 8 : found[i].kind == PLACE_SUBDIVISION ? 19 : 30;
		bool same = best && memcmp(best->country, found[i].country, 2) == 0;
		if (same && worth > most)
			best = found[i].kind == PLACE_CITY ? &found[i] : best, most = worth;
		else if (same)
			best = found[i].kind == PLACE_CITY && best->kind == PLACE_SUBDIVISION ? &found[i] : best;
		else if (worth > most)
			best = &found[i], second = most, most = worth;
		else if (worth > second)
			second = worth;
	}
	return best && most - second >= PLACE_MARGIN ? best : NULL;
}

const struct place_record *place_evident_city(const struct place_record *found, size_t count)
{
	const struct place_record *best = place_plain_meaning(found, count);

	return best && best->kind == PLACE_CITY && (float)best->size / 8 >= PLACE_LARGE ? best : NULL;
}

bool place_is_within(const struct place_record *small, const struct place_record *large)
{
	return memcmp(small->country, large->country, 2) == 0 && small->kind != PLACE_COUNTRY &&
	       (large->kind == PLACE_COUNTRY || memcmp(small->subdivision, large->subdivision, 3) == 0 ||
		       (large->kind == PLACE_SUBDIVISION && !small->subdivision[0] && small->kind == PLACE_CITY));
}
