#include "unit.h"

#include "extract/agencies.h"

static void agencies_are_known_in_any_script(void **state)
{
	(void)state;
	assert_slice(agency_find(SLICE("Интерфакс")), "Интерфакс");
	assert_slice(agency_find(SLICE("ČTK")), "ČTK");
}

static void agencies_are_credited_behind_a_label_only(void **state)
{
	(void)state;
	assert_slice(agency_credited(SLICE("2 May 2024 | Source: Reuters | 3 min")), "Reuters");
	assert_slice(agency_credited(SLICE("来源：新华社 2024-05-02")), "新华社");
	assert_slice(agency_credited(SLICE("Source: the ministry")), "");
	assert_slice(agency_credited(SLICE("Sourcy: Reuters")), "");
	assert_slice(agency_credited(SLICE("Reuters reports")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agencies_are_known_in_any_script),
		cmocka_unit_test(agencies_are_credited_behind_a_label_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
