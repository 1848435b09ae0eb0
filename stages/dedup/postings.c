/* postings: see postings.h. */
#include "dedup/postings.h"

#include "base/must.h"
#include "dedup/pack.h"
#include "dedup/slots.h"

#include <stdlib.h>

#define FIRST_KEPT (POSTINGS_KEPT / 2)

struct posting {
	uint32_t number;
	uint8_t tag[3];
} __attribute__((packed));

struct postings {
	struct slots slots;
};

static uint32_t posting_place(const void *slot, const void *context)
{
	const struct posting *posting = slot;

	(void)context;
	return (uint32_t)posting->tag[0] | (uint32_t)posting->tag[1] << 8 | (uint32_t)posting->tag[2] << 16;
}

static void posting_set(struct posting *posting, uint32_t number, uint32_t hash)
{
	*posting = (struct posting){number, {(uint8_t)hash, (uint8_t)(hash >> 8), (uint8_t)(hash >> 16)}};
}

struct postings *postings_create(void)
{
	struct postings *p = must(calloc(1, sizeof(*p)));

	slots_init(&p->slots, sizeof(struct posting), posting_place, NULL);
	return p;
}

void postings_destroy(struct postings **postings)
{
	if (*postings == NULL)
		return;
	slots_release(&(*postings)->slots);
	free(*postings);
	*postings = NULL;
}

static void insert_sorted(uint32_t *numbers, struct posting **places, size_t count, struct posting *posting)
{
	size_t i = count;

	for (; i > 0 && numbers[i - 1] > posting->number; i--) {
		numbers[i] = numbers[i - 1];
		places[i] = places[i - 1];
	}
	numbers[i] = posting->number;
	places[i] = posting;
}

size_t postings_add(struct postings *p, const struct roster *roster, uint64_t key, uint32_t number, uint32_t found[POSTINGS_KEPT])
{
	uint32_t hash = (uint32_t)(key >> 32);
	struct posting *places[POSTINGS_KEPT], *posting;
	struct slots_walk walk = slots_search_to_add(&p->slots, hash, roster_first(roster));
	uint64_t article = roster_key(roster, number);
	size_t count = 0;
	bool mine = false;

	while ((posting = slots_next(&walk)) != NULL) {
		if (posting_place(posting, NULL) != (hash & 0xFFFFFFu))
			continue;
		if (posting->number == number || roster_key(roster, posting->number) == article)
			mine = true;
		else if (count < POSTINGS_KEPT)
			insert_sorted(found, places, count++, posting);
	}
	if (mine)
		return count;
	posting_set(count == POSTINGS_KEPT ? places[FIRST_KEPT] : slots_take(&walk), number, hash);
	return count;
}

size_t postings_bytes(const struct postings *p)
{
	return slots_bytes(&p->slots);
}

void postings_save(const struct postings *p, uint32_t first, struct buf *out)
{
	struct slots_cursor cursor = {0, 0};
	const struct posting *posting;
	uint32_t piece;

	pack_uint(out, slots_live(&p->slots, first), 8);
	while ((posting = slots_each(&p->slots, &cursor, first, &piece)) != NULL) {
		pack_uint(out, piece << 24 | posting_place(posting, NULL), 4);
		pack_uint(out, posting->number - first, 4);
	}
}

bool postings_load(struct postings *p, uint32_t end, struct slice bytes, struct error *error)
{
	struct unpack in = unpack_begin(bytes);
	uint64_t live = unpack_uint(&in, 8);

	for (uint64_t i = 0; i < live && !in.bad; i++) {
		uint32_t hash = (uint32_t)unpack_uint(&in, 4), number = (uint32_t)unpack_uint(&in, 4);
		if (number >= end)
			return error_set(error, "snapshot_damaged", "a posting refers to nothing");
		struct slots_walk walk = slots_search_to_add(&p->slots, hash, 0);
		while (slots_next(&walk) != NULL)
			;
		posting_set(slots_take(&walk), number, hash);
	}
	return !in.bad && in.ptr == in.end ? true : error_set(error, "snapshot_damaged", "the postings end early");
}
