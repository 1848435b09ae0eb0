/* entities: see entities.h. All joins go through one table from forms to entities, so the cost is linear in the mentions. */
#include "tag/entities.h"

#include "tag/names.h"
#include "tag/nametypes.h"
#include "tag/wordlist.h"

/* From a key (a whole name, or one part of a person's name) to the entity that used it last. */
struct key_slot {
	uint64_t key;
	uint32_t entity;
};

struct joiner {
	struct arena *arena;
	const struct document *document;
	struct mentions *mentions;
	struct name *names;  /* by mention */
	uint32_t *parent;    /* by mention: the mention it joins; itself at the root */
	struct key_slot *slots;
	size_t mask;
};

static struct key_slot *slot_of(struct joiner *joiner, uint64_t key, enum entity_type type)
{
	key = lexicon_extend(key, type) | 1;
	size_t at = (size_t)(key >> 8) & joiner->mask;

	while (joiner->slots[at].key != 0 && joiner->slots[at].key != key)
		at = (at + 1) & joiner->mask;
	joiner->slots[at].key = key;
	return &joiner->slots[at];
}

static uint32_t root_of(struct joiner *joiner, uint32_t mention)
{
	while (joiner->parent[mention] != mention) {
		joiner->parent[mention] = joiner->parent[joiner->parent[mention]];
		mention = joiner->parent[mention];
	}
	return mention;
}

static struct slice mention_text(const struct joiner *joiner, uint32_t mention)
{
	const struct mention *m = &joiner->mentions->items[mention];

	return document_span(joiner->document, m->first, m->last);
}

/* `rule`: why, for --explain. */
static void join(struct joiner *joiner, uint32_t mention, uint32_t to, const char *rule)
{
	uint32_t a = root_of(joiner, mention), b = root_of(joiner, to);

	if (a != b)
		trace_note(joiner->document->trace, "join", LOG_STR("rule", rule), LOG_SLICE("mention", mention_text(joiner, mention)),
			LOG_SLICE("with", mention_text(joiner, to)), LOG_STR("type", ENTITY_TYPE_NAMES[joiner->mentions->items[to].type]));

	joiner->parent[a > b ? a : b] = a > b ? b : a;
	joiner->names[to].female |= joiner->names[mention].female;
	joiner->names[to].male |= joiner->names[mention].male;
}

/* --- persons ------------------------------------------------------------------------------- */

/* Short for the other, and more than half of a double name: "Finch" is Harold Finch before it is Margaret Finch-Hollis. */
static bool is_own_name_of(const struct name *single, const struct name *full)
{
	if (!name_is_same_person(single, full))
		return false;
	for (size_t i = 0; i < full->count; i++) {
		if (full->parts[i] == single->parts[0] && !full->half[i] && !(i > 0 && full->half[i - 1]))
			return true;
	}
	return false;
}

/* From the full name `full` back over those that had its last part before, eight at most, to the first that `single` fits: a mention + 1, 0 if
 * there are no more; the last one looked at may not fit. */
static uint32_t known_before(const struct joiner *joiner, const uint32_t *older, uint32_t full, const struct name *single,
	bool (*fits)(const struct name *single, const struct name *full))
{
	for (int tries = 0; full && tries < 8 && !fits(single, &joiner->names[full - 1]); tries++)
		full = older[full - 1];
	return full;
}

/* Full names first: two forms of more than one part join when one lies within the other. Then single parts join the full name that
 * has the part and was named last before, else the first one after. */
