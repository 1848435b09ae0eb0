/* revisions: see revisions.h. */
#include "dedup/revisions.h"

#include "base/must.h"
#include "dedup/pack.h"
#include "dedup/slots.h"

#include <stdlib.h>

#define KEPT 8
#define LAST UINT16_MAX /* a chain's numbers end here */

struct link {
	uint32_t number, content, tag;
	uint16_t tag_high, revision;
};

struct revisions {
	struct slots slots;
};

static uint32_t link_place(const void *slot, const void *context)
{
	(void)context;
	return ((const struct link *)slot)->tag;
}

struct revisions *revisions_create(void)
{
	struct revisions *r = must(calloc(1, sizeof(*r)));

	slots_init(&r->slots, sizeof(struct link), link_place, NULL);
	return r;
}

void revisions_destroy(struct revisions **revisions)
{
	if (*revisions == NULL)
		return;
	slots_release(&(*revisions)->slots);
	free(*revisions);
	*revisions = NULL;
}

/* The slots of one URL. */
struct chain {
	struct link *mine, *newest, *oldest;
	struct slots_walk walk;
	size_t count;
};

static bool same_url(const struct link *a, const struct link *b)
{
	return a->tag == b->tag && a->tag_high == b->tag_high;
}

static struct chain chain_of(struct revisions *r, const struct roster *roster, int64_t oldest, const struct link *wanted)
{
	struct chain chain = {.walk = slots_search_to_add(&r->slots, wanted->tag, roster_first(roster))};
	uint64_t article = roster_key(roster, wanted->number);
	struct link *link;

	while ((link = slots_next(&chain.walk)) != NULL) {
		if (!same_url(link, wanted))
			continue;
		chain.count++;
		if (chain.oldest == NULL || link->revision < chain.oldest->revision)
			chain.oldest = link;
		if (roster_key(roster, link->number) == article)
			chain.mine = link;
		else if (roster_time(roster, link->number) >= oldest &&
			(chain.newest == NULL || link->revision > chain.newest->revision))
			chain.newest = link;
	}
	return chain;
}

/* The answer that was given when `mine` was added. */
static struct revision again(const struct revisions *r, const struct roster *roster, const struct link *mine)
{
	struct revision out = {REVISIONS_NONE, mine->revision};
	struct slots_walk walk = slots_search(&r->slots, mine->tag, roster_first(roster));
	const struct link *link;

	while ((link = slots_next(&walk)) != NULL)
		if (same_url(link, mine) && link->revision + 1 == mine->revision)
			out.previous = link->number;
	return out;
}

struct revision revisions_add(struct revisions *r, const struct roster *roster, int64_t oldest, uint64_t url, uint32_t content,
	uint32_t number)
{
	struct link item = {number, content, (uint32_t)(url >> 32), (uint16_t)url, 0};
	struct chain chain = chain_of(r, roster, oldest, &item);
	struct revision out = {REVISIONS_NONE, 0};

	if (chain.mine != NULL)
		return again(r, roster, chain.mine);
	if (chain.newest != NULL) {
		out.previous = chain.newest->number;
		out.revision = chain.newest->revision;
		if (chain.newest->content == content)
			return out;
		if (out.revision < LAST)
			out.revision++;
	}
	item.revision = (uint16_t)out.revision;
	*(struct link *)(chain.count >= KEPT ? (void *)chain.oldest : slots_take(&chain.walk)) = item;
	return out;
}

size_t revisions_bytes(const struct revisions *r)
{
	return slots_bytes(&r->slots);
}

void revisions_save(const struct revisions *r, uint32_t first, struct buf *out)
{
	struct slots_cursor cursor = {0, 0};
	const struct link *link;
	uint32_t piece;

	pack_uint(out, slots_live(&r->slots, first), 8);
	while ((link = slots_each(&r->slots, &cursor, first, &piece)) != NULL) {
		pack_uint(out, link->number - first, 4);
		pack_uint(out, link->content, 4);
		pack_uint(out, link->tag, 4);
		pack_uint(out, link->tag_high, 2);
		pack_uint(out, link->revision, 2);
	}
}

bool revisions_load(struct revisions *r, uint32_t end, struct slice bytes, struct error *error)
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
		if (item.number >= end)
			return error_set(error, "snapshot_damaged", "a revision refers to nothing");
		struct slots_walk walk = slots_search_to_add(&r->slots, item.tag, 0);
		while (slots_next(&walk) != NULL)
			;
		*(struct link *)slots_take(&walk) = item;
	}
	return !in.bad && in.ptr == in.end ? true : error_set(error, "snapshot_damaged", "the revisions end early");
}
