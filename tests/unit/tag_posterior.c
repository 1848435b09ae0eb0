#include "unit.h"

#include "tag/posterior.h"
#include "tagchain.h"

#include <math.h>
#include <stdlib.h>

#define SCALE .05f /* of a score's unit: chances from nothing to sure */

static struct arena arena;

static void fill(uint64_t seed)
{
	fill_with_noise(&seed);
	/* one reading stands out, so that names are likely enough */
	for (int i = 0, label = LABEL_O; i < WORDS; i++) {
		int next;
		do
			next = noise(&seed) > 0 ? LABEL_O : (noise(&seed) + 50) % LABELS;
		while (!label_allows(label, next) || (i + 1 == WORDS && !label_allows(next, LABEL_O)));
		emissions[i][next] += 90;
		label = next;
	}
}

static const int32_t (*rows(int32_t (*scores)[LABELS]))[LABELS] { return (const int32_t(*)[LABELS])scores; }

/* What all paths that have this name weigh; with `first` = `last` what all paths do. */
static double weigh(size_t at, int before, double score, size_t first, size_t last, int type)
{
	double sum = 0;

	if (at == WORDS)
		return label_allows(before, LABEL_O) ? exp(score * (double)SCALE) : 0;
	for (int y = 0; y < LABELS; y++) {
		if (!label_allows(before, y))
			continue;
		if (at >= first && at < last && y != label_within(at, first, last, (enum name_type)type))
			continue;
		sum += weigh(at + 1, y, score + transitions[before][y] + emissions[at][y], first, last, type);
	}
	return sum;
}

static double chance_of(size_t first, size_t last, int type)
{
	return weigh(0, LABEL_O, 0, first, last, type) / weigh(0, LABEL_O, 0, 0, 0, 0);
}

static void names_have_the_share_of_all_paths_that_have_them(void **state)
{
	(void)state;
	uint8_t labels[WORDS];
	float scores[WORDS];
	size_t found = 0, none = 0;

	for (uint64_t seed = 1; seed <= 16; seed++) {
		fill(seed);
		posterior_names(posterior_create(&arena, rows(transitions), SCALE), rows(emissions), WORDS, labels, scores);
		for (size_t first = 0; first < WORDS; first++)
			for (size_t last = first + 1; last <= WORDS; last++)
				for (int type = 0; type < NAME_TYPES; type++) {
					double chance = chance_of(first, last, type);
					bool taken = label_begins(labels[first]) && label_type(labels[first]) == (enum name_type)type &&
						label_name_last(labels, first, WORDS) + 1 == last;
					if (taken)
						assert_true(fabs((double)scores[first] - chance) < 1e-4 && (double)scores[last - 1] == (double)scores[first]);
					else
						assert_true(chance < .5); /* two that share a word aren't both as likely */
					found += taken;
				}
		for (int i = 0; i < WORDS; i++) {
			assert_true(label_allows(i > 0 ? labels[i - 1] : LABEL_O, labels[i]));
			none += labels[i] == LABEL_O && scores[i] == 1;
		}
	}
	assert_true(found > 16 && none > 3);
}

static void quiet(void)
{
	memset(transitions, 0, sizeof transitions);
	for (int y = 0; y < LABELS; y++)
		for (int z = 0; z < LABELS; z++)
			transitions[y][z] = label_allows(y, z) ? 0 : INT32_MIN / 4;
	for (int i = 0; i < WORDS; i++)
		for (int y = 0; y < LABELS; y++)
			emissions[i][y] = y == LABEL_O ? 0 : -400;
}

static uint8_t label_of_second(void)
{
	uint8_t labels[WORDS];

	posterior_names(posterior_create(&arena, rows(transitions), SCALE), rows(emissions), WORDS, labels, NULL);
	return labels[1];
}

/* Person and organisation share what speaks for a name: the best path would have one of them as soon as it beats O. */
static void name_that_is_not_likely_is_none(void **state)
{
	(void)state;
	quiet();
	emissions[1][LABEL_S + NAME_PERSON] = 2;
	emissions[1][LABEL_S + NAME_ORGANIZATION] = 1;
	assert_int_equal(label_of_second(), LABEL_O);
	emissions[1][LABEL_S + NAME_PERSON] = 20;
	assert_int_equal(label_of_second(), LABEL_S + NAME_PERSON);
}

static void word_that_surely_is_in_a_name_is_in_the_likeliest(void **state)
{
	(void)state;
	uint8_t labels[WORDS];
	float scores[WORDS];

	quiet();
	emissions[1][LABEL_S + NAME_PERSON] = 100;
	emissions[1][LABEL_B + NAME_ORGANIZATION] = 50;
	emissions[2][LABEL_E + NAME_ORGANIZATION] = 52;
	emissions[1][LABEL_S + NAME_PLACE] = 100;
	posterior_names(posterior_create(&arena, rows(transitions), SCALE), rows(emissions), WORDS, labels, scores);
	assert_int_equal(labels[1], LABEL_B + NAME_ORGANIZATION);
	assert_int_equal(labels[2], LABEL_E + NAME_ORGANIZATION);
	assert_true(scores[1] > .33f && scores[1] < POSTERIOR_LEAST && scores[2] == scores[1]);
	for (int y = 0; y < LABELS; y++)
		emissions[1][y] -= 60; /* now it may well be in none */
	emissions[1][LABEL_O] = 0;
	posterior_names(posterior_create(&arena, rows(transitions), SCALE), rows(emissions), WORDS, labels, scores);
	assert_int_equal(labels[1], LABEL_O);
	assert_true(scores[1] == 1);
}