static void join_persons(struct joiner *joiner)
{
	struct mentions *mentions = joiner->mentions;
	uint32_t *later = arena_array(joiner->arena, uint32_t, mentions->count + 1); /* the full name to come that has the part */
	uint32_t *older = arena_array(joiner->arena, uint32_t, mentions->count + 1); /* who had its last part before */

	for (size_t m = 0; m < mentions->count; m++) {
		struct name *name = &joiner->names[m];
		if (mentions->items[m].type != ENTITY_PERSON || name->count < 2)
			continue;
		for (size_t i = 0; i < name->count; i++) {
			struct key_slot *slot = slot_of(joiner, name->parts[i], ENTITY_PERSON);
			uint32_t other = slot->entity;
			if (other != 0 && root_of(joiner, other - 1) != root_of(joiner, (uint32_t)m)) {
				struct name *known = &joiner->names[other - 1];
				bool shorter = name->count < known->count;
				if (name_is_same_person(shorter ? name : known, shorter ? known : name))
					join(joiner, (uint32_t)m, other - 1, "parts of a person's name");
			}
		}
		for (size_t i = 0; i < name->count; i++) {
			struct key_slot *slot = slot_of(joiner, name->parts[i], ENTITY_PERSON);
			if (slot->entity == 0 || root_of(joiner, slot->entity - 1) != root_of(joiner, (uint32_t)m) ||
				joiner->names[slot->entity - 1].count <= name->count)
				slot->entity = (uint32_t)m + 1;
		}
	}
	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (size_t m = mentions->count; m-- > 0;) { /* what follows */
		struct name *name = &joiner->names[m];
		if (mentions->items[m].type != ENTITY_PERSON)
			continue;
		if (name->count == 1)
			later[m] = slot_of(joiner, name->parts[0], ENTITY_PERSON)->entity;
		for (size_t i = 0; name->count > 1 && i < name->count; i++)
			slot_of(joiner, name->parts[i], ENTITY_PERSON)->entity = (uint32_t)m + 1;
	}
	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (size_t m = 0; m < mentions->count; m++) { /* what went before */
		struct name *name = &joiner->names[m];
		if (mentions->items[m].type != ENTITY_PERSON)
			continue;
		if (name->count == 1) {
			struct key_slot *slot = slot_of(joiner, name->parts[0], ENTITY_PERSON);
			uint32_t full = known_before(joiner, older, slot->entity, name, is_own_name_of);
			if (!full || !is_own_name_of(name, &joiner->names[full - 1]))
				full = known_before(joiner, older, slot->entity, name, name_is_same_person);
			if (!full)
				full = later[m];
			if (full && name_is_same_person(name, &joiner->names[full - 1]))
				join(joiner, (uint32_t)m, full - 1, "one part of a person's name");
			else if (!slot->entity)
				slot->entity = (uint32_t)m + 1;
			continue;
		}
		for (size_t i = 0; i < name->count; i++) {
			struct key_slot *slot = slot_of(joiner, name->parts[i], ENTITY_PERSON);
			if (slot->entity && root_of(joiner, slot->entity - 1) != root_of(joiner, (uint32_t)m))
				older[m] = slot->entity;
			slot->entity = (uint32_t)m + 1;
		}
	}
}

/* --- everything else ----------------------------------------------------------------------- */

static uint64_t letters_key(const char *letters) { return lexicon_hash(slice_of(letters)) ^ 0xAC0; }

/* Acronyms lead to the full name, whichever comes first. */
static void join_acronyms(struct joiner *joiner, enum entity_type type)
{
	struct mentions *mentions = joiner->mentions;
	char letters[NAME_PARTS_MAX + 1];

	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (size_t m = 0; m < mentions->count; m++) {
		const struct mention *mention = &mentions->items[m];
		if (mention->type != type || mention->last - mention->first < 2)
			continue;
		for (int small = 0; small < 2; small++) {
			if (name_initials(joiner->document, mention, small, letters) < 2)
				continue;
			struct key_slot *slot = slot_of(joiner, letters_key(letters), type);
			if (slot->entity == 0)
				slot->entity = (uint32_t)m + 1;
		}
	}
	for (size_t m = 0; m < mentions->count; m++) {
		if (mentions->items[m].type != type || !name_is_acronym(joiner->document, &mentions->items[m], letters))
			continue;
		struct key_slot *slot = slot_of(joiner, letters_key(letters), type);
		if (slot->entity)
			join(joiner, (uint32_t)m, slot->entity - 1, "acronym");
	}
}

