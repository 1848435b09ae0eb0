/* postings: see postings.h. Linear probing; dead slots are skipped when searching and taken when adding, so that expiry needs no sweep:
 * what is left of it is thrown out whenever a table grows. */
#include "dedup/postings.h"

#include "base/hash.h"
#include "dedup/pack.h"

#include <stdlib.h>

#define FIRST_KEPT (POSTINGS_KEPT / 2)
#define NONE UINT32_MAX

struct posting {
	uint32_t tag, number; /* number NONE: empty */
};

struct postings {
	struct posting *slots;
	size_t capacity, used; /* used: not empty, dead ones too */
};

static void *must(void *memory)
{
	if (memory == NULL)
		abort(); /* the process's memory is spent: the supervisor restarts it, the log restores the index */
	return memory;
}

/* Places are spread by multiplication, so that a capacity need not be a power of two: tables grow by half and stay fuller. */
static size_t place(uint32_t tag, size_t capacity)
{
	return (size_t)(((uint64_t)(tag * 0x9E3779B1u) * capacity) >> 32);
}

static size_t after(size_t at, size_t capacity)
{
	return at + 1 == capacity ? 0 : at + 1;
}

static struct posting *posting_slots(size_t capacity)
{
	struct posting *slots = must(malloc(capacity * sizeof(*slots)));

	memset(slots, 0xFF, capacity * sizeof(*slots));
	return slots;
}

struct postings *postings_create(void)
{
	struct postings *p = must(calloc(1, sizeof(*p)));

	p->capacity = 1024;
	p->slots = posting_slots(p->capacity);
	return p;
}

void postings_destroy(struct postings **postings)
{
	if (*postings == NULL)
		return;
	free((*postings)->slots);
	free(*postings);
	*postings = NULL;
}

static void postings_put(struct postings *p, struct posting item)
{
	size_t at = place(item.tag, p->capacity);

	while (p->slots[at].number != NONE)
		at = after(at, p->capacity);
	p->slots[at] = item;
	p->used++;
}

static void postings_grow(struct postings *p, uint32_t first)
{
	struct posting *old = p->slots;
	size_t old_capacity = p->capacity, live = 0;

	for (size_t i = 0; i < old_capacity; i++)
		live += old[i].number != NONE && old[i].number >= first;
	while (live * 5 >= p->capacity * 3)
		p->capacity += p->capacity / 2;
	p->slots = posting_slots(p->capacity);
	p->used = 0;
	for (size_t i = 0; i < old_capacity; i++)
		if (old[i].number != NONE && old[i].number >= first)
			postings_put(p, old[i]);
	free(old);
}

static void insert_sorted(uint32_t *numbers, size_t *places, size_t count, uint32_t number, size_t slot)
{
	size_t i = count;

	for (; i > 0 && numbers[i - 1] > number; i--) {
		numbers[i] = numbers[i - 1];
		places[i] = places[i - 1];
	}
	numbers[i] = number;
	places[i] = slot;
}

size_t postings_add(struct postings *p, uint64_t key, uint32_t number, uint32_t first, uint32_t found[POSTINGS_KEPT])
{
	uint32_t tag = (uint32_t)(key >> 32);
	size_t count = 0, places[POSTINGS_KEPT], dead = SIZE_MAX, at;
	bool mine = false;

	if ((p->used + 1) * 5 > p->capacity * 4)
		postings_grow(p, first);
	for (at = place(tag, p->capacity); p->slots[at].number != NONE; at = after(at, p->capacity)) {
		struct posting *slot = &p->slots[at];
		if (slot->number < first)
			dead = dead == SIZE_MAX ? at : dead;
		else if (slot->tag == tag && slot->number == number)
			mine = true;
		else if (slot->tag == tag && count < POSTINGS_KEPT)
			insert_sorted(found, places, count++, slot->number, at);
	}
	if (mine)
		return count;
	if (count == POSTINGS_KEPT) {
		p->slots[places[FIRST_KEPT]].number = number;
	} else if (dead != SIZE_MAX) {
		p->slots[dead] = (struct posting){tag, number};
	} else {
		p->slots[at] = (struct posting){tag, number};
		p->used++;
	}
	return count;
}

size_t postings_bytes(const struct postings *p)
{
	return p->capacity * sizeof(*p->slots);
}

void postings_save(const struct postings *p, uint32_t first, struct buf *out)
{
	size_t live = 0;

	for (size_t i = 0; i < p->capacity; i++)
		live += p->slots[i].number != NONE && p->slots[i].number >= first;
	pack_uint(out, live, 8);
	for (size_t i = 0; i < p->capacity; i++)
		if (p->slots[i].number != NONE && p->slots[i].number >= first)
			buf_append_bytes(out, &p->slots[i], sizeof(p->slots[i]));
}

bool postings_load(struct postings *p, uint32_t first, uint32_t end, struct slice bytes, struct error *error)
{
	struct unpack in = unpack_begin(bytes);
	uint64_t live = unpack_uint(&in, 8);

	for (uint64_t i = 0; i < live && !in.bad; i++) {
		struct posting item = {(uint32_t)unpack_uint(&in, 4), (uint32_t)unpack_uint(&in, 4)};
		if (item.number < first || item.number >= end)
			return error_set(error, "snapshot_damaged", "a posting refers to nothing");
		if ((p->used + 1) * 5 > p->capacity * 4)
			postings_grow(p, first);
		postings_put(p, item);
	}
	return !in.bad && in.ptr == in.end ? true : error_set(error, "snapshot_damaged", "the postings end early");
}
