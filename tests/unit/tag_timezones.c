#include "unit.h"

#include "tag/timezones.h"

static void timezones_know_how_far_they_lie_from_greenwich(void **state)
{
	(void)state;
	assert_int_equal(time_zone_offset(SLICE("EST")), -300);
	assert_int_equal(time_zone_offset(SLICE("NPT")), 345);
	assert_int_equal(time_zone_offset(SLICE("Z")), 0);
	assert_int_equal(time_zone_offset(SLICE("CST")), TIME_ZONE_OPEN); /* America's or China's */
	assert_int_equal(time_zone_offset(SLICE("XYZ")), TIME_ZONE_OPEN);
	assert_int_equal(time_zone_offset(SLICE("")), TIME_ZONE_OPEN);
}

static void timezones_that_are_words_too_want_capitals(void **state)
{
	(void)state;
	assert_non_null(time_zone_find(SLICE("gmt")));
	assert_true(time_zone_find(SLICE("GMT"))->plain);
	assert_non_null(time_zone_find(SLICE("CAT")));
	assert_null(time_zone_find(SLICE("cat")));
	assert_null(time_zone_find(SLICE("Eat")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timezones_know_how_far_they_lie_from_greenwich),
		cmocka_unit_test(timezones_that_are_words_too_want_capitals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
