#include "unit.h"

#include "extract/phrases.h"
#include "extract/phrasewords.h"

static void expect_found(struct arena *arena, const struct phrase *phrases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum removed_kind kind = REMOVED_KINDS;
		bool goes_on = slice_ends(phrases[i].text, SLICE(" "));
		if (!phrase_line(arena, arena_printf(arena, "%.*s%s", SLICE_ARG(phrases[i].text), goes_on ? "x" : ""), &kind))
			fail_msg("\"%.*s\" is in the table, but never found", SLICE_ARG(phrases[i].text));
		if (kind != phrases[i].kind)
			fail_msg("\"%.*s\" is found as %s", SLICE_ARG(phrases[i].text), removed_kind_name(kind));
	}
}

static void phrases_are_each_found_as_what_they_are(void **state)
{
	struct arena arena;
	jmp_buf escape;
	(void)state;
	arena_init(&arena, (size_t)16 << 20);
	if (ARENA_GUARD(&arena, &escape) != ESCAPE_NONE)
		fail_msg("out of memory");
	expect_found(&arena, PHRASES_WHOLE, PHRASES_WHOLE_COUNT);
	expect_found(&arena, PHRASES_OPENINGS, PHRASES_OPENINGS_COUNT);
	expect_found(&arena, PHRASES_ANYWHERE, PHRASES_ANYWHERE_COUNT);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phrases_are_each_found_as_what_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
