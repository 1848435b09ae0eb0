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

/* To the centre with the largest product, less `half`: with half the square of each centre's length that is the nearest one. */
static void assign(const struct points *points, const struct points *centres, const float *half, uint32_t *assigned)
{
	for (size_t i = 0; i < points->count; i++) {
		float best = -1e30f;
		for (size_t c = 0; c < centres->count; c++) {
			float near = dot(points->values + i * points->width, centres->values + c * points->width, points->width) - half[c];
			if (near > best) {
				best = near;
				assigned[i] = (uint32_t)c;
			}
		}
	}
}

/* Centres to begin with: some of the first `pool` points. */
static struct points seeds(const struct points *points, size_t clusters, size_t pool)
{
	size_t width = points->width;
	struct points centres = {.values = need(calloc(clusters * width, sizeof(float))), .count = clusters, .width = width};

	pool = points->count < pool ? points->count : pool;
	for (size_t c = 0; c < clusters; c++)
		memcpy(centres.values + c * width, points->values + (size_t)(hash_mix(c + 77) % pool) * width, width * sizeof(float));
	return centres;
}

static void sum_clusters(const struct points *points, const uint32_t *assigned, struct points *centres)
{
	size_t width = points->width;

	memset(centres->values, 0, centres->count * width * sizeof(float));
	for (size_t i = 0; i < points->count; i++)
		for (size_t d = 0; d < width; d++)
			centres->values[assigned[i] * width + d] += points->values[i * width + d];
}

struct points kmeans(const struct points *points, size_t clusters, int rounds, uint32_t *assigned)
{
	struct points centres = seeds(points, clusters, clusters * 8);
	float *half = need(calloc(clusters, sizeof *half));

	for (int round = 0; round < rounds; round++) {
		assign(points, &centres, half, assigned);
		sum_clusters(points, assigned, &centres);
		points_normalise(&centres);
	}
	free(half);
	return centres;
}

/* Sums become means; a cluster without members begins anew, at a point. */
static void average(const struct points *points, const uint32_t *assigned, uint64_t salt, struct points *centres)
{
	size_t width = points->width, *members = need(calloc(centres->count, sizeof *members));

	for (size_t i = 0; i < points->count; i++)
		members[assigned[i]]++;
	for (size_t c = 0; c < centres->count; c++) {
		float *centre = centres->values + c * width;
		if (members[c] == 0)
			memcpy(centre, points->values + (size_t)(hash_mix(salt + c) % points->count) * width, width * sizeof(float));
		for (size_t d = 0; d < width && members[c] > 0; d++)
			centre[d] /= (float)members[c];
	}
	free(members);
}

struct points kmeans_near(const struct points *points, size_t clusters, int rounds, uint32_t *assigned)
{
	struct points centres = seeds(points, clusters, points->count);
	float *half = need(calloc(clusters, sizeof *half));

	for (int round = 0; round < rounds; round++) {
		for (size_t c = 0; c < clusters; c++)
			half[c] = dot(centres.values + c * centres.width, centres.values + c * centres.width, centres.width) / 2;
		assign(points, &centres, half, assigned);
		sum_clusters(points, assigned, &centres);
		average(points, assigned, (uint64_t)round << 32, &centres);
	}
	free(half);
	return centres;
}
