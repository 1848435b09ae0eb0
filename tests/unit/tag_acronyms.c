/* Acronyms that an article spells out in words that are no name. */
#include "tagcase.h"

static void acronyms_of_plain_words_are_no_names(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("They sell liquefied harbour gas ([O LHG]). The price of [O LHG] fell."), "");
	assert_string_equal(tag_case_names("A memorandum of understanding (\"[O MoU]\") and autonomous vessels ([P AVs]) came. The [O MoU] and [O AVs] stayed."), "");
	assert_string_equal(tag_case_names("This Memorandum of Understanding ([O MoU]) came. Their Memorandum of Understanding ([O MoU]) came."), "");
	assert_string_equal(tag_case_names("The Municipal Chief Executive ([O MCE]) left. The [O MCE] smiled."), "");
	assert_string_equal(tag_case_names("The Vice-Prime Minister ([O VPM]) left. The [O VPM] smiled."), "");
}

static void acronyms_of_names_stay(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("The [O National Harbour Board] ([O NHB]) met."), "o National Harbour Board|o NHB");
	assert_string_equal(tag_case_names("The national [O Harbour Board] ([O NHB]) met."), "o Harbour Board|o NHB");
	assert_string_equal(tag_case_names("They watch All Elite Rowing ([O AER]) and the General Pact on Tides ([O GPT])."), "o AER|o GPT");
	assert_string_equal(tag_case_names("A community policing forum ([O CPF]) met. The [O CPF] voted."), "o CPF|o CPF");
	assert_string_equal(tag_case_names("A new harbour bill ([O NHB]) and the [O National Harbour Board] ([O NHB]) came."), "o NHB|o National Harbour Board|o NHB");
}

static void acronyms_need_all_their_letters(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("They left a new ship ([O ANS]) in it."), "");
	assert_string_equal(tag_case_names("They left the new ship ([O ANS]) in it."), "o ANS");
	assert_string_equal(tag_case_names("They sold gas. The last ship ([O GTLS]) left."), "o GTLS");
	assert_string_equal(tag_case_names("They met the last ship ([P Tls]) there."), "p Tls");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(acronyms_of_plain_words_are_no_names),
		cmocka_unit_test(acronyms_of_names_stay),
		cmocka_unit_test(acronyms_need_all_their_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
