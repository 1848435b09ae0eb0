#include "unit.h"

#include "base/buf.h"
#include "base/clock.h"

static void arena_escapes_past_its_ceiling(void **state)
{
	struct arena arena;
	jmp_buf jump;
	volatile size_t got = 0;
	(void)state;
	arena_init(&arena, 4096);
	enum escape_reason reason = ARENA_GUARD(&arena, &jump);
	if (reason == ESCAPE_NONE) {
		for (;;) {
			memset(arena_alloc(&arena, 512), 1, 512);
			got = got + 512;
		}
	}
	assert_int_equal(reason, ESCAPE_MEMORY);
	assert_int_equal(got, 4096);
	assert_null(arena_try_alloc(&arena, 1));
	arena_reset(&arena);
	assert_non_null(arena_try_alloc(&arena, 4096));
	arena_release(&arena);
}

static void note_run(void *argument) { ++*(int *)argument; }

static void arena_runs_deferred_functions_on_reset_and_on_escape(void **state)
{
	struct arena arena;
	jmp_buf jump;
	int runs = 0;
	(void)state;
	arena_init(&arena, 4096);
	arena_defer(&arena, note_run, &runs);
	arena_reset(&arena);
	assert_int_equal(runs, 1);
	if (ARENA_GUARD(&arena, &jump) == ESCAPE_NONE) {
		arena_defer(&arena, note_run, &runs);
		arena_escape(&arena, ESCAPE_CPU);
	}
	assert_int_equal(runs, 2);
	arena_release(&arena);
	assert_int_equal(runs, 2);
}

static void arena_memory_is_aligned_and_zeroed_across_chunks(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena, (size_t)64 << 20);
	for (size_t i = 1; i < 300; i++) {
		unsigned char *bytes = arena_zalloc(&arena, i, 37);
		assert_int_equal((uintptr_t)bytes % 16, 0);
		for (size_t k = 0; k < i * 37; k++)
			assert_int_equal(bytes[k], 0);
		memset(bytes, 0xFF, i * 37);
	}
	arena_release(&arena);
}

static void arena_tick_escapes_when_the_cpu_time_is_used_up(void **state)
{
	struct arena arena;
	jmp_buf jump;
	(void)state;
	arena_init(&arena, 4096);
	arena.cpu_deadline_us = clock_thread_cpu_us() + 1000;
	enum escape_reason reason = ARENA_GUARD(&arena, &jump);
	if (reason == ESCAPE_NONE)
		for (;;)
			arena_tick(&arena);
	assert_int_equal(reason, ESCAPE_CPU);
	arena_release(&arena);
}

static void arena_grow_keeps_the_items(void **state)
{
	struct arena arena;
	int *items = NULL;
	size_t capacity = 0;
	(void)state;
	arena_init(&arena, (size_t)1 << 20);
	for (int i = 0; i < 1000; i++) {
		items = arena_grow(&arena, items, &capacity, (size_t)i + 1, sizeof(*items));
		items[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	arena_release(&arena);
}

static void buf_stops_at_its_ceiling_and_says_so_once(void **state)
{
	struct buf buf;
	(void)state;
	buf_init(&buf, 10);
	buf_append_cstr(&buf, "12345678");
	assert_false(buf.failed);
	buf_append_cstr(&buf, "abc");
	assert_true(buf.failed);
	buf_append_cstr(&buf, "9");
	assert_slice(buf_slice(&buf), "12345678");
	buf_clear(&buf);
	buf_printf(&buf, "%d", 42);
	buf_append_codepoint(&buf, 0x20AC);
	assert_false(buf.failed);
	assert_slice(buf_slice(&buf), "42€");
	buf_release(&buf);
}

/* A large array grows where it stands or moves: nothing of it is left behind in the arena, whatever else is allocated meanwhile. */
static void arena_grow_leaves_nothing_of_a_large_array_behind(void **state)
{
	struct arena arena;
	jmp_buf jump;
	(void)state;
	arena_init(&arena, (size_t)24 << 20);
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE)
		fail_msg("out of memory");
	for (int round = 0; round < 2; round++) {
		uint32_t *one = NULL, *two = NULL;
		size_t one_capacity = 0, two_capacity = 0;
		for (uint32_t i = 0; i < 2000000; i++) { /* 8 MiB each in the end */
			one = arena_grow(&arena, one, &one_capacity, i + 1, sizeof *one);
			two = arena_grow(&arena, two, &two_capacity, i + 1, sizeof *two);
			one[i] = i, two[i] = ~i;
			if (i % 1000 == 0)
				memset(arena_alloc(&arena, 1000), 0xFF, 1000);
		}
		for (uint32_t i = 0; i < 2000000; i++)
			if (one[i] != i || two[i] != ~i)
				fail_msg("item %u is %u and %u", i, one[i], two[i]);
		arena_reset(&arena);
		assert_int_equal(arena.used, 0);
	}
	arena_release(&arena);
}

static void arena_grow_escapes_past_the_ceiling(void **state)
{
	struct arena arena;
	jmp_buf jump;
	(void)state;
	arena_init(&arena, (size_t)3 << 20);
	enum escape_reason reason = ARENA_GUARD(&arena, &jump);
	if (reason == ESCAPE_NONE) {
		char *bytes = NULL;
		size_t capacity = 0;
		for (size_t i = 0; i < (size_t)4 << 20; i++)
			bytes = arena_grow(&arena, bytes, &capacity, i + 1, 1);
		fail_msg("4 MiB in an arena of 3");
	}
	assert_int_equal(reason, ESCAPE_MEMORY);
	assert_true(arena.used <= arena.ceiling);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_escapes_past_its_ceiling),
		cmocka_unit_test(arena_runs_deferred_functions_on_reset_and_on_escape),
		cmocka_unit_test(arena_memory_is_aligned_and_zeroed_across_chunks),
		cmocka_unit_test(arena_tick_escapes_when_the_cpu_time_is_used_up),
		cmocka_unit_test(arena_grow_keeps_the_items),
		cmocka_unit_test(arena_grow_leaves_nothing_of_a_large_array_behind),
		cmocka_unit_test(arena_grow_escapes_past_the_ceiling),
		cmocka_unit_test(buf_stops_at_its_ceiling_and_says_so_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
