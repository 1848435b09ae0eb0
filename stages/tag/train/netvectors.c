/* netvectors: see netvectors.h. */
#include "tag/train/netvectors.h"

#include "tag/train/layers.h"
#include "tag/train/need.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CENTRES (LEXICON_PARTS * LEXICON_CODES)
#define EACH_MAX 64

/* The numbers of a line, parted by blanks; 0 if it is anything else. */
static size_t read_line(const char *line, float values[EACH_MAX])
{
	size_t count = 0;

	while (*line && *line != '\n' && count < EACH_MAX) {
		char *end;
		values[count++] = strtof(line, &end);
		if (end == line)
			return 0;
		line = end + strspn(end, " \t");
	}
	return *line == '\n' ? count : 0;
}

bool net_centres_read(struct net_centres *centres, const char *path, struct error *error)
{
	FILE *file = fopen(path, "r");
	float *values = need(calloc(CENTRES * EACH_MAX, sizeof *values)), own[EACH_MAX];
	char line[4096];
	size_t lines = 0, each = 0;

	while (file && lines < CENTRES && fgets(line, sizeof line, file)) {
		size_t count = read_line(line, own);
		if (count == 0 || (lines > 0 && count != each))
			break;
		each = count;
		memcpy(values + lines++ * each, own, each * sizeof *own);
	}
	bool fine = lines == CENTRES && fgets(line, sizeof line, file) == NULL;
	if (file)
		fclose(file);
	if (!fine) {
		free(values);
		return error_set(error, "list_bad", "%s isn't %d lines of as many numbers each", path, CENTRES);
	}
	*centres = (struct net_centres){values, each};
	return true;
}

void net_vectors_spread(struct net_weights *weights, const struct net_centres *centres)
{
	size_t width = weights->shape.width;

	for (size_t code = 0; centres->values && code < CENTRES; code++) {
		const float *centre = centres->values + code * centres->each, *rows = weights->vectors + code / LEXICON_CODES * centres->each * width;
		float *own = weights->table + (VIEWS_CODE + code) * width;
		memset(own, 0, width * sizeof *own);
		for (size_t d = 0; d < centres->each; d++)
			layers_add(own, rows + d * width, width, centre[d]);
	}
}

void net_vectors_gather(struct net_weights *gradient, const struct net_centres *centres)
{
	size_t width = gradient->shape.width;

	for (size_t code = 0; centres->values && code < CENTRES; code++) {
		const float *centre = centres->values + code * centres->each;
		float *rows = gradient->vectors + code / LEXICON_CODES * centres->each * width, *own = gradient->table + (VIEWS_CODE + code) * width;
		for (size_t d = 0; d < centres->each; d++)
			layers_add(rows + d * width, own, width, centre[d]);
		memset(own, 0, width * sizeof *own);
	}
}
