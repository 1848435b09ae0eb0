/* revisions: see revisions.h. Linear probing as in postings.c; dead slots are skipped when searching and taken when adding. */
#include "dedup/revisions.h"

#include "base/hash.h"
#include "dedup/pack.h"

#include <stdlib.h>

#define KEPT 8
#define LAST UINT16_MAX /* a chain's numbers end here */

struct link {
	uint32_t number, content, tag;
	uint16_t tag_high, revision;
};

struct revisions {
	struct link *slots; /* number STORE_NONE: empty */
	size_t capacity, used;
};

static void *must(void *memory)
{
	if (memory == NULL)
		abort(); /* the process's memory is spent: the supervisor restarts it, the log restores the index */
	return memory;
}

static struct link *link_slots(size_t capacity)
{
	struct link *slots = must(malloc(capacity * sizeof(*slots)));

	memset(slots, 0xFF, capacity * sizeof(*slots));
	return slots;
}

struct revisions *revisions_create(void)
{
	struct revisions *r = must(calloc(1, sizeof(*r)));

	r->capacity = 256;
	r->slots = link_slots(r->capacity);
	return r;
}

void revisions_destroy(struct revisions **revisions)
{
	if (*revisions == NULL)
		return;
	free((*revisions)->slots);
	free(*revisions);
	*revisions = NULL;
}

static size_t place(uint32_t tag, size_t capacity)
{
	return (size_t)(((uint64_t)(tag * 0x9E3779B1u) * capacity) >> 32);
}

static size_t after(size_t at, size_t capacity)
{
	return at + 1 == capacity ? 0 : at + 1;
}

static void put(struct revisions *r, struct link item)
{
	size_t at = place(item.tag, r->capacity);

	while (r->slots[at].number != STORE_NONE)
		at = after(at, r->capacity);
	r->slots[at] = item;
	r->used++;
}

static bool live(const struct link *link, uint32_t first)
{
	return link->number != STORE_NONE && link->number >= first;
}

static size_t count_live(const struct revisions *r, uint32_t first)
{
	size_t count = 0;

	for (size_t i = 0; i < r->capacity; i++)
		count += live(&r->slots[i], first);
	return count;
}

static void grow(struct revisions *r, uint32_t first)
{
	struct link *old = r->slots;
	size_t old_capacity = r->capacity, count = count_live(r, first);

	while (count * 5 >= r->capacity * 3)
		r->capacity += r->capacity / 2;
	r->slots = link_slots(r->capacity);
	r->used = 0;
	for (size_t i = 0; i < old_capacity; i++)
		if (live(&old[i], first))
			put(r, old[i]);
	free(old);
}

/* The slots of one URL. */
struct chain {
	struct link *mine, *newest, *oldest, *dead, *end;
	size_t count;
};

static struct chain chain_of(struct revisions *r, const struct store *store, int64_t oldest, struct link wanted)
{
	struct chain chain = {.mine = NULL};
	size_t at;

	for (at = place(wanted.tag, r->capacity); r->slots[at].number != STORE_NONE; at = after(at, r->capacity)) {
		struct link *slot = &r->slots[at];
		if (!live(slot, store_first(store))) {
			chain.dead = chain.dead ? chain.dead : slot;
			continue;
		}
		if (slot->tag != wanted.tag || slot->tag_high != wanted.tag_high)
			continue;
		chain.count++;
		if (chain.oldest == NULL || slot->revision < chain.oldest->revision)
			chain.oldest = slot;
		if (slot->number == wanted.number)
			chain.mine = slot;
		else if (store_time(store, slot->number) >= oldest && (chain.newest == NULL || slot->revision > chain.newest->revision))
			chain.newest = slot;
	}
	chain.end = &r->slots[at];
	return chain;
}

/* The answer that was given when `mine` was added. */
static struct revision again(const struct revisions *r, const struct store *store, const struct link *mine)
{
	struct revision out = {STORE_NONE, mine->revision, false};

	for (size_t at = place(mine->tag, r->capacity); r->slots[at].number != STORE_NONE; at = after(at, r->capacity)) {
		const struct link *slot = &r->slots[at];
		if (live(slot, store_first(store)) && slot->tag == mine->tag && slot->tag_high == mine->tag_high &&
			slot->revision + 1 == mine->revision)
			out.previous = slot->number;
	}
	return out;
}

struct revision revisions_add(struct revisions *r, const struct store *store, int64_t oldest, uint64_t url, uint32_t content,
	uint32_t number)
{
	struct link item = {number, content, (uint32_t)(url >> 32), (uint16_t)url, 0};

	if ((r->used + 1) * 5 > r->capacity * 4)
		grow(r, store_first(store));
	struct chain chain = chain_of(r, store, oldest, item);
	if (chain.mine != NULL)
		return again(r, store, chain.mine);
	struct revision out = {STORE_NONE, 0, false};
	if (chain.newest != NULL) {
		out.unchanged = chain.newest->content == content;
		out.previous = chain.newest->number;
		out.revision = chain.newest->revision;
		if (!out.unchanged && out.revision < LAST)
			out.revision++;
		if (out.unchanged)
			return out;
	}
	struct link *slot = chain.count >= KEPT ? chain.oldest : chain.dead != NULL ? chain.dead : chain.end;
	r->used += slot == chain.end;
	item.revision = (uint16_t)out.revision;
	*slot = item;
	return out;
}

size_t revisions_bytes(const struct revisions *r)
{
	return r->capacity * sizeof(*r->slots);
}

void revisions_save(const struct revisions *r, const struct store *store, struct buf *out)
{
	pack_uint(out, count_live(r, store_first(store)), 8);
	for (size_t i = 0; i < r->capacity; i++) {
		const struct link *link = &r->slots[i];
		if (!live(link, store_first(store)))
			continue;
		pack_uint(out, link->number, 4);
		pack_uint(out, link->content, 4);
		pack_uint(out, link->tag, 4);
		pack_uint(out, link->tag_high, 2);
		pack_uint(out, link->revision, 2);
	}
}

bool revisions_load(struct revisions *r, const struct store *store, struct slice bytes, struct error *error)
{
	struct unpack in = unpack_begin(bytes);
	uint64_t count = unpack_uint(&in, 8);

	for (uint64_t i = 0; i < count && !in.bad; i++) {
		struct link item;
		item.number = (uint32_t)unpack_uint(&in, 4);
		item.content = (uint32_t)unpack_uint(&in, 4);
		item.tag = (uint32_t)unpack_uint(&in, 4);
		item.tag_high = (uint16_t)unpack_uint(&in, 2);
		item.revision = (uint16_t)unpack_uint(&in, 2);
		if (item.number < store_first(store) || item.number >= store_end(store))
			return error_set(error, "snapshot_damaged", "a revision refers to nothing");
		if ((r->used + 1) * 5 > r->capacity * 4)
			grow(r, store_first(store));
		put(r, item);
	}
	return !in.bad && in.ptr == in.end ? true : error_set(error, "snapshot_damaged", "the revisions end early");
}
