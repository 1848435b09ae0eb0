#include "grouparena.h"

#include "tag/train/codes.h"
#include "tag/train/lists.h"

#include <stdlib.h>
#include <unistd.h>

#define WIDTH (2 * LEXICON_PARTS)
#define DIFFERENT 200 /* fewer than there are codes */
#define POINTS (5 * DIFFERENT)

static float noise(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (float)(*seed >> 40) / (float)(1 << 23) - 1;
}

/* Every point five times, and as often its opposite, so that the mean is zero. */
static struct points some_points(void)
{
	struct points points = {.values = arena_array(&arena, float, POINTS * WIDTH), .count = POINTS, .width = WIDTH};
	uint64_t seed = 1;

	for (size_t i = 0; i < POINTS; i++)
		for (size_t d = 0; d < WIDTH; d++)
			points.values[i * WIDTH + d] = i >= DIFFERENT ? points.values[(i - DIFFERENT) * WIDTH + d] :
				i % 2			? -points.values[(i - 1) * WIDTH + d] :
							  noise(&seed);
	return points;
}

static void codes_tell_points_apart(void **state)
{
	(void)state;
	struct points points = some_points();
	static uint8_t codes[POINTS][LEXICON_PARTS];
	size_t same = 0;

	assert_true(codes_make(&points, codes) < .01);
	for (size_t i = 0; i < POINTS; i++)
		assert_memory_equal(codes[i], codes[i % DIFFERENT], LEXICON_PARTS);
	for (size_t i = 1; i < DIFFERENT; i++)
		same += memcmp(codes[i], codes[0], LEXICON_PARTS) == 0;
	assert_int_equal(same, 0);
}

static void codes_lose_what_centres_are_too_few_for(void **state)
{
	(void)state;
	struct points points = {.values = arena_array(&arena, float, 8000 * WIDTH), .count = 8000, .width = WIDTH};
	uint8_t(*codes)[LEXICON_PARTS] = arena_zalloc(&arena, points.count, sizeof *codes);
	uint64_t seed = 2;

	for (size_t i = 0; i < points.count * WIDTH; i++)
		points.values[i] = noise(&seed);
	double lost = codes_make(&points, codes); /* at best .0079 of two normal dimensions (Zador 1982: .0802 × 8π / 256) */
	if (lost < .006 || lost > .01)
		fail_msg("%.4f is lost", lost);
}

static const char *list_of(const char *text)
{
	static char path[] = "/tmp/copydesk-families-XXXXXX";

	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	int file = mkstemp(path);
	assert_true(file >= 0);
	assert_int_equal(write(file, text, strlen(text)), strlen(text));
	close(file);
	return path;
}

static bool read_list(struct lists *lists, const char *text, struct error *error)
{
	const char *path = list_of(text);

	*lists = (struct lists){0};
	bool read = lists_read_families(lists, &arena, path, error);
	unlink(path);
	return read;
}

static void expect_member(const struct lists *lists, const char *word, uint32_t family, const char *want)
{
	const uint8_t *codes;

	assert_int_equal(lexicon_family(&lists->lexicon, lexicon_hash(slice_of(word)), &codes), family);
	if (want)
		assert_memory_equal(codes, want, LEXICON_PARTS);
	else
		assert_null(codes);
}

static void families_give_codes_to_the_words_that_have_some(void **state)
{
	(void)state;
	struct lists lists;
	struct error error = {0};

	assert_true(read_list(&lists, "the\t9\t2\t1\t000102030405060708ff\nharbour\t7\t3\t1\nboard\t8\t3\t1\tffeeddccbbaa99887766\n", &error));
	assert_int_equal(lists.coded_members, 2);
	expect_member(&lists, "the", 9, "\0\1\2\3\4\5\6\7\10\377");
	expect_member(&lists, "harbour", 7, NULL);
	expect_member(&lists, "board", 8, "\xff\xee\xdd\xcc\xbb\xaa\x99\x88\x77\x66");
	expect_member(&lists, "mayor", 0, NULL);
	assert_true(read_list(&lists, "the\t9\t2\t1\nharbour\t7\t3\t1\n", &error));
	assert_null(lists.lexicon.coded);
	expect_member(&lists, "the", 9, NULL);
}

static void families_with_other_codes_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"the\t9\t2\t1\t0001020304050607\n", "the\t9\t2\t1\t000102030405060708fg\n", "the\t9\t2\t1\tx\n"};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct lists lists;
		struct error error = {0};
		assert_false(read_list(&lists, bad[i], &error));
		assert_string_equal(error.code, "list_bad");
	}
}

static int setup(void **state)
{
	(void)state;
	open_arena((size_t)64 << 20);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_tell_points_apart),
		cmocka_unit_test(codes_lose_what_centres_are_too_few_for),
		cmocka_unit_test(families_give_codes_to_the_words_that_have_some),
		cmocka_unit_test(families_with_other_codes_are_refused),
	};
	return cmocka_run_group_tests(tests, setup, close_arena);
}
