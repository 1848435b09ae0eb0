#include "unit.h"

#include "base/hash.h"
#include "tag/model.h"
#include "tag/tagged.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static char *bytes;
static size_t size;
static char path[4096];

static int setup(void **state)
{
	(void)state;
	assert_true(model_find("news", path));
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(posix_memalign((void **)&bytes, 16, 2 * MODEL_BYTES_MAX), 0);
	size = fread(bytes, 1, MODEL_BYTES_MAX, file);
	fclose(file);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(bytes);
	return 0;
}

static void expect_refused(const char *code)
{
	struct model model;
	struct error error = {0};

	assert_false(model_read(&model, slice_make(bytes, size), &error));
	assert_string_equal(error.code, code);
}

/* Makes the checksum right again, as a forger would. */
static void sign(void)
{
	struct model_header header;
	size_t covered = offsetof(struct model_header, checksum) + sizeof header.checksum;

	memcpy(&header, bytes, sizeof header);
	header.checksum = hash64(slice_make(bytes + covered, size - covered));
	memcpy(bytes, &header, sizeof header);
}

static void model_that_ships_is_sound(void **state)
{
	(void)state;
	static const char *const names[] = {"news", "open"};

	for (size_t i = 0; i < 2; i++) {
		struct model model;
		struct error error = {0};
		char found[4096];
		assert_true(model_find(names[i], found));
		if (!model_open(&model, found, &error))
			fail_msg("%s", error.text);
		assert_true(model.card.len > 100); /* it says what it was made from */
		model_close(&model);
	}
}

static void model_with_any_byte_changed_is_refused(void **state)
{
	(void)state;
	for (size_t at = 24; at < size; at += size / 97) {
		bytes[at] ^= 0x10;
		expect_refused("model_damaged");
		bytes[at] ^= 0x10;
	}
}

static void model_cut_short_is_refused(void **state)
{
	(void)state;
	size_t whole = size;

	for (size = 0; size < whole; size += whole / 13)
		expect_refused("model_damaged");
	size = whole;
}

static void model_of_another_version_is_refused(void **state)
{
	(void)state;
	bytes[8]++;
	expect_refused("model_version");
	bytes[8]--;
}

static void model_with_forged_offsets_is_refused(void **state)
{
	(void)state;
	struct model_header header, original;

	memcpy(&original, bytes, sizeof original);
	header = original;
	header.sections[MODEL_ROWS].bytes = 8; /* every row now lies outside */
	memcpy(bytes, &header, sizeof header);
	sign();
	expect_refused("model_damaged");
	header = original;
	header.sections[MODEL_CLUSTERS].offset = size + 16;
	memcpy(bytes, &header, sizeof header);
	sign();
	expect_refused("model_damaged");
	header = original;
	header.sections[MODEL_FAMILIES].bytes -= 16; /* a table of no power of two */
	memcpy(bytes, &header, sizeof header);
	sign();
	expect_refused("model_damaged");
	header = original;
	header.sections[MODEL_NETWORK] = header.sections[MODEL_ROWS]; /* no network */
	memcpy(bytes, &header, sizeof header);
	sign();
	expect_refused("model_damaged");
	memcpy(bytes, &original, sizeof original);
}

static void model_without_a_sound_scale_is_refused(void **state)
{
	(void)state;
	static const float scales[] = {0, -1, NAN, INFINITY};
	struct model_header original;

	memcpy(&original, bytes, sizeof original);
	for (size_t i = 0; i < 2 * sizeof scales / sizeof *scales; i++) {
		struct model_header header = original;
		*(i % 2 ? &header.scale : &header.temperature) = scales[i / 2];
		memcpy(bytes, &header, sizeof header);
		sign();
		expect_refused("model_damaged");
	}
	memcpy(bytes, &original, sizeof original);
}

/* A model's codes are read from a copy of the file with a section more. */
static void expect_codes(const char *section, size_t length, const char *code)
{
	struct model model;
	struct model_header header;
	struct error error = {0};
	size_t whole = size, at = (size + 15) / 16 * 16;
	bool read;

	assert_true(at + length <= 2 * MODEL_BYTES_MAX);
	memcpy(&header, bytes, sizeof header);
	struct model_header original = header;
	memset(bytes + size, 0, at - size);
	memcpy(bytes + at, section, length);
	size = at + length;
	header.bytes = size;
	header.sections[MODEL_CODES].offset = at;
	header.sections[MODEL_CODES].bytes = length;
	memcpy(bytes, &header, sizeof header);
	sign();
	read = model_read(&model, slice_make(bytes, size), &error);
	if (code)
		assert_string_equal(error.code, code);
	else if (!read)
		fail_msg("%s", error.text);
	model_close(&model);
	memcpy(bytes, &original, sizeof original);
	size = whole;
}

static void model_with_codes_that_dont_fit_its_words_is_refused(void **state)
{
	(void)state;
	struct model_header header;

	memcpy(&header, bytes, sizeof header);
	size_t slots = ((size_t)header.sections[MODEL_FAMILIES].bytes - LEXICON_FAMILIES * sizeof(struct family)) / sizeof(uint32_t);
	size_t groups = slots / 32, length = groups * sizeof(struct lexicon_coded);
	struct lexicon_coded *coded = calloc(groups + 2 * LEXICON_PARTS, sizeof *coded);
	coded[1].marks = 5; /* two members with codes */
	for (size_t i = 2; i < groups; i++)
		coded[i].before = 2;
	expect_codes((const char *)coded, length + 2 * LEXICON_PARTS, NULL);
	expect_codes((const char *)coded, length + 2 * LEXICON_PARTS - 1, "model_damaged");
	expect_codes((const char *)coded, length + 2 * LEXICON_PARTS + 1, "model_damaged");
	expect_codes((const char *)coded, length - 1, "model_damaged");
	coded[groups - 1].before = 1u << 31;
	expect_codes((const char *)coded, length + 2 * LEXICON_PARTS, "model_damaged");
	free(coded);
}

static void model_that_is_missing_says_where(void **state)
{
	(void)state;
	struct model model;
	struct error error = {0};

	assert_false(model_open(&model, "/nowhere/at/all.model", &error));
	assert_string_equal(error.code, "model_missing");
	assert_non_null(strstr(error.text, "/nowhere/at/all.model"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(model_that_ships_is_sound),
		cmocka_unit_test(model_with_any_byte_changed_is_refused),
		cmocka_unit_test(model_cut_short_is_refused),
		cmocka_unit_test(model_of_another_version_is_refused),
		cmocka_unit_test(model_with_forged_offsets_is_refused),
		cmocka_unit_test(model_without_a_sound_scale_is_refused),
		cmocka_unit_test(model_with_codes_that_dont_fit_its_words_is_refused),
		cmocka_unit_test(model_that_is_missing_says_where),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
