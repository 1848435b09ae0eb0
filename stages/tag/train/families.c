/* families: groups of words of like meaning from word vectors trained elsewhere: "word TAB fine TAB middle TAB coarse TAB codes" lines for tag-train,
 * the codes of the vector (see codes.h) as two hexadecimal digits each, and a file of what the codes stand for, a line each.
 *
 * Vectors come as text, a word and its numbers a line, frequent words first (GloVe's own format; Pennington, Socher, Manning 2014). What
 * all words have in common is taken off first (Mu and Viswanath 2018). The coarser grains are clusters of the finer one's centres. */
#include "base/arena.h"
#include "tag/lexicon.h"
#include "tag/train/codes.h"
#include "tag/train/need.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIDDLE 400
#define COARSE 80

struct vectors {
	struct arena arena;
	struct points points;
	struct slice *words;
	size_t room;
};

static size_t numbers(char *line, float *out, size_t room)
{
	size_t count = 0;

	for (char *next = line; count < room; line = next) {
		float value = strtof(line, &next);
		if (next == line)
			break;
		out[count++] = value;
	}
	return count;
}

static void add(struct vectors *vectors, struct slice word, const float *values, size_t width)
{
	struct points *points = &vectors->points;

	if (points->count == vectors->room) {
		vectors->room = vectors->room * 2 + 4096;
		vectors->words = need(realloc(vectors->words, vectors->room * sizeof *vectors->words));
		points->values = need(realloc(points->values, vectors->room * width * sizeof(float)));
	}
	points->width = width;
	memcpy(points->values + points->count * width, values, width * sizeof(float));
	vectors->words[points->count++] = arena_copy(&vectors->arena, word);
}

static bool read_vectors(struct vectors *vectors, FILE *in)
{
	static char line[65536];
	float values[1024];

	while (fgets(line, sizeof line, in)) {
		char *space = strchr(line, ' ');
		size_t width = space ? numbers(space, values, 1024) : 0;
		if (width == 0 || (vectors->points.width && width != vectors->points.width))
			return false;
		add(vectors, slice_make(line, (size_t)(space - line)), values, width);
	}
	return vectors->points.count > LEXICON_FAMILIES && vectors->points.width % LEXICON_PARTS == 0;
}

static void take_off_mean(struct points *points)
{
	for (size_t d = 0; d < points->width; d++) {
		double sum = 0;
		for (size_t i = 0; i < points->count; i++)
			sum += (double)points->values[i * points->width + d];
		float mean = (float)(sum / (double)points->count);
		for (size_t i = 0; i < points->count; i++)
			points->values[i * points->width + d] -= mean;
	}
}

static void write_words(FILE *out, const struct vectors *vectors, const uint32_t *fine, const uint32_t *middle, const uint32_t *coarse,
	uint8_t (*codes)[LEXICON_PARTS])
{
	for (size_t i = 0; i < vectors->points.count; i++) {
		fprintf(out, "%.*s\t%u\t%u\t%u\t", SLICE_ARG(vectors->words[i]), fine[i] + 1, middle[fine[i]] + 1, coarse[fine[i]] + 1);
		for (size_t part = 0; part < LEXICON_PARTS; part++)
			fprintf(out, "%02x", codes[i][part]);
		fputc('\n', out);
	}
}

/* What the codes stand for, a line each, for tag-train's network. */
static bool write_centres(const char *path, const struct points *points, uint8_t (*codes)[LEXICON_PARTS])
{
	size_t each = points->width / LEXICON_PARTS;
	float *centres = need(calloc(points->width * LEXICON_CODES, sizeof *centres));
	FILE *out = fopen(path, "w");

	if (!out)
		return false;
	codes_centres(points, (const uint8_t(*)[LEXICON_PARTS])codes, centres);
	for (size_t i = 0; i < points->width * LEXICON_CODES; i++)
		fprintf(out, "%.6g%c", (double)centres[i], i % each == each - 1 ? '\n' : ' ');
	free(centres);
	return fclose(out) == 0;
}

int main(int argc, char **argv)
{
	static uint32_t middle[LEXICON_FAMILIES], coarse[LEXICON_FAMILIES];
	struct vectors vectors = {0};

	if (argc != 3 && argc != 4) {
		fprintf(stderr, "usage: tag-families VECTORS OUT [CENTRES]\n");
		return 64;
	}
	FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "wb");
	if (!in || !out) {
		fprintf(stderr, "tag-families: %s can't be %s\n", in ? argv[2] : argv[1], in ? "written" : "read");
		return 66;
	}
	arena_init(&vectors.arena, (size_t)4 << 30);
	if (!read_vectors(&vectors, in)) {
		fprintf(stderr, "tag-families: %s isn't lines of a word and as many numbers each, a multiple of %d, or has too few\n", argv[1],
			LEXICON_PARTS);
		return 65;
	}
	fclose(in);
	take_off_mean(&vectors.points);
	uint8_t(*codes)[LEXICON_PARTS] = need(calloc(vectors.points.count, sizeof *codes));
	double lost = codes_make(&vectors.points, codes);
	if (argc == 4 && !write_centres(argv[3], &vectors.points, codes)) {
		fprintf(stderr, "tag-families: %s can't be written\n", argv[3]);
		return 73;
	}
	points_normalise(&vectors.points);
	uint32_t *fine = need(calloc(vectors.points.count, sizeof *fine));
	struct points centres = kmeans(&vectors.points, LEXICON_FAMILIES - 1, 8, fine);
	kmeans(&centres, MIDDLE, 20, middle);
	kmeans(&centres, COARSE, 20, coarse);
	fprintf(stderr, "families: %zu words of %zu dimensions, of which codes lose %.4f\n", vectors.points.count, vectors.points.width, lost);
	write_words(out, &vectors, fine, middle, coarse, codes);
	return fclose(out) == 0 ? 0 : 74;
}
