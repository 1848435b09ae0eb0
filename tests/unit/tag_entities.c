#include "tagcase.h"

static struct tag_case c;

/* The entity of each mention, as letters: "aab". */
static const char *joined(const char *marked)
{
	static char letters[65];
	size_t m;

	tag_case_read(&c, marked);
	for (m = 0; m < c.mentions.count && m < 64; m++)
		letters[m] = (char)('a' + c.mentions.items[m].entity);
	letters[m] = '\0';
	return letters;
}

static int teardown(void **state)
{
	(void)state;
	tag_case_release(&c);
	return 0;
}

static void entities_join_surname_and_first_name(void **state)
{
	(void)state;
	assert_string_equal(joined("[P Ana Ruiz] spoke. [P Ruiz] smiled, said [P Ana]. [P Tom Hale] left."), "aaab");
	assert_int_equal(c.entities.items[0].mentions, 3);
}

static void entities_join_a_surname_that_stands_before_the_full_name(void **state)
{
	(void)state;
	assert_string_equal(joined("[P Ruiz] wins. Mayor [P Ana Ruiz] won again."), "aa");
	assert_slice(tag_case_text(&c, c.entities.items[0].longest), "Ana Ruiz");
}

static void entities_give_a_shared_surname_to_who_was_named_last(void **state)
{
	(void)state;
	assert_string_equal(joined("[P Ana Ruiz] met [P Leo Ruiz]. [P Ruiz] left."), "abb");
}

static void entities_heed_the_title(void **state)
{
	(void)state;
	assert_string_equal(joined("Mrs. [P Ana Ruiz] and Mr. [P Leo Ruiz] met. Mrs. [P Ruiz] left."), "aba");
}

static void entities_join_initials(void **state)
{
	(void)state;
	assert_string_equal(joined("[P John A. Smith] said. [P J. Smith] wrote. [P B. Smith] read."), "aab");
}

static void entities_join_names_with_and_without_marks(void **state)
{
	(void)state;
	assert_string_equal(joined("[P Tayyip Erdo\xC4\x9F" "an] met [P Jos\xC3\xA9 \xC5\x81uk]. [P Erdogan] left [P Luk], [P O\xE2\x80\x99" "Hale] and [P Ana O'Hale]."),
		"ababcc");
}

static void entities_keep_other_initials_apart(void **state)
{
	(void)state;
	assert_string_equal(joined("[P George W. Hale] met [P George H. W. Hale]."), "ab");
	tag_case_release(&c);
	assert_string_equal(joined("[P George Hale] met [P George W. Hale]."), "aa");
}

static void entities_take_the_name_that_is_not_in_capitals(void **state)
{
	(void)state;
	joined("[L NAIROBI], Kenya - It rained in [L Nairobi] and [L NAIROBI].");
	assert_int_equal(c.entities.count, 1);
	assert_slice(tag_case_text(&c, c.entities.items[0].longest), "Nairobi");
}

static void entities_join_acronyms(void **state)
{
	(void)state;
	assert_string_equal(joined("The [O National Harbour Board] met. [O NHB] voted. The [O Bank of Lund] didn't."), "aab");
	tag_case_release(&c);
	assert_string_equal(joined("[O NHB] voted after the [O National Harbour Board] met."), "aa");
}

static void entities_know_a_name_in_brackets_by_its_small_letters(void **state)
{
	(void)state;
	assert_string_equal(joined("The [O Department for Transport] ([O DfT]) paid. [O DfT] staff left."), "aaa");
	tag_case_release(&c);
	assert_string_equal(joined("The [O Union Ministry of Housing and Urban Affairs] ([O MoHUA]) paid [O Mosaic]."), "aab");
	tag_case_release(&c);
	assert_string_equal(joined("The [O Harbour Board] ([O Marlin]) met."), "ab");
}

static void entities_join_a_company_with_and_without_its_legal_form(void **state)
{
	(void)state;
	assert_string_equal(joined("[O Orion Dynamics] rose. [O Orion Dynamics Inc] paid; [O Orion] said so."), "aaa");
	assert_slice(tag_case_text(&c, c.entities.items[0].longest), "Orion Dynamics Inc");
	tag_case_release(&c);
	assert_string_equal(joined("[O Helios, Inc.] met [O Helios Foods Ltd.] and [O Helios Energy plc]."), "abc");
}

static void entities_give_a_surname_to_its_owner_before_half_a_double_name(void **state)
{
	(void)state;
	assert_string_equal(joined("[P Harold J. Finch] died, his daughter, [P Margaret Finch-Hollis], said. Dr. [P Finch] was 91. Ms. [P Finch-Hollis] left."), "abab");
	tag_case_release(&c);
	assert_string_equal(joined("[P Margaret Finch-Hollis] spoke. [P Finch] left."), "aa");
}

static void entities_join_a_short_name_only_if_one_fits(void **state)
{
	(void)state;
	assert_string_equal(joined("[O Asahi Shimbun] wrote. [O Asahi] wrote again."), "aa");
	tag_case_release(&c);
	assert_string_equal(joined("[O Asahi Shimbun] and [O Asahi Breweries] met. [O Asahi] paid."), "abc");
}

