/* Each gradient is compared with what a small change of each input changes: in Σ weight × output, with weights at random. */
#include "unit.h"

#include "tag/train/layers.h"
#include "tag/train/random.h"

#include <math.h>
#include <string.h>

#define WORDS 7
#define WIDTH 8
#define ITEMS (WORDS * WIDTH)
#define WIDEST (4 * WIDTH)
#define STEP 0.01f

static const struct layers_run runs[] = {{0, 4}, {4, 5}, {5, 7}};
static const uint32_t groups[WORDS] = {0, 1, LAYERS_ALONE, 1, 2, 0, 1};

/* Inputs at random, none nearer to 0 than a step, and their outputs' weights. */
static float x[ITEMS], gain[WIDTH], shift[WIDTH], weight[WORDS * WIDEST];

static void fill(float *values, size_t items, uint64_t seed)
{
	for (size_t i = 0; i < items; i++) {
		float size = 0.1f + (float)(random_next(&seed) % 1000) / 1000;
		values[i] = random_next(&seed) & 1 ? size : -size;
	}
}

static int prepare(void **state)
{
	(void)state;
	fill(x, ITEMS, 1);
	fill(gain, WIDTH, 2);
	fill(shift, WIDTH, 3);
	fill(weight, WORDS * WIDEST, 4);
	return 0;
}

typedef size_t (*forward)(float *out); /* of x, gain and shift; returns the number of outputs */

static double weighed(forward run)
{
	float out[WORDS * WIDEST];
	size_t count = run(out);
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += (double)out[i] * (double)weight[i];
	return sum;
}

static void check(forward run, float *inputs, const float *gradient, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		float own = inputs[i];
		inputs[i] = own + STEP;
		double up = weighed(run);
		inputs[i] = own - STEP;
		double down = weighed(run), want = (up - down) / (2 * (double)STEP);
		inputs[i] = own;
		if (fabs(want - (double)gradient[i]) > 2e-3 + 2e-3 * fabs(want))
			fail_msg("gradient %zu is %g, should be %g", i, (double)gradient[i], want);
	}
}

static size_t run_norm(float *out)
{
	float standard[ITEMS], inverse[WORDS];

	layers_norm(x, gain, shift, WORDS, WIDTH, &(struct layers_norm){standard, inverse}, out);
	return ITEMS;
}

static void norm_has_its_gradients(void **state)
{
	float standard[ITEMS], inverse[WORDS], out[ITEMS], dx[ITEMS], dgain[WIDTH] = {0}, dshift[WIDTH] = {0};
	struct layers_norm norm = {standard, inverse};

	(void)state;
	layers_norm(x, gain, shift, WORDS, WIDTH, &norm, out);
	layers_norm_gradient(weight, &norm, gain, WORDS, WIDTH, dx, dgain, dshift);
	check(run_norm, x, dx, ITEMS);
	check(run_norm, gain, dgain, WIDTH);
	check(run_norm, shift, dshift, WIDTH);
}

static void norm_makes_mean_0_and_deviation_1(void **state)
{
	float standard[WIDTH], inverse[1], out[WIDTH], ones[WIDTH], zeros[WIDTH] = {0}, mean = 0, square = 0;

	(void)state;
	for (int i = 0; i < WIDTH; i++)
		ones[i] = 1;
	layers_norm(x, ones, zeros, 1, WIDTH, &(struct layers_norm){standard, inverse}, out);
	for (int i = 0; i < WIDTH; i++) {
		mean += out[i] / WIDTH;
		square += out[i] * out[i] / WIDTH;
	}
	assert_true(fabsf(mean) < 1e-6f && fabsf(square - 1) < 1e-3f);
}

static size_t run_relu(float *out)
{
	layers_relu(x, ITEMS, out);
	return ITEMS;
}

static void relu_has_its_gradient(void **state)
{
	float dx[ITEMS];

	(void)state;
	memcpy(dx, weight, sizeof dx);
	layers_relu_gradient(x, ITEMS, dx);
	check(run_relu, x, dx, ITEMS);
}

static size_t run_window(float *out)
{
	layers_window(x, runs, 3, 1, WIDTH, out, 3 * WIDTH);
	return 3 * ITEMS;
}

static size_t run_wider_window(float *out)
{
	layers_window(x, runs, 3, 2, WIDTH, out, 3 * WIDTH);
	return 3 * ITEMS;
}

static void window_has_its_gradient(void **state)
{
	float near[ITEMS] = {0}, wide[ITEMS] = {0};

	(void)state;
	layers_window_gradient(weight, 3 * WIDTH, runs, 3, 1, WIDTH, near);
	check(run_window, x, near, ITEMS);
	layers_window_gradient(weight, 3 * WIDTH, runs, 3, 2, WIDTH, wide);
	check(run_wider_window, x, wide, ITEMS);
}

static void window_ends_with_the_sentence(void **state)
{
	float out[3 * ITEMS], none[WIDTH] = {0};

	(void)state;
	run_window(out);
	assert_memory_equal(out + 3 * 3 * WIDTH, x + 2 * WIDTH, sizeof none); /* the last word of the first sentence: the one before, */
	assert_memory_equal(out + 3 * 3 * WIDTH + 2 * WIDTH, none, sizeof none); /* and nothing behind */
	assert_memory_equal(out + 4 * 3 * WIDTH, none, sizeof none);
	assert_memory_equal(out + 4 * 3 * WIDTH + WIDTH, x + 4 * WIDTH, sizeof none);
}

static size_t run_others(float *out)
{
	float sums[3 * (WIDTH + 1)];

	layers_others(x, groups, WORDS, 3, WIDTH, sums, out, WIDTH);
	return ITEMS;
}

static void others_have_their_gradient(void **state)
{
	float sums[3 * (WIDTH + 1)], dx[ITEMS] = {0};

	(void)state;
	layers_others_gradient(weight, WIDTH, groups, WORDS, 3, WIDTH, sums, dx);
	check(run_others, x, dx, ITEMS);
}

static void others_are_the_rest_of_the_group(void **state)
{
	float out[ITEMS], none[WIDTH] = {0};

	(void)state;
	run_others(out);
	for (int i = 0; i < WIDTH; i++) {
		assert_true(fabsf(out[i] - x[5 * WIDTH + i]) < 1e-6f);
		assert_true(fabsf(out[WIDTH + i] - (x[3 * WIDTH + i] + x[6 * WIDTH + i]) / 2) < 1e-6f);
	}
	assert_memory_equal(out + 2 * WIDTH, none, sizeof none);
	assert_memory_equal(out + 4 * WIDTH, none, sizeof none);
}

static void dropout_keeps_the_mean(void **state)
{
	static float factors[40000];
	uint64_t random = 1;
	double sum = 0;
	size_t dropped = 0;

	(void)state;
	layers_draw_dropout(factors, 40000, 0.3f, &random);
	for (size_t i = 0; i < 40000; i++) {
		sum += (double)factors[i];
		dropped += factors[i] == 0;
	}
	assert_true(fabs(sum / 40000 - 1) < 0.02);
	assert_in_range(dropped, 11600, 12400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(norm_has_its_gradients),
		cmocka_unit_test(norm_makes_mean_0_and_deviation_1),
		cmocka_unit_test(relu_has_its_gradient),
		cmocka_unit_test(window_has_its_gradient),
		cmocka_unit_test(window_ends_with_the_sentence),
		cmocka_unit_test(others_have_their_gradient),
		cmocka_unit_test(others_are_the_rest_of_the_group),
		cmocka_unit_test(dropout_keeps_the_mean),
	};
	return cmocka_run_group_tests(tests, prepare, NULL);
}
