/* Tests of tools/ledger.c: the books of an audit. */
#include "unit.h"

#include "tools/ledger.h"

#define LIVE SLICE("live")

static struct ledger ledger;

static int open_ledger(void **state)
{
	(void)state;
	ledger_init(&ledger, 2);
	assert_true(ledger_open(&ledger, 0, 100, 110));
	assert_true(ledger_open(&ledger, 1, 0, 5));
	return 0;
}

static int close_ledger(void **state)
{
	(void)state;
	ledger_release(&ledger);
	return 0;
}

static bool emit(int64_t offset, size_t output, const char *id, const char *run)
{
	char place[40];

	snprintf(place, sizeof place, "in/0/%d", (int)offset);
	return ledger_emitted(&ledger, 0, offset, output, id ? slice_of(id) : slice_of(place), slice_of(place), slice_of(run));
}

static void every_record_has_one_end_and_the_sums_balance(void **state)
{
	(void)state;
	for (int64_t offset = 100; offset < 105; offset++)
		ledger_take(&ledger, 0, offset, offset == 104);
	assert_true(emit(100, 0, NULL, "live"));
	assert_true(ledger_dead(&ledger, 0, 101));
	ledger_dropped(&ledger, 0, 102);
	struct ledger_sums sums = ledger_sum(&ledger);
	assert_int_equal(sums.in, 5);
	assert_int_equal(sums.emitted, 1);
	assert_int_equal(sums.dead, 1);
	assert_int_equal(sums.dropped, 1);
	assert_int_equal(sums.pending, 1);
	assert_int_equal(sums.missing, 1);
	assert_true(mark_is_missing(*ledger_mark(&ledger, 0, 103)));
}

static void the_same_output_twice_is_repeated(void **state)
{
	(void)state;
	ledger_take(&ledger, 0, 100, false);
	assert_true(emit(100, 0, NULL, "live"));
	assert_false(emit(100, 0, NULL, "live"));
	assert_int_equal(ledger_sum(&ledger).repeated, 1);
	assert_int_equal(ledger_sum(&ledger).emitted, 0);
}

static void several_outputs_of_one_record_are_not_repeated(void **state)
{
	(void)state;
	ledger_take(&ledger, 0, 100, false);
	assert_true(emit(100, 0, NULL, "live"));
	assert_true(emit(100, 2, NULL, "live"));
	assert_true(emit(100, 2, "in/0/100/1", "live"));
	assert_true(emit(100, 2, "in/0/100/2", "live"));
	assert_false(emit(100, 2, "in/0/100/2", "live"));
	assert_int_equal(ledger_sum(&ledger).repeated, 1);
}

static void another_run_of_a_record_is_not_a_repetition(void **state)
{
	(void)state;
	ledger_take(&ledger, 0, 100, false);
	assert_true(emit(100, 0, NULL, "live"));
	assert_true(emit(100, 0, NULL, "fix-7"));
	assert_false(emit(100, 0, NULL, "fix-7"));
}

static void emitted_and_dead_at_once_is_repeated(void **state)
{
	(void)state;
	ledger_take(&ledger, 0, 100, false);
	assert_true(emit(100, 0, NULL, "live"));
	assert_true(ledger_dead(&ledger, 0, 100));
	assert_int_equal(ledger_sum(&ledger).repeated, 1);
}

static void a_pending_record_with_an_output_is_done(void **state)
{
	(void)state;
	ledger_take(&ledger, 0, 100, true);
	assert_true(emit(100, 0, NULL, "live"));
	assert_int_equal(ledger_sum(&ledger).pending, 0);
	assert_int_equal(ledger_sum(&ledger).emitted, 1);
}

static void what_lies_outside_is_ignored(void **state)
{
	(void)state;
	ledger_take(&ledger, 0, 99, false);
	ledger_take(&ledger, 0, 110, false);
	ledger_take(&ledger, 7, 100, false);
	assert_true(emit(500, 0, NULL, "live"));
	assert_true(ledger_dead(&ledger, -1, 100));
	assert_true(emit(101, 0, NULL, "live")); /* an output of a record that isn't there (any more) */
	assert_int_equal(ledger_sum(&ledger).in, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_ledger, close_ledger)
	const struct CMUnitTest tests[] = {TEST(every_record_has_one_end_and_the_sums_balance), TEST(the_same_output_twice_is_repeated),
		TEST(several_outputs_of_one_record_are_not_repeated), TEST(another_run_of_a_record_is_not_a_repetition),
		TEST(emitted_and_dead_at_once_is_repeated), TEST(a_pending_record_with_an_output_is_done), TEST(what_lies_outside_is_ignored)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
