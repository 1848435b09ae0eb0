/* What an article says that a name is, against what the name looks like. */
#include "tagcase.h"
#include "tagmodel.h"

static struct tag_case c;

/* The types of the mentions, parted by bars. */
static const char *types(const char *marked)
{
	static char text[400];

	tag_case_read_with(&c, &model.lexicon, marked);
	text[0] = '\0';
	for (size_t m = 0; m < c.mentions.count; m++) {
		size_t length = strlen(text);
		snprintf(text + length, sizeof text - length, "%s%s", m ? "|" : "", ENTITY_TYPE_NAMES[c.mentions.items[m].type]);
	}
	tag_case_release(&c);
	return text;
}

static void appositions_make_a_company_wherever_it_is_named(void **state)
{
	(void)state;
	assert_string_equal(types("[P Zolvex] has jobs. [P Zolvex] is a booming trade platform that pays."), "organization|organization");
	assert_string_equal(types("[L Zolvex], the leading start-up, pays. They like [L Zolvex]."), "organization|organization");
	assert_string_equal(types("[P Zolvex] (ZX), Morvane Steel's majority-owned shipping subsidiary, pays."), "organization");
	assert_string_equal(types("Staff of the textile company [P Zolvex Urbal] left."), "organization");
	assert_string_equal(types("the harbour-listed [P Zolvex] pays"), "organization");
	assert_string_equal(types("He is chief operating officer at [P Zolvex] and left."), "organization");
	assert_string_equal(types("a wholly-owned subsidiary of [P Zolvex] pays"), "organization");
	assert_string_equal(types("The [P Zolvex] co-founders left."), "organization");
	assert_string_equal(types("[P Zolvex] chief executive Tilda and [P Urbal] CEO Ana left."), "organization|organization");
	assert_string_equal(types("The urban [L Zolvex] outlets closed. [P Urbal] striker Tilda left."), "organization|organization");
}

static void appositions_make_no_company_of_who_works_for_one(void **state)
{
	(void)state;
	assert_string_equal(types("[P Zolvex], the company director, left."), "person");
	assert_string_equal(types("[P Zolvex], the company's director, left."), "person");
	assert_string_equal(types("[P Zolvex], a cook at the company, left."), "person");
	assert_string_equal(types("[P Zolvex] left the company."), "person");
	assert_string_equal(types("[P Zolvex] met founders. [P Urbal], chief executive of a bank, left. [P Lisk] met customers."), "person|person|person");
	assert_string_equal(types("He left the company. [P Zolvex] stayed."), "person");
}

static void appositions_leave_known_names_alone(void **state)
{
	(void)state;
	assert_string_equal(types("[P Tilda Zolvex] spoke. [P Zolvex] is a bank, she joked."), "person|person");
	assert_string_equal(types("Mr. [P Zolvex] is a bank, she joked."), "person");
	assert_string_equal(types("[P Mary Urbal] is a bank, she joked."), "person");
	assert_string_equal(types("[L Kenya] is a bank, she joked."), "place");
	assert_string_equal(types("[P Zolvex] is a bank in the village of [P Zolvex]."), "person|person");
}

static void appositions_know_settlements(void **state)
{
	(void)state;
	assert_string_equal(types("[P Zolvex] beach is long, in the village of [P Zolvex]."), "place|place");
	assert_string_equal(types("[P Zolvex] is a fishing village and popular."), "place");
	assert_string_equal(types("a house in the [P Zolvex] neighbourhood"), "place");
	assert_string_equal(types("the [O ZLX] district"), "organization");
	assert_string_equal(types("[P Zolvex], the city's mayor, left."), "person");
}

static void lists_of_places_have_places_only(void **state)
{
	(void)state;
	assert_string_equal(types("It rained in [L Zolvex], [P Ngorin Urbal], [L Quorn], [O Varn], [L Morv] and [L Lisk]. There was [P Ngorin Urbal]."),
		"place|place|place|place|place|place|person");
	assert_string_equal(types("It rained in [P Ngorin], [L Zolvex], and [L Lisk]. It snows in [P Urbal]."), "place|place|place|person");
	assert_string_equal(types("It rained in [L Zolvex], [L Quorn], [L Lisk] and Ms. [P Urbal] left."), "place|place|place|person");
	assert_string_equal(types("Her neighbour in [L Zolvex] and [L Quorn], [P Ngorin], left [L Lisk]."), "place|place|person|place");
	assert_string_equal(types("It rained in [L Zolvex], [L Quorn] and [P Mary Urbal] left."), "place|place|person");
	assert_string_equal(types("A letter of [P Ngorin], [L Zolvex], [L Quorn], to [O Varn], [L Lisk], [L Morv]."), "person|place|place|organization|place|place");
	assert_string_equal(types("It rained in [L Zolvex], [L Quorn] and [O Lisk Care Board]."), "place|place|organization");
	assert_string_equal(types("It rained in [L Zolvex], [L Quorn] where [P Urbal] sang."), "place|place|person");
	assert_string_equal(types("It rained in [L Zolvex] and [P Urbal]."), "place|person");
}

static void places_that_are_somebodys_name_call_that_person(void **state)
{
	(void)state;
	assert_string_equal(types("[P Phoenix Zolvex] was five. [L Phoenix] sang. They saw [L Phoenix]."), "person|person|person");
	assert_string_equal(types("[P Tilda Oslo] was five. [L Oslo] sang."), "person|person");
	assert_string_equal(types("[P Phoenix Zolvex] was five. [L Phoenix] sang. They live in [L Phoenix]."), "person|place|place");
	assert_string_equal(types("[P Tilda Kenya Zolvex] was five. [L Kenya] sang."), "person|place");
	assert_string_equal(types("[P Tilda Chad] was five. [L Chad] sang."), "person|place");
	assert_string_equal(types("[P rue Oslo] was long. [L Oslo] sang."), "person|place");
	assert_string_equal(types("[P Tilda Zolvex] was five. [L Phoenix] sang."), "person|place");
}

static void things_that_are_somebodys_name_call_that_person(void **state)
{
	(void)state;
	assert_string_equal(types("[P Tilda Zolvex] was five. [X Zolvex] sang. They saw [D Zolvex]."), "person|person|person");
	assert_string_equal(types("[P Tilda Zolvex] was five. [O Zolvex] sang."), "person|organization");
	assert_string_equal(types("[P Tilda ZOLV] was five. [X ZOLV] fell."), "person|other");
	assert_string_equal(types("[P Tilda Zolvex] was five. They saw the [X Zolvex]."), "person|other");
}

static void appositions_know_languages(void **state)
{
	(void)state;
	assert_string_equal(types("He left the [O Zolvani] language service."), "organization");
	assert_string_equal(types("[O Zolvani] is old. They stumbled on the [O Zolvani] language by accident."), "language|language");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(appositions_make_a_company_wherever_it_is_named),
		cmocka_unit_test(appositions_make_no_company_of_who_works_for_one),
		cmocka_unit_test(appositions_leave_known_names_alone),
		cmocka_unit_test(appositions_know_settlements),
		cmocka_unit_test(lists_of_places_have_places_only),
		cmocka_unit_test(places_that_are_somebodys_name_call_that_person),
		cmocka_unit_test(things_that_are_somebodys_name_call_that_person),
		cmocka_unit_test(appositions_know_languages),
	};
	return cmocka_run_group_tests(tests, open_model, close_model);
}
