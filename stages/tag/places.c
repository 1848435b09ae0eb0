/* places: see places.h. */
#include "tag/places.h"

#include "tag/wordlist.h"
#include "tag/words.h"

static bool fits(enum entity_type type, const struct place_record *record)
{
	if (type == ENTITY_NATIONALITY)
		return record->kind == PLACE_NATIONALITY;
	return type == ENTITY_PLACE && record->kind != PLACE_NATIONALITY;
}

/* What the article as a whole says about its places. */
struct context {
	uint32_t countries[PLACE_COUNTRIES]; /* mentions of names that mean a country, its people or one of its cities for certain */
	uint32_t mentions;                   /* of them all */
	bool home[PLACE_COUNTRIES];          /* where the article comes from */
	const struct place_record **provinces; /* named and certain */
	size_t province_count;
};

static void count_country(struct context *context, const struct place_record *record, uint32_t mentions)
{
	context->countries[place_country_index(record)] += mentions;
	context->mentions += mentions;
}

/* A name of a country that may also be a state or a city counts as no evidence for itself. */
static void count_countries(const struct model *model, const struct document *document, const struct mentions *mentions,
	const struct entities *entities, struct context *context)
{
	for (size_t e = 0; e < entities->count; e++) {
		const struct entity *entity = &entities->items[e];
		size_t count;
		const struct place_record *first = place_meanings(model, document, &mentions->items[entity->longest], &count);
		bool country = false, other = false, cities = false;
		for (size_t i = 0; i < count; i++) {
			country |= first[i].kind == PLACE_COUNTRY || first[i].kind == PLACE_NATIONALITY;
			other |= first[i].kind == PLACE_SUBDIVISION && memcmp(first[i].country, "US", 2) == 0;
			cities |= i > 0 && (first[i].kind == PLACE_CITY || first[i].kind == PLACE_SUBDIVISION);
		}
		if (country && !other && fits(entity->type, first)) {
			count_country(context, first, entity->mentions);
		} else if (count > 0 && !country && entity->type == ENTITY_PLACE && !place_is_region(document, &mentions->items[entity->longest])) {
			const struct place_record *city = place_evident_city(first, count);
			if (city)
				count_country(context, city, entity->mentions);
		}
		if (count > 0 && !cities && entity->type == ENTITY_PLACE && first->kind == PLACE_SUBDIVISION &&
			!place_is_generic(document, &mentions->items[entity->longest])) {
			context->provinces[context->province_count++] = first;
			count_country(context, first, entity->mentions);
		}
	}
}

/* "SEOUL (Yonhap)", "NAIROBI, Kenya": the longest runs of its words that are places. */
static void read_dateline(struct arena *arena, const struct model *model, struct slice dateline, struct context *context)
{
	struct tokens tokens;

	tokens_read(arena, slice_sub(dateline, 0, dateline.len < 200 ? dateline.len : 200), &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct place_record *found = NULL;
		uint64_t phrase = 0;
		size_t end = i;
		for (size_t j = i; j < tokens.count && j < i + 4 && tokens.items[j].flags & TOKEN_CAPITAL; j++) {
			char form[64];
			size_t length = word_fold(tokens.items[j].text, false, form, sizeof form);
			phrase = lexicon_extend(phrase, lexicon_hash((struct slice){form, length}));
			size_t count;
			const struct place_record *meanings_of = places_find(model, phrase, &count), *longer = place_plain_meaning(meanings_of, count);
			if (longer)
				found = longer, end = j;
		}
		if (found) {
			context->home[place_country_index(found)] = true;
			i = end;
		}
	}
}

/* "https://www.news.example.pk/…": the country's top-level domain. */
static void read_address(struct slice url, struct context *context)
{
	static const char *const sold[] = {"ai", "cc", "co", "eu", "fm", "io", "la", "ly", "me", "nu", "sh", "to", "tv", "ws"}; /* to anyone */
	size_t start = slice_find(url, SLICE("://"));

	if (start == SLICE_NOT_FOUND)
		return;
	size_t end = start += 3;
	while (end < url.len && url.ptr[end] != '/' && url.ptr[end] != ':' && url.ptr[end] != '?' && url.ptr[end] != '#')
		end++;
	if (end - start < 5 || url.ptr[end - 3] != '.' || !byte_is_alpha(url.ptr[end - 1]) || !byte_is_alpha(url.ptr[end - 2]) ||
		wordlist_has(WORDLIST(sold), slice_sub(url, end - 2, end)))
		return;
	struct place_record record = {.country = {(char)(url.ptr[end - 2] & 0x5F), (char)(url.ptr[end - 1] & 0x5F)}}; /* as capitals */
	if (memcmp(record.country, "UK", 2) == 0)
		memcpy(record.country, "GB", 2);
	context->home[place_country_index(&record)] = true;
}

