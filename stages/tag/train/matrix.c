/* matrix: see matrix.h. */
#include "tag/train/matrix.h"

#include <string.h>

#define TALL 6
#define WIDE 16
#define DEEP 256   /* of a block */
#define ROWS 96    /* of a block of a: 96 KiB */
#define COLUMNS 512 /* of a block of b: 512 KiB */

typedef float lanes __attribute__((vector_size(32), aligned(32), may_alias));
typedef float loose __attribute__((vector_size(32), aligned(4), may_alias));

/* Panels of TALL rows, a column behind the other; what is missing of the last panel is zero. */
static void pack_a(float *to, struct matrix a, size_t row, size_t rows, size_t first, size_t depth)
{
	size_t down = a.turned ? 1 : a.stride, along = a.turned ? a.stride : 1;

	for (size_t i = 0; i < rows; i += TALL) {
		size_t tall = rows - i < TALL ? rows - i : TALL;
		const float *from = a.values + (row + i) * down + first * along;
		if (tall < TALL)
			memset(to, 0, depth * TALL * sizeof *to);
		for (size_t r = 0; r < tall; r++)
			for (size_t l = 0; l < depth; l++)
				to[l * TALL + r] = from[r * down + l * along];
		to += depth * TALL;
	}
}

/* Panels of WIDE columns, a row behind the other. */
static void pack_b(float *to, struct matrix b, size_t first, size_t depth, size_t column, size_t columns)
{
	size_t down = b.turned ? 1 : b.stride, along = b.turned ? b.stride : 1;

	for (size_t j = 0; j < columns; j += WIDE) {
		size_t wide = columns - j < WIDE ? columns - j : WIDE;
		const float *from = b.values + first * down + (column + j) * along;
		if (wide < WIDE)
			memset(to, 0, depth * WIDE * sizeof *to);
		if (along == 1 && wide == WIDE)
			for (size_t l = 0; l < depth; l++)
				memcpy(to + l * WIDE, from + l * down, WIDE * sizeof *to);
		else
			for (size_t c = 0; c < wide; c++)
				for (size_t l = 0; l < depth; l++)
					to[l * WIDE + c] = from[l * down + c * along];
		to += depth * WIDE;
	}
}

/* One panel times another: TALL × WIDE sums. */
static void kernel(const float *restrict a, const float *restrict b, size_t depth, float *restrict out, size_t stride)
{
	lanes sums[TALL][2] = {0};

	for (size_t l = 0; l < depth; l++, a += TALL, b += WIDE) {
		lanes left = *(const lanes *)b, right = *(const lanes *)(b + 8);
#pragma GCC unroll 6
		for (int r = 0; r < TALL; r++) {
			sums[r][0] += a[r] * left;
			sums[r][1] += a[r] * right;
		}
	}
#pragma GCC unroll 6
	for (int r = 0; r < TALL; r++) {
		*(loose *)(out + (size_t)r * stride) += sums[r][0];
		*(loose *)(out + (size_t)r * stride + 8) += sums[r][1];
	}
}

/* The same where the sums don't fill it. */
static void kernel_part(const float *a, const float *b, size_t depth, float *out, size_t stride, size_t tall, size_t wide)
{
	float whole[TALL][WIDE] = {0};

	kernel(a, b, depth, whole[0], WIDE);
	for (size_t r = 0; r < tall; r++)
		for (size_t c = 0; c < wide; c++)
			out[r * stride + c] += whole[r][c];
}

static void block(const float *a, const float *b, float *out, size_t stride, size_t rows, size_t columns, size_t depth)
{
	for (size_t j = 0; j < columns; j += WIDE)
		for (size_t i = 0; i < rows; i += TALL) {
			size_t tall = rows - i < TALL ? rows - i : TALL, wide = columns - j < WIDE ? columns - j : WIDE;
			const float *left = a + i * depth, *right = b + j * depth;
			if (tall == TALL && wide == WIDE)
				kernel(left, right, depth, out + i * stride + j, stride);
			else
				kernel_part(left, right, depth, out + i * stride + j, stride, tall, wide);
		}
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

void matrix_add_product(float *out, size_t stride, struct matrix a, struct matrix b, size_t rows, size_t columns, size_t depth)
{
	static float left[ROWS * DEEP] __attribute__((aligned(64))), right[COLUMNS * DEEP] __attribute__((aligned(64)));

	for (size_t j = 0; j < columns; j += COLUMNS)
		for (size_t l = 0; l < depth; l += DEEP) {
			size_t wide = smaller(columns - j, COLUMNS), deep = smaller(depth - l, DEEP);
			pack_b(right, b, l, deep, j, wide);
			for (size_t i = 0; i < rows; i += ROWS) {
				size_t tall = smaller(rows - i, ROWS);
				pack_a(left, a, i, tall, l, deep);
				block(left, right, out + i * stride + j, stride, tall, wide, deep);
			}
		}
}
