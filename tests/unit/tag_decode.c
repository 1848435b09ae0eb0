#include "unit.h"

#include "tag/decode.h"
#include "tagchain.h"

#include <stdlib.h>

static void fill(uint64_t seed)
{
	fill_with_noise(&seed);
	for (int i = 0; i < WORDS; i++) /* words that are plainly in no name, as most of a text are */
		emissions[i][LABEL_O] += noise(&seed) > 0 ? 200 : 0;
}

/* The best score of all paths, by trying them. */
static int32_t best_of_all(int at, int before)
{
	int32_t best = INT32_MIN;

	if (at == WORDS)
		return label_allows(before, LABEL_O) ? 0 : INT32_MIN;
	for (int y = 0; y < LABELS; y++) {
		if (!label_allows(before, y))
			continue;
		int32_t rest = best_of_all(at + 1, y);
		if (rest != INT32_MIN && rest + transitions[before][y] + emissions[at][y] > best)
			best = rest + transitions[before][y] + emissions[at][y];
	}
	return best;
}

static void decode_finds_the_best_valid_path(void **state)
{
	(void)state;
	uint8_t back[WORDS][LABELS], labels[WORDS];

	for (uint64_t seed = 1; seed < 200; seed++) {
		int32_t score = 0;
		int before = LABEL_O;
		fill(seed);
		decode_path((const int32_t(*)[LABELS])transitions, (const int32_t(*)[LABELS])emissions, WORDS, back, labels);
		for (int i = 0; i < WORDS; i++) {
			assert_true(label_allows(before, labels[i]));
			score += transitions[before][labels[i]] + emissions[i][labels[i]];
			before = labels[i];
		}
		assert_true(label_allows(before, LABEL_O));
		assert_int_equal(score, best_of_all(0, LABEL_O));
	}
}

static void decode_survives_a_sentence_of_any_length(void **state)
{
	(void)state;
	size_t count = 200000;
	int32_t(*long_emissions)[LABELS] = calloc(count, sizeof *long_emissions);
	uint8_t(*back)[LABELS] = calloc(count, sizeof *back), *labels = calloc(count, 1);

	fill(7);
	for (size_t i = 0; i < count; i++)
		long_emissions[i][i % 2 ? LABEL_E : LABEL_B] = 30000; /* sums far beyond 32 bits */
	decode_path((const int32_t(*)[LABELS])transitions, (const int32_t(*)[LABELS])long_emissions, count, back, labels);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(labels[i], i % 2 ? LABEL_E : LABEL_B);
	free(long_emissions);
	free(back);
	free(labels);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decode_finds_the_best_valid_path),
		cmocka_unit_test(decode_survives_a_sentence_of_any_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
