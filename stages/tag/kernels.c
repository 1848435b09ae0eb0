/* kernels: see kernels.h. What costs is the product of weights and inputs. A form for each width of registers has its own (dots_*), with the
 * machine's instruction that multiplies pairs of numbers and adds them up; the sums of some outputs and words stay in registers. All the
 * rest stands once and is compiled for each form. Sums of integers are the same in any order, and of floats the order is written down; no form
 * may join a multiplication with an addition (-ffp-contract=off), which rounds otherwise. */
#include "tag/kernels.h"

#include <math.h>

#define LANES 8
#define OUTPUTS 32 /* at a time; an even number of vectors of any form */

#define H_MAX (32 * NETWORK_UNITS - 1)
#define COLUMNS 32 /* of the table that are added up in registers */

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(sizeof(float)), may_alias));
typedef int32_t whole __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef int16_t halves __attribute__((vector_size(LANES * sizeof(int16_t))));
typedef int16_t halves16 __attribute__((vector_size(16 * sizeof(int16_t)), may_alias));
typedef int8_t bytes16 __attribute__((vector_size(16), aligned(1), may_alias));

#define ALWAYS static inline __attribute__((always_inline))

/* --- products ---------------------------------------------------------------------------------- */

void kernel_pack(const int8_t *weights, size_t inputs, size_t outputs, int16_t *packed)
{
	for (size_t block = 0; block < outputs; block += OUTPUTS)
		for (size_t i = 0; i < inputs; i += 2)
			for (size_t o = block; o < block + OUTPUTS; o++) {
				*packed++ = weights[o * inputs + i];
				*packed++ = weights[o * inputs + i + 1];
			}
}

/* The sums of `count` rows of the table. */
typedef void rows_fn(const int8_t *table, size_t width, const uint32_t *rows, size_t count, int16_t *sums);

ALWAYS void rows_plain(const int8_t *table, size_t width, const uint32_t *rows, size_t count, int16_t *sums)
{
	for (size_t i = 0; i < width; i += COLUMNS) {
		halves16 low = {0}, high = {0};
		for (size_t r = 0; r < count; r++) {
			const bytes16 *row = (const bytes16 *)(table + rows[r] * width + i);
			low += __builtin_convertvector(row[0], halves16);
			high += __builtin_convertvector(row[1], halves16);
		}
		memcpy(sums + i, &low, sizeof low);
		memcpy(sums + i + 16, &high, sizeof high);
	}
}

/* The sums of OUTPUTS outputs for `words` words of `count` inputs each: sums[word × stride + output]. Words may be rounded up to fours. */
typedef void dots_fn(const int16_t *weights, const int16_t *inputs, size_t count, size_t words, int32_t *sums, size_t stride);

ALWAYS void dots_plain(const int16_t *weights, const int16_t *inputs, size_t count, size_t words, int32_t *sums, size_t stride)
{
	for (size_t w = 0; w < words; w++) {
		int32_t added[OUTPUTS] = {0};
		for (size_t i = 0; i < count; i += 2)
			for (size_t o = 0; o < OUTPUTS; o++)
				added[o] += weights[i * OUTPUTS + 2 * o] * inputs[w * count + i] +
					weights[i * OUTPUTS + 2 * o + 1] * inputs[w * count + i + 1];
		memcpy(sums + w * stride, added, sizeof added);
	}
}

#if defined __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))

/* Two inputs, as a vector has them in each of its lanes. */
ALWAYS int32_t two(const int16_t *inputs)
{
	int32_t both;

	memcpy(&both, inputs, sizeof both);
	return both;
}

ALWAYS void rows_sse2(const int8_t *table, size_t width, const uint32_t *rows, size_t count, int16_t *sums)
{
	rows_plain(table, width, rows, count, sums);
}

AVX2 ALWAYS void rows_avx2(const int8_t *table, size_t width, const uint32_t *rows, size_t count, int16_t *sums)
{
	for (size_t i = 0; i < width; i += COLUMNS) {
		__m256i low = {0}, high = {0};
		for (size_t r = 0; r < count; r++) {
			const __m128i *row = (const __m128i *)(const void *)(table + rows[r] * width + i);
			low = _mm256_add_epi16(low, _mm256_cvtepi8_epi16(_mm_loadu_si128(row)));
			high = _mm256_add_epi16(high, _mm256_cvtepi8_epi16(_mm_loadu_si128(row + 1)));
		}
		_mm256_storeu_si256((__m256i *)(void *)(sums + i), low);
		_mm256_storeu_si256((__m256i *)(void *)(sums + i) + 1, high);
	}
}

