/* kmeans: see kmeans.h. */
#include "tag/train/kmeans.h"

#include "base/hash.h"
#include "tag/train/need.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static float dot(const float *a, const float *b, size_t width)
{
	float sum = 0;

	for (size_t d = 0; d < width; d++)
		sum += a[d] * b[d];
	return sum;
}

void points_normalise(struct points *points)
{
	for (size_t i = 0; i < points->count; i++) {
		float *point = points->values + i * points->width;
		float scale = 1 / (sqrtf(dot(point, point, points->width)) + 1e-9f);
		for (size_t d = 0; d < points->width; d++)
			point[d] *= scale;
	}
}

static void assign(const struct points *points, const struct points *centres, uint32_t *assigned)
{
	for (size_t i = 0; i < points->count; i++) {
		float best = -2;
		for (size_t c = 0; c < centres->count; c++) {
			float near = dot(points->values + i * points->width, centres->values + c * points->width, points->width);
			if (near > best) {
				best = near;
				assigned[i] = (uint32_t)c;
			}
		}
	}
}

struct points kmeans(const struct points *points, size_t clusters, int rounds, uint32_t *assigned)
{
	size_t width = points->width, pool = points->count < clusters * 8 ? points->count : clusters * 8;
	struct points centres = {.values = need(calloc(clusters * width, sizeof(float))), .count = clusters, .width = width};

	for (size_t c = 0; c < clusters; c++)
		memcpy(centres.values + c * width, points->values + (size_t)(hash_mix(c + 77) % pool) * width, width * sizeof(float));
	for (int round = 0; round < rounds; round++) {
		assign(points, &centres, assigned);
		memset(centres.values, 0, clusters * width * sizeof(float));
		for (size_t i = 0; i < points->count; i++)
			for (size_t d = 0; d < width; d++)
				centres.values[assigned[i] * width + d] += points->values[i * width + d];
		points_normalise(&centres);
	}
	return centres;
}
