/* clusters: groups of words that are used alike, from plain text: "word TAB fine TAB middle TAB coarse" lines for tag-train.
 *
 * Each word is described by the frequent words left of it, right of it and around it (positive pointwise mutual information), the
 * table is brought to a few dimensions by randomised subspace iteration (Halko, Martinsson, Tropp 2011), and the words are parted
 * by spherical k-means at three grains. Case is kept; digits are 0. Everything is deterministic. */
#include "base/hash.h"
#include "tag/train/kmeans.h"
#include "tag/train/need.h"
#include "tag/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define DIMENSIONS 96
#define CONTEXTS 2000
#define KINDS 3
#define COLUMNS (CONTEXTS * KINDS)
#define LEAST 6
#define NONE UINT32_MAX

struct text {
	uint32_t *words; /* ids in the order of the text; NONE parts sentences */
	size_t count, capacity;
};

struct vocabulary {
	struct arena arena;
	uint32_t *table; /* index + 1 */
	size_t mask;
	struct slice *forms;
	uint32_t *counts;
	size_t count, capacity, count_capacity;
};

static uint32_t word_id(struct vocabulary *vocabulary, struct slice form)
{
	size_t at = (size_t)hash64(form) & vocabulary->mask;

	for (; vocabulary->table[at] != 0; at = (at + 1) & vocabulary->mask)
		if (slice_equal(vocabulary->forms[vocabulary->table[at] - 1], form))
			return vocabulary->table[at] - 1;
	vocabulary->forms = arena_grow(&vocabulary->arena, vocabulary->forms, &vocabulary->capacity, vocabulary->count + 1, sizeof(struct slice));
	vocabulary->counts = arena_grow(&vocabulary->arena, vocabulary->counts, &vocabulary->count_capacity, vocabulary->count + 1, sizeof(uint32_t));
	vocabulary->forms[vocabulary->count] = arena_copy(&vocabulary->arena, form);
	vocabulary->counts[vocabulary->count++] = 0;
	vocabulary->table[at] = (uint32_t)vocabulary->count;
	if (vocabulary->count * 2 > vocabulary->mask) {
		fprintf(stderr, "tag-clusters: more than %zu distinct words\n", vocabulary->count);
		exit(65);
	}
	return (uint32_t)vocabulary->count - 1;
}

static void put(struct text *text, uint32_t id)
{
	if (text->count == text->capacity) {
		text->capacity = text->capacity * 2 + 65536;
		text->words = need(realloc(text->words, text->capacity * sizeof *text->words));
	}
	text->words[text->count++] = id;
}

/* Articles are parted by form feeds. */
static void read_text(struct vocabulary *vocabulary, struct text *text, struct slice all)
{
	struct slice part;
	struct arena arena;

	arena_init(&arena, (size_t)1 << 30);
	while (slice_split(&all, '\f', &part)) {
		struct tokens tokens;
		tokens_read(&arena, part, &tokens);
		for (size_t i = 0; i < tokens.count; i++) {
			char form[64];
			if (tokens.items[i].flags & TOKEN_SENTENCE)
				put(text, NONE);
			size_t length = word_fold(tokens.items[i].text, true, form, sizeof form);
			uint32_t id = word_id(vocabulary, (struct slice){form, length});
			vocabulary->counts[id]++;
			put(text, id);
		}
		arena_reset(&arena);
	}
	put(text, NONE);
	arena_release(&arena);
}

static const uint32_t *ranked_counts;

