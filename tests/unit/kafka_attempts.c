/* The marks that find a poison message after a crash: who is blamed, and who is not. */
#include "kafka/attempts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct attempts after_crash(const struct attempts *before)
{
	char mark[ATTEMPTS_MARK_SIZE];
	struct attempts attempts;

	attempts_mark(before, mark);
	attempts_restore(&attempts, slice_of(mark));
	return attempts;
}

static void attempts_open_the_window_with_each_commit_until_it_is_free(void **state)
{
	struct attempts attempts;
	(void)state;

	attempts_restore(&attempts, SLICE_NONE);
	assert_int_equal(attempts_room(&attempts), 1);
	for (int commits = 0; commits < 10; commits++)
		attempts_progress(&attempts, 1);
	assert_int_equal(attempts.mode, ATTEMPTS_RUN);
	assert_true(attempts_room(&attempts) == SIZE_MAX);
}

static void attempts_blame_nobody_for_a_crash_at_full_speed(void **state)
{
	struct attempts attempts = {.mode = ATTEMPTS_RUN};
	(void)state;

	attempts = after_crash(&attempts);
	assert_int_equal(attempts.mode, ATTEMPTS_TRY);
	assert_false(attempts_condemned(&attempts, 1));
}

static void attempts_suspect_the_window_that_was_in_flight(void **state)
{
	struct attempts attempts = {.mode = ATTEMPTS_TRY, .window = 8};
	(void)state;

	attempts = after_crash(&attempts);
	assert_int_equal(attempts.mode, ATTEMPTS_SUSPECT);
	assert_int_equal(attempts.left, 8);
	assert_int_equal(attempts_room(&attempts), 0);
	assert_false(attempts_condemned(&attempts, 1));
}

static void attempts_condemn_what_dies_alone_up_to_the_limit(void **state)
{
	struct attempts attempts = {.mode = ATTEMPTS_TRY, .window = 1};
	int crashes = 1;
	(void)state;

	attempts = after_crash(&attempts);
	while (!attempts_condemned(&attempts, 3)) {
		attempts_solo(&attempts);
		assert_int_equal(attempts_room(&attempts), 1);
		attempts = after_crash(&attempts);
		crashes++;
	}
	assert_int_equal(crashes, 3);
	assert_int_equal(attempts.count, 3);
}

static void attempts_forget_the_blame_when_the_message_went_through(void **state)
{
	struct attempts attempts = {.mode = ATTEMPTS_SUSPECT, .left = 2, .count = 2};
	(void)state;

	attempts_solo(&attempts);
	attempts_progress(&attempts, 1);
	assert_int_equal(attempts.mode, ATTEMPTS_SUSPECT);
	assert_int_equal(attempts.count, 1);
	attempts_solo(&attempts);
	attempts_progress(&attempts, 1);
	assert_int_equal(attempts.mode, ATTEMPTS_TRY);
}

static void attempts_take_foreign_metadata_for_none(void **state)
{
	static const char *const TEXTS[] = {"", "checkpoint 12", "copydesk-1 ", "copydesk-1 solo", "copydesk-1 solo x 3", "copydesk-1 try 0"};
	(void)state;

	for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
		struct attempts attempts;
		attempts_restore(&attempts, slice_of(TEXTS[i]));
		assert_int_equal(attempts.mode, ATTEMPTS_TRY);
		assert_int_equal(attempts.window, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attempts_open_the_window_with_each_commit_until_it_is_free),
		cmocka_unit_test(attempts_blame_nobody_for_a_crash_at_full_speed),
		cmocka_unit_test(attempts_suspect_the_window_that_was_in_flight),
		cmocka_unit_test(attempts_condemn_what_dies_alone_up_to_the_limit),
		cmocka_unit_test(attempts_forget_the_blame_when_the_message_went_through),
		cmocka_unit_test(attempts_take_foreign_metadata_for_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
