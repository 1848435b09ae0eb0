/* netpack: see netpack.h. */
#include "tag/train/netpack.h"

#include <math.h>

#define MOST 127
#define TRIES 40
#define NARROWER 0.95f /* than the last try */

static float rounded(float value, float scale)
{
	float units = rintf(value / scale);

	return units > MOST ? MOST : units < -MOST ? -MOST : units;
}

static double lost(const float *values, size_t count, float scale)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		double off = (double)values[i] - (double)(rounded(values[i], scale) * scale);
		sum += off * off;
	}
	return sum;
}

float netpack_scale(const float *values, size_t count)
{
	float most = 0;

	for (size_t i = 0; i < count; i++)
		most = fabsf(values[i]) > most ? fabsf(values[i]) : most;
	float best = most / MOST, scale = best;
	if (!(best > 1e-12f))
		return 0;
	double least = lost(values, count, best);
	for (int i = 0; i < TRIES; i++) {
		scale *= NARROWER;
		double own = lost(values, count, scale);
		if (own > least * 4)
			break;
		if (own < least) {
			least = own;
			best = scale;
		}
	}
	return best;
}

static void put_floats(struct buf *out, const float *values, size_t count) { buf_append_bytes(out, values, count * sizeof *values); }

static void put_bytes(struct buf *out, const float *values, size_t count, float scale)
{
	for (size_t i = 0; i < count; i++)
		buf_append_byte(out, (char)(int8_t)(scale > 0 ? rounded(values[i], scale) : 0));
}

/* Rows of `inputs`, each with a scale of its own; then the scales, times `factor`. */
static void put_matrix(struct buf *out, const float *values, size_t rows, size_t inputs, float factor)
{
	for (size_t r = 0; r < rows; r++)
		put_bytes(out, values + r * inputs, inputs, netpack_scale(values + r * inputs, inputs));
	for (size_t r = 0; r < rows; r++) {
		float scale = netpack_scale(values + r * inputs, inputs) * factor;
		put_floats(out, &scale, 1);
	}
}

static struct network_header header_of(const struct net_shape *shape, float table_scale)
{
	struct network_header header = {.rows = (uint32_t)shape->rows, .width = (uint32_t)shape->width, .layers = (uint32_t)shape->layers,
		.labels = NETWORK_LABELS, .table_scale = table_scale};

	for (size_t l = 0; l < shape->layers; l++) {
		header.layer[l].reach = (uint32_t)shape->reach[l];
		header.layer[l].pool = shape->pool && l + 1 == shape->layers;
	}
	return header;
}

void netpack_append(struct buf *out, const struct net_weights *weights, float factor)
{
	const struct net_shape *shape = &weights->shape;
	size_t width = shape->width;
	float table_scale = netpack_scale(weights->table, shape->rows * width);
	struct network_header header = header_of(shape, table_scale);

	buf_append_bytes(out, &header, sizeof header);
	put_bytes(out, weights->table, shape->rows * width, table_scale);
	put_floats(out, weights->bias, width);
	put_floats(out, weights->gain, width);
	put_floats(out, weights->shift, width);
	for (size_t l = 0; l < shape->layers; l++) {
		put_matrix(out, weights->layers[l].weights, width, weights->layers[l].inputs, 1);
		put_floats(out, weights->layers[l].bias, width);
		put_floats(out, weights->layers[l].gain, width);
		put_floats(out, weights->layers[l].shift, width);
	}
	put_matrix(out, weights->head, NETWORK_LABELS, width, factor);
	for (size_t y = 0; y < NETWORK_LABELS; y++) {
		float bias = weights->head_bias[y] * factor;
		put_floats(out, &bias, 1);
	}
}
