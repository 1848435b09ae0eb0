/* nametypes: see nametypes.h. */
#include "tag/nametypes.h"

#include "tag/appositions.h"
#include "tag/kinds.h"
#include "tag/wordlist.h"

/* What is known of one name, by the hash of its parts. */
struct type_slot {
	uint64_t key;
	float votes[ENTITY_TYPES];
	bool surname;        /* or another part of a longer person's name */
	bool calls;          /* may call a person named in full: the first or the last of such a name */
	bool located;        /* stands somewhere as only a place does: "in Sydney" */
	bool disputed;       /* told two things */
	bool told, certain;
	enum entity_type is; /* what it is told to be */
};

struct type_table {
	struct type_slot *slots;
	size_t mask;
};

static struct type_slot *slot_of(const struct type_table *table, uint64_t whole)
{
	uint64_t key = whole | 1;
	size_t at = (size_t)(key >> 8) & table->mask;

	while (table->slots[at].key != 0 && table->slots[at].key != key)
		at = (at + 1) & table->mask;
	table->slots[at].key = key;
	return &table->slots[at];
}

static struct type_table table_for(struct arena *arena, size_t names)
{
	size_t slots = 16;

	while (slots < names * 2)
		slots *= 2;
	return (struct type_table){arena_array(arena, struct type_slot, slots), slots - 1};
}

/* Kinds that are one for the reader of a name: a nationality or an event isn't turned into a person. */
static bool may_become(enum entity_type from, enum entity_type to)
{
	return from != ENTITY_LANGUAGE && to != ENTITY_LANGUAGE && from != ENTITY_NATIONALITY && to != ENTITY_NATIONALITY;
}

/* Gives a mention another type, by what the article says; why, for --explain. */
static void turn_into(const struct document *document, struct mention *mention, enum entity_type type, const char *why)
{
	trace_note(document->trace, "type", LOG_SLICE("mention", document_span(document, mention->first, mention->last)),
		LOG_STR("was", ENTITY_TYPE_NAMES[mention->type]), LOG_STR("became", ENTITY_TYPE_NAMES[type]), LOG_STR("by", why));
	mention->type = type;
}

/* --- lists --------------------------------------------------------------------------------- */

enum link { LINK_NONE, LINK_COMMA, LINK_CONJUNCTION };

/* What parts the mention from the one before, if nothing else does. */
static enum link link_before(const struct document *document, const struct mention *mention)
{
	static const char *const conjunctions[] = {"&", "and", "or"};
	const struct mention *before = mention - 1;
	enum link link = LINK_NONE;

	if (mention->first > before->last + 2 || document->words[mention->first].token->flags & TOKEN_SENTENCE)
		return LINK_NONE;
	for (uint32_t i = before->last; i < mention->first; i++) {
		struct slice text = document_text(document, i);
		bool conjunction = wordlist_has(WORDLIST(conjunctions), text);
		if ((!conjunction && !slice_is(text, ",")) || document->words[i].token->flags & TOKEN_SENTENCE)
			return LINK_NONE;
		link = conjunction ? LINK_CONJUNCTION : LINK_COMMA;
	}
	return link;
}

/* The end of the row of mentions that begins at `first`. It is a `*list` if a conjunction stands before its last; without one it may be somebody or
 * something in a city and its state ("Vola, Rochester, N.Y."). */
static size_t row_end(const struct document *document, const struct mentions *mentions, size_t first, bool *list)
{
	enum link link = LINK_COMMA;
	size_t end = first + 1;

	while (link == LINK_COMMA && end < mentions->count) {
		link = link_before(document, &mentions->items[end]);
		end += link != LINK_NONE;
	}
	*list = link == LINK_CONJUNCTION;
	return end;
}

static bool has_given_name(const struct document *document, const struct mention *mention)
{
	return document->words[mention->first].names >> (LEXICON_FIRST_NAME * 4) & 1;
}

