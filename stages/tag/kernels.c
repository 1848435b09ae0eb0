/* kernels: see kernels.h. What costs is the product of weights and inputs: weights are widened to 16 bits once for all words of a call, and
 * the loop over pairs of outputs and fours of words is one that compilers make into multiply-add instructions (pmaddwd). */
#include "tag/kernels.h"

#include <math.h>

#define LANES 8
#define OUTPUTS 2 /* at a time, and words: their sums fit into registers */
#define WORDS 4

#define H_MAX (32 * NETWORK_UNITS - 1)
#define BLOCK 32 /* columns of the table that are added up in registers */

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(sizeof(float)), may_alias));
typedef int32_t whole __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef int16_t halves __attribute__((vector_size(LANES * sizeof(int16_t))));
typedef int16_t halves16 __attribute__((vector_size(16 * sizeof(int16_t)), may_alias));
typedef int8_t bytes16 __attribute__((vector_size(16), aligned(1), may_alias));

/* The same code for machines with wider registers, which the program asks for while it runs. */
#if defined __x86_64__
#define WIDER __attribute__((target("avx2")))
static bool has_wider(void) { return __builtin_cpu_supports("avx2"); }
#else
#define WIDER
static bool has_wider(void) { return false; }
#endif
#define ALWAYS static inline __attribute__((always_inline))

/* The sums of WORDS words, `count` inputs each, and OUTPUTS outputs: sums[word × stride + output]. */
ALWAYS void dots(const int16_t (*weights)[KERNEL_INPUTS_MAX], const int16_t *inputs, size_t count, int32_t *sums, size_t stride)
{
	const int16_t *w0 = weights[0], *w1 = weights[1];
	const int16_t *x0 = inputs, *x1 = x0 + count, *x2 = x1 + count, *x3 = x2 + count;
	int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0, b0 = 0, b1 = 0, b2 = 0, b3 = 0;

	for (size_t i = 0; i < count; i++) {
		a0 += w0[i] * x0[i];
		a1 += w0[i] * x1[i];
		a2 += w0[i] * x2[i];
		a3 += w0[i] * x3[i];
		b0 += w1[i] * x0[i];
		b1 += w1[i] * x1[i];
		b2 += w1[i] * x2[i];
		b3 += w1[i] * x3[i];
	}
	sums[0] = a0;
	sums[1] = b0;
	sums[stride] = a1;
	sums[stride + 1] = b1;
	sums[2 * stride] = a2;
	sums[2 * stride + 1] = b2;
	sums[3 * stride] = a3;
	sums[3 * stride + 1] = b3;
}

/* sums[word][output] of the first `count` of each output's `stride` weights; `outputs` is even, words are rounded up to fours. */
ALWAYS void multiply(const int8_t *weights, size_t stride, size_t outputs, const int16_t *inputs, size_t count, size_t words, int32_t *sums)
{
	_Alignas(64) int16_t wide[OUTPUTS][KERNEL_INPUTS_MAX];

	for (size_t o = 0; o < outputs; o += OUTPUTS) {
		for (size_t k = 0; k < OUTPUTS; k++)
			for (size_t i = 0; i < count; i++)
				wide[k][i] = (int16_t)weights[(o + k) * stride + i];
		for (size_t w = 0; w < words; w += WORDS)
			dots((const int16_t(*)[KERNEL_INPUTS_MAX])wide, inputs + w * count, count, sums + w * outputs + o, outputs);
	}
}

