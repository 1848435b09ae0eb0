/* Names that are found in one place of an article and overlooked in another. */
#include "tagcase.h"

static struct tag_case c;

/* The mentions with their types' first letters, parted by bars: "p Ana Ruiz|o NHB". */
static const char *names(const char *marked)
{
	static char text[400];

	tag_case_read(&c, marked);
	text[0] = '\0';
	for (size_t m = 0; m < c.mentions.count; m++) {
		struct slice name = tag_case_text(&c, m);
		size_t length = strlen(text);
		snprintf(text + length, sizeof text - length, "%s%c %.*s", m ? "|" : "", ENTITY_TYPE_NAMES[c.mentions.items[m].type][0], SLICE_ARG(name));
	}
	tag_case_release(&c);
	return text;
}

static void repeats_are_found(void **state)
{
	(void)state;
	assert_string_equal(names("She runs [O Orla Tidewater] at sea. At Orla Tidewater they sing."), "o Orla Tidewater|o Orla Tidewater");
	assert_string_equal(names("Zolvex sings. She met [P Zolvex]."), "p Zolvex|p Zolvex");
	assert_string_equal(names("[P Zolvex] met [O Zolvex] and [O Zolvex]. They saw Zolvex."), "o Zolvex|o Zolvex|o Zolvex|o Zolvex");
}

static void repeats_are_whole_names(void **state)
{
	(void)state;
	assert_string_equal(names("She met [P Zolvex] in the Zolvex Garden, the Old Zolvex and the Zolvex-led camp."), "p Zolvex");
	assert_string_equal(names("She met [P Orla Tidewater] and Orla. Tidewater left."), "p Orla Tidewater");
	assert_string_equal(names("The [L Tidian] paid five Tidian dollars."), "p Tidian");
}

static void repeats_of_ordinary_words_are_none(void **state)
{
	(void)state;
	assert_string_equal(names("She met Mr. [P So] so late. So it was."), "p So");
	assert_string_equal(names("She met [P Imam]. The Imam was late."), "p Imam");
	assert_string_equal(names("She read [X Zolvex]. It was Zolvex."), "o Zolvex");
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
