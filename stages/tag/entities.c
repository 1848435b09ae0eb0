/* entities: see entities.h. All joins go through one table from forms to entities, so the cost is linear in the mentions. */
#include "tag/entities.h"

#include "base/utf8.h"
#include "tag/kinds.h"
#include "tag/wordlist.h"

#define PARTS_MAX 12

/* A name as joining sees it: the forms of its words, without marks. */
struct name {
	uint64_t parts[PARTS_MAX];
	char initials[PARTS_MAX]; /* first byte of each part, lower case; 0 for a part that isn't a word */
	bool initial[PARTS_MAX];  /* the part is itself an initial: "J." */
	size_t count;
	uint64_t whole; /* hash of all parts */
	bool female, male;
	enum entity_type type;
};

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

static bool is_initial(struct slice text)
{
	return (text.len == 2 && text.ptr[1] == '.') || (text.len == 1 && byte_is_alpha(text.ptr[0]));
}

/* The form without marks on its letters, so that "Erdogan" is Erdoğan. */
static uint64_t plain_form(const struct word *word)
{
	char text[64];
	size_t length = 0;
	bool plain = true;

	for (size_t i = 0; i < word->token->text.len && plain; i++)
		plain = (unsigned char)word->token->text.ptr[i] < 0x80;
	if (plain)
		return word->form;
	for (size_t at = 0; at < word->token->text.len && length + 4 < sizeof text;) {
		uint32_t c = utf8_plain(utf8_to_lower(utf8_next(word->token->text, &at)));
		c = c == 0x2019 ? '\'' : c < 0x80 && byte_is_digit((char)c) ? '0' : c; /* as word_fold() has them */
		if (c != 0)
			length += utf8_encode(c, text + length);
	}
	return lexicon_hash((struct slice){text, length});
}

static void read_name(const struct document *document, const struct mention *mention, struct name *name)
{
	*name = (struct name){.type = mention->type};
	for (uint32_t i = mention->first; i < mention->last && name->count < PARTS_MAX; i++) {
		const struct word *word = &document->words[i];
		if (word->token->flags & TOKEN_PUNCT && word->token->text.len < 2)
			continue;
		char first = word->token->text.ptr[0];
		name->initials[name->count] = byte_lower(first);
		name->initial[name->count] = is_initial(word->token->text);
		name->parts[name->count] = plain_form(word);
		name->whole = lexicon_extend(name->whole, name->parts[name->count++]);
	}
	for (uint32_t i = mention->title; i < mention->first; i++)
		word_is_title(document->words[i].token->text, &name->female, &name->male);
}

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
	const struct word *words = joiner->document->words;
	const struct mention *m = &joiner->mentions->items[mention];
	const struct token *first = words[m->first].token, *last = words[m->last - 1].token;

	return slice_make(first->text.ptr, last->byte_end - first->byte_start);
}

/* --- one type for one name ----------------------------------------------------------------- */

struct type_slot {
	uint64_t key;
	float votes[ENTITY_TYPES];
};

/* Kinds that are one for the reader of a name: a nationality or an event isn't turned into a person. */
static bool may_become(enum entity_type from, enum entity_type to)
{
	return from != ENTITY_LANGUAGE && to != ENTITY_LANGUAGE && from != ENTITY_NATIONALITY && to != ENTITY_NATIONALITY;
}

static void settle_types(struct joiner *joiner)
{
	size_t slots = 16;

	while (slots < joiner->mentions->count * 2)
		slots *= 2;
	struct type_slot *table = arena_array(joiner->arena, struct type_slot, slots);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t m = 0; m < joiner->mentions->count; m++) {
			struct mention *mention = &joiner->mentions->items[m];
			uint64_t key = joiner->names[m].whole | 1;
			size_t at = (size_t)(key >> 8) & (slots - 1);
			while (table[at].key != 0 && table[at].key != key)
				at = (at + 1) & (slots - 1);
			table[at].key = key;
			if (pass == 0) {
				table[at].votes[mention->type] += mention->told ? 2 : mention->score;
				continue;
			}
			enum entity_type best = mention->type;
			for (int t = 0; t < ENTITY_TYPES; t++)
				if (table[at].votes[t] > table[at].votes[best] && may_become(mention->type, (enum entity_type)t))
					best = (enum entity_type)t;
			if (best != mention->type)
				trace_note(joiner->document->trace, "type", LOG_SLICE("mention", mention_text(joiner, (uint32_t)m)),
					LOG_STR("was", ENTITY_TYPE_NAMES[mention->type]), LOG_STR("became", ENTITY_TYPE_NAMES[best]),
					LOG_NUM("votes", (double)table[at].votes[best]), LOG_NUM("votesBefore", (double)table[at].votes[mention->type]));
			mention->type = joiner->names[m].type = best;
		}
	}
}

