/* netweights: see netweights.h. */
#include "tag/train/netweights.h"

#include "tag/train/layers.h"
#include "tag/train/random.h"

#include <math.h>

#define TABLE_SPREAD 0.05f

static float *take(struct net_weights *weights, size_t items)
{
	float *own = weights->block ? weights->block + weights->count : NULL;

	weights->count += items;
	return own;
}

static size_t inputs_of(const struct net_shape *shape, size_t layer)
{
	return (shape->pool && layer + 1 == shape->layers ? 4 : 3) * shape->width;
}

void net_weights_place(struct net_weights *weights, const struct net_shape *shape, float *block)
{
	size_t width = shape->width;

	*weights = (struct net_weights){.shape = *shape, .block = block};
	weights->table = take(weights, shape->rows * width);
	weights->bias = take(weights, width);
	weights->gain = take(weights, width);
	weights->shift = take(weights, width);
	for (size_t l = 0; l < shape->layers; l++) {
		weights->layers[l].inputs = inputs_of(shape, l);
		weights->layers[l].weights = take(weights, width * weights->layers[l].inputs);
		weights->layers[l].bias = take(weights, width);
		weights->layers[l].gain = take(weights, width);
		weights->layers[l].shift = take(weights, width);
	}
	weights->head = take(weights, shape->heads * CHAIN_LANES * width);
	weights->head_bias = take(weights, shape->heads * CHAIN_LANES);
	weights->transitions = take(weights, CHAIN_LANES * CHAIN_LANES);
	weights->vectors = take(weights, shape->dimensions * width);
}

size_t net_weights_count(const struct net_shape *shape)
{
	struct net_weights weights;

	net_weights_place(&weights, shape, NULL);
	return weights.count;
}

/* Between −1 and 1. */
static float evenly(uint64_t *random) { return (float)(int32_t)(random_next(random) >> 32) * 0x1p-31f; }

/* Of deviation 1 or nearly so: a sum of four. */
static float normally(uint64_t *random)
{
	float sum = 0;

	for (int i = 0; i < 4; i++)
		sum += evenly(random);
	return sum * 0.8660254f;
}

static void fill_evenly(float *values, size_t items, float most, uint64_t *random)
{
	for (size_t i = 0; i < items; i++)
		values[i] = evenly(random) * most;
}

static void fill(float *values, size_t items, float value)
{
	for (size_t i = 0; i < items; i++)
		values[i] = value;
}

void net_weights_begin(struct net_weights *weights, uint64_t seed)
{
	const struct net_shape *shape = &weights->shape;
	size_t width = shape->width;
	float most = 1 / sqrtf((float)width);

	fill(weights->block, weights->count, 0);
	for (size_t i = 0; i < shape->rows * width; i++)
		weights->table[i] = normally(&seed) * TABLE_SPREAD;
	fill(weights->gain, width, 1);
	for (size_t l = 0; l < shape->layers; l++) {
		size_t inputs = weights->layers[l].inputs;
		fill_evenly(weights->layers[l].weights, width * inputs, 1 / sqrtf((float)inputs), &seed);
		fill_evenly(weights->layers[l].bias, width, 1 / sqrtf((float)inputs), &seed);
		fill(weights->layers[l].gain, width, 1);
	}
	if (shape->dimensions > 0)
		fill_evenly(weights->vectors, shape->dimensions * width, 1 / sqrtf((float)shape->dimensions), &seed);
	for (size_t h = 0; h < shape->heads; h++) { /* rows without a label stay zero */
		fill_evenly(weights->head + h * CHAIN_LANES * width, LABELS * width, most, &seed);
		fill_evenly(weights->head_bias + h * CHAIN_LANES, LABELS, most, &seed);
	}
}

void net_weights_blend(struct net_weights *weights, const float *share)
{
	size_t width = weights->shape.width;

	for (size_t h = 1; h < weights->shape.heads; h++) {
		layers_add(weights->head, weights->head + h * CHAIN_LANES * width, CHAIN_LANES * width, share[h - 1]);
		layers_add(weights->head_bias, weights->head_bias + h * CHAIN_LANES, CHAIN_LANES, share[h - 1]);
	}
}
