#include "unit.h"

#include "extract/personname.h"

static void names_are_told_by_how_they_are_written(void **state)
{
	static const char *const names[] = {"Ana Brandt", "Miguel A. van der Lind", "Jean-Luc d'Arcy", "陳雨桐", "สุชาดา วงศ์ไทย", "홍길동"};
	static const char *const others[] = {"Ana", "the river rose", "Ana Brandt 2", "Ana @brandt", "台北報導", ""};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!name_is_person(slice_of(names[i])))
			fail_msg("\"%s\" is a name", names[i]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (name_is_person(slice_of(others[i])))
			fail_msg("\"%s\" is no name", others[i]);
}

static void names_lose_what_parts_them_and_keep_their_own_signs(void **state)
{
	(void)state;
	assert_slice(name_trim(SLICE(" | Ana Brandt, ")), "Ana Brandt");
	assert_slice(name_trim(SLICE("Miguel A.")), "Miguel A.");
	assert_slice(name_trim(SLICE("Ana Brandt (abr)")), "Ana Brandt (abr)");
	assert_slice(name_trim(SLICE("【 】")), "");
}

static void names_of_catalogues_are_put_right_all_or_none(void **state)
{
	struct arena arena;
	jmp_buf escape;
	(void)state;
	arena_init(&arena, (size_t)1 << 20);
	if (ARENA_GUARD(&arena, &escape) != ESCAPE_NONE)
		fail_msg("out of memory");
	assert_slice(name_put_right(&arena, SLICE("Brandt, Ana; Di Stefano, Carla")), "Ana Brandt; Carla Di Stefano");
	assert_slice(name_put_right(&arena, SLICE("Brandt, Ana; Tom Lind")), "Brandt, Ana; Tom Lind");
	assert_slice(name_soften_capitals(&arena, SLICE("ANA BRANDT")), "Ana Brandt");
	assert_slice(name_soften_capitals(&arena, SLICE("ANA Brandt")), "ANA Brandt");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_told_by_how_they_are_written),
		cmocka_unit_test(names_lose_what_parts_them_and_keep_their_own_signs),
		cmocka_unit_test(names_of_catalogues_are_put_right_all_or_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