/* "The Kremlin said", "a White House official": a seat stands for who governs there, throughout the article, unless it is only ever named
 * as a place ("in the Kremlin"). */
static void settle_seats(struct joiner *joiner)
{
	uint64_t spoken_for = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t m = 0; m < joiner->mentions->count; m++) {
			struct mention *mention = &joiner->mentions->items[m];
			int seat = kind_seat(joiner->document, mention);
			if (seat < 0)
				continue;
			if (pass == 0 && !kind_is_where(joiner->document, mention))
				spoken_for |= (uint64_t)1 << seat;
			if (pass == 1)
				mention->type = joiner->names[m].type = spoken_for >> seat & 1 ? ENTITY_ORGANIZATION : ENTITY_FACILITY;
		}
}

/* --- persons ------------------------------------------------------------------------------- */

/* True if each part of `small` is a part of `large` in order, initials standing for any word they begin. */
static bool within(const struct name *small, const struct name *large)
{
	size_t at = 0;

	for (size_t i = 0; i < small->count; i++) {
		for (; at < large->count; at++)
			if (small->parts[i] == large->parts[at] ||
				((small->initial[i] || large->initial[at]) && small->initials[i] == large->initials[at]))
				break;
			else if (small->initial[i] && large->initial[at])
				return false; /* "George W." isn't "George H. W." */
		if (at++ == large->count)
			return false;
	}
	return true;
}

static bool same_person(const struct name *small, const struct name *large)
{
	if ((small->female && large->male) || (small->male && large->female))
		return false;
	if (!within(small, large))
		return false;
	bool real = false; /* initials alone are no evidence */
	for (size_t i = 0; i < small->count; i++)
		real |= !small->initial[i];
	return real;
}