/* "Full Name (FN)": what stands in brackets behind a name of the same type and could be short for it, is it. */
static void join_brackets(struct joiner *joiner)
{
	struct mentions *mentions = joiner->mentions;

	for (size_t m = 1; m < mentions->count; m++) {
		struct mention *mention = &mentions->items[m], *before = mention - 1;
		if (mention->first != before->last + 1 || !slice_is(joiner->document->words[before->last].token->text, "(") ||
			!name_is_short_for(joiner->document, mention, before) ||
			(mention->type != before->type && before->type != ENTITY_ORGANIZATION))
			continue;
		mention->type = before->type;
		join(joiner, (uint32_t)m, (uint32_t)(m - 1), "acronym in brackets");
	}
}

static void join_same(struct joiner *joiner)
{
	struct mentions *mentions = joiner->mentions;

	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (size_t m = 0; m < mentions->count; m++) {
		struct name *name = &joiner->names[m];
		struct key_slot *slot = slot_of(joiner, name->whole, mentions->items[m].type);
		if (slot->entity == 0)
			slot->entity = (uint32_t)m + 1;
		else if (mentions->items[m].type != ENTITY_PERSON || name->count > 1)
			join(joiner, (uint32_t)m, slot->entity - 1, "same words");
	}
}

/* "Asahi" after "Asahi Shimbun": one first word of exactly one longer organisation of the article. */
static void join_short_organizations(struct joiner *joiner)
{
	struct mentions *mentions = joiner->mentions;
	enum { MANY = UINT32_MAX };

	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (size_t m = 0; m < mentions->count; m++) {
		const struct name *name = &joiner->names[m];
		enum entity_type type = mentions->items[m].type;
		if ((type != ENTITY_ORGANIZATION && type != ENTITY_FACILITY) || name->count < 2)
			continue;
		struct key_slot *slot = slot_of(joiner, name->parts[0], type);
		if (slot->entity == 0)
			slot->entity = (uint32_t)m + 1;
		else if (slot->entity != MANY && root_of(joiner, slot->entity - 1) != root_of(joiner, (uint32_t)m))
			slot->entity = MANY;
	}
	for (size_t m = 0; m < mentions->count; m++) {
		const struct name *name = &joiner->names[m];
		enum entity_type type = mentions->items[m].type;
		if ((type != ENTITY_ORGANIZATION && type != ENTITY_FACILITY) || name->count != 1)
			continue;
		struct key_slot *slot = slot_of(joiner, name->parts[0], type);
		if (slot->entity != 0 && slot->entity != MANY)
			join(joiner, (uint32_t)m, slot->entity - 1, "first word of an organisation");
	}
}

/* "Cyclone Phailin": whatever else ends in that name is the same storm ("T.C. Phailin"). */
static bool is_storm(const struct joiner *joiner, uint32_t mention)
{
	static const char *const words[] = {"cyclone", "hurricane", "storm", "typhoon"};
	uint32_t first = joiner->mentions->items[mention].first;

	return wordlist_has(WORDLIST(words), joiner->document->words[first].token->text);
}

/* "Phailin" beside "Cyclone Phailin": an event's, product's or other thing's last word, the first longer name that has it. */
static void join_short_things(struct joiner *joiner)
{
	struct mentions *mentions = joiner->mentions;

	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (int pass = 0; pass < 2; pass++)
		for (size_t m = 0; m < mentions->count; m++) {
			const struct name *name = &joiner->names[m];
			enum entity_type type = mentions->items[m].type;
			bool thing = type == ENTITY_EVENT || type == ENTITY_PRODUCT || type == ENTITY_OTHER;
			if (!thing || name->count == 0 || (pass == 0) != (name->count > 1))
				continue;
			/* one key for all three: the long form may tell the kind, the short one not */
			struct key_slot *slot = slot_of(joiner, name->parts[name->count - 1], ENTITY_OTHER);
			if (pass == 0 && slot->entity == 0)
				slot->entity = (uint32_t)m + 1;
			else if (pass == 0 && (is_storm(joiner, (uint32_t)m) || is_storm(joiner, slot->entity - 1)))
				join(joiner, (uint32_t)m, slot->entity - 1, "name of a storm");
			else if (pass == 1 && slot->entity != 0)
				join(joiner, (uint32_t)m, slot->entity - 1, "last word of a thing");
		}
}

