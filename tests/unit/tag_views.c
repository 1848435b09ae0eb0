#include "grouparena.h"

#include "tag/views.h"

#define SLOTS 64

/* A lexicon of two words: "harbour" of family 7 with codes, "board" of family 9 without. */
static uint32_t members[SLOTS];
static struct family families[LEXICON_FAMILIES];
static struct lexicon_coded coded[SLOTS / 32];
static uint8_t codes[LEXICON_PARTS];
static const struct lexicon lexicon = {.members = members, .member_mask = SLOTS - 1, .families = families, .coded = coded, .codes = codes};

static uint32_t add_member(const char *word, uint32_t family)
{
	uint64_t hash = lexicon_hash(slice_of(word));
	uint32_t slot = (uint32_t)hash & (SLOTS - 1);

	while (members[slot] != 0)
		slot = (slot + 1) % SLOTS;
	members[slot] = (uint32_t)(hash >> 43) << 11 | family;
	return slot;
}

static int setup(void **state)
{
	(void)state;
	open_arena(16 << 20);
	uint32_t slot = add_member("harbour", 7);
	add_member("board", 9);
	coded[slot / 32].marks = 1u << slot % 32;
	coded[1].before = slot < 32;
	for (uint8_t i = 0; i < LEXICON_PARTS; i++)
		codes[i] = (uint8_t)(255 - i);
	return 0;
}

static struct document read(const char *text)
{
	struct document document;
	struct tokens *tokens = arena_new(&arena, struct tokens);

	tokens_read(&arena, slice_of(text), tokens);
	document_read(&arena, &lexicon, tokens, 1, &document);
	return document;
}

/* How many rows of a word are in [first, first + count). */
static size_t rows_in(const struct document *document, size_t at, uint32_t first, uint32_t count)
{
	uint32_t rows[VIEWS_MAX];
	size_t found = 0;

	for (size_t r = views_read(document, at, rows); r-- > 0;) {
		assert_in_range(rows[r], 0, VIEWS_END - 1);
		found += rows[r] >= first && rows[r] - first < count;
	}
	return found;
}

static void views_take_a_row_of_each_block(void **state)
{
	(void)state;
	struct document document = read("The Harbour Board (of it) met.");

	assert_int_equal(rows_in(&document, 1, VIEWS_AFFIX, VIEWS_AFFIX_ROWS), 5); /* har, harb, ur, our, bour */
	assert_int_equal(rows_in(&document, 4, VIEWS_AFFIX, VIEWS_AFFIX_ROWS), 1); /* of */
	assert_int_equal(rows_in(&document, 3, VIEWS_AFFIX, VIEWS_AFFIX_ROWS), 0);
	for (size_t at = 0; at < document.count; at++) {
		assert_int_equal(rows_in(&document, at, VIEWS_SHAPE, VIEWS_SHAPE_ROWS), 1);
		assert_int_equal(rows_in(&document, at, VIEWS_FINE, 1), 1); /* there are no clusters */
		assert_int_equal(rows_in(&document, at, VIEWS_INSIDE, 1), at == 4 || at == 5);
		assert_int_equal(rows_in(&document, at, VIEWS_INSIDE + 1, 1), 0);
		assert_int_equal(rows_in(&document, at, VIEWS_FLAG + 3, 1), at < 3); /* TOKEN_CAPITAL */
	}
}

static void views_have_the_codes_of_words_with_a_vector(void **state)
{
	(void)state;
	struct document document = read("The Harbour Board met.");

	assert_int_equal(rows_in(&document, 1, VIEWS_CODE, VIEWS_CODE_ROWS), LEXICON_PARTS);
	for (uint32_t part = 0; part < LEXICON_PARTS; part++)
		assert_int_equal(rows_in(&document, 1, VIEWS_CODE + part * LEXICON_CODES + 255 - part, 1), 1);
	assert_int_equal(rows_in(&document, 2, VIEWS_CODE, VIEWS_CODE_ROWS), 0); /* a family, but no codes */
	assert_int_equal(rows_in(&document, 3, VIEWS_CODE, VIEWS_CODE_ROWS), 0);
}

static void views_count_what_stands_elsewhere(void **state)
{
	(void)state;
	struct document document = read("We saw the Board and the Board, not a board. Then the board met.");
	static const struct {
		size_t at, capital, small;
	} wanted[] = {{3, 1, 2}, {6, 1, 2}, {10, 2, 1}, {14, 2, 1}, {2, 0, 2}, {0, 0, 0}};

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		assert_int_equal(rows_in(&document, wanted[i].at, VIEWS_CAPITAL + (uint32_t)wanted[i].capital, 1), 1);
		assert_int_equal(rows_in(&document, wanted[i].at, VIEWS_CAPITAL, 3), 1);
		assert_int_equal(rows_in(&document, wanted[i].at, VIEWS_SMALL + (uint32_t)wanted[i].small, 1), 1);
		assert_int_equal(rows_in(&document, wanted[i].at, VIEWS_SMALL, 3), 1);
	}
}

static void views_of_a_word_in_every_gazetteer_have_an_end(void **state)
{
	(void)state;
	struct document document = read("The Harbour met.");
	uint32_t rows[VIEWS_MAX];

	document.words[1].names = UINT64_MAX >> 4;
	assert_int_equal(views_read(&document, 1, rows), VIEWS_MAX);
	document.words[1].names = 1ull << 59 | 1;
	assert_int_equal(rows_in(&document, 1, VIEWS_NAMES, VIEWS_END - VIEWS_NAMES), 2);
	assert_int_equal(rows_in(&document, 1, VIEWS_NAMES + 59, 1), 1);
}

static void views_same_only_for_words_with_the_same_rows(void **state)
{
	uint32_t rows[2][VIEWS_MAX];
	size_t pairs = 0;

	(void)state;
	struct document document = read("The harbour and the (harbour) board saw the Harbour board. HARBOUR boards, harbour dues and Harbour dues.");
	for (size_t a = 0; a < document.count; a++)
		for (size_t b = 0; b < a; b++) {
			if (!views_same(&document.words[a], &document.words[b]))
				continue;
			size_t count = views_read(&document, a, rows[0]);
			assert_int_equal(views_read(&document, b, rows[1]), count);
			assert_memory_equal(rows[0], rows[1], count * sizeof **rows);
			pairs++;
		}
	assert_true(pairs >= 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views_take_a_row_of_each_block),
		cmocka_unit_test(views_have_the_codes_of_words_with_a_vector),
		cmocka_unit_test(views_count_what_stands_elsewhere),
		cmocka_unit_test(views_of_a_word_in_every_gazetteer_have_an_end),
		cmocka_unit_test(views_same_only_for_words_with_the_same_rows),
	};
	return cmocka_run_group_tests(tests, setup, close_arena);
}