/* `rule`: why, for --explain. */
static void join(struct joiner *joiner, uint32_t mention, uint32_t to, const char *rule)
{
	uint32_t a = root_of(joiner, mention), b = root_of(joiner, to);

	if (a != b)
		trace_note(joiner->document->trace, "join", LOG_STR("rule", rule), LOG_SLICE("mention", mention_text(joiner, mention)),
			LOG_SLICE("with", mention_text(joiner, to)), LOG_STR("type", ENTITY_TYPE_NAMES[joiner->names[to].type]));

	joiner->parent[a > b ? a : b] = a > b ? b : a;
	joiner->names[to].female |= joiner->names[mention].female;
	joiner->names[to].male |= joiner->names[mention].male;
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
		if (name->type != ENTITY_PERSON || name->count < 2)
			continue;
		for (size_t i = 0; i < name->count; i++) {
			struct key_slot *slot = slot_of(joiner, name->parts[i], ENTITY_PERSON);
			uint32_t other = slot->entity;
			if (other != 0 && root_of(joiner, other - 1) != root_of(joiner, (uint32_t)m)) {
				struct name *known = &joiner->names[other - 1];
				bool shorter = name->count < known->count;
				if (same_person(shorter ? name : known, shorter ? known : name))
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
		if (name->type != ENTITY_PERSON)
			continue;
		if (name->count == 1)
			later[m] = slot_of(joiner, name->parts[0], ENTITY_PERSON)->entity;
		for (size_t i = 0; name->count > 1 && i < name->count; i++)
			slot_of(joiner, name->parts[i], ENTITY_PERSON)->entity = (uint32_t)m + 1;
	}
	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (size_t m = 0; m < mentions->count; m++) { /* what went before */
		struct name *name = &joiner->names[m];
		if (name->type != ENTITY_PERSON)
			continue;
		if (name->count == 1) {
			struct key_slot *slot = slot_of(joiner, name->parts[0], ENTITY_PERSON);
			uint32_t full = slot->entity;
			for (int tries = 0; full && tries < 8 && !same_person(name, &joiner->names[full - 1]); tries++)
				full = older[full - 1];
			if (!full)
				full = later[m];
			if (full && same_person(name, &joiner->names[full - 1]))
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

static bool is_acronym(const struct document *document, const struct mention *mention, char letters[PARTS_MAX + 1])
{
	size_t count = 0;

	if (mention->last - mention->first != 1)
		return false;
	struct slice text = document->words[mention->first].token->text;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '.')
			continue;
		if (text.ptr[i] < 'A' || text.ptr[i] > 'Z' || count == PARTS_MAX)
			return false;
		letters[count++] = byte_lower(text.ptr[i]);
	}
	letters[count] = '\0';
	return count >= 2;
}

static bool is_small_word(const struct document *document, uint32_t word)
{
	return !(document->words[word].token->flags & TOKEN_CAPITAL);
}

/* The initials of a name's words, with or without its small words ("of", "and"). */
static size_t initials_of(const struct document *document, const struct mention *mention, bool small, char letters[PARTS_MAX + 1])
{
	size_t count = 0;

	for (uint32_t i = mention->first; i < mention->last && count < PARTS_MAX; i++) {
		const struct token *token = document->words[i].token;
		if (!(token->flags & TOKEN_WORD) || token->flags & TOKEN_POSSESSIVE || (!small && is_small_word(document, i)))
			continue;
		letters[count++] = byte_lower(token->text.ptr[0]);
	}
	letters[count] = '\0';
	return count;
}

static uint64_t letters_key(const char *letters) { return lexicon_hash(slice_of(letters)) ^ 0xAC0; }

/* Acronyms lead to the full name, whichever comes first. */
static void join_acronyms(struct joiner *joiner, enum entity_type type)
{
	struct mentions *mentions = joiner->mentions;
	char letters[PARTS_MAX + 1];

	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (size_t m = 0; m < mentions->count; m++) {
		const struct mention *mention = &mentions->items[m];
		if (mention->type != type || mention->last - mention->first < 2)
			continue;
		for (int small = 0; small < 2; small++) {
			if (initials_of(joiner->document, mention, small, letters) < 2)
				continue;
			struct key_slot *slot = slot_of(joiner, letters_key(letters), type);
			if (slot->entity == 0)
				slot->entity = (uint32_t)m + 1;
		}
	}
	for (size_t m = 0; m < mentions->count; m++) {
		if (mentions->items[m].type != type || !is_acronym(joiner->document, &mentions->items[m], letters))
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
	char letters[PARTS_MAX + 1], initials[PARTS_MAX + 1];

	for (size_t m = 1; m < mentions->count; m++) {
		struct mention *mention = &mentions->items[m], *before = mention - 1;
		if (mention->first != before->last + 1 || !slice_is(joiner->document->words[before->last].token->text, "(") ||
			!is_acronym(joiner->document, mention, letters))
			continue;
		initials_of(joiner->document, before, true, initials);
		if (initials[0] != letters[0] || (mention->type != before->type && before->type != ENTITY_ORGANIZATION))
			continue;
		mention->type = joiner->names[m].type = before->type;
		join(joiner, (uint32_t)m, (uint32_t)(m - 1), "acronym in brackets");
	}
}

static void join_same(struct joiner *joiner)
{
	struct mentions *mentions = joiner->mentions;

	memset(joiner->slots, 0, (joiner->mask + 1) * sizeof *joiner->slots);
	for (size_t m = 0; m < mentions->count; m++) {
		struct name *name = &joiner->names[m];
		struct key_slot *slot = slot_of(joiner, name->whole, name->type);
		if (slot->entity == 0)
			slot->entity = (uint32_t)m + 1;
		else if (name->type != ENTITY_PERSON || name->count > 1)
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
		struct name *name = &joiner->names[m];
		if ((name->type != ENTITY_ORGANIZATION && name->type != ENTITY_FACILITY) || name->count < 2)
			continue;
		struct key_slot *slot = slot_of(joiner, name->parts[0], name->type);
		if (slot->entity == 0)
			slot->entity = (uint32_t)m + 1;
		else if (slot->entity != MANY && root_of(joiner, slot->entity - 1) != root_of(joiner, (uint32_t)m))
			slot->entity = MANY;
	}
	for (size_t m = 0; m < mentions->count; m++) {
		struct name *name = &joiner->names[m];
		if ((name->type != ENTITY_ORGANIZATION && name->type != ENTITY_FACILITY) || name->count != 1)
			continue;
		struct key_slot *slot = slot_of(joiner, name->parts[0], name->type);
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
			struct name *name = &joiner->names[m];
			bool thing = name->type == ENTITY_EVENT || name->type == ENTITY_PRODUCT || name->type == ENTITY_OTHER;
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

static size_t name_length(const struct document *document, const struct mention *mention)
{
	return document->words[mention->last - 1].token->byte_end - document->words[mention->first].token->byte_start;
}

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
	if (joiner->names[a].whole == joiner->names[b].whole) /* "NAIROBI" of a dateline is Nairobi */
		return is_upper(joiner->document, y) && !is_upper(joiner->document, x);
	return name_length(joiner->document, x) > name_length(joiner->document, y);
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
		read_name(document, &mentions->items[m], &joiner.names[m]);
		joiner.parent[m] = (uint32_t)m;
		parts += joiner.names[m].count + 2;
	}
	while (joiner.mask + 1 < parts * 2)
		joiner.mask = joiner.mask * 2 + 1;
	joiner.slots = arena_array(arena, struct key_slot, joiner.mask + 1);
	settle_types(&joiner);
	settle_seats(&joiner);
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
