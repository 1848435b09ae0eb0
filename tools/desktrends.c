/* desktrends: see desktrends.h. */
#include "tools/desktrends.h"

#include "base/hash.h"

#include <stdlib.h>

struct desktrend {
	uint64_t key;
	struct slice name, type;
	size_t articles;
	uint32_t buckets[DESKTRENDS_BUCKETS];
};

void desktrends_add(struct desktrends *trends, struct slice name, struct slice type, size_t bucket)
{
	trends->rows = arena_grow(trends->arena, trends->rows, &trends->capacity, trends->count + 1, sizeof *trends->rows);
	struct desktrend *row = &trends->rows[trends->count++];
	*row = (struct desktrend){hash64_seeded(name, hash64(type)), name, type, 1, {0}};
	row->buckets[bucket] = 1;
}

static int compare_keys(const void *a, const void *b)
{
	const struct desktrend *left = a, *right = b;
	return left->key < right->key ? -1 : left->key > right->key;
}

static int compare_counts(const void *a, const void *b)
{
	const struct desktrend *left = a, *right = b;
	if (left->articles != right->articles)
		return left->articles < right->articles ? 1 : -1;
	return slice_compare(left->name, right->name);
}

/* Sorts by entity and adds up in place, then sorts by how often each is named. Returns the number of entities. */
static size_t add_up(struct desktrend *rows, size_t count)
{
	size_t kept = 0;

	qsort(rows, count, sizeof *rows, compare_keys);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || rows[kept - 1].key != rows[i].key) {
			rows[kept++] = rows[i];
			continue;
		}
		rows[kept - 1].articles += rows[i].articles;
		for (size_t k = 0; k < DESKTRENDS_BUCKETS; k++)
			rows[kept - 1].buckets[k] += rows[i].buckets[k];
	}
	qsort(rows, kept, sizeof *rows, compare_counts);
	return kept;
}

void desktrends_write(struct desktrends *trends, struct json_writer *out, size_t limit)
{
	const struct desktrend *rows = trends->rows;
	size_t count = trends->count ? add_up(trends->rows, trends->count) : 0;

	json_open_array(out);
	for (size_t i = 0; i < count && i < limit; i++) {
		json_open_object(out);
		json_add_string(out, "name", rows[i].name);
		json_add_string(out, "type", rows[i].type);
		json_add_integer(out, "articles", (int64_t)rows[i].articles);
		json_key(out, "buckets");
		json_open_array(out);
		for (size_t k = 0; k < DESKTRENDS_BUCKETS; k++)
			json_put_integer(out, rows[i].buckets[k]);
		json_close_array(out);
		json_close_object(out);
	}
	json_close_array(out);
}
