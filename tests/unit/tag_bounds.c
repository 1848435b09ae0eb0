/* Where a name begins and ends, beside what its labels say. */
#include "tagcase.h"

static void organisation_reaches_over_its_fields(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("The [O Ministry of Water], Rural Affairs and Housing met."), "o Ministry of Water, Rural Affairs and Housing");
	assert_string_equal(tag_case_names("The [O Ministry of Health], Youth, and Sport met."), "o Ministry of Health, Youth, and Sport");
	assert_string_equal(tag_case_names("The [O Centre for Harbour Law] and Coastal Trade met."), "o Centre for Harbour Law and Coastal Trade");
	assert_string_equal(tag_case_names("The [O Office of Management] and budget plans."), "o Office of Management");
	assert_string_equal(tag_case_names("The [O Ministry of Health], [P Ana Ruiz] and Youth met."), "o Ministry of Health|p Ana Ruiz");
	assert_string_equal(tag_case_names("The [O Ministry of Health], Pioneer Chairman of it, met."), "o Ministry of Health");
	assert_string_equal(tag_case_names("The [O Ministry of Health] and Pioneer Chairman [P Obi] met."), "o Ministry of Health|p Obi");
	assert_string_equal(tag_case_names("The [O Bank of Ruma], Trade and Sport met."), "o Bank of Ruma");
	assert_string_equal(tag_case_names("She leads the [O Ministry of Health],\n\nand Youth Sport was glad."), "o Ministry of Health"); /* another field */
}

static void organisation_ends_before_its_clause(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("He thanked the [O Harbour Bank for the] loan."), "o Harbour Bank");
	assert_string_equal(tag_case_names("It asked the [O Department of Transport for approval] first."), "o Department of Transport");
	assert_string_equal(tag_case_names("The [O Court of appeals] met the [O Caisse de depot] and the [O Labour party]."),
		"o Court of appeals|o Caisse de depot|o Labour party");
}

static void place_ends_at_a_dash(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("They left [L Rubizhne - cities] that fell."), "p Rubizhne");
	assert_string_equal(tag_case_names("The road from [L Apane – Quezal] is shut."), "p Apane|p Quezal");
	assert_string_equal(tag_case_names("They met in [L Indo - Pacific] and [L Port-au-Prince]."), "p Indo - Pacific|p Port-au-Prince");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(organisation_reaches_over_its_fields),
		cmocka_unit_test(organisation_ends_before_its_clause),
		cmocka_unit_test(place_ends_at_a_dash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
