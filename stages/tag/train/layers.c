/* layers: see layers.h. */
#include "tag/train/layers.h"

#include "tag/train/random.h"

#include <math.h>
#include <string.h>

#define LANES 8
#define EPSILON 1e-5f

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

static inline const lanes *at(const float *values) { return (const lanes *)values; }

static float total(const lanes *sums)
{
	const float *values = (const float *)sums;

	return ((values[0] + values[4]) + (values[2] + values[6])) + ((values[1] + values[5]) + (values[3] + values[7]));
}

void layers_add(float *to, const float *from, size_t items, float factor)
{
	for (size_t i = 0; i < items; i += LANES)
		*(lanes *)(to + i) += *at(from + i) * factor;
}

void layers_norm(const float *x, const float *gain, const float *shift, size_t count, size_t width, struct layers_norm *norm, float *out)
{
	for (size_t w = 0; w < count; w++, x += width, out += width) {
		float *standard = norm->standard + w * width;
		lanes sum = {0}, squares = {0};
		for (size_t i = 0; i < width; i += LANES)
			sum += *at(x + i);
		float mean = total(&sum) / (float)width;
		for (size_t i = 0; i < width; i += LANES) {
			lanes off = *at(x + i) - mean;
			squares += off * off;
		}
		float inverse = 1 / sqrtf(total(&squares) / (float)width + EPSILON);
		norm->inverse[w] = inverse;
		for (size_t i = 0; i < width; i += LANES) {
			lanes own = (*at(x + i) - mean) * inverse;
			*(lanes *)(standard + i) = own;
			*(lanes *)(out + i) = own * *at(gain + i) + *at(shift + i);
		}
	}
}

void layers_norm_gradient(const float *dout, const struct layers_norm *norm, const float *gain, size_t count, size_t width, float *dx,
	float *dgain, float *dshift)
{
	for (size_t w = 0; w < count; w++, dout += width, dx += width) {
		const float *standard = norm->standard + w * width;
		lanes sum = {0}, along = {0};
		for (size_t i = 0; i < width; i += LANES) {
			lanes out = *at(dout + i), own = *at(standard + i), in = out * *at(gain + i);
			*(lanes *)(dgain + i) += out * own;
			*(lanes *)(dshift + i) += out;
			sum += in;
			along += in * own;
		}
		float mean = total(&sum) / (float)width, slope = total(&along) / (float)width, inverse = norm->inverse[w];
		for (size_t i = 0; i < width; i += LANES)
			*(lanes *)(dx + i) = (*at(dout + i) * *at(gain + i) - mean - *at(standard + i) * slope) * inverse;
	}
}

void layers_relu(const float *x, size_t items, float *out)
{
	for (size_t i = 0; i < items; i++)
		out[i] = x[i] > 0 ? x[i] : 0;
}

void layers_relu_gradient(const float *x, size_t items, float *dx)
{
	for (size_t i = 0; i < items; i++)
		dx[i] = x[i] > 0 ? dx[i] : 0;
}

void layers_draw_dropout(float *factors, size_t items, float share, uint64_t *random)
{
	uint32_t limit = (uint32_t)(share * 65536.0f);
	float kept = 1 / (1 - share);

	for (size_t i = 0; i < items; i += 4) {
		uint64_t bits = random_next(random);
		for (size_t j = i; j < i + 4 && j < items; j++, bits >>= 16)
			factors[j] = (bits & 0xFFFF) >= limit ? kept : 0;
	}
}

void layers_drop(float *values, const float *factors, size_t items)
{
	for (size_t i = 0; factors && i < items; i++)
		values[i] *= factors[i];
}

void layers_window(const float *x, const struct layers_run *runs, size_t run_count, size_t reach, size_t width, float *out, size_t stride)
{
	size_t bytes = width * sizeof *out;

	for (size_t r = 0; r < run_count; r++)
		for (size_t w = runs[r].first; w < runs[r].last; w++) {
			float *own = out + w * stride;
			if (w >= runs[r].first + reach)
				memcpy(own, x + (w - reach) * width, bytes);
			else
				memset(own, 0, bytes);
			memcpy(own + width, x + w * width, bytes);
			if (w + reach < runs[r].last)
				memcpy(own + 2 * width, x + (w + reach) * width, bytes);
			else
				memset(own + 2 * width, 0, bytes);
		}
}

void layers_window_gradient(const float *dout, size_t stride, const struct layers_run *runs, size_t run_count, size_t reach, size_t width,
	float *dx)
{
	for (size_t r = 0; r < run_count; r++)
		for (size_t w = runs[r].first; w < runs[r].last; w++) {
			const float *own = dout + w * stride;
			if (w >= runs[r].first + reach)
				layers_add(dx + (w - reach) * width, own, width, 1);
			layers_add(dx + w * width, own + width, width, 1);
			if (w + reach < runs[r].last)
				layers_add(dx + (w + reach) * width, own + 2 * width, width, 1);
		}
}

/* Adds up each group's words in `sums`, and counts them behind the sums of all. */
static void sum_groups(const float *x, size_t stride, const uint32_t *groups, size_t count, size_t group_count, size_t width, float *sums)
{
	float *sizes = sums + group_count * width;

	memset(sums, 0, group_count * (width + 1) * sizeof *sums);
	for (size_t w = 0; w < count; w++) {
		if (groups[w] == LAYERS_ALONE)
			continue;
		layers_add(sums + groups[w] * width, x + w * stride, width, 1);
		sizes[groups[w]] += 1;
	}
}

/* 1 / the number of others in a word's group, 0 if there are none. */
static float share_of(const uint32_t *groups, size_t word, const float *sizes)
{
	return groups[word] != LAYERS_ALONE && sizes[groups[word]] > 1 ? 1 / (sizes[groups[word]] - 1) : 0;
}

void layers_others(const float *x, const uint32_t *groups, size_t count, size_t group_count, size_t width, float *sums, float *out,
	size_t stride)
{
	sum_groups(x, width, groups, count, group_count, width, sums);
	for (size_t w = 0; w < count; w++) {
		float share = share_of(groups, w, sums + group_count * width);
		memset(out + w * stride, 0, width * sizeof *out);
		if (share == 0)
			continue;
		layers_add(out + w * stride, sums + groups[w] * width, width, share);
		layers_add(out + w * stride, x + w * width, width, -share);
	}
}

void layers_others_gradient(const float *dout, size_t stride, const uint32_t *groups, size_t count, size_t group_count, size_t width,
	float *sums, float *dx)
{
	sum_groups(dout, stride, groups, count, group_count, width, sums);
	for (size_t w = 0; w < count; w++) {
		float share = share_of(groups, w, sums + group_count * width);
		if (share == 0)
			continue;
		layers_add(dx + w * width, sums + groups[w] * width, width, share);
		layers_add(dx + w * width, dout + w * stride, width, -share);
	}
}