AVX512 ALWAYS void rows_avx512(const int8_t *table, size_t width, const uint32_t *rows, size_t count, int16_t *sums)
{
	for (size_t i = 0; i < width; i += COLUMNS) {
		__m512i added = {0};
		for (size_t r = 0; r < count; r++)
			added = _mm512_add_epi16(added, _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(const void *)(table + rows[r] * width + i))));
		_mm512_storeu_si512(sums + i, added);
	}
}

ALWAYS void dots_sse2(const int16_t *weights, const int16_t *inputs, size_t count, size_t words, int32_t *sums, size_t stride)
{
	for (size_t o = 0; o < OUTPUTS; o += 8)
		for (size_t w = 0; w < words; w += 4) {
			const int16_t *x = inputs + w * count, *at = weights + 2 * o;
			__m128i low[4] = {{0}}, high[4] = {{0}};
			for (size_t i = 0; i < count; i += 2, at += 2 * OUTPUTS)
				for (size_t k = 0; k < 4; k++) {
					__m128i pair = _mm_set1_epi32(two(x + k * count + i));
					low[k] = _mm_add_epi32(low[k], _mm_madd_epi16(pair, _mm_loadu_si128((const __m128i *)at)));
					high[k] = _mm_add_epi32(high[k], _mm_madd_epi16(pair, _mm_loadu_si128((const __m128i *)at + 1)));
				}
			for (size_t k = 0; k < 4; k++) {
				_mm_storeu_si128((__m128i *)(sums + (w + k) * stride + o), low[k]);
				_mm_storeu_si128((__m128i *)(sums + (w + k) * stride + o) + 1, high[k]);
			}
		}
}

AVX2 ALWAYS void dots_avx2(const int16_t *weights, const int16_t *inputs, size_t count, size_t words, int32_t *sums, size_t stride)
{
	for (size_t o = 0; o < OUTPUTS; o += 16)
		for (size_t w = 0; w < words; w += 4) {
			const int16_t *x = inputs + w * count, *at = weights + 2 * o;
			__m256i low[4] = {{0}}, high[4] = {{0}};
			for (size_t i = 0; i < count; i += 2, at += 2 * OUTPUTS)
				for (size_t k = 0; k < 4; k++) {
					__m256i pair = _mm256_set1_epi32(two(x + k * count + i));
					low[k] = _mm256_add_epi32(low[k], _mm256_madd_epi16(pair, _mm256_loadu_si256((const __m256i *)at)));
					high[k] = _mm256_add_epi32(high[k], _mm256_madd_epi16(pair, _mm256_loadu_si256((const __m256i *)at + 1)));
				}
			for (size_t k = 0; k < 4; k++) {
				_mm256_storeu_si256((__m256i *)(sums + (w + k) * stride + o), low[k]);
				_mm256_storeu_si256((__m256i *)(sums + (w + k) * stride + o) + 1, high[k]);
			}
		}
}

/* The same for `words` words, eight or four, whose sums are in registers all at once. */
AVX512 ALWAYS void dots_few(const int16_t *weights, const int16_t *inputs, size_t count, size_t words, int32_t *sums, size_t stride)
{
	__m512i low[8] = {{0}}, high[8] = {{0}};

	for (size_t i = 0; i < count; i += 2, weights += 2 * OUTPUTS)
		for (size_t k = 0; k < words; k++) {
			__m512i pair = _mm512_set1_epi32(two(inputs + k * count + i));
			low[k] = _mm512_dpwssd_epi32(low[k], pair, _mm512_loadu_si512(weights));
			high[k] = _mm512_dpwssd_epi32(high[k], pair, _mm512_loadu_si512(weights + OUTPUTS));
		}
	for (size_t k = 0; k < words; k++) {
		_mm512_storeu_si512(sums + k * stride, low[k]);
		_mm512_storeu_si512(sums + k * stride + OUTPUTS / 2, high[k]);
	}
}

