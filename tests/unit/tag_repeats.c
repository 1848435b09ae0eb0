/* Names that are found in one place of an article and overlooked in another. */
#include "tagcase.h"

static void repeats_are_found(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("She runs [O Orla Tidewater] at sea. At Orla Tidewater they sing."), "o Orla Tidewater|o Orla Tidewater");
	assert_string_equal(tag_case_names("Zolvex sings. She met [P Zolvex]."), "p Zolvex|p Zolvex");
	assert_string_equal(tag_case_names("[P Zolvex] met [O Zolvex] and [O Zolvex]. They saw Zolvex."), "o Zolvex|o Zolvex|o Zolvex|o Zolvex");
}

static void repeats_are_whole_names(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("She met [P Zolvex] in the Zolvex Garden, the Old Zolvex and the Zolvex-led camp."), "p Zolvex");
	assert_string_equal(tag_case_names("She met [P Orla Tidewater] and Orla. Tidewater left."), "p Orla Tidewater");
	assert_string_equal(tag_case_names("The [L Tidian] paid five Tidian dollars."), "p Tidian");
}

static void repeats_of_ordinary_words_are_none(void **state)
{
	(void)state;
	assert_string_equal(tag_case_names("She met Mr. [P So] so late. So it was."), "p So");
	assert_string_equal(tag_case_names("She met [P Imam]. The Imam was late."), "p Imam");
	assert_string_equal(tag_case_names("She read [X Zolvex]. It was Zolvex."), "o Zolvex");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(repeats_are_found),
		cmocka_unit_test(repeats_are_whole_names),
		cmocka_unit_test(repeats_of_ordinary_words_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
