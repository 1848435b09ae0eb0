#include "unit.h"

#include "base/clock.h"
#include "base/hash.h"

static void clock_format_and_parse_are_inverse(void **state)
{
	static const int64_t instants[] = {0, -1, 951782400000, 1764000000123, 253402300799000, -62135596800000};
	(void)state;
	for (size_t i = 0; i < sizeof(instants) / sizeof(*instants); i++) {
		char text[32];
		int64_t back;
		clock_format(instants[i], text);
		assert_true(clock_parse(slice_of(text), &back));
		assert_true(back == instants[i]);
	}
}

static void clock_parse_applies_the_offset(void **state)
{
	int64_t ms;
	(void)state;
	assert_true(clock_parse(SLICE("2019-04-14T17:05:00+09:00"), &ms));
	assert_true(ms == 1555229100000);
	assert_true(clock_parse(SLICE("2019-04-14 08:05:00.5-0000"), &ms));
	assert_true(ms == 1555229100500);
}

static void clock_parse_refuses_what_no_calendar_has(void **state)
{
	static const char *const wrong[] = {"2019-02-29T00:00:00Z", "2019-13-01T00:00:00Z", "2019-01-01T24:00:00Z", "2019-01-01", "",
		"2019-01-01T00:00:00", "2019-01-01T00:00:00Zx", "2019-01-01T00:00:00.Z"};
	int64_t ms;
	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(clock_parse(slice_of(wrong[i]), &ms));
}

static void clock_days_and_civil_dates_agree_over_centuries(void **state)
{
	(void)state;
	for (int64_t day = -800000; day < 800000; day += 11) {
		int64_t year;
		int month, day_of_month;
		clock_civil_from_days(day, &year, &month, &day_of_month);
		assert_true(clock_days_from_civil(year, month, day_of_month) == day);
	}
	assert_true(clock_days_from_civil(2000, 2, 29) == 11016);
}

/* Ids and replays rely on these values: a change of them is a change of the data format. */
static void hash_values_never_change(void **state)
{
	char hex[33];
	(void)state;
	assert_true(hash64(SLICE("copydesk")) == hash64_seeded(SLICE("copydesk"), 0));
	assert_true(hash64(SLICE("")) == 0x2D06800538D394C2u);
	hash_hex(hash_wide(SLICE("")), hex);
	assert_string_equal(hex, "99aa06d3014798d86001c324468d497f");
	assert_true(hash_mix(0) == 0 && hash_mix(1) != hash_mix(2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clock_format_and_parse_are_inverse),
		cmocka_unit_test(clock_parse_applies_the_offset),
		cmocka_unit_test(clock_parse_refuses_what_no_calendar_has),
		cmocka_unit_test(clock_days_and_civil_dates_agree_over_centuries),
		cmocka_unit_test(hash_values_never_change),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