AVX512 ALWAYS void dots_avx512(const int16_t *weights, const int16_t *inputs, size_t count, size_t words, int32_t *sums, size_t stride)
{
	size_t w = 0;

	for (; w + 4 < words; w += 8)
		dots_few(weights, inputs + w * count, count, 8, sums + w * stride, stride);
	if (w < words)
		dots_few(weights, inputs + w * count, count, 4, sums + w * stride, stride);
}
#endif

/* sums[word][output] of the first `count` of each output's `stride` weights. */
ALWAYS void multiply(dots_fn dots, const int16_t *weights, size_t stride, size_t outputs, const int16_t *inputs, size_t count, size_t words,
	int32_t *sums)
{
	for (size_t o = 0; o < outputs; o += OUTPUTS)
		dots(weights + o * stride, inputs, count, words, sums + o, outputs);
}

/* --- the rest ---------------------------------------------------------------------------------- */

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

ALWAYS void embed(rows_fn add_rows, const struct network *network, const uint32_t *rows, size_t count, int16_t *h)
{
	int16_t sums[NETWORK_WIDTH_MAX];
	float values[NETWORK_WIDTH_MAX];
	size_t width = network->width;

	add_rows(network->table, width, rows, count, sums);
	for (size_t i = 0; i < width; i++) {
		float value = (float)sums[i] * network->table_scale + network->bias[i];
		values[i] = value > 0 ? value : 0;
	}
	normalise(values, network->gain, network->shift, width, h);
}

ALWAYS void step(dots_fn dots, const struct network *network, const struct network_layer *layer, const int16_t *inputs, size_t count, size_t words,
	int16_t *h)
{
	int32_t sums[KERNEL_WORDS * NETWORK_WIDTH_MAX];
	float values[NETWORK_WIDTH_MAX];
	size_t width = network->width;

	multiply(dots, layer->packed, layer->inputs, width, inputs, count, words, sums);
	for (size_t w = 0; w < words; w++) {
		const int16_t *own = inputs + w * count + width;
		for (size_t i = 0; i < width; i++) {
			float value = (float)sums[w * width + i] * (layer->scale[i] / NETWORK_UNITS) + layer->bias[i];
			values[i] = (value > 0 ? value : 0) + (float)own[i] / NETWORK_UNITS;
		}
		normalise(values, layer->gain, layer->shift, width, h + w * width);
	}
}

ALWAYS void label(dots_fn dots, const struct network *network, const int16_t *h, size_t words, int32_t (*scores)[NETWORK_LABELS])
{
	int32_t sums[KERNEL_WORDS * NETWORK_LABELS];
	float most = NETWORK_SCORE_MAX;

	multiply(dots, network->head_packed, network->width, NETWORK_LABELS, h, network->width, words, sums);
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

/* --- forms ------------------------------------------------------------------------------------- */

#define FORM(form, TARGET) \
	TARGET static void word_##form(const struct network *network, const uint32_t *rows, size_t count, int16_t *h) \
	{ \
		embed(rows_##form, network, rows, count, h); \
	} \
	TARGET static void layer_##form(const struct network *network, const struct network_layer *layer, const int16_t *inputs, size_t count, \
		size_t words, int16_t *h) \
	{ \
		step(dots_##form, network, layer, inputs, count, words, h); \
	} \
	TARGET static void head_##form(const struct network *network, const int16_t *h, size_t words, int32_t (*scores)[NETWORK_LABELS]) \
	{ \
		label(dots_##form, network, h, words, scores); \
	} \
	static const struct kernels kernels_##form = {#form, word_##form, layer_##form, head_##form};

FORM(plain, )
#if defined __x86_64__
FORM(sse2, )
FORM(avx2, AVX2)
FORM(avx512, AVX512)

static bool has_avx512(void)
{
	return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
		__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}

size_t kernels_list(const struct kernels *list[KERNEL_FORMS])
{
	size_t count = 0;

	if (has_avx512())
		list[count++] = &kernels_avx512;
	if (__builtin_cpu_supports("avx2"))
		list[count++] = &kernels_avx2;
	list[count++] = &kernels_sse2;
	list[count++] = &kernels_plain;
	return count;
}
#else
size_t kernels_list(const struct kernels *list[KERNEL_FORMS])
{
	list[0] = &kernels_plain;
	return 1;
}
#endif
