#include "unit.h"

#include "tag/train/codes.h"
#include "tag/train/netvectors.h"
#include "tag/train/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EACH 2
#define DIMENSIONS (LEXICON_PARTS * EACH)
#define CODES (LEXICON_PARTS * LEXICON_CODES)

static const struct net_shape SHAPE = {.rows = VIEWS_ROWS, .width = 16, .layers = 1, .reach = {1}, .heads = 1, .dimensions = DIMENSIONS};

static float evenly(uint64_t *random) { return (float)(random_next(random) % 2001) / 1000 - 1; }

static struct net_weights some(uint64_t seed)
{
	struct net_weights weights;
	size_t bytes = (net_weights_count(&SHAPE) * sizeof(float) + 63) / 64 * 64;
	float *block = aligned_alloc(64, bytes);

	memset(block, 0, bytes);
	net_weights_place(&weights, &SHAPE, block);
	for (size_t i = 0; i < weights.count; i++)
		block[i] = evenly(&seed);
	return weights;
}

static double product(const float *a, const float *b, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += (double)a[i] * (double)b[i];
	return sum;
}

/* Rows are linear in vectors, so the gradient is the same map backwards: ⟨rows, gradient of rows⟩ = ⟨vectors, gradient of vectors⟩. */
static void vectors_have_their_gradient(void **state)
{
	static float centres[CODES * EACH];
	struct net_weights weights = some(1), gradient = some(2);
	uint64_t random = 3;
	size_t codes = VIEWS_CODE * SHAPE.width, count = CODES * SHAPE.width;

	(void)state;
	for (size_t i = 0; i < CODES * EACH; i++)
		centres[i] = evenly(&random);
	float before = weights.table[codes - 1], behind = weights.table[codes + count];
	memset(gradient.vectors, 0, DIMENSIONS * SHAPE.width * sizeof(float));
	net_vectors_spread(&weights, &(struct net_centres){centres, EACH});
	double want = product(weights.table + codes, gradient.table + codes, count);
	net_vectors_gather(&gradient, &(struct net_centres){centres, EACH});
	assert_true(fabs(want) > 1);
	assert_true(fabs(product(weights.vectors, gradient.vectors, DIMENSIONS * SHAPE.width) - want) < 1e-3 * fabs(want));
	assert_true(product(gradient.table + codes, gradient.table + codes, count) == 0);
	assert_true(weights.table[codes - 1] == before && weights.table[codes + count] == behind);
	free(weights.block);
	free(gradient.block);
}

static void row_of_a_code_is_its_centre_in_its_parts_dimensions(void **state)
{
	static float centres[CODES * EACH];
	struct net_weights weights = some(1);
	size_t code = 3 * LEXICON_CODES + 7, width = SHAPE.width;

	(void)state;
	centres[code * EACH] = 2;
	centres[code * EACH + 1] = -1;
	net_vectors_spread(&weights, &(struct net_centres){centres, EACH});
	for (size_t i = 0; i < width; i++) {
		float want = 2 * weights.vectors[(3 * EACH) * width + i] - weights.vectors[(3 * EACH + 1) * width + i];
		assert_true(fabsf(weights.table[(VIEWS_CODE + code) * width + i] - want) < 1e-5f);
		assert_true(weights.table[(VIEWS_CODE + code + 1) * width + i] == 0);
	}
	free(weights.block);
}

static void free_rows_stay_as_they_are(void **state)
{
	struct net_weights weights = some(1), same = some(1);

	(void)state;
	net_vectors_spread(&weights, &(struct net_centres){0});
	net_vectors_gather(&weights, &(struct net_centres){0});
	assert_memory_equal(weights.block, same.block, weights.count * sizeof(float));
	free(weights.block);
	free(same.block);
}

#define POINTS 200 /* no more than there are codes: nothing is lost */

static double square(const float *a, const float *b, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += pow((double)(a[i] - b[i]), 2);
	return sum;
}

/* Put together from its centres a point is as far from another one as it was, but for one measure for all. */
static void centres_keep_distances(void **state)
{
	static float values[POINTS * DIMENSIONS], centres[CODES * EACH];
	static uint8_t codes[POINTS][LEXICON_PARTS];
	struct points points = {values, POINTS, DIMENSIONS};
	uint64_t random = 5;
	double measure = 0;

	(void)state;
	for (size_t i = 0; i < POINTS; i += 2)
		for (size_t d = 0; d < DIMENSIONS; d++) {
			values[i * DIMENSIONS + d] = evenly(&random) * (float)(d + 1);
			values[(i + 1) * DIMENSIONS + d] = -values[i * DIMENSIONS + d];
		}
	codes_make(&points, codes);
	codes_centres(&points, (const uint8_t(*)[LEXICON_PARTS])codes, centres);
	for (size_t i = 1; i < POINTS; i++) {
		double was = square(values, values + i * DIMENSIONS, DIMENSIONS), is = 0;
		for (size_t part = 0; part < LEXICON_PARTS; part++) {
			const float *own = centres + part * LEXICON_CODES * EACH;
			is += square(own + codes[0][part] * EACH, own + codes[i][part] * EACH, EACH);
		}
		measure = i == 1 ? was / is : measure;
		assert_true(fabs(was / is / measure - 1) < 0.1);
	}
}

static bool reads(const char *unit, size_t lines, const char *last)
{
	char path[] = "/tmp/copydesk-centres-XXXXXX";
	int file = mkstemp(path);
	FILE *out = fdopen(file, "w");
	struct net_centres centres = {0};
	struct error error;

	assert_non_null(out);
	for (size_t i = 0; i < lines; i++)
		fputs(unit, out);
	fputs(last, out);
	fclose(out);
	bool fine = net_centres_read(&centres, path, &error);
	if (fine)
		assert_true(centres.each == 3 && centres.values[4] == 0.5f);
	unlink(path);
	free((float *)(uintptr_t)centres.values);
	return fine;
}

static void centres_are_read_whole_or_not_at_all(void **state)
{
	(void)state;
	assert_true(reads("-1 0.5 2e-2\n", CODES, ""));
	assert_false(reads("-1 0.5 2e-2\n", CODES - 1, ""));
	assert_false(reads("-1 0.5 2e-2\n", CODES, "-1 0.5 2e-2\n"));
	assert_false(reads("-1 0.5 2e-2\n", CODES - 1, "-1 0.5\n"));
	assert_false(reads("-1 0.5 2e-2\n", CODES - 1, "-1 0.5 no\n"));
	assert_false(reads("", 0, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_have_their_gradient),
		cmocka_unit_test(row_of_a_code_is_its_centre_in_its_parts_dimensions),
		cmocka_unit_test(free_rows_stay_as_they_are),
		cmocka_unit_test(centres_keep_distances),
		cmocka_unit_test(centres_are_read_whole_or_not_at_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