/* The place beside a comma: the one behind "Paris, Texas" for Paris, the one before for Texas. */
static const struct place_record *at_comma(const struct model *model, const struct document *document, const struct mentions *mentions,
	uint32_t index, bool behind, size_t *count)
{
	uint32_t first = behind ? index : index - 1;
	const struct mention *mention = &mentions->items[first], *next = mention + 1;

	*count = 0;
	if ((!behind && index == 0) || first + 1 >= mentions->count || next->first != mention->last + 1 || next->type != ENTITY_PLACE ||
		mention->type != ENTITY_PLACE || !slice_is(document->words[mention->last].token->text, ","))
		return NULL;
	return place_meanings(model, document, behind ? next : mention, count);
}

/* True if "and" stands between the name and another one that is a country's and nothing else's. */
static bool is_with_country(const struct model *model, const struct document *document, const struct mentions *mentions, uint32_t index)
{
	for (uint32_t first = index > 0 ? index - 1 : index; first <= index && first + 1 < mentions->count; first++) {
		const struct mention *mention = &mentions->items[first], *next = mention + 1;
		size_t count;
		if (next->first != mention->last + 1 || !slice_is(document->words[mention->last].token->text, "and"))
			continue;
		const struct place_record *found = place_meanings(model, document, first == index ? next : mention, &count);
		if (count > 0 && found->kind == PLACE_COUNTRY && (count == 1 || found[1].kind != PLACE_SUBDIVISION))
			return true;
	}
	return false;
}

/* What stands around one name. */
struct beside {
	const struct place_record *behind, *before;
	size_t behind_count, before_count;
	bool country_too; /* the name is also a country's */
	bool with_country; /* "Georgia and Jordan" */
	const struct place_record *own; /* what the name itself told of a country, in so many mentions */
	uint32_t own_mentions;
};

/* How far a country that the article names lifts its cities: the better known they are, the farther, and all of them where the article is
 * about that country only. */
static float lift(const struct place_record *record, bool domestic)
{
	float known = ((float)record->size / 8 - 14.5f) / 3.5f;

	return domestic || record->kind != PLACE_CITY || known > 1 ? 4 : known > 0 ? 4 * known : 0;
}

/* Mentions of the record's country by other names than this one. */
static uint32_t named_elsewhere(const struct place_record *record, const struct context *context, const struct beside *beside)
{
	uint32_t named = context->countries[place_country_index(record)];
	bool own = beside->own && memcmp(beside->own->country, record->country, 2) == 0;

	return own && named >= beside->own_mentions ? named - beside->own_mentions : named;
}

/* Countries before cities and subdivisions; a state that shares a country's name ("Georgia") wins where the article is about its own
 * country and not the other. A small town counts on an article about its country only. */
static float worth(const struct place_record *record, const struct context *context, const struct beside *beside)
{
	float worth = record->kind == PLACE_SUBDIVISION ? 19 : record->kind == PLACE_CITY ? (float)record->size / 8 : 40;
	uint32_t named = named_elsewhere(record, context, beside);
	bool domestic = named * 4 >= context->mentions * 3;

	if (record->kind == PLACE_COUNTRY && beside->with_country)
		worth += 12;
	if (record->kind == PLACE_SUBDIVISION && named > 0 && beside->country_too && memcmp(record->country, "US", 2) == 0)
		worth += 24; /* Georgia; Niger isn't Nigeria's state */
	else if (named > 0 || context->home[place_country_index(record)])
		worth += (named == 0 || domestic) && context->home[place_country_index(record)] ? 5 : lift(record, domestic);
	for (size_t i = 0; i < context->province_count && record->kind == PLACE_CITY; i++)
		if (record->subdivision[0] && place_is_within(record, context->provinces[i])) {
			worth += 6;
			break;
		}
	for (size_t i = 0; i < beside->behind_count; i++)
		if (place_is_within(record, &beside->behind[i])) {
			worth += 30;
			break;
		}
	for (size_t i = 0; i < beside->before_count; i++)
		if (place_is_within(&beside->before[i], record) && record->kind != PLACE_CITY) {
			worth += 8;
			break;
		}
	return worth;
}

/* The same without what isn't certain. */
static const struct place_record *country_only(struct arena *arena, const struct place_record *record)
{
	struct place_record *copy = arena_new(arena, struct place_record);

	*copy = *record;
	memset(copy->subdivision, 0, sizeof copy->subdivision);
	copy->latitude = copy->longitude = 0;
	return copy;
}

/* A large city and the province around it, of one name: the city, which lies there ("Leeds", "Barcelona"). */
static const struct place_record *city_of_province(struct arena *arena, const struct place_record *best, const struct place_record *records,
	size_t count)
{
	const struct place_record *city = NULL, *province = NULL;

	for (size_t i = count; i-- > 0;) {
		if (memcmp(records[i].country, best->country, 2) != 0)
			continue;
		city = records[i].kind == PLACE_CITY ? &records[i] : city; /* the largest */
		province = records[i].kind == PLACE_SUBDIVISION ? &records[i] : province;
	}
	if (!city || !province || city->subdivision[0] || (best->kind == PLACE_CITY && best != city) || (float)city->size / 8 < PLACE_LARGE)
		return best;
	struct place_record *both = arena_new(arena, struct place_record);
	*both = *city;
	memcpy(both->subdivision, province->subdivision, sizeof both->subdivision);
	return both;
}