static void entities_join_a_thing_whose_kind_only_the_long_name_tells(void **state)
{
	(void)state;
	assert_string_equal(joined("[X Typhoon Ana] came; [X T C Ana] went; the [X World Cup] and the [X Davis Cup]."), "aabc");
	tag_case_release(&c);
	assert_string_equal(joined("[X Marlo] came. [X Cyclone Marlo] went. [X Marlo] again."), "aaa");
	assert_int_equal(c.entities.items[0].type, ENTITY_EVENT);
	assert_slice(tag_case_text(&c, c.entities.items[0].longest), "Cyclone Marlo");
}

static void entities_have_one_type_for_one_name(void **state)
{
	(void)state;
	joined("[P Lumo] rose. [O Lumo] fell. [O Lumo] rose.");
	for (size_t m = 0; m < 3; m++)
		assert_int_equal(c.mentions.items[m].type, ENTITY_ORGANIZATION);
	assert_int_equal(c.entities.count, 1);
}

static void entities_never_join_across_persons_and_places(void **state)
{
	(void)state;
	assert_string_equal(joined("[P Paris Hale] flew to [L Paris]."), "ab");
}

static void mentions_lose_titles_articles_and_possessives(void **state)
{
	(void)state;
	joined("[P Mr. Ana Ruiz's] and [O the Acme Corp]");
	assert_slice(tag_case_text(&c, 0), "Ana Ruiz");
	assert_slice(tag_case_text(&c, 1), "Acme Corp");
}

static void mentions_part_what_the_model_calls_other(void **state)
{
	(void)state;
	joined("The [X Harbour Act], the [X World Cup], the [X Cup 2022], \"[X Night Ferry]\" and she speaks [N Finnish].");
	assert_int_equal(c.mentions.items[0].type, ENTITY_LAW);
	assert_int_equal(c.mentions.items[1].type, ENTITY_EVENT);
	assert_int_equal(c.mentions.items[2].type, ENTITY_EVENT);
	assert_int_equal(c.mentions.items[3].type, ENTITY_WORK);
	assert_int_equal(c.mentions.items[4].type, ENTITY_LANGUAGE);
}

static void mentions_find_offices_behind_possessives(void **state)
{
	(void)state;
	joined("He chairs [L Lund]'s state affairs commission and met the Supreme People's [O Assembly] there.");
	assert_int_equal(c.mentions.count, 3);
	assert_slice(tag_case_text(&c, 1), "state affairs commission");
	assert_slice(tag_case_text(&c, 2), "Supreme People's Assembly");
}

static void mentions_keep_the_syllables_of_a_given_name(void **state)
{
	(void)state;
	assert_string_equal(joined("Premier [P Han Jung]-un met [P Anna Lim]-led rivals. [P Han] left with [P Ma Tae-ho], [P Rian Tham-a]-ra and [P So Min]-o-ha-led men."), "abacde");
	assert_slice(tag_case_text(&c, 0), "Han Jung-un");
	assert_slice(tag_case_text(&c, 1), "Anna Lim");
	assert_slice(tag_case_text(&c, 4), "Rian Tham-a-ra");
	assert_slice(tag_case_text(&c, 5), "So Min-o-ha");
}

static void mentions_reach_back_over_particles(void **state)
{
	(void)state;
	joined("[P Ursula von der Tann] spoke; Mrs. von der [P Tann] left the van [P Hale] drove from de [P Witt] to bin [P Said].");
	assert_slice(tag_case_text(&c, 1), "von der Tann");
	assert_slice(tag_case_text(&c, 2), "Hale");
	assert_slice(tag_case_text(&c, 3), "Witt");
	assert_slice(tag_case_text(&c, 4), "bin Said");
	assert_int_equal(c.mentions.items[1].entity, c.mentions.items[0].entity);
}

static void mentions_find_offices_of_the_north(void **state)
{
	(void)state;
	joined("He was chosen as chairman of the North's public works commission again.");
	assert_int_equal(c.mentions.count, 1);
	assert_slice(tag_case_text(&c, 0), "public works commission");
}

static void mentions_know_names_in_upper_case_from_the_rest(void **state)
{
	(void)state;
	joined("RUIZ TO RESIGN, HALE AND ACME SAY\n\n[P Ana Ruiz] spoke. [P Ruiz] left [O Acme]. Tom Hale and [P Hale] stayed.");
	assert_int_equal(c.mentions.count, 6);
	assert_slice(tag_case_text(&c, 0), "RUIZ");
	assert_slice(tag_case_text(&c, 1), "ACME"); /* HALE isn't always a name here */
	assert_int_equal(c.mentions.items[0].entity, c.mentions.items[2].entity);
	assert_slice(tag_case_text(&c, c.entities.items[0].longest), "Ana Ruiz");
}