/* --- the whole ----------------------------------------------------------------------------- */

static bool is_upper(const struct document *document, const struct mention *mention)
{
	for (uint32_t i = mention->first; i < mention->last; i++)
		if (document->words[i].token->flags & TOKEN_WORD && !(document->words[i].token->flags & TOKEN_UPPER))
			return false;
	return true;
}

static bool is_fuller(const struct joiner *joiner, uint32_t a, uint32_t b)
{
	const struct mention *x = &joiner->mentions->items[a], *y = &joiner->mentions->items[b];
	bool x_shouts = joiner->document->words[x->first].token->flags & TOKEN_SHOUTED;
	bool y_shouts = joiner->document->words[y->first].token->flags & TOKEN_SHOUTED;

	if (x_shouts != y_shouts)
		return y_shouts;
	if (joiner->names[a].count != joiner->names[b].count)
		return joiner->names[a].count > joiner->names[b].count;
	if (joiner->names[a].whole == joiner->names[b].whole && x->last - x->first != y->last - y->first)
		return x->last - x->first > y->last - y->first; /* with its legal form */
	if (joiner->names[a].whole == joiner->names[b].whole) /* "NAIROBI" of a dateline is Nairobi */
		return is_upper(joiner->document, y) && !is_upper(joiner->document, x);
	return mention_text(joiner, a).len > mention_text(joiner, b).len;
}

/* A name in the headline weighs three mentions, one among the first hundred words of the text two. */
static float mention_weight(const struct mention *mention, size_t headline_words)
{
	return mention->first < headline_words ? 3.0f : mention->first < headline_words + 100 ? 2.0f : 1.0f;
}

static void collect(struct joiner *joiner, size_t headline_words, struct entities *entities)
{
	struct mentions *mentions = joiner->mentions;

	entities->items = arena_array(joiner->arena, struct entity, mentions->count + 1);
	for (size_t m = 0; m < mentions->count; m++) {
		uint32_t root = root_of(joiner, (uint32_t)m);
		struct mention *mention = &mentions->items[m];
		if (root == m) {
			mention->entity = (uint32_t)entities->count++;
			entities->items[mention->entity] = (struct entity){.type = mention->type, .first_mention = root, .longest = root};
		} else {
			mention->entity = mentions->items[root].entity;
		}
		struct entity *entity = &entities->items[mention->entity];
		if (entity->type == ENTITY_OTHER)
			entity->type = mention->type;
		entity->mentions++;
		entity->weight += mention_weight(mention, headline_words);
		if (is_fuller(joiner, (uint32_t)m, entity->longest))
			entity->longest = (uint32_t)m;
	}
}

void entities_join(struct arena *arena, const struct document *document, struct mentions *mentions, size_t headline_words,
	struct entities *entities)
{
	struct joiner joiner = {.arena = arena, .document = document, .mentions = mentions, .mask = 63};
	size_t parts = 0;

	*entities = (struct entities){0};
	if (mentions->count == 0)
		return;
	joiner.names = arena_array(arena, struct name, mentions->count);
	joiner.parent = arena_array(arena, uint32_t, mentions->count);
	for (size_t m = 0; m < mentions->count; m++) {
		arena_tick(arena);
		name_read(document, &mentions->items[m], &joiner.names[m]);
		joiner.parent[m] = (uint32_t)m;
		parts += joiner.names[m].count + 2;
	}
	while (joiner.mask + 1 < parts * 2)
		joiner.mask = joiner.mask * 2 + 1;
	joiner.slots = arena_array(arena, struct key_slot, joiner.mask + 1);
	name_types_settle(arena, document, mentions, joiner.names);
	join_persons(&joiner);
	join_brackets(&joiner);
	join_same(&joiner);
	join_acronyms(&joiner, ENTITY_ORGANIZATION);
	join_acronyms(&joiner, ENTITY_PLACE);
	join_acronyms(&joiner, ENTITY_EVENT);
	join_short_organizations(&joiner);
	join_short_things(&joiner);
	collect(&joiner, headline_words, entities);
}
