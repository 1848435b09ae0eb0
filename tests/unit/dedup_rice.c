/* How the index keeps hashes and ids: what goes in comes out, in the bits that were promised, and damage is seen. */
#include "unit.h"

#include "dedup/rice.h"
#include "dedup/shortid.h"
#include "dedupindex.h"

#include <string.h>

static size_t draw(uint64_t *luck, uint32_t *items, size_t want, unsigned width, unsigned sparse)
{
	size_t count = 0;
	uint64_t at = 0;

	while (count < want) {
		at += dice(luck) % (((uint64_t)1 << width) / (want * sparse)) + (count > 0);
		items[count++] = (uint32_t)at;
	}
	return count;
}

static void rice_gives_back_what_it_was_given(void **state)
{
	(void)state;
	uint64_t luck = 1;

	for (unsigned round = 0; round < 2000; round++) {
		uint32_t items[5][64], got[64];
		size_t counts[5];
		struct buf out;
		buf_init(&out, 1 << 16);
		struct rice_writer writer = rice_begin(&out);
		for (size_t i = 0; i < 5; i++) {
			counts[i] = draw(&luck, items[i], dice(&luck) % 65, 20, 1 + (unsigned)(dice(&luck) % 30));
			if (round % 7 == 0 && counts[i] > 1)
				items[i][counts[i] - 1] = (1u << 20) - 1; /* far behind the others */
			rice_put(&writer, items[i], counts[i]);
		}
		rice_end(&writer);
		struct rice_reader reader = rice_open(buf_slice(&out));
		for (size_t i = 0; i < 5; i++) {
			assert_int_equal(rice_get(&reader, got, 64, 20), counts[i]);
			assert_memory_equal(got, items[i], counts[i] * sizeof(uint32_t));
		}
		assert_true(rice_finished(&reader));
		buf_release(&out);
	}
}

static void rice_takes_a_bit_and_a_half_beside_the_mean_gap(void **state)
{
	(void)state;
	uint64_t luck = 2;
	size_t bits = 0;

	for (unsigned round = 0; round < 100; round++) {
		uint32_t items[64];
		struct buf out;
		uint64_t at = 0;
		for (size_t i = 0; i < 64; i++) /* gaps of 4,096 on the average: the sum of many coin tosses would be exact, this is near enough */
			items[i] = (uint32_t)(at += 1 + dice(&luck) % 2048 + (dice(&luck) % 4 == 0 ? dice(&luck) % 24576 : 0));
		buf_init(&out, 1 << 16);
		struct rice_writer writer = rice_begin(&out);
		rice_put(&writer, items, 64);
		rice_end(&writer);
		bits += 8 * out.len;
		buf_release(&out);
	}
	assert_true(bits < 100 * 64 * 15);
}

static void rice_sees_damage(void **state)
{
	(void)state;
	uint32_t items[64], got[64];
	uint64_t luck = 3;
	struct buf out;

	draw(&luck, items, 64, 16, 1);
	buf_init(&out, 1 << 16);
	struct rice_writer writer = rice_begin(&out);
	rice_put(&writer, items, 64);
	rice_end(&writer);
	for (size_t len = 0; len < out.len; len++) {
		struct rice_reader reader = rice_open(slice_sub(buf_slice(&out), 0, len));
		assert_int_equal(rice_get(&reader, got, 64, 16), 0);
		assert_false(rice_finished(&reader));
	}
	struct rice_reader small = rice_open(buf_slice(&out)), narrow = rice_open(buf_slice(&out));
	assert_int_equal(rice_get(&small, got, 63, 16), 0);
	assert_int_equal(rice_get(&narrow, got, 64, 12), 0);
	assert_true(small.bad && narrow.bad);
	buf_release(&out);
}

static void shortid_halves_hexadecimal_ids_and_leaves_all_others(void **state)
{
	(void)state;
	static const struct {
		const char *id;
		size_t len;
	} CASES[] = {{"0a1b2c3d4e5f60718293a4b5c6d7e8f9", 17}, {"0000", 3}, {"abcdef0", 7}, {"ABCD", 4}, {"a-b2", 4}, {"reuters-4030", 12}, {"ü12", 4}, {"", 0},
		{"12", 2}};
	struct arena arena;
	jmp_buf jump;

	arena_init(&arena, 1 << 20);
	assert_int_equal(ARENA_GUARD(&arena, &jump), ESCAPE_NONE);
	for (size_t i = 0; i < sizeof(CASES) / sizeof(*CASES); i++) {
		struct slice kept = shortid_of(&arena, slice_of(CASES[i].id));
		assert_int_equal(kept.len, CASES[i].len);
		assert_slice(shortid_text(&arena, kept), CASES[i].id);
	}
	arena.escape = NULL;
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rice_gives_back_what_it_was_given),
		cmocka_unit_test(rice_takes_a_bit_and_a_half_beside_the_mean_gap),
		cmocka_unit_test(rice_sees_damage),
		cmocka_unit_test(shortid_halves_hexadecimal_ids_and_leaves_all_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
