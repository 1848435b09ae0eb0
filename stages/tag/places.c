/* places: see places.h. */
#include "tag/places.h"

#include "tag/wordlist.h"

#define COUNTRIES (26 * 26)

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

static int country_index(const struct place_record *record)
{
	int a = record->country[0] - 'A', b = record->country[1] - 'A';

	return a >= 0 && a < 26 && b >= 0 && b < 26 ? a * 26 + b : 0;
}

static uint64_t phrase_of(const struct document *document, uint32_t first, uint32_t last)
{
	uint64_t phrase = 0;

	for (uint32_t i = first; i < last; i++)
		phrase = lexicon_extend(phrase, document->words[i].form);
	return phrase;
}

static const struct place_record *meanings(const struct model *model, const struct document *document, const struct mention *mention,
	size_t *count)
{
	uint32_t first = mention->first;
	const struct place_record *found = places_find(model, phrase_of(document, first, mention->last), count);

	while (!found && first + 1 < mention->last &&
		(wordlist_has(WORDLIST(parts_of_countries), document->words[first].token->text) ||
			slice_equal_nocase(document->words[first].token->text, SLICE("the"))))
		found = places_find(model, phrase_of(document, ++first, mention->last), count);
	return found;
}

static bool fits(enum entity_type type, const struct place_record *record)
{
	if (type == ENTITY_NATIONALITY)
		return record->kind == PLACE_NATIONALITY;
	return type == ENTITY_PLACE && record->kind != PLACE_NATIONALITY;
}

struct context {
	uint32_t countries[COUNTRIES]; /* mentions of names that mean a country or its people */
};

/* A name of a country that may also be a state or a city counts as no evidence for itself. */
static void count_countries(const struct model *model, const struct document *document, const struct mentions *mentions,
	const struct entities *entities, struct context *context)
{
	for (size_t e = 0; e < entities->count; e++) {
		const struct entity *entity = &entities->items[e];
		size_t count;
		const struct place_record *first = meanings(model, document, &mentions->items[entity->longest], &count);
		bool country = false, other = false;
		for (size_t i = 0; i < count; i++) {
			country |= first[i].kind == PLACE_COUNTRY || first[i].kind == PLACE_NATIONALITY;
			other |= first[i].kind == PLACE_SUBDIVISION && memcmp(first[i].country, "US", 2) == 0;
		}
		if (country && !other && fits(entity->type, first))
			context->countries[country_index(first)] += entity->mentions;
	}
}

/* The place named right behind the comma: "Paris, Texas". */
static const struct place_record *behind_comma(const struct model *model, const struct document *document, const struct mentions *mentions,
	uint32_t index, size_t *count)
{
	const struct mention *mention = &mentions->items[index], *next = mention + 1;

	*count = 0;
	if (index + 1 >= mentions->count || next->first != mention->last + 1 || next->type != ENTITY_PLACE ||
		!slice_is(document->words[mention->last].token->text, ","))
		return NULL;
	return meanings(model, document, next, count);
}

/* Countries before cities and subdivisions; a state that shares a country's name ("Georgia") wins where the article is about its own
 * country and not the other. */
static float worth(const struct place_record *record, bool country_too, const struct context *context, const struct place_record *behind,
	size_t behind_count)
{
	float worth = record->kind == PLACE_SUBDIVISION ? 19 : record->kind == PLACE_CITY ? (float)record->size / 8 : 40;

	if (context->countries[country_index(record)] > 0)
		worth += record->kind == PLACE_SUBDIVISION && country_too ? 24 : 6;
	for (size_t i = 0; i < behind_count; i++)
		if (memcmp(behind[i].country, record->country, 2) == 0 && record->kind != PLACE_COUNTRY &&
			(behind[i].kind == PLACE_COUNTRY || memcmp(behind[i].subdivision, record->subdivision, 3) == 0))
			worth += 30;
	return worth;
}

/* The meaning that stands out; NULL if none does. */
static const struct place_record *decide(const struct model *model, const struct document *document, const struct mentions *mentions,
	const struct entity *entity, const struct context *context)
{
	size_t count, behind_count;
	const struct place_record *records = meanings(model, document, &mentions->items[entity->longest], &count), *best = NULL;
	const struct place_record *behind = behind_comma(model, document, mentions, entity->first_mention, &behind_count);
	float most = -1, second = -1;
	bool country_too = false;

	for (size_t i = 0; i < count; i++)
		country_too |= records[i].kind == PLACE_COUNTRY;
	for (size_t i = 0; i < count; i++) {
		if (!fits(entity->type, &records[i]))
			continue;
		float own = worth(&records[i], country_too, context, behind, behind_count);
		bool same = best && memcmp(best->country, records[i].country, 2) == 0; /* a city and its province don't compete */
		if (own > most) {
			second = same ? second : most;
			most = own;
			best = &records[i];
		} else if (own > second && !same) {
			second = own;
		}
	}
	if (!best || most - second < 2.5f)
		return NULL;
	return best;
}

/* "U.S." and "United States" are one entity, where the first of them stood; so are a people's names. */
static void unite(struct arena *arena, struct mentions *mentions, struct entities *entities, const struct place_record **found)
{
	uint32_t *target = arena_array(arena, uint32_t, entities->count + 1), owners[2][COUNTRIES] = {0};
	size_t kept = 0;

	for (size_t e = 0; e < entities->count; e++) {
		struct entity entity = entities->items[e];
		uint32_t *owner = NULL;
		if (found[e] && (found[e]->kind == PLACE_COUNTRY || found[e]->kind == PLACE_NATIONALITY))
			owner = &owners[found[e]->kind == PLACE_NATIONALITY][country_index(found[e])];
		if (!owner || *owner == 0) {
			target[e] = (uint32_t)kept;
			found[kept] = found[e];
			entities->items[kept++] = entity;
			if (owner)
				*owner = (uint32_t)kept;
			continue;
		}
		target[e] = *owner - 1;
		struct entity *first = &entities->items[target[e]];
		first->mentions += entity.mentions;
		first->weight += entity.weight;
		const struct mention *a = &mentions->items[entity.longest], *b = &mentions->items[first->longest];
		if (a->last - a->first > b->last - b->first)
			first->longest = entity.longest;
	}
	entities->count = kept;
	for (size_t m = 0; m < mentions->count; m++)
		mentions->items[m].entity = target[mentions->items[m].entity];
}

const struct place_record **places_resolve(struct arena *arena, const struct model *model, const struct document *document,
	struct mentions *mentions, struct entities *entities)
{
	struct context *context = arena_new(arena, struct context);
	const struct place_record **found = arena_array(arena, const struct place_record *, entities->count + 1);

	count_countries(model, document, mentions, entities, context);
	for (size_t e = 0; e < entities->count; e++)
		if (entities->items[e].type == ENTITY_PLACE || entities->items[e].type == ENTITY_NATIONALITY)
			found[e] = decide(model, document, mentions, &entities->items[e], context);
	unite(arena, mentions, entities, found);
	return found;
}