/* The sum of eight lanes in an order of its own. */
ALWAYS float total(const lanes *sums)
{
	float x[LANES];

	memcpy(x, sums, sizeof x);
	return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

/* Whole numbers of values to the nearest, cut off beyond ±H_MAX. */
ALWAYS void to_whole(const lanes *values, int16_t *h)
{
	whole rounded = __builtin_convertvector(*values + 32768.5f, whole) - 32768;
	whole above = rounded > H_MAX;
	rounded = (above & H_MAX) | (~above & rounded);
	whole below = rounded < -H_MAX;
	rounded = (below & -H_MAX) | (~below & rounded);
	halves packed = __builtin_convertvector(rounded, halves);
	memcpy(h, &packed, sizeof packed);
}

/* h ← norm(values) × gain + shift */
ALWAYS void normalise(const float *values, const float *gain, const float *shift, size_t width, int16_t *h)
{
	lanes sums = {0}, squares = {0};
	float n = (float)width;

	for (size_t i = 0; i < width; i += LANES)
		sums += *(const lanes *)(values + i);
	float mean = total(&sums) / n;
	for (size_t i = 0; i < width; i += LANES) {
		lanes off = *(const lanes *)(values + i) - mean;
		squares += off * off;
	}
	float scale = 1 / sqrtf(total(&squares) / n + 1e-5f);
	for (size_t i = 0; i < width; i += LANES) {
		lanes off = *(const lanes *)(values + i) - mean;
		lanes value = (off * scale * *(const lanes *)(gain + i) + *(const lanes *)(shift + i)) * (float)NETWORK_UNITS;
		to_whole(&value, h + i);
	}
}

/* Sums of BLOCK columns of the rows. */
ALWAYS void add_rows(const struct network *network, const uint32_t *rows, size_t count, size_t column, halves16 sums[BLOCK / 16])
{
	halves16 added[BLOCK / 16] = {{0}};

	for (size_t r = 0; r < count; r++) {
		const int8_t *row = network->table + rows[r] * network->width + column;
		for (size_t k = 0; k < BLOCK / 16; k++)
			added[k] += __builtin_convertvector(*(const bytes16 *)(row + k * 16), halves16);
	}
	memcpy(sums, added, sizeof added);
}

ALWAYS void embed(const struct network *network, const uint32_t *rows, size_t count, int16_t *h)
{
	halves16 sums[NETWORK_WIDTH_MAX / 16];
	float values[NETWORK_WIDTH_MAX];
	size_t width = network->width;

	for (size_t i = 0; i < width; i += BLOCK)
		add_rows(network, rows, count, i, &sums[i / 16]);
	for (size_t i = 0; i < width; i++) {
		float value = (float)((const int16_t *)sums)[i] * network->table_scale + network->bias[i];
		values[i] = value > 0 ? value : 0;
	}
	normalise(values, network->gain, network->shift, width, h);
}

ALWAYS void step(const struct network *network, const struct network_layer *layer, const int16_t *inputs, size_t count, size_t words, int16_t *h)
{
	int32_t sums[KERNEL_WORDS * NETWORK_WIDTH_MAX];
	float values[NETWORK_WIDTH_MAX];
	size_t width = network->width;

	multiply(layer->weights, layer->inputs, width, inputs, count, words, sums);
	for (size_t w = 0; w < words; w++) {
		const int16_t *own = inputs + w * count + width;
		for (size_t i = 0; i < width; i++) {
			float value = (float)sums[w * width + i] * (layer->scale[i] / NETWORK_UNITS) + layer->bias[i];
			values[i] = (value > 0 ? value : 0) + (float)own[i] / NETWORK_UNITS;
		}
		normalise(values, layer->gain, layer->shift, width, h + w * width);
	}
}

ALWAYS void label(const struct network *network, const int16_t *h, size_t words, int32_t (*scores)[NETWORK_LABELS])
{
	int32_t sums[KERNEL_WORDS * NETWORK_LABELS];
	float most = NETWORK_SCORE_MAX;

	multiply(network->head, network->width, NETWORK_LABELS, h, network->width, words, sums);
	for (size_t w = 0; w < words; w++)
		for (size_t y = 0; y < NETWORK_LABELS; y++) {
			float scale = network->head_scale[y] / NETWORK_UNITS;
			float value = (float)sums[w * NETWORK_LABELS + y] * scale + network->head_bias[y];
			value = value > most ? most : value < -most ? -most : value;
			scores[w][y] = (int32_t)(value + (NETWORK_SCORE_MAX + .5f)) - NETWORK_SCORE_MAX;
		}
}

void kernel_mean(const int32_t *sum, const int16_t *own, size_t others, size_t width, int16_t *mean)
{
	float share = 1 / (float)others;

	for (size_t i = 0; i < width; i++)
		mean[i] = (int16_t)((int32_t)((float)(sum[i] - own[i]) * share + 32768.5f) - 32768);
}

WIDER static void embed_wider(const struct network *network, const uint32_t *rows, size_t count, int16_t *h)
{
	embed(network, rows, count, h);
}

WIDER static void step_wider(const struct network *network, const struct network_layer *layer, const int16_t *inputs, size_t count, size_t words,
	int16_t *h)
{
	step(network, layer, inputs, count, words, h);
}

WIDER static void label_wider(const struct network *network, const int16_t *h, size_t words, int32_t (*scores)[NETWORK_LABELS])
{
	label(network, h, words, scores);
}

void kernel_word(const struct network *network, const uint32_t *rows, size_t count, int16_t *h)
{
	if (has_wider())
		embed_wider(network, rows, count, h);
	else
		embed(network, rows, count, h);
}

void kernel_layer(const struct network *network, const struct network_layer *layer, const int16_t *inputs, size_t count, size_t words, int16_t *h)
{
	if (has_wider())
		step_wider(network, layer, inputs, count, words, h);
	else
		step(network, layer, inputs, count, words, h);
}

void kernel_head(const struct network *network, const int16_t *h, size_t words, int32_t (*scores)[NETWORK_LABELS])
{
	if (has_wider())
		label_wider(network, h, words, scores);
	else
		label(network, h, words, scores);
}
