/* sketch: see sketch.h. Selecting the bottom k is done by one counting pass over the hashes' top bits, so that only about k of
 * them are ever sorted. */
#include "dedup/sketch.h"

#include "base/hash.h"
#include "dedup/pack.h"
#include "dedup/rice.h"

#define SHINGLE_WEIGHT 12
#define LEAD_WEIGHT (40 * WORD_WEIGHT)
#define BODY_KEYS 5
#define BODY_BITS 20
#define SMALL_BITS 16

static const uint8_t SAMPLE_SIZE[SAMPLE_COUNT] = {64, 12, 16, 16, 8};

static unsigned sample_bits(enum sample_name name)
{
	return name == SAMPLE_BODY ? BODY_BITS : SMALL_BITS;
}

struct hashes {
	uint64_t *items;
	size_t count;
};

static void sort_hashes(uint64_t *items, size_t count)
{
	static const size_t GAPS[] = {301, 132, 57, 23, 10, 4, 1}; /* Ciura */

	for (size_t g = 0; g < sizeof(GAPS) / sizeof(*GAPS); g++)
		for (size_t i = GAPS[g]; i < count; i++) {
			uint64_t item = items[i];
			size_t j = i;
			for (; j >= GAPS[g] && items[j - GAPS[g]] > item; j -= GAPS[g])
				items[j] = items[j - GAPS[g]];
			items[j] = item;
		}
}

/* Moves a superset of the `want` smallest items to the front, sorts it and returns its length. Repeats may hide in a superset, so
 * the caller asks for more than it needs or takes all. */
static size_t smallest(struct arena *arena, struct hashes all, size_t want)
{
	uint32_t *histogram;
	size_t shift = 64, bucket = 0, sum = 0, kept = 0, buckets = 1;

	if (all.count <= want) {
		sort_hashes(all.items, all.count);
		return all.count;
	}
	while (buckets < 2 * all.count && buckets < 65536) {
		buckets *= 2;
		shift--;
	}
	histogram = arena_array(arena, uint32_t, buckets);
	for (size_t i = 0; i < all.count; i++)
		histogram[all.items[i] >> shift]++;
	while (sum < want)
		sum += histogram[bucket++];
	for (size_t i = 0; i < all.count; i++)
		if (all.items[i] >> shift < bucket)
			all.items[kept++] = all.items[i];
	sort_hashes(all.items, kept);
	return kept;
}

/* Drops repeats from a sorted array. */
static size_t distinct(uint64_t *items, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (kept == 0 || items[kept - 1] != items[i])
			items[kept++] = items[i];
	return kept;
}

/* Sorted and distinct: the bottom of the set. */
static struct hashes bottom(struct arena *arena, struct hashes all, size_t want)
{
	size_t kept = smallest(arena, all, want * 2);
	size_t unique = distinct(all.items, kept);

	if (unique < want && kept < all.count) { /* a text that repeats itself */
		sort_hashes(all.items, all.count);
		kept = all.count;
		unique = distinct(all.items, kept);
	}
	return (struct hashes){all.items, unique};
}

static void fill_sample(struct sample *sample, enum sample_name name, struct hashes sorted)
{
	unsigned shift = 64 - sample_bits(name);

	sample->size = 0;
	for (size_t i = 0; i < sorted.count && sample->size < SAMPLE_SIZE[name]; i++) {
		uint32_t item = (uint32_t)(sorted.items[i] >> shift);
		if (sample->size == 0 || sample->items[sample->size - 1] != item)
			sample->items[sample->size++] = item;
	}
}

/* Shingles of the tokens, one beginning at each token that has enough behind it. */
static struct hashes shingle(struct arena *arena, const struct token *tokens, size_t count)
{
	struct hashes out = {arena_alloc(arena, (count + 1) * sizeof(uint64_t)), 0};

	for (size_t i = 0; i < count; i++) {
		uint64_t hash = 0;
		unsigned weight = 0;
		size_t j = i;
		for (; j < count && weight < SHINGLE_WEIGHT; j++) {
			hash = hash_mix(hash + tokens[j].hash);
			weight += tokens[j].weight;
		}
		if (weight < SHINGLE_WEIGHT && i > 0)
			break;
		out.items[out.count++] = hash;
		arena_tick(arena);
	}
	return out;
}

static struct hashes of_kind(struct arena *arena, const struct token *tokens, size_t count, enum token_kind kind)
{
	struct hashes out = {arena_alloc(arena, (count + 1) * sizeof(uint64_t)), 0};

	for (size_t i = 0; i < count; i++)
		if (tokens[i].kind == kind || kind == TOKEN_WORD)
			out.items[out.count++] = hash_mix(tokens[i].hash);
	return out;
}

