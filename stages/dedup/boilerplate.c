/* boilerplate: see boilerplate.h. */
#include "dedup/boilerplate.h"

#include "base/hash.h"
#include "base/must.h"
#include "dedup/pack.h"

#include <stdlib.h>

#define GENERATION_ARTICLES 64
#define MIN_WORDS 4
#define MAX_SLOTS 32768u /* of one generation: an attack on a host's memory ends here */

/* Open addressing by block; block 0 is an empty slot. first == second: the block is confirmed. */
struct block_slot {
	uint32_t block;
	uint16_t first, second; /* contexts; second 0: seen in one only */
};

struct generation {
	struct block_slot *slots;
	uint32_t capacity, used;
};

struct host {
	uint64_t name;
	int64_t last; /* event time of the newest article */
	uint32_t articles; /* in the young generation */
	struct generation young, old;
};

struct boilerplate {
	struct host **hosts; /* open addressing by name */
	size_t capacity, used;
};

struct boilerplate *boilerplate_create(void)
{
	struct boilerplate *b = must(calloc(1, sizeof(*b)));

	b->capacity = 64;
	b->hosts = must(calloc(b->capacity, sizeof(*b->hosts)));
	return b;
}

static void host_free(struct host *host)
{
	free(host->young.slots);
	free(host->old.slots);
	free(host);
}

void boilerplate_destroy(struct boilerplate **boilerplate)
{
	struct boilerplate *b = *boilerplate;

	if (b == NULL)
		return;
	for (size_t i = 0; i < b->capacity; i++)
		if (b->hosts[i] != NULL)
			host_free(b->hosts[i]);
	free(b->hosts);
	free(b);
	*boilerplate = NULL;
}

static struct host **host_slot(struct host **hosts, size_t capacity, uint64_t name)
{
	size_t at = hash_mix(name) & (capacity - 1);

	while (hosts[at] != NULL && hosts[at]->name != name)
		at = (at + 1) & (capacity - 1);
	return &hosts[at];
}

static void rebuild(struct boilerplate *b, size_t capacity, int64_t keep_from)
{
	struct host **hosts = must(calloc(capacity, sizeof(*hosts)));

	b->used = 0;
	for (size_t i = 0; i < b->capacity; i++) {
		struct host *host = b->hosts[i];
		if (host == NULL)
			continue;
		if (host->last < keep_from) {
			host_free(host);
			continue;
		}
		*host_slot(hosts, capacity, host->name) = host;
		b->used++;
	}
	free(b->hosts);
	b->hosts = hosts;
	b->capacity = capacity;
}

static struct host *host_of(struct boilerplate *b, uint64_t name)
{
	if ((b->used + 1) * 2 > b->capacity)
		rebuild(b, b->capacity * 2, INT64_MIN);
	struct host **slot = host_slot(b->hosts, b->capacity, name);
	if (*slot == NULL) {
		*slot = must(calloc(1, sizeof(**slot)));
		(*slot)->name = name;
		(*slot)->last = INT64_MIN;
		b->used++;
	}
	return *slot;
}

static struct block_slot *block_slot(const struct generation *generation, uint32_t block)
{
	uint32_t at = (uint32_t)((uint64_t)block * generation->capacity >> 32);

	while (generation->slots[at].block != 0 && generation->slots[at].block != block)
		at = at + 1 == generation->capacity ? 0 : at + 1;
	return &generation->slots[at];
}

static struct block_slot *generation_find(const struct generation *generation, uint32_t block)
{
	if (generation->capacity == 0)
		return NULL;
	struct block_slot *slot = block_slot(generation, block);
	return slot->block == 0 ? NULL : slot;
}

static void generation_add(struct generation *generation, struct block_slot item)
{
	if (generation->used * 5 >= generation->capacity * 4) {
		struct generation grown = {.capacity = generation->capacity + generation->capacity / 4 + 12};
		if (grown.capacity > MAX_SLOTS)
			return;
		grown.slots = must(calloc(grown.capacity, sizeof(*grown.slots)));
		for (uint32_t i = 0; i < generation->capacity; i++)
			if (generation->slots[i].block != 0)
				*block_slot(&grown, generation->slots[i].block) = generation->slots[i];
		grown.used = generation->used;
		free(generation->slots);
		*generation = grown;
	}
	*block_slot(generation, item.block) = item;
	generation->used++;
}

/* Counts one sighting; true if the block was boilerplate before it. */
static bool see(struct host *host, struct sighting s)
{
	struct block_slot *slot = generation_find(&host->young, s.block);

	if (slot == NULL) {
		struct block_slot *old = generation_find(&host->old, s.block);
		generation_add(&host->young, old != NULL ? *old : (struct block_slot){s.block, s.context, 0});
		if (old == NULL)
			return false;
		slot = generation_find(&host->young, s.block);
		if (slot == NULL)
			return false;
	}
	if (slot->first == slot->second)
		return true;
	if (s.context == slot->first || s.context == slot->second)
		return false;
	if (slot->second != 0) {
		slot->second = slot->first;
		return true;
	}
	slot->second = s.context;
	return false;
}