static int by_count(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (ranked_counts[x] != ranked_counts[y])
		return ranked_counts[x] > ranked_counts[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* Ids by falling frequency: words[rank] and its inverse; returns how many are frequent enough. */
static size_t rank(const struct vocabulary *vocabulary, uint32_t *order, uint32_t *ranks)
{
	size_t kept = 0;

	for (size_t i = 0; i < vocabulary->count; i++)
		order[i] = (uint32_t)i;
	ranked_counts = vocabulary->counts;
	qsort(order, vocabulary->count, sizeof *order, by_count);
	for (size_t i = 0; i < vocabulary->count; i++) {
		ranks[order[i]] = (uint32_t)i;
		kept += vocabulary->counts[order[i]] >= LEAST;
	}
	return kept;
}

/* --- the table ----------------------------------------------------------------------------- */

struct cell {
	uint32_t row, column;
	float value;
};

static int by_place(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Sorted, counted pairs of (row, column) turned into positive PMI. */
static struct cell *count_cells(const struct text *text, const uint32_t *ranks, size_t rows, size_t *count)
{
	uint64_t *pairs = need(malloc(text->count * 4 * sizeof *pairs));
	size_t used = 0;

	for (size_t i = 0; i < text->count; i++) {
		if (text->words[i] == NONE || ranks[text->words[i]] >= rows)
			continue;
		uint64_t row = ranks[text->words[i]];
		for (int offset = -2; offset <= 2; offset++) {
			size_t at = i + (size_t)offset, between = i + (size_t)(offset / 2);
			if (offset == 0 || at >= text->count || text->words[at] == NONE || (between != i && text->words[between] == NONE) ||
				ranks[text->words[at]] >= CONTEXTS)
				continue;
			uint64_t kind = offset == -1 ? 0 : offset == 1 ? 1 : 2;
			pairs[used++] = row << 32 | (kind * CONTEXTS + ranks[text->words[at]]);
		}
	}
	qsort(pairs, used, sizeof *pairs, by_place);
	struct cell *cells = need(malloc((used + 1) * sizeof *cells));
	*count = 0;
	for (size_t i = 0; i < used;) {
		size_t end = i;
		while (end < used && pairs[end] == pairs[i])
			end++;
		cells[(*count)++] = (struct cell){(uint32_t)(pairs[i] >> 32), (uint32_t)pairs[i], (float)(end - i)};
		i = end;
	}
	free(pairs);
	return cells;
}

static size_t to_information(struct cell *cells, size_t count, size_t rows)
{
	double *row_sums = need(calloc(rows * KINDS, sizeof *row_sums)), *column_sums = need(calloc(COLUMNS, sizeof *column_sums));
	double totals[KINDS] = {0};
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		size_t kind = cells[i].column / CONTEXTS;
		double smooth = pow((double)cells[i].value, 1.0);
		row_sums[cells[i].row * KINDS + kind] += smooth;
		column_sums[cells[i].column] += smooth;
		totals[kind] += smooth;
	}
	for (size_t i = 0; i < count; i++) {
		size_t kind = cells[i].column / CONTEXTS;
		double expected = row_sums[cells[i].row * KINDS + kind] * pow(column_sums[cells[i].column] / totals[kind], 0.85);
		double information = log((double)cells[i].value / expected);
		if (information > 0) {
			cells[kept] = cells[i];
			cells[kept++].value = (float)sqrt(information);
		}
	}
	free(row_sums);
	free(column_sums);
	return kept;
}

/* --- few dimensions ------------------------------------------------------------------------ */

static void add_scaled(float *to, const float *from, float factor)
{
	for (int d = 0; d < DIMENSIONS; d++)
		to[d] += factor * from[d];
}

/* out[row] = Σ value × in[column], or the transpose of it. */
static void multiply(const struct cell *cells, size_t count, bool transposed, const float *in, float *out, size_t out_rows)
{
	memset(out, 0, out_rows * DIMENSIONS * sizeof *out);
	for (size_t i = 0; i < count; i++) {
		size_t to = transposed ? cells[i].column : cells[i].row, from = transposed ? cells[i].row : cells[i].column;
		add_scaled(out + to * DIMENSIONS, in + from * DIMENSIONS, cells[i].value);
	}
}

/* Gram–Schmidt over the columns. */
static void orthonormalise(float *matrix, size_t rows)
{
	for (int d = 0; d < DIMENSIONS; d++) {
		for (int e = 0; e < d; e++) {
			double dot = 0;
			for (size_t r = 0; r < rows; r++)
				dot += (double)matrix[r * DIMENSIONS + (size_t)d] * (double)matrix[r * DIMENSIONS + (size_t)e];
			for (size_t r = 0; r < rows; r++)
				matrix[r * DIMENSIONS + (size_t)d] -= (float)dot * matrix[r * DIMENSIONS + (size_t)e];
		}
		double norm = 0;
		for (size_t r = 0; r < rows; r++)
			norm += (double)matrix[r * DIMENSIONS + (size_t)d] * (double)matrix[r * DIMENSIONS + (size_t)d];
		float scale = norm > 0 ? (float)(1 / sqrt(norm)) : 0;
		for (size_t r = 0; r < rows; r++)
			matrix[r * DIMENSIONS + (size_t)d] *= scale;
	}
}

static float *embed(const struct cell *cells, size_t count, size_t rows)
{
	float *basis = need(malloc((size_t)COLUMNS * DIMENSIONS * sizeof *basis)), *points = need(malloc(rows * DIMENSIONS * sizeof *points));

	for (size_t i = 0; i < (size_t)COLUMNS * DIMENSIONS; i++)
		basis[i] = (float)(hash_mix(i + 1) >> 40) / (float)(1 << 23) - 1.0f;
	for (int round = 0; round < 4; round++) {
		multiply(cells, count, false, basis, points, rows);
		multiply(cells, count, true, points, basis, COLUMNS);
		orthonormalise(basis, COLUMNS);
	}
	multiply(cells, count, false, basis, points, rows);
	double norms[DIMENSIONS] = {0}; /* half of the singular values' spread is kept */
	for (size_t r = 0; r < rows; r++)
		for (int d = 0; d < DIMENSIONS; d++)
			norms[d] += (double)points[r * DIMENSIONS + (size_t)d] * (double)points[r * DIMENSIONS + (size_t)d];
	for (size_t r = 0; r < rows; r++)
		for (int d = 0; d < DIMENSIONS; d++)
			points[r * DIMENSIONS + (size_t)d] /= (float)sqrt(sqrt(norms[d]) + 1e-9);
	free(basis);
	return points;
}

int main(int argc, char **argv)
{
	struct vocabulary vocabulary = {.mask = (1u << 22) - 1};
	struct text text = {0};
	char *bytes = NULL;
	size_t length = 0, capacity = 0, got = 1, cells_count;

	if (argc != 3) {
		fprintf(stderr, "usage: tag-clusters TEXT OUT\n");
		return 64;
	}
	FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "wb");
	if (!in || !out) {
		fprintf(stderr, "tag-clusters: %s can't be %s\n", in ? argv[2] : argv[1], in ? "written" : "read");
		return 66;
	}
	while (got > 0) {
		capacity = length + (16u << 20);
		bytes = need(realloc(bytes, capacity));
		got = fread(bytes + length, 1, capacity - length, in);
		length += got;
	}
	fclose(in);
	arena_init(&vocabulary.arena, (size_t)4 << 30);
	vocabulary.table = need(calloc(vocabulary.mask + 1, sizeof *vocabulary.table));
	read_text(&vocabulary, &text, slice_make(bytes, length));
	uint32_t *order = need(malloc(vocabulary.count * sizeof *order)), *ranks = need(malloc(vocabulary.count * sizeof *ranks));
	size_t rows = rank(&vocabulary, order, ranks);
	fprintf(stderr, "clusters: %zu tokens, %zu forms, %zu of them seen %d times\n", text.count, vocabulary.count, rows, LEAST);
	struct cell *cells = count_cells(&text, ranks, rows, &cells_count);
	cells_count = to_information(cells, cells_count, rows);
	struct points points = {.values = embed(cells, cells_count, rows), .count = rows, .width = DIMENSIONS};
	points_normalise(&points);
	fprintf(stderr, "clusters: %zu cells in %d dimensions\n", cells_count, DIMENSIONS);
	uint32_t *fine = need(calloc(rows, 4)), *middle = need(calloc(rows, 4)), *coarse = need(calloc(rows, 4));
	kmeans(&points, 1000, 10, fine);
	kmeans(&points, 200, 15, middle);
	kmeans(&points, 50, 20, coarse);
	for (size_t r = 0; r < rows; r++) {
		struct slice form = vocabulary.forms[order[r]];
		if (slice_find_byte(form, '\t') == SLICE_NOT_FOUND)
			fprintf(out, "%.*s\t%u\t%u\t%u\n", SLICE_ARG(form), fine[r] + 1, middle[r] + 1, coarse[r] + 1);
	}
	return fclose(out) == 0 ? 0 : 74;
}
