/* Tests of tools/command.c, nearest.c and supervisor.c's back-off. */
#include "unit.h"

#include "tools/command.h"
#include "tools/nearest.h"
#include "tools/supervisor.h"

#include <sysexits.h>

static const struct flag FLAGS[] = {{"count", 'n', "N", "7", "how many"}, {"dry-run", 0, NULL, NULL, "nothing is done"}, {NULL}};
static const struct command COMMAND = {.name = "try", .summary = "a test", .usage = "[FLAGS]", .flags = FLAGS, .kafka = true};

static bool parse(struct args *args, int *exit_code, const char *const *words)
{
	static char *argv[16]; /* args.operands points into it */
	argv[0] = (char *)(uintptr_t) "try";
	int argc = 1;
	while (*words)
		argv[argc++] = (char *)(uintptr_t)*words++;
	argv[argc] = NULL;
	return args_parse(args, &COMMAND, argc, argv, exit_code);
}
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void flags_operands_and_settings_are_told_apart(void **state)
{
	struct args args;
	int exit_code;
	(void)state;
	assert_true(parse(&args, &exit_code, WORDS("one", "-n", "3", "--dry-run", "-X", "kafka.a=b", "-Xkafka.c=d", "--kafka=h:1", "two")));
	assert_string_equal(args_text(&args, "count"), "3");
	assert_true(args_given(&args, "dry-run"));
	assert_string_equal(args_text(&args, "kafka"), "h:1");
	assert_int_equal(args.setting_count, 2);
	assert_string_equal(args.settings[1], "kafka.c=d");
	assert_int_equal(args.operand_count, 2);
	assert_string_equal(args.operands[1], "two");
}

static void defaults_hold_where_nothing_is_given(void **state)
{
	struct args args;
	struct error error;
	int exit_code;
	int64_t n;
	(void)state;
	assert_true(parse(&args, &exit_code, WORDS("x")));
	assert_false(args_given(&args, "count"));
	assert_true(args_integer(&args, "count", 0, 10, &n, &error));
	assert_int_equal(n, 7);
	assert_null(args_text(&args, "kafka"));
}

static void numbers_have_units_and_bounds(void **state)
{
	struct args args;
	struct error error;
	int exit_code;
	int64_t n;
	(void)state;
	assert_true(parse(&args, &exit_code, WORDS("-n", "2M")));
	assert_true(args_integer(&args, "count", 0, INT64_MAX, &n, &error));
	assert_int_equal(n, 2 << 20);
	assert_false(args_integer(&args, "count", 0, 100, &n, &error));
	assert_non_null(strstr(error.text, "--count 2M"));
	assert_true(parse(&args, &exit_code, WORDS("-n", "9999999999999G")));
	assert_false(args_integer(&args, "count", 0, INT64_MAX, &n, &error));
	assert_true(parse(&args, &exit_code, WORDS("-n", "2x")));
	assert_false(args_integer(&args, "count", 0, INT64_MAX, &n, &error));
}

static void unknown_flags_are_usage_errors(void **state)
{
	struct args args;
	int exit_code;
	(void)state;
	assert_false(parse(&args, &exit_code, WORDS("--cuont", "3")));
	assert_int_equal(exit_code, EX_USAGE);
	assert_false(parse(&args, &exit_code, WORDS("-n")));
	assert_int_equal(exit_code, EX_USAGE);
	assert_false(parse(&args, &exit_code, WORDS("-X", "noequals")));
	assert_int_equal(exit_code, EX_USAGE);
}

static void instants_are_times_dates_or_ages(void **state)
{
	int64_t ms;
	(void)state;
	assert_true(instant_parse(SLICE("1970-01-02"), 0, &ms));
	assert_int_equal(ms, 86400000);
	assert_true(instant_parse(SLICE("1970-01-01T00:00:01Z"), 0, &ms));
	assert_int_equal(ms, 1000);
	assert_true(instant_parse(SLICE("2h"), 10000000, &ms));
	assert_int_equal(ms, 10000000 - 7200000);
	assert_false(instant_parse(SLICE("h"), 0, &ms));
	assert_false(instant_parse(SLICE("2w"), 0, &ms));
	assert_false(instant_parse(SLICE("-2h"), 0, &ms));
	assert_false(instant_parse(SLICE(""), 0, &ms));
}

static const char *candidate(size_t i, const void *of)
{
	static const char *const names[] = {"broker", "send", "tail", "topics", NULL};
	(void)of;
	return names[i];
}

static void the_nearest_name_is_near(void **state)
{
	(void)state;
	assert_string_equal(nearest_name("snd", candidate, NULL), "send");
	assert_string_equal(nearest_name("topcis", candidate, NULL), "topics");
	assert_string_equal(nearest_name("bro", candidate, NULL), "broker");
	assert_null(nearest_name("explain", candidate, NULL));
}

static void backoff_doubles_to_half_a_minute(void **state)
{
	(void)state;
	assert_int_equal(backoff_ms(0), 0);
	assert_int_equal(backoff_ms(1), 500);
	assert_int_equal(backoff_ms(2), 1000);
	assert_int_equal(backoff_ms(4), 4000);
	assert_int_equal(backoff_ms(40), 30000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(flags_operands_and_settings_are_told_apart), cmocka_unit_test(defaults_hold_where_nothing_is_given),
		cmocka_unit_test(numbers_have_units_and_bounds), cmocka_unit_test(unknown_flags_are_usage_errors),
		cmocka_unit_test(instants_are_times_dates_or_ages), cmocka_unit_test(the_nearest_name_is_near),
		cmocka_unit_test(backoff_doubles_to_half_a_minute)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