/* The meaning that stands out; NULL if none does. */
static const struct place_record *decide(struct arena *arena, const struct model *model, const struct document *document,
	const struct mentions *mentions, const struct entity *entity, const struct context *context)
{
	size_t count;
	struct beside beside = {0};
	const struct place_record *records = place_meanings(model, document, &mentions->items[entity->longest], &count), *best = NULL;
	float most = -1, second = -1, sibling = -1; /* sibling: another city of the same country */

	beside.behind = at_comma(model, document, mentions, entity->first_mention, true, &beside.behind_count);
	beside.before = at_comma(model, document, mentions, entity->first_mention, false, &beside.before_count);
	if (count > 0 && records->kind > PLACE_NATIONALITY) {
		beside.own = place_evident_city(records, count);
		beside.own_mentions = entity->mentions;
	}
	for (size_t i = 0; i < count; i++)
		beside.country_too |= records[i].kind == PLACE_COUNTRY;
	beside.with_country = beside.country_too && is_with_country(model, document, mentions, entity->first_mention);
	for (size_t i = 0; i < count; i++) {
		if (!fits(entity->type, &records[i]))
			continue;
		float own = worth(&records[i], context, &beside);
		bool same = best && memcmp(best->country, records[i].country, 2) == 0; /* a city and its province don't compete */
		bool cities = same && best->kind == PLACE_CITY && records[i].kind == PLACE_CITY;
		if (own > most) {
			sibling = cities ? most : same ? sibling : -1;
			second = same ? second : most;
			most = own;
			best = &records[i];
		} else {
			if (!same && own > second)
				second = own;
			if (cities && own > sibling)
				sibling = own;
		}
	}
	if (!best || most - second < PLACE_MARGIN)
		return NULL;
	const struct mention *mention = &mentions->items[entity->longest];
	bool evidence = named_elsewhere(best, context, &beside) > 0 || context->home[place_country_index(best)] || beside.behind_count || beside.before_count;
	bool town = best->kind == PLACE_CITY && (float)best->size / 8 < PLACE_LARGE, province = best->kind == PLACE_SUBDIVISION;
	if ((town || (province && place_is_generic(document, mention))) && !evidence)
		return NULL; /* nothing tells that this one is meant */
	bool alone = best->kind == PLACE_CITY; /* no province of its name */
	for (size_t i = 0; i < count; i++)
		alone = alone && !(records[i].kind == PLACE_SUBDIVISION && memcmp(records[i].country, best->country, 2) == 0);
	if (place_is_region(document, mention) && ((alone && (town || !evidence)) || (province && !evidence)))
		return NULL;
	if (sibling >= 0 && most - sibling < 1.5f)
		return country_only(arena, best);
	if (best->kind == PLACE_COUNTRY && memcmp(best->country, "GB", 2) == 0)
		for (size_t i = 0; i < count; i++)
			if (records[i].kind == PLACE_SUBDIVISION && memcmp(records[i].country, "GB", 2) == 0)
				return &records[i]; /* Scotland is a country and no other name of the United Kingdom */
	return best->kind == PLACE_COUNTRY || best->kind == PLACE_NATIONALITY ? best : city_of_province(arena, best, records, count);
}

/* Peoples that share a country's code and are none of its other names. */
static bool is_people_within(const struct document *document, const struct mention *mention)
{
	static const char *const words[] = {"english", "englishman", "englishmen", "northern", "scot", "scots", "scottish", "welsh", "welshman",
		"welshmen"};

	return wordlist_has(WORDLIST(words), document->words[mention->first].token->text);
}

/* "U.S." and "United States" are one entity, where the first of them stood; so are a people's names. */
static void unite(struct arena *arena, const struct document *document, struct mentions *mentions, struct entities *entities, const struct place_record **found)
{
	uint32_t *target = arena_array(arena, uint32_t, entities->count + 1), owners[2][PLACE_COUNTRIES] = {0};
	size_t kept = 0;

	for (size_t e = 0; e < entities->count; e++) {
		struct entity entity = entities->items[e];
		uint32_t *owner = NULL;
		if (found[e] && (found[e]->kind == PLACE_COUNTRY || found[e]->kind == PLACE_NATIONALITY) &&
			!is_people_within(document, &mentions->items[entity.longest]))
			owner = &owners[found[e]->kind == PLACE_NATIONALITY][place_country_index(found[e])];
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
	const struct place_origin *origin, struct mentions *mentions, struct entities *entities)
{
	struct context *context = arena_new(arena, struct context);
	const struct place_record **found = arena_array(arena, const struct place_record *, entities->count + 1);

	context->provinces = arena_array(arena, const struct place_record *, entities->count + 1);
	read_address(origin->url, context);
	read_dateline(arena, model, origin->dateline, context);
	count_countries(model, document, mentions, entities, context);
	for (size_t e = 0; e < entities->count; e++)
		if (entities->items[e].type == ENTITY_PLACE || entities->items[e].type == ENTITY_NATIONALITY)
			found[e] = decide(arena, model, document, mentions, &entities->items[e], context);
	unite(arena, document, mentions, entities, found);
	return found;
}