void boilerplate_learn(struct boilerplate *boilerplate, uint64_t name, int64_t time, const struct sighting *blocks, size_t count,
	bool *known)
{
	struct host *host = host_of(boilerplate, name);

	if (host->articles >= GENERATION_ARTICLES) {
		free(host->old.slots);
		host->old = host->young;
		host->young = (struct generation){NULL, 0, 0};
		host->articles = 0;
	}
	host->articles++;
	if (time > host->last)
		host->last = time;
	for (size_t i = 0; i < count; i++)
		known[i] = see(host, blocks[i]);
}

void boilerplate_expire(struct boilerplate *boilerplate, int64_t time)
{
	rebuild(boilerplate, boilerplate->capacity, time);
}

size_t boilerplate_bytes(const struct boilerplate *b)
{
	size_t bytes = b->capacity * sizeof(*b->hosts);

	for (size_t i = 0; i < b->capacity; i++)
		if (b->hosts[i] != NULL)
			bytes += sizeof(struct host) + 16 +
				(b->hosts[i]->young.capacity + b->hosts[i]->old.capacity) * sizeof(struct block_slot);
	return bytes;
}

static void save_generation(const struct generation *generation, struct buf *out)
{
	pack_uint(out, generation->capacity, 4);
	pack_uint(out, generation->used, 4);
	buf_append_bytes(out, generation->slots, generation->capacity * sizeof(*generation->slots));
}

void boilerplate_save(const struct boilerplate *b, struct buf *out)
{
	pack_uint(out, b->used, 8);
	for (size_t i = 0; i < b->capacity; i++) {
		const struct host *host = b->hosts[i];
		if (host == NULL)
			continue;
		pack_uint(out, host->name, 8);
		pack_uint(out, (uint64_t)host->last, 8);
		pack_uint(out, host->articles, 4);
		save_generation(&host->young, out);
		save_generation(&host->old, out);
	}
}

static bool load_generation(struct unpack *in, struct generation *generation)
{
	uint32_t capacity = (uint32_t)unpack_uint(in, 4), used = (uint32_t)unpack_uint(in, 4), count = 0;
	struct slice bytes = unpack_bytes(in, (size_t)capacity * sizeof(struct block_slot));

	if (in->bad || capacity > MAX_SLOTS || (capacity > 0 && used >= capacity))
		return false;
	if (capacity == 0)
		return true;
	generation->slots = must(malloc(bytes.len));
	memcpy(generation->slots, bytes.ptr, bytes.len);
	generation->capacity = capacity;
	generation->used = used;
	for (uint32_t i = 0; i < capacity; i++)
		count += generation->slots[i].block != 0;
	return count == used;
}

bool boilerplate_load(struct boilerplate *b, struct slice bytes, struct error *error)
{
	struct unpack in = unpack_begin(bytes);
	uint64_t hosts = unpack_uint(&in, 8);

	for (uint64_t i = 0; i < hosts && !in.bad; i++) {
		struct host *host = host_of(b, unpack_uint(&in, 8));
		if (host->last != INT64_MIN)
			return error_set(error, "snapshot_damaged", "a host appears twice");
		host->last = (int64_t)unpack_uint(&in, 8);
		host->articles = (uint32_t)unpack_uint(&in, 4);
		if (!load_generation(&in, &host->young) || !load_generation(&in, &host->old))
			return error_set(error, "snapshot_damaged", "the paragraphs of a host don't add up");
	}
	return !in.bad && in.ptr == in.end ? true : error_set(error, "snapshot_damaged", "the paragraphs of hosts end early");
}

/* The passages with the most tokens: contexts must not be themselves boilerplate-sized fragments. Ties: the earlier. */
static void two_longest(const struct normal_text *body, size_t longest[2])
{
	longest[0] = longest[1] = SIZE_MAX;
	for (size_t i = 0; i < body->passage_count; i++) {
		if (longest[0] == SIZE_MAX || body->passages[i].count > body->passages[longest[0]].count) {
			longest[1] = longest[0];
			longest[0] = i;
		} else if (longest[1] == SIZE_MAX || body->passages[i].count > body->passages[longest[1]].count) {
			longest[1] = i;
		}
	}
}

static uint16_t context_of(const struct normal_text *body, size_t passage)
{
	uint16_t context = passage == SIZE_MAX ? 0 : (uint16_t)(body->passages[passage].hash >> 40);

	return context == 0 ? 1 : context; /* 0 means none */
}

struct sighting *boilerplate_sightings(struct arena *arena, const struct normal_text *body, size_t *count, size_t **passages)
{
	struct sighting *out = arena_array(arena, struct sighting, BOILERPLATE_BLOCKS);
	size_t longest[2], n = body->passage_count;

	*passages = arena_array(arena, size_t, BOILERPLATE_BLOCKS);
	*count = 0;
	two_longest(body, longest);
	for (size_t i = 0; i < n; i++) {
		if (n > BOILERPLATE_BLOCKS && i == 128)
			i = n - 127;
		const struct passage *passage = &body->passages[i];
		if (passage->count < MIN_WORDS)
			continue;
		uint32_t block = (uint32_t)passage->hash;
		size_t other =
			longest[0] != SIZE_MAX && body->passages[longest[0]].hash == passage->hash ? longest[1] : longest[0];
		(*passages)[*count] = i;
		out[(*count)++] = (struct sighting){block == 0 ? 1 : block, context_of(body, other)};
	}
	return out;
}