/* "Ana Ruiz", a person or with "Ruiz Group" behind it an organisation: both may be above the limit. */
static void of_two_likely_names_that_share_a_word_the_likelier_is_taken(void **state)
{
	(void)state;
	uint8_t labels[WORDS];

	quiet();
	emissions[1][LABEL_S + NAME_PERSON] = 100;
	emissions[1][LABEL_B + NAME_ORGANIZATION] = 50;
	emissions[2][LABEL_E + NAME_ORGANIZATION] = 51;
	posterior_names(posterior_create(&arena, rows(transitions), SCALE), rows(emissions), WORDS, labels, NULL);
	assert_int_equal(labels[1], LABEL_B + NAME_ORGANIZATION);
	assert_int_equal(labels[2], LABEL_E + NAME_ORGANIZATION);
	emissions[1][LABEL_S + NAME_PERSON] = 102;
	posterior_names(posterior_create(&arena, rows(transitions), SCALE), rows(emissions), WORDS, labels, NULL);
	assert_int_equal(labels[1], LABEL_S + NAME_PERSON);
	assert_int_equal(labels[2], LABEL_O);
}

static void long_sentence_is_the_same_as_a_short_one(void **state)
{
	(void)state;
	size_t count = 100000;
	int32_t(*many)[LABELS] = calloc(count, sizeof *many);
	uint8_t *labels = calloc(count, 1);

	quiet();
	for (size_t i = 0; i < count; i++) { /* "Ana Ruiz Ruiz said": names stand over every border there might be */
		int label = i % 4 == 0 ? LABEL_O : i % 4 == 1 ? LABEL_B : i % 4 == 2 ? LABEL_I : LABEL_E;
		for (int y = 0; y < LABELS; y++)
			many[i][y] = y == label ? 30000 : 0; /* sums far beyond any float's exponent */
	}
	posterior_names(posterior_create(&arena, rows(transitions), SCALE), rows(many), count, labels, NULL);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(labels[i], i % 4 == 0 ? LABEL_O : i % 4 == 1 ? LABEL_B : i % 4 == 2 ? LABEL_I : LABEL_E);
	free(many);
	free(labels);
}

/* Begin, end, begin, of another type each: nothing fits, and what a word's label says of the words behind it is out of all proportion. */
static void words_that_contradict_each_other_give_chances(void **state)
{
	(void)state;
	int32_t many[64][LABELS] = {{0}};
	uint8_t labels[64];
	float scores[64];

	quiet();
	for (int i = 0; i < 64; i++)
		many[i][i % 2 ? LABEL_I + i % 5 : LABEL_I + i % 7] = 30000;
	posterior_names(posterior_create(&arena, rows(transitions), 1), rows(many), 64, labels, scores);
	for (int i = 0; i < 64; i++) {
		assert_true(label_allows(i > 0 ? labels[i - 1] : LABEL_O, labels[i]));
		assert_true(scores[i] > 0 && scores[i] <= 1);
	}
}

/* Whatever the scores, what comes out are names and chances. */
static void scores_of_any_size_give_chances(void **state)
{
	(void)state;
	static const int32_t sizes[] = {0, 1, 1000, 1000000, INT32_MAX / 4};
	uint8_t labels[WORDS];
	float scores[WORDS];

	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
		for (uint64_t seed = 1; seed < 40; seed++) {
			uint64_t own = seed;
			fill(seed);
			for (int i = 0; i < WORDS; i++)
				for (int y = 0; y < LABELS; y++)
					emissions[i][y] = noise(&own) > 0 ? sizes[s] : -sizes[s];
			posterior_names(posterior_create(&arena, rows(transitions), 1), rows(emissions), WORDS, labels, scores);
			for (int i = 0; i < WORDS; i++) {
				assert_true(label_allows(i > 0 ? labels[i - 1] : LABEL_O, labels[i]));
				assert_true(scores[i] > 0 && scores[i] <= 1);
			}
		}
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1u << 30);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_have_the_share_of_all_paths_that_have_them),
		cmocka_unit_test(name_that_is_not_likely_is_none),
		cmocka_unit_test(word_that_surely_is_in_a_name_is_in_the_likeliest),
		cmocka_unit_test(of_two_likely_names_that_share_a_word_the_likelier_is_taken),
		cmocka_unit_test(long_sentence_is_the_same_as_a_short_one),
		cmocka_unit_test(words_that_contradict_each_other_give_chances),
		cmocka_unit_test(scores_of_any_size_give_chances),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
