/* nametypes: see nametypes.h. */
#include "tag/nametypes.h"

#include "tag/kinds.h"

/* The votes of one name, by the hash of its parts. */
struct type_slot {
	uint64_t key;
	float votes[ENTITY_TYPES];
};

/* Kinds that are one for the reader of a name: a nationality or an event isn't turned into a person. */
static bool may_become(enum entity_type from, enum entity_type to)
{
	return from != ENTITY_LANGUAGE && to != ENTITY_LANGUAGE && from != ENTITY_NATIONALITY && to != ENTITY_NATIONALITY;
}

static void settle_types(struct arena *arena, const struct document *document, struct mentions *mentions, const struct name *names)
{
	size_t slots = 16;

	while (slots < mentions->count * 2)
		slots *= 2;
	struct type_slot *table = arena_array(arena, struct type_slot, slots);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t m = 0; m < mentions->count; m++) {
			struct mention *mention = &mentions->items[m];
			uint64_t key = names[m].whole | 1;
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
				trace_note(document->trace, "type", LOG_SLICE("mention", document_span(document, mention->first, mention->last)),
					LOG_STR("was", ENTITY_TYPE_NAMES[mention->type]), LOG_STR("became", ENTITY_TYPE_NAMES[best]),
					LOG_NUM("votes", (double)table[at].votes[best]), LOG_NUM("votesBefore", (double)table[at].votes[mention->type]));
			mention->type = best;
		}
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
	settle_types(arena, document, mentions, names);
	settle_seats(document, mentions);
}
