#include "unit.h"

#include "base/digits.h"

#include <inttypes.h>
#include <stdio.h>

static void same_as_printf(int64_t value)
{
	char want[DIGITS_MAX + 1], got[DIGITS_MAX + 1];

	snprintf(want, sizeof(want), "%" PRId64, value);
	*digits_decimal(got, value) = '\0';
	assert_string_equal(got, want);
}

static void decimal_is_what_printf_writes(void **state)
{
	(void)state;
	same_as_printf(0);
	same_as_printf(-1);
	same_as_printf(INT64_MAX);
	same_as_printf(INT64_MIN);
	for (int64_t power = 1; power < INT64_MAX / 10; power *= 10) {
		same_as_printf(power - 1);
		same_as_printf(power);
		same_as_printf(-power);
	}
}

static void padded_fills_with_zeros_and_keeps_the_lowest_digits(void **state)
{
	char got[5] = "";

	(void)state;
	*digits_padded(got, 7, 3) = '\0';
	assert_string_equal(got, "007");
	*digits_padded(got, 12345, 4) = '\0';
	assert_string_equal(got, "2345");
}

static void hex_has_sixteen_digits(void **state)
{
	char got[17];

	(void)state;
	*digits_hex(got, 0) = '\0';
	assert_string_equal(got, "0000000000000000");
	*digits_hex(got, 0xfedcba9876543210) = '\0';
	assert_string_equal(got, "fedcba9876543210");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimal_is_what_printf_writes),
		cmocka_unit_test(padded_fills_with_zeros_and_keeps_the_lowest_digits),
		cmocka_unit_test(hex_has_sixteen_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
