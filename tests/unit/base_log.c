#include "unit.h"

#include "base/log.h"

#include <unistd.h>

static char captured[16384];

/* Runs `emit` with standard error in a pipe; the text is in `captured`. */
static void capture(void (*emit)(void))
{
	int ends[2], saved = dup(STDERR_FILENO);
	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	emit();
	dup2(saved, STDERR_FILENO);
	close(ends[1]);
	close(saved);
	ssize_t len = read(ends[0], captured, sizeof(captured) - 1);
	captured[len > 0 ? len : 0] = '\0';
	close(ends[0]);
}

static void emit_odd_text(void) { log_info("odd", LOG_STR("text", "a \"b\"\n\xFF"), LOG_INT("n", -3), LOG_STR("empty", "")); }

static void emit_repeats(void)
{
	for (int i = 0; i < 1000; i++)
		log_warn("broker_away", LOG_INT("try", i));
	log_flush();
}

static void emit_two_codes(void)
{
	for (int i = 0; i < 10; i++)
		log_warn("dead_letter", LOG_INT("offset", i), LOG_STR("code", i % 2 ? "no_body" : "too_large"));
	log_flush();
}

static void log_line_stays_one_line_of_text(void **state)
{
	(void)state;
	log_open("copydesk-test", LOG_INFO, LOG_LOGFMT);
	capture(emit_odd_text);
	assert_non_null(strstr(captured, " level=info program=copydesk-test event=odd text=\"a \\\"b\\\"\\n\xEF\xBF\xBD\" n=-3 empty=\"\"\n"));
	assert_ptr_equal(strchr(captured, '\n'), captured + strlen(captured) - 1);
}

static void log_json_is_json(void **state)
{
	(void)state;
	log_open("copydesk-test", LOG_INFO, LOG_JSON);
	capture(emit_odd_text);
	assert_non_null(strstr(captured, "\"event\":\"odd\",\"text\":\"a \\\"b\\\"\\n\xEF\xBF\xBD\",\"n\":-3,\"empty\":\"\"}\n"));
}

static void log_folds_a_repeated_warning_into_a_count(void **state)
{
	(void)state;
	log_open("copydesk-test", LOG_INFO, LOG_LOGFMT);
	capture(emit_repeats);
	int lines = 0;
	for (const char *at = captured; (at = strchr(at, '\n')); at++)
		lines++;
	assert_int_equal(lines, 2);
	assert_non_null(strstr(captured, "repeated=999"));
}

static size_t times(const char *text)
{
	size_t n = 0;
	for (const char *at = captured; (at = strstr(at, text)) != NULL; at++)
		n++;
	return n;
}

/* A flood of one kind must not hide the first line of another. */
static void log_folds_each_code_for_itself(void **state)
{
	(void)state;
	log_open("copydesk-test", LOG_INFO, LOG_JSON);
	capture(emit_two_codes);
	assert_int_equal(times("\n"), 4);
	assert_int_equal(times("\"code\":\"no_body\""), 2);
	assert_int_equal(times("\"code\":\"too_large\",\"note\":\"repeats were folded\",\"repeated\":4}"), 1);
	assert_int_equal(times("\"offset\":1,"), 1);
}

static void emit_levels(void)
{
	log_debug("quiet");
	log_info("quiet");
	log_error("loud", LOG_NUM("ratio", 0.25));
	log_error("loud", LOG_NUM("ratio", 0.25));
}

static void log_level_decides_and_errors_are_never_folded(void **state)
{
	(void)state;
	log_open("copydesk-test", LOG_WARN, LOG_LOGFMT);
	capture(emit_levels);
	assert_int_equal(times("quiet"), 0);
	assert_int_equal(times("event=loud ratio=0.25\n"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(log_line_stays_one_line_of_text),
		cmocka_unit_test(log_json_is_json),
		cmocka_unit_test(log_folds_each_code_for_itself),
		cmocka_unit_test(log_level_decides_and_errors_are_never_folded),
		cmocka_unit_test(log_folds_a_repeated_warning_into_a_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
