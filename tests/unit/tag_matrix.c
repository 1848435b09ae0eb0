#include "unit.h"

#include "tag/train/matrix.h"
#include "tag/train/random.h"

#include <math.h>
#include <stdlib.h>

static float *some(size_t items, uint64_t seed)
{
	float *values = malloc(items * sizeof *values);

	for (size_t i = 0; i < items; i++)
		values[i] = (float)(random_next(&seed) % 2001) / 1000 - 1;
	return values;
}

static double item(struct matrix m, size_t i, size_t j) { return (double)(m.turned ? m.values[j * m.stride + i] : m.values[i * m.stride + j]); }

static void check(size_t rows, size_t columns, size_t depth, bool turned_a, bool turned_b)
{
	size_t stride = columns + 3;
	float *a = some(rows * depth, 1), *b = some(depth * columns, 2), *out = some(rows * stride, 3), *before = some(rows * stride, 3);
	struct matrix left = {a, turned_a ? rows : depth, turned_a}, right = {b, turned_b ? depth : columns, turned_b};

	matrix_add_product(out, stride, left, right, rows, columns, depth);
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < stride; j++) {
			double want = (double)before[i * stride + j];
			for (size_t l = 0; l < depth && j < columns; l++)
				want += item(left, i, l) * item(right, l, j);
			assert_true(fabs(want - (double)out[i * stride + j]) < 1e-4);
		}
	free(a);
	free(b);
	free(out);
	free(before);
}

static void matrix_adds_products_of_all_shapes(void **state)
{
	static const size_t shapes[][3] = {{1, 1, 1}, {6, 16, 8}, {7, 17, 9}, {5, 15, 300}, {97, 33, 257}, {200, 513, 12}, {13, 600, 520}};

	(void)state;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		for (int turned = 0; turned < 4; turned++)
			check(shapes[i][0], shapes[i][1], shapes[i][2], turned & 1, turned & 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(matrix_adds_products_of_all_shapes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
