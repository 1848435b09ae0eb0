#include "tagcase.h"

#include "tag/names.h"

static struct tag_case c;

static struct name name_of(size_t mention)
{
	struct name name;

	name_read(&c.document, &c.mentions.items[mention], &name);
	return name;
}

/* Whether the first mention may be short for the second. */
static bool shortens(const char *marked)
{
	tag_case_read(&c, marked);
	assert_int_equal(c.mentions.count, 2);
	struct name small = name_of(0), large = name_of(1);
	bool same = name_is_same_person(&small, &large);

	tag_case_release(&c);
	return same;
}

static void names_shorten_in_order_and_by_initials(void **state)
{
	(void)state;
	assert_true(shortens("[P Ruiz] is [P Ana Maria Ruiz]."));
	assert_true(shortens("[P A. Ruiz] is [P Ana Maria Ruiz]."));
	assert_false(shortens("[P Ruiz Ana] is [P Ana Maria Ruiz]."));
	assert_false(shortens("[P B. Ruiz] is [P Ana Maria Ruiz]."));
	assert_false(shortens("[P A. M.] is [P Ana Maria Ruiz]."));
}

static void names_heed_titles(void **state)
{
	(void)state;
	assert_true(shortens("Mrs. [P Ruiz] is Mrs. [P Ana Ruiz]."));
	assert_false(shortens("Mr. [P Ruiz] is Mrs. [P Ana Ruiz]."));
}

static void names_lose_their_marks(void **state)
{
	(void)state;
	tag_case_read(&c, "[P Erdo\xC4\x9F" "an] and [P Erdogan] and [P Erdigan]");
	assert_true(name_of(0).whole == name_of(1).whole);
	assert_true(name_of(0).whole != name_of(2).whole);
	tag_case_release(&c);
}

static void names_have_initials_and_acronyms(void **state)
{
	(void)state;
	char letters[NAME_PARTS_MAX + 1];

	tag_case_read(&c, "[O Bank of North Velm] or [O B.N.V.] or [O Bnv]");
	assert_int_equal(name_initials(&c.document, &c.mentions.items[0], false, letters), 3);
	assert_string_equal(letters, "bnv");
	assert_int_equal(name_initials(&c.document, &c.mentions.items[0], true, letters), 4);
	assert_string_equal(letters, "bonv");
	assert_true(name_is_acronym(&c.document, &c.mentions.items[1], letters));
	assert_string_equal(letters, "bnv");
	assert_false(name_is_acronym(&c.document, &c.mentions.items[2], letters));
	assert_false(name_is_acronym(&c.document, &c.mentions.items[0], letters));
	tag_case_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_shorten_in_order_and_by_initials),
		cmocka_unit_test(names_heed_titles),
		cmocka_unit_test(names_lose_their_marks),
		cmocka_unit_test(names_have_initials_and_acronyms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