static void add_key(struct sketch_keys *keys, uint64_t hash)
{
	uint64_t key = hash_mix(hash);

	for (size_t i = 0; i < keys->count; i++)
		if (keys->keys[i] == key)
			return;
	keys->keys[keys->count++] = key;
}

/* The tokens that count as content, in order. */
static struct hashes content_of(struct arena *arena, const struct normal_text *body, const bool *skip, struct token **tokens)
{
	size_t count = 0;

	*tokens = body->tokens;
	if (skip == NULL)
		return (struct hashes){NULL, body->count};
	*tokens = arena_alloc(arena, (body->count + 1) * sizeof(**tokens));
	for (size_t i = 0; i < body->passage_count; i++) {
		const struct passage *passage = &body->passages[i];
		if (skip[i])
			continue;
		memcpy(*tokens + count, body->tokens + passage->first, passage->count * sizeof(**tokens));
		count += passage->count;
	}
	return (struct hashes){NULL, count};
}

static size_t lead_length(const struct token *tokens, size_t count)
{
	size_t weight = 0, len = 0;

	while (len < count && weight < LEAD_WEIGHT)
		weight += tokens[len++].weight;
	return len;
}

static void take(struct arena *arena, struct sketch *sketch, enum sample_name name, struct hashes all)
{
	fill_sample(&sketch->samples[name], name, bottom(arena, all, SAMPLE_SIZE[name]));
}

void sketch_build(struct arena *arena, const struct normal_text *headline, const struct normal_text *body, const bool *skip,
	struct sketch *sketch, struct sketch_keys *keys)
{
	struct token *tokens;
	size_t count = content_of(arena, body, skip, &tokens).count;
	uint64_t exact = 0, weight = 0;

	for (size_t i = 0; i < count; i++) {
		exact = hash_mix(exact + tokens[i].hash);
		weight += tokens[i].weight;
	}
	sketch->exact = exact;
	weight /= WORD_WEIGHT;
	sketch->words = (uint32_t)(weight > 65535 ? 65535 : weight);
	sketch->headline_hash = (uint32_t)(headline->hash >> 32);
	keys->count = 0;

	struct hashes sorted = bottom(arena, shingle(arena, tokens, count), SAMPLE_SIZE[SAMPLE_BODY]);
	fill_sample(&sketch->samples[SAMPLE_BODY], SAMPLE_BODY, sorted);
	for (size_t i = 0; i < sorted.count && i < BODY_KEYS; i++)
		add_key(keys, sorted.items[i]);
	size_t lead = lead_length(tokens, count);
	sorted = bottom(arena, shingle(arena, tokens, lead), SAMPLE_SIZE[SAMPLE_LEAD]);
	fill_sample(&sketch->samples[SAMPLE_LEAD], SAMPLE_LEAD, sorted);
	for (size_t i = 0; i < sorted.count && keys->count < SKETCH_KEYS; i++)
		add_key(keys, sorted.items[i]);
	take(arena, sketch, SAMPLE_NUMBERS, of_kind(arena, tokens, count, TOKEN_NUMBER));
	take(arena, sketch, SAMPLE_NAMES, of_kind(arena, tokens, count, TOKEN_NAME));
	take(arena, sketch, SAMPLE_HEADLINE, of_kind(arena, headline->tokens, headline->count, TOKEN_WORD));
}

void sketch_pack(const struct sketch *sketch, struct buf *out)
{
	pack_text(out, sketch->id);
	pack_time(out, sketch->time);
	pack_uint(out, sketch->exact, 8);
	pack_uint(out, sketch->url, 8);
	pack_uint(out, sketch->headline_hash, 4);
	pack_uint(out, sketch->words, 2);
	struct rice_writer samples = rice_begin(out);
	for (size_t i = 0; i < SAMPLE_COUNT; i++)
		rice_put(&samples, sketch->samples[i].items, sketch->samples[i].size);
	rice_end(&samples);
}

bool sketch_unpack(struct slice bytes, struct sketch *sketch)
{
	struct unpack in = unpack_begin(bytes);

	sketch->id = unpack_text(&in);
	sketch->time = unpack_time(&in);
	sketch->exact = unpack_uint(&in, 8);
	sketch->url = unpack_uint(&in, 8);
	sketch->headline_hash = (uint32_t)unpack_uint(&in, 4);
	sketch->words = (uint32_t)unpack_uint(&in, 2);
	struct rice_reader samples = rice_open(unpack_rest(&in));
	for (size_t i = 0; i < SAMPLE_COUNT; i++)
		sketch->samples[i].size = (uint32_t)rice_get(&samples, sketch->samples[i].items, SAMPLE_SIZE[i],
			sample_bits((enum sample_name)i));
	return !in.bad && rice_finished(&samples);
}
