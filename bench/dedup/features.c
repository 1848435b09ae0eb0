/* features: what two sketches say of each other, as numbers for fit.py.
 *
 *   dedup-features ARTICLES.ndjson            every pair that shares a key
 *   dedup-features ARTICLES.ndjson PAIRS      the pairs named there, "i j" a line: article numbers from 0
 * A line of output: i j, for each sample shared smaller larger, then seconds apart, same text, words of either. */
#include "dedup/address.h"
#include "dedup/intake.h"
#include "dedup/likeness.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define ARTICLES ((uint32_t)1 << 20)
#define CROWD 400 /* a key that more articles share says nothing */

struct entry {
	struct sketch sketch;
	struct sketch_keys keys;
};

struct posting {
	uint64_t key;
	uint32_t article;
};

static struct arena arena;
static struct entry *entries;
static uint32_t entry_count;

static void read_articles(FILE *file)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t len;

	while ((len = getline(&line, &capacity, file)) > 0 && entry_count < ARTICLES) {
		struct message message = {.value = arena_copy(&arena, slice_make(line, (size_t)len))};
		struct entry *entry = &entries[entry_count++];
		struct intake intake;
		struct error error;
		if (!intake_read(&arena, &message, &intake, &error)) {
			fprintf(stderr, "article %u: %s\n", entry_count - 1, error.text);
			continue;
		}
		entry->sketch = (struct sketch){.id = intake.id, .time = intake.time, .url = address_key(&arena, intake.url)};
		sketch_build(&arena, &intake.headline, &intake.body, NULL, &entry->sketch, &entry->keys);
	}
	free(line);
}

static void print_pair(uint32_t i, uint32_t j)
{
	const struct sketch *a = &entries[i].sketch, *b = &entries[j].sketch;
	struct likeness l = likeness_of(a, b);

	printf("%u %u", i, j);
	for (size_t k = 0; k < SAMPLE_COUNT; k++)
		printf(" %u %u %u", l.parts[k].shared, l.parts[k].smaller, l.parts[k].larger);
	printf(" %" PRId64 " %d %u %u\n", l.apart, l.same_exact, a->words, b->words);
}

static int compare_postings(const void *a, const void *b)
{
	const struct posting *left = a, *right = b;
	if (left->key != right->key)
		return left->key < right->key ? -1 : 1;
	return left->article < right->article ? -1 : left->article > right->article;
}

static int compare_pairs(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return left < right ? -1 : left > right;
}

static void print_sharing(void)
{
	struct posting *postings = calloc((size_t)entry_count * (SKETCH_KEYS + 2) + 1, sizeof(*postings));
	uint64_t *pairs = NULL, last = UINT64_MAX;
	size_t count = 0, pair_count = 0, capacity = 0;

	for (uint32_t i = 0; postings && i < entry_count; i++) {
		for (size_t k = 0; k < entries[i].keys.count; k++)
			postings[count++] = (struct posting){entries[i].keys.keys[k], i};
		postings[count++] = (struct posting){entries[i].sketch.exact, i};
	}
	qsort(postings, count, sizeof(*postings), compare_postings);
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from; to < count && postings[to].key == postings[from].key; to++)
			;
		for (size_t x = from; to - from < CROWD && x < to; x++) {
			for (size_t y = x + 1; y < to; y++) {
				if (pair_count == capacity)
					pairs = realloc(pairs, (capacity = capacity ? capacity * 2 : 1024) * sizeof(*pairs));
				if (!pairs)
					exit(1);
				if (postings[x].article != postings[y].article)
					pairs[pair_count++] = (uint64_t)postings[x].article << 32 | postings[y].article;
			}
		}
	}
	qsort(pairs, pair_count, sizeof(*pairs), compare_pairs);
	for (size_t i = 0; i < pair_count; i++) {
		if (pairs[i] != last)
			print_pair((uint32_t)(pairs[i] >> 32), (uint32_t)pairs[i]);
		last = pairs[i];
	}
	free(pairs);
	free(postings);
}

int main(int argc, char **argv)
{
	FILE *articles = argc > 1 ? fopen(argv[1], "r") : NULL, *named = argc > 2 ? fopen(argv[2], "r") : NULL;
	uint32_t i, j;
	jmp_buf jump;

	if (!articles || (argc > 2 && !named)) {
		fprintf(stderr, "usage: dedup-features ARTICLES.ndjson [PAIRS]\n");
		return 64;
	}
	entries = calloc(ARTICLES, sizeof(*entries));
	arena_init(&arena, (size_t)16 << 30);
	if (!entries || ARENA_GUARD(&arena, &jump) != ESCAPE_NONE) {
		fprintf(stderr, "dedup-features: out of memory\n");
		return 1;
	}
	read_articles(articles);
	if (!named)
		print_sharing();
	while (named && fscanf(named, "%u %u", &i, &j) == 2)
		if (i < entry_count && j < entry_count)
			print_pair(i, j);
	return 0;
}