/* True if the mention may be a place that only looks like a person or an organisation. */
static bool is_doubtful_place(const struct document *document, const struct mention *mention)
{
	if (mention->type == ENTITY_ORGANIZATION)
		return mention->last - mention->first == 1;
	return mention->type == ENTITY_PERSON && mention->title == mention->first &&
		(mention->last - mention->first == 1 || !has_given_name(document, mention));
}

/* "Coro, Vena, Lunde and Tarsk": what stands among places in a list is one. Two thirds must be places. Among persons or organisations a list proves
 * nothing: there somebody is named beside what he has to do with. */
static void settle_lists(const struct document *document, struct mentions *mentions)
{
	for (size_t first = 0, end; first < mentions->count; first = end) {
		size_t places = 0;
		bool list;
		end = row_end(document, mentions, first, &list);
		for (size_t m = first; m < end; m++)
			places += mentions->items[m].type == ENTITY_PLACE;
		if (!list || end - first < 3 || places * 3 < (end - first) * 2)
			continue;
		for (size_t m = first; m < end; m++)
			if (is_doubtful_place(document, &mentions->items[m]))
				turn_into(document, &mentions->items[m], ENTITY_PLACE, "list");
	}
}

/* --- votes --------------------------------------------------------------------------------- */

static void settle_types(struct arena *arena, const struct document *document, struct mentions *mentions, const struct name *names)
{
	struct type_table table = table_for(arena, mentions->count);

	for (int pass = 0; pass < 2; pass++) {
		for (size_t m = 0; m < mentions->count; m++) {
			struct mention *mention = &mentions->items[m];
			struct type_slot *slot = slot_of(&table, names[m].whole);
			if (pass == 0) {
				slot->votes[mention->type] += mention->told ? 2 : mention->score;
				continue;
			}
			enum entity_type best = mention->type;
			for (int t = 0; t < ENTITY_TYPES; t++)
				if (slot->votes[t] > slot->votes[best] && may_become(mention->type, (enum entity_type)t))
					best = (enum entity_type)t;
			if (best != mention->type)
				trace_note(document->trace, "type", LOG_SLICE("mention", document_span(document, mention->first, mention->last)),
					LOG_STR("was", ENTITY_TYPE_NAMES[mention->type]), LOG_STR("became", ENTITY_TYPE_NAMES[best]),
					LOG_NUM("votes", (double)slot->votes[best]), LOG_NUM("votesBefore", (double)slot->votes[mention->type]));
			mention->type = best;
		}
	}
}

/* --- what the article says of a name -------------------------------------------------------- */

/* True if the gazetteer has the whole name as a place. */
static bool is_known_place(const struct document *document, const struct mention *mention)
{
	static const enum lexicon_class classes[] = {LEXICON_COUNTRY, LEXICON_SUBDIVISION, LEXICON_CITY, LEXICON_TOWN, LEXICON_REGION};

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (mention_is_listed(document, mention, classes[i]))
			return true;
	return false;
}

/* True if the model's type is an impression that the article's word may correct: not of somebody who has a title or a known given name, or
 * whose full name is there, nor of a place that the gazetteer has. */
static bool is_impression(const struct document *document, const struct mention *mention, const struct type_slot *slot)
{
	if (mention->told)
		return false;
	switch (mention->type) {
	case ENTITY_PERSON:
		return !slot->surname && mention->title == mention->first &&
			(slot->certain || !has_given_name(document, mention));
	case ENTITY_PLACE: return !is_known_place(document, mention);
	case ENTITY_ORGANIZATION:
	case ENTITY_WORK:
	case ENTITY_OTHER: return true;
	default: return false;
	}
}

static bool is_all_capitals(const struct document *document, const struct mention *mention)
{
	for (uint32_t i = mention->first; i < mention->last; i++)
		if (!(document->words[i].token->flags & TOKEN_CAPITAL))
			return false;
	return true;
}

/* Marks the parts of a longer person's name. */
static void mark_parts(const struct type_table *table, const struct document *document, const struct mention *mention, const struct name *name)
{
	if (mention->type != ENTITY_PERSON || name->count < 2)
		return;
	bool plain = is_all_capitals(document, mention);
	for (size_t i = 0; i < name->count; i++) {
		struct type_slot *slot = slot_of(table, lexicon_extend(0, name->parts[i]));
		slot->surname = true;
		slot->calls |= plain && (i == 0 || i + 1 == name->count);
	}
}

