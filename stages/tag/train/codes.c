/* codes: see codes.h. Points are turned onto their principal axes first, which are then dealt to the parts so that each gets as much of the
 * variance: parts of neighbouring dimensions lose a third more (.163 of GloVe's variance and not .121). */
#include "tag/train/codes.h"

#include "tag/train/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 12
#define SWEEPS 12 /* of Jacobi's method: far more than it takes */

static double *covariance(const struct points *points)
{
	size_t width = points->width;
	double *sums = need(calloc(width * width, sizeof *sums));

	for (size_t i = 0; i < points->count; i++) {
		const float *x = points->values + i * width;
		for (size_t a = 0; a < width; a++)
			for (size_t b = 0; b < width; b++)
				sums[a * width + b] += (double)x[a] * (double)x[b];
	}
	return sums;
}

/* Turns rows or columns p and q, `step` apart from item to item, by an angle. */
static void turn(double *p, double *q, size_t count, size_t step, double cosine, double sine)
{
	for (size_t k = 0; k < count * step; k += step) {
		double a = p[k], b = q[k];
		p[k] = cosine * a - sine * b;
		q[k] = sine * a + cosine * b;
	}
}

/* Makes a symmetric matrix diagonal (Jacobi 1846); the rows of `axes` become its eigenvectors. */
static void diagonalise(double *matrix, double *axes, size_t width)
{
	for (size_t i = 0; i < width; i++)
		axes[i * width + i] = 1;
	for (int sweep = 0; sweep < SWEEPS; sweep++)
		for (size_t p = 0; p + 1 < width; p++)
			for (size_t q = p + 1; q < width; q++) {
				double off = matrix[p * width + q];
				if (off == 0)
					continue;
				double theta = (matrix[q * width + q] - matrix[p * width + p]) / (2 * off);
				double tangent = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
				double cosine = 1 / sqrt(tangent * tangent + 1), sine = tangent * cosine;
				turn(matrix + p * width, matrix + q * width, width, 1, cosine, sine);
				turn(matrix + p, matrix + q, width, width, cosine, sine);
				turn(axes + p * width, axes + q * width, width, 1, cosine, sine);
			}
}

/* The axes in order of variance, dealt to the parts forth and back. */
static void deal(const double *matrix, size_t width, size_t *axis_of)
{
	size_t each = width / LEXICON_PARTS;
	bool *taken = need(calloc(width, sizeof *taken));

	for (size_t rank = 0; rank < width; rank++) {
		size_t best = width, row = rank / LEXICON_PARTS, part = rank % LEXICON_PARTS;
		for (size_t i = 0; i < width; i++)
			if (!taken[i] && (best == width || matrix[i * width + i] > matrix[best * width + best]))
				best = i;
		taken[best] = true;
		axis_of[(row % 2 ? LEXICON_PARTS - 1 - part : part) * each + row] = best;
	}
	free(taken);
}

/* One part of all points: their places along some axes. */
static struct points part_of(const struct points *points, const double *axes, const size_t *which, size_t count)
{
	struct points part = {.values = need(calloc(points->count * count, sizeof(float))), .count = points->count, .width = count};

	for (size_t i = 0; i < points->count; i++)
		for (size_t k = 0; k < count; k++) {
			double sum = 0;
			for (size_t d = 0; d < points->width; d++)
				sum += axes[which[k] * points->width + d] * (double)points->values[i * points->width + d];
			part.values[i * count + k] = (float)sum;
		}
	return part;
}

static double lost(const struct points *part, const struct points *centres, const uint32_t *assigned)
{
	double sum = 0;

	for (size_t i = 0; i < part->count; i++)
		for (size_t d = 0; d < part->width; d++) {
			double off = (double)part->values[i * part->width + d] - (double)centres->values[assigned[i] * part->width + d];
			sum += off * off;
		}
	return sum;
}

/* The principal axes, and which are each part's; returns the points' variance, summed up. */
static double find_axes(const struct points *points, double *axes, size_t *axis_of)
{
	double *matrix = covariance(points), all = 0;

	for (size_t i = 0; i < points->width; i++)
		all += matrix[i * points->width + i];
	diagonalise(matrix, axes, points->width);
	deal(matrix, points->width, axis_of);
	free(matrix);
	return all;
}

void codes_centres(const struct points *points, const uint8_t (*codes)[LEXICON_PARTS], float *centres)
{
	size_t width = points->width, each = width / LEXICON_PARTS, *axis_of = need(calloc(width, sizeof *axis_of));
	double *axes = need(calloc(width * width, sizeof *axes)), variance = find_axes(points, axes, axis_of);
	float deviation = variance > 0 ? (float)sqrt(variance / (double)(points->count * width)) : 1;

	memset(centres, 0, width * LEXICON_CODES * sizeof *centres);
	for (size_t part = 0; part < LEXICON_PARTS; part++, centres += LEXICON_CODES * each) {
		struct points values = part_of(points, axes, axis_of + part * each, each);
		size_t members[LEXICON_CODES] = {0};
		for (size_t i = 0; i < points->count; i++) {
			size_t code = codes[i][part];
			members[code]++;
			for (size_t d = 0; d < each; d++) /* a mean that moves with each member */
				centres[code * each + d] += (values.values[i * each + d] / deviation - centres[code * each + d]) / (float)members[code];
		}
		free(values.values);
	}
	free(axes);
	free(axis_of);
}

double codes_make(const struct points *points, uint8_t (*codes)[LEXICON_PARTS])
{
	size_t width = points->width, each = width / LEXICON_PARTS;
	double *axes = need(calloc(width * width, sizeof *axes)), gone = 0;
	size_t *axis_of = need(calloc(width, sizeof *axis_of));
	uint32_t *assigned = need(calloc(points->count, sizeof *assigned));

	double all = find_axes(points, axes, axis_of);
	for (size_t part = 0; part < LEXICON_PARTS; part++) {
		struct points values = part_of(points, axes, axis_of + part * each, each);
		struct points centres = kmeans_near(&values, LEXICON_CODES, ROUNDS, assigned);
		for (size_t i = 0; i < points->count; i++)
			codes[i][part] = (uint8_t)assigned[i];
		gone += lost(&values, &centres, assigned);
		free(values.values);
		free(centres.values);
	}
	free(axes);
	free(axis_of);
	free(assigned);
	return all > 0 ? gone / all : 0;
}
