/* adam: see adam.h. */
#include "tag/train/adam.h"

#include "tag/train/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEPT_MEAN 0.9f
#define KEPT_SQUARE 0.98f
#define EPSILON 1e-8f
#define LANES 8
#define PART 4096 /* items summed as floats */

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

void adam_init(struct adam *adam, size_t count)
{
	*adam = (struct adam){.count = count, .means = need(calloc(count + 1, sizeof(float))), .squares = need(calloc(count + 1, sizeof(float)))};
}

void adam_release(struct adam *adam)
{
	free(adam->means);
	free(adam->squares);
	memset(adam, 0, sizeof *adam);
}

static double length_of(const float *values, size_t count)
{
	double total = 0;

	for (size_t at = 0; at < count; at += PART) {
		size_t end = at + PART < count ? at + PART : count, i = at;
		lanes sum = {0};
		for (; i + LANES <= end; i += LANES) {
			lanes own = *(const lanes *)(values + i);
			sum += own * own;
		}
		for (int j = 0; j < LANES; j++)
			total += (double)sum[j];
		for (; i < end; i++)
			total += (double)values[i] * (double)values[i];
	}
	return sqrt(total);
}

void adam_step(struct adam *adam, float *restrict weights, float *restrict gradient, float rate, float decay, float longest)
{
	float *restrict means = adam->means, *restrict squares = adam->squares;
	double length = length_of(gradient, adam->count), steps = (double)++adam->steps;
	float factor = length > (double)longest ? (float)((double)longest / length) : 1;
	float step = (float)((double)rate / (1 - pow((double)KEPT_MEAN, steps)));
	float spread = (float)(1 / sqrt(1 - pow((double)KEPT_SQUARE, steps)));

	for (size_t i = 0; i < adam->count; i++) {
		float own = gradient[i] * factor;
		means[i] = KEPT_MEAN * means[i] + (1 - KEPT_MEAN) * own;
		squares[i] = KEPT_SQUARE * squares[i] + (1 - KEPT_SQUARE) * own * own;
		weights[i] -= rate * decay * weights[i] + step * means[i] / (sqrtf(squares[i]) * spread + EPSILON);
		gradient[i] = 0;
	}
}
