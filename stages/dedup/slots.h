/* slots: an open-addressing table that stays full: 256 pieces, each of which grows by an eighth when 17/20 of it are taken, so
 * that what lies idle is a fifth on the average, and a table that grows needs memory for one piece more only.
 *
 * A slot begins with the number (uint32_t) of the article that it is about. Numbers below `first` are dead: such slots are passed
 * over, taken again, and left out when their piece is made anew; so expiry needs no sweep. Searching is linear from a place that
 * the user's 32-bit hash names: its top eight bits choose the piece, and need not be kept in the slot. */
#ifndef COPYDESK_SLOTS_H
#define COPYDESK_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SLOTS_PIECES 256
#define SLOTS_EMPTY UINT32_MAX

/* The low 24 bits of a slot's hash. */
typedef uint32_t slots_place(const void *slot, const void *context);

struct slots_piece {
	unsigned char *bytes;
	uint32_t capacity, used; /* used: not empty, dead ones too */
};

struct slots {
	size_t size; /* of a slot */
	slots_place *place;
	const void *context;
	struct slots_piece pieces[SLOTS_PIECES];
};

/* `size`: bytes of a slot, its number included. `place` is asked again when a piece grows. Memory of the system: out of it, the
 * process ends. */
void slots_init(struct slots *slots, size_t size, slots_place *place, const void *context);
void slots_release(struct slots *slots);
/* Memory held. */
size_t slots_bytes(const struct slots *slots);

static inline uint32_t slots_number(const void *slot)
{
	uint32_t number;

	memcpy(&number, slot, sizeof(number));
	return number;
}

/* A search: all live slots from the hash's place on to the first empty one; the user tells its own from strangers. */
struct slots_walk {
	struct slots_piece *piece;
	size_t size;
	uint32_t at, first;
	unsigned char *dead; /* the first dead slot passed, NULL if none was */
};

/* `first`: slots with smaller numbers are dead. */
struct slots_walk slots_search(const struct slots *slots, uint32_t hash, uint32_t first);
/* The same, with room made for one slot more. */
struct slots_walk slots_search_to_add(struct slots *slots, uint32_t hash, uint32_t first);

/* The next slot, NULL at the end. */
static inline void *slots_next(struct slots_walk *walk)
{
	for (;;) {
		unsigned char *slot = walk->piece->bytes + (size_t)walk->at * walk->size;
		uint32_t number = slots_number(slot);
		if (number == SLOTS_EMPTY)
			return NULL;
		walk->at = walk->at + 1 == walk->piece->capacity ? 0 : walk->at + 1;
		if (number >= walk->first)
			return slot;
		if (walk->dead == NULL)
			walk->dead = slot;
	}
}

/* A slot to fill, after a search to add that went to its end. */
static inline void *slots_take(struct slots_walk *walk)
{
	if (walk->dead != NULL)
		return walk->dead;
	walk->piece->used++;
	return walk->piece->bytes + (size_t)walk->at * walk->size;
}

/* All live slots, in no order that means anything: start with {0, 0}; NULL at the end. `hash_top`: the bits that chose its
 * piece. */
struct slots_cursor {
	uint32_t piece, at;
};
const void *slots_each(const struct slots *slots, struct slots_cursor *cursor, uint32_t first, uint32_t *hash_top);
/* Counts them: walks the whole table. */
size_t slots_live(const struct slots *slots, uint32_t first);

#endif