static void mentions_leave_a_bare_direction_alone(void **state)
{
	(void)state;
	joined("[L North Korea] said the [L North]'s army");
	assert_int_equal(c.mentions.count, 1);
}

static void mentions_keep_the_place_behind_its_kind(void **state)
{
	(void)state;
	joined("to the [L Great Northern city of Lune] and the [L City of Marl]");
	assert_int_equal(c.mentions.count, 2);
	assert_slice(tag_case_text(&c, 0), "Lune");
	assert_slice(tag_case_text(&c, 1), "City of Marl");
}

static void mentions_lose_the_number_of_a_parliaments_term(void **state)
{
	(void)state;
	joined("a session of the [X 14th Tovian National Assembly] before the [X 9th Harbour Congress]");
	assert_int_equal(c.mentions.count, 2);
	assert_slice(tag_case_text(&c, 0), "Tovian National Assembly");
	assert_int_equal(c.mentions.items[0].type, ENTITY_ORGANIZATION);
	assert_slice(tag_case_text(&c, 1), "9th Harbour Congress");
	assert_int_equal(c.mentions.items[1].type, ENTITY_EVENT);
}

/* What the features and a shouted headline ask of a form is found without a walk over all of its occurrences: a page that shouts has no others. */
static void words_are_chained_where_they_have_a_capital_and_do_not_shout(void **state)
{
	(void)state;
	tag_case_read(&c, "The [P Lind] of lind met lind. [P Lind] left.\n\nLIND LEAVES TOWN FOR LIND.");
	const struct word *words = c.document.words;
	uint32_t first = c.document.forms[words[1].entry].first;
	assert_int_equal(first, 1);
	assert_int_equal(words[first].next, 7);
	assert_int_equal(words[7].next, WORD_NONE);
	assert_int_equal(c.document.forms[words[1].entry].total, 6);
}

/* A word that is a person's name wherever the text doesn't shout is one in the headline; one that is a name only sometimes is none. */
static void shouted_words_are_what_they_always_are(void **state)
{
	(void)state;
	tag_case_read(&c, "LIND TO LEAVE HILL FOR GOOD\n\nAna [P Lind] met [P Hill] on a hill. [P Lind] left.");
	assert_int_equal(c.mentions.count, 4);
	assert_slice(document_text(&c.document, c.mentions.items[0].first), "LIND");
	assert_int_equal(c.mentions.items[0].last, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(entities_join_surname_and_first_name, teardown),
		cmocka_unit_test_teardown(words_are_chained_where_they_have_a_capital_and_do_not_shout, teardown),
		cmocka_unit_test_teardown(shouted_words_are_what_they_always_are, teardown),
		cmocka_unit_test_teardown(entities_join_a_surname_that_stands_before_the_full_name, teardown),
		cmocka_unit_test_teardown(entities_give_a_shared_surname_to_who_was_named_last, teardown),
		cmocka_unit_test_teardown(entities_heed_the_title, teardown),
		cmocka_unit_test_teardown(entities_join_initials, teardown),
		cmocka_unit_test_teardown(entities_join_names_with_and_without_marks, teardown),
		cmocka_unit_test_teardown(entities_keep_other_initials_apart, teardown),
		cmocka_unit_test_teardown(entities_take_the_name_that_is_not_in_capitals, teardown),
		cmocka_unit_test_teardown(entities_join_acronyms, teardown),
		cmocka_unit_test_teardown(entities_know_a_name_in_brackets_by_its_small_letters, teardown),
		cmocka_unit_test_teardown(entities_join_a_company_with_and_without_its_legal_form, teardown),
		cmocka_unit_test_teardown(entities_give_a_surname_to_its_owner_before_half_a_double_name, teardown),
		cmocka_unit_test_teardown(entities_join_a_short_name_only_if_one_fits, teardown),
		cmocka_unit_test_teardown(entities_join_a_thing_whose_kind_only_the_long_name_tells, teardown),
		cmocka_unit_test_teardown(entities_have_one_type_for_one_name, teardown),
		cmocka_unit_test_teardown(entities_never_join_across_persons_and_places, teardown),
		cmocka_unit_test_teardown(mentions_lose_titles_articles_and_possessives, teardown),
		cmocka_unit_test_teardown(mentions_part_what_the_model_calls_other, teardown),
		cmocka_unit_test_teardown(mentions_find_offices_behind_possessives, teardown),
		cmocka_unit_test_teardown(mentions_keep_the_syllables_of_a_given_name, teardown),
		cmocka_unit_test_teardown(mentions_reach_back_over_particles, teardown),
		cmocka_unit_test_teardown(mentions_find_offices_of_the_north, teardown),
		cmocka_unit_test_teardown(mentions_know_names_in_upper_case_from_the_rest, teardown),
		cmocka_unit_test_teardown(mentions_leave_a_bare_direction_alone, teardown),
		cmocka_unit_test_teardown(mentions_keep_the_place_behind_its_kind, teardown),
		cmocka_unit_test_teardown(mentions_lose_the_number_of_a_parliaments_term, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
