/* slots: see slots.h. */
#include "dedup/slots.h"

#include "base/must.h"


#include <stdlib.h>

#define SMALLEST 8

static unsigned char nothing[32] = {0xFF, 0xFF, 0xFF, 0xFF}; /* what a piece is before its first slot: one that is empty, never written */

void slots_init(struct slots *slots, size_t size, slots_place *place, const void *context)
{
	*slots = (struct slots){.size = size, .place = place, .context = context};
	for (size_t i = 0; i < SLOTS_PIECES; i++)
		slots->pieces[i] = (struct slots_piece){nothing, 1, 0};
}

void slots_release(struct slots *slots)
{
	for (size_t i = 0; i < SLOTS_PIECES; i++)
		if (slots->pieces[i].bytes != nothing)
			free(slots->pieces[i].bytes);
	*slots = (struct slots){.size = 0};
}

size_t slots_bytes(const struct slots *slots)
{
	size_t bytes = sizeof(*slots);

	for (size_t i = 0; i < SLOTS_PIECES; i++)
		if (slots->pieces[i].bytes != nothing)
			bytes += slots->pieces[i].capacity * slots->size + 16; /* the heap's own header */
	return bytes;
}

static bool live(const unsigned char *slot, uint32_t first)
{
	uint32_t number = slots_number(slot);

	return number != SLOTS_EMPTY && number >= first;
}

static uint32_t start(const struct slots_piece *piece, uint32_t place)
{
	return (uint32_t)((uint64_t)(place & 0xFFFFFFu) * piece->capacity >> 24);
}

static size_t live_in(const struct slots *slots, const struct slots_piece *piece, uint32_t first)
{
	size_t count = 0;

	for (size_t i = 0; i < piece->capacity; i++)
		count += live(piece->bytes + i * slots->size, first);
	return count;
}

/* The live slots of a piece in new memory, of which they fill 34 of 45. */
static void renew(struct slots *slots, struct slots_piece *piece, uint32_t first)
{
	size_t count = live_in(slots, piece, first);
	struct slots_piece old = *piece;

	piece->capacity = (uint32_t)(count * 45 / 34) + SMALLEST;
	piece->bytes = must(malloc(piece->capacity * slots->size));
	memset(piece->bytes, 0xFF, piece->capacity * slots->size);
	piece->used = (uint32_t)count;
	for (size_t i = 0; i < old.capacity; i++) {
		const unsigned char *slot = old.bytes + i * slots->size;
		if (!live(slot, first))
			continue;
		uint32_t at = start(piece, slots->place(slot, slots->context));
		while (slots_number(piece->bytes + at * slots->size) != SLOTS_EMPTY)
			at = at + 1 == piece->capacity ? 0 : at + 1;
		memcpy(piece->bytes + at * slots->size, slot, slots->size);
	}
	if (old.bytes != nothing)
		free(old.bytes);
}

struct slots_walk slots_search(const struct slots *slots, uint32_t hash, uint32_t first)
{
	struct slots_piece *piece = (struct slots_piece *)&slots->pieces[hash >> 24];

	return (struct slots_walk){piece, slots->size, start(piece, hash), first, NULL};
}

struct slots_walk slots_search_to_add(struct slots *slots, uint32_t hash, uint32_t first)
{
	struct slots_piece *piece = &slots->pieces[hash >> 24];

	if ((piece->used + 1) * (uint64_t)20 > piece->capacity * (uint64_t)17)
		renew(slots, piece, first);
	return slots_search(slots, hash, first);
}

const void *slots_each(const struct slots *slots, struct slots_cursor *cursor, uint32_t first, uint32_t *hash_top)
{
	for (; cursor->piece < SLOTS_PIECES; cursor->piece++, cursor->at = 0)
		while (cursor->at < slots->pieces[cursor->piece].capacity) {
			const unsigned char *slot = slots->pieces[cursor->piece].bytes + (size_t)cursor->at++ * slots->size;
			*hash_top = cursor->piece;
			if (live(slot, first))
				return slot;
		}
	return NULL;
}

size_t slots_live(const struct slots *slots, uint32_t first)
{
	size_t count = 0;

	for (size_t i = 0; i < SLOTS_PIECES; i++)
		count += live_in(slots, &slots->pieces[i], first);
	return count;
}