/* "in Sydney", "the Amazon" */
static bool is_located(const struct document *document, const struct mention *mention)
{
	static const char *const before[] = {"across", "around", "at", "from", "in", "inside", "near", "outside", "through", "to", "towards"};
	size_t at = mention->first;

	if (at > 0 && slice_is(document_text(document, at - 1), "the"))
		return true;
	return at > 0 && !(document->words[at].token->flags & TOKEN_SENTENCE) && wordlist_has(WORDLIST(before), document_text(document, at - 1));
}

/* A lone word that calls somebody whose name is there in full, whatever it was taken for; a company may be called like its founder. */
static bool may_call(const struct document *document, const struct mention *mention)
{
	bool place = mention->type == ENTITY_PLACE && !mention_is_listed(document, mention, LEXICON_COUNTRY);
	bool thing = mention->type == ENTITY_OTHER || mention->type == ENTITY_WORK || mention->type == ENTITY_PRODUCT;

	return mention->last - mention->first == 1 &&
	       (place || (thing && !mention->told && !(document->words[mention->first].token->flags & TOKEN_UPPER)));
}

/* What the article makes of a mention: its type, or another one; why, for --explain. */
static enum entity_type type_told(const struct document *document, const struct mention *mention, const struct type_slot *slot, const char **why)
{
	*why = "apposition";
	if (slot->told && !slot->disputed && slot->is != mention->type && is_impression(document, mention, slot))
		return slot->is;
	*why = "full name";
	if (slot->calls && !slot->located && may_call(document, mention))
		return ENTITY_PERSON;
	return mention->type;
}

/* "Vola, a Lagos startup": what an article says of a name holds for the name throughout, unless it says two things. And a place's or a
 * thing's name that is also the first or the last of somebody's in the article calls that person if it never stands as a place does. */
static void settle_told(struct arena *arena, const struct document *document, struct mentions *mentions, const struct name *names)
{
	size_t parts = 0;

	for (size_t m = 0; m < mentions->count; m++)
		parts += names[m].count + 1;
	struct type_table table = table_for(arena, parts);
	for (size_t m = 0; m < mentions->count; m++) {
		struct type_slot *slot = slot_of(&table, names[m].whole);
		bool certain;
		enum entity_type told = apposition_type(document, &mentions->items[m], &certain);
		if (told != ENTITY_TYPES) {
			slot->certain |= certain;
			slot->disputed |= slot->told && slot->is != told;
			slot->told = true;
			slot->is = told;
		}
		slot->located |= is_located(document, &mentions->items[m]);
		mark_parts(&table, document, &mentions->items[m], &names[m]);
	}
	for (size_t m = 0; m < mentions->count; m++) {
		struct mention *mention = &mentions->items[m];
		const char *why;
		enum entity_type type = type_told(document, mention, slot_of(&table, names[m].whole), &why);
		if (type != mention->type)
			turn_into(document, mention, type, why);
	}
}

/* "The Kremlin said", "a White House official": a seat stands for who governs there, throughout the article, unless it is only ever named
 * as a place ("in the Kremlin"). */
static void settle_seats(const struct document *document, struct mentions *mentions)
{
	uint64_t spoken_for = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t m = 0; m < mentions->count; m++) {
			struct mention *mention = &mentions->items[m];
			int seat = kind_seat(document, mention);
			if (seat < 0)
				continue;
			if (pass == 0 && !kind_is_where(document, mention))
				spoken_for |= (uint64_t)1 << seat;
			if (pass == 1)
				mention->type = spoken_for >> seat & 1 ? ENTITY_ORGANIZATION : ENTITY_FACILITY;
		}
}

void name_types_settle(struct arena *arena, const struct document *document, struct mentions *mentions, const struct name *names)
{
	settle_lists(document, mentions);
	settle_types(arena, document, mentions, names);
	settle_told(arena, document, mentions, names);
	settle_seats(document, mentions);
}
