#include "tagcase.h"

#include "tag/model.h"
#include "tag/tagged.h"

static struct tag_case c;

/* The types of the mentions, parted by spaces. */
static const char *kinds(const char *marked)
{
	static char text[400];

	tag_case_read(&c, marked);
	text[0] = '\0';
	for (size_t m = 0; m < c.mentions.count; m++) {
		strcat(text, m ? " " : "");
		strcat(text, ENTITY_TYPE_NAMES[c.mentions.items[m].type]);
	}
	tag_case_release(&c);
	return text;
}

static void kinds_tell_languages_from_peoples(void **state)
{
	(void)state;
	assert_string_equal(kinds("She learned [N English] and spoke in [N Spanish], he [N Finnish]-speaking."), "language language language");
	assert_string_equal(kinds("a film in [N French] with [N Arabic] subtitles"), "language language");
	assert_string_equal(kinds("from [N Arabic] into [N Hebrew]; [N Hindi] films; [N English] lessons"), "language language language language");
	assert_string_equal(kinds("Interest in [N Spanish] wine, [N English] fans and the [N French]"), "nationality nationality nationality");
	assert_string_equal(kinds("In [N Spanish] politics, [N Turkish] officials"), "nationality nationality");
}

static void kinds_tell_events_with_numbers(void **state)
{
	(void)state;
	assert_string_equal(kinds("[X World War II] and the [X World Cup 2022] and [X Henry V]"), "event event other");
}

static void kinds_tell_events_and_laws_that_pass_for_bodies(void **state)
{
	(void)state;
	assert_string_equal(kinds("the [O Super Bowl], the [O Harbour Film Festival] and the [O Lund Conventions]; [O Bowl Foods]"),
		"event event law organization");
	assert_string_equal(kinds("[P Hurricane Milo] and [L Typhoon Ana] and the [O Hurricane Centre]"), "event event organization");
}

static void kinds_tell_facilities_from_places(void **state)
{
	(void)state;
	assert_string_equal(kinds("[L Lund Airport], [L Long Bridge], [L Terminal 3] and [L Bridge Town]; [L Street]"),
		"facility facility facility place place");
}

static void kinds_tell_products_by_their_numbers(void **state)
{
	(void)state;
	assert_string_equal(kinds("[X Windows 11], the [X F-35], a [X Hwasong-17]"), "product product product");
	assert_string_equal(kinds("[X COVID-19], the [X G-20], [X Section 230], [X Euro 2024], [X Flight 150] and [X Lund-4]"),
		"other other other other other other");
}

static void kinds_part_two_of_a_kind(void **state)
{
	(void)state;
	tag_case_read(&c, "[O Zenith Bank and Harbour Bank] met the [O Securities and Exchange Commission].");
	assert_int_equal(c.mentions.count, 3);
	assert_slice(tag_case_text(&c, 0), "Zenith Bank");
	assert_slice(tag_case_text(&c, 1), "Harbour Bank");
	assert_slice(tag_case_text(&c, 2), "Securities and Exchange Commission");
	tag_case_release(&c);
}

static void kinds_part_two_bodies_at_and_the(void **state)
{
	(void)state;
	tag_case_read(&c, "The [O University of Lund and the Serum Institute of India] met the [O Department for Culture and the Arts].");
	assert_int_equal(c.mentions.count, 3);
	assert_slice(tag_case_text(&c, 0), "University of Lund");
	assert_slice(tag_case_text(&c, 1), "Serum Institute of India");
	assert_slice(tag_case_text(&c, 2), "Department for Culture and the Arts");
	tag_case_release(&c);
}

static void kinds_tell_works_by_the_words_beside_them(void **state)
{
	(void)state;
	assert_string_equal(kinds("It opened with \"The [L Long River],\" a drama by [P Ana Ruiz]. \"[L Long River]\" won."), "work person work");
	assert_string_equal(kinds("Her first novel, A [O House of Salt], sold well; the film [L Night Ferry] didn't."), "work work");
	assert_string_equal(kinds("He said \"the [L Long River] is dry\" in a film."), "place");
	assert_string_equal(kinds("The film, [O Acme] said, is new."), "organization");
}

static void kinds_know_no_people_with_figures_or_capitals_within(void **state)
{
	(void)state;
	assert_string_equal(kinds("the [N ThinkPad], the [N MoU] and [N McDonaldian] [N Kenyans]"), "other other other nationality");
}

static void kinds_tell_seats_of_power_from_houses(void **state)
{
	(void)state;
	assert_string_equal(kinds("The [F Kremlin] said so. He walked in the [P Kremlin]."), "organization organization");
	assert_string_equal(kinds("A [L White House] official met [L Pentagon] chiefs."), "organization organization");
	assert_string_equal(kinds("Guards stood in the [O Kremlin] and at the [O White House]."), "facility facility");
	assert_string_equal(kinds("The [O Kremlin Cup] began."), "organization");
}

static void kinds_call_a_country_a_place(void **state)
{
	(void)state;
	struct model model;
	char path[4096];
	struct error error;

	assert_true(model_find("news", path) && model_open(&model, path, &error));
	tag_case_read_with(&c, &model.lexicon, "[O South Korea]'s army, the [O Kenya Airways] and [O Peru] met; [P Jordan] left.");
	assert_int_equal(c.mentions.items[0].type, ENTITY_PLACE);
	assert_int_equal(c.mentions.items[1].type, ENTITY_ORGANIZATION);
	assert_int_equal(c.mentions.items[2].type, ENTITY_PLACE);
	assert_int_equal(c.mentions.items[3].type, ENTITY_PERSON);
	tag_case_release(&c);
	model_close(&model);
}

static void mentions_end_before_a_headlines_verb(void **state)
{
	(void)state;
	tag_case_read(&c, "[O Acme Says] Three Rivals Want Lower Prices From Banks");
	assert_slice(tag_case_text(&c, 0), "Acme");
	tag_case_release(&c);
}

static void mentions_lose_the_letter_of_a_party(void **state)
{
	(void)state;
	tag_case_read(&c, "[P Ana Ruiz] ([L R-Ohio]) and [O T-Mobile] met.");
	assert_slice(tag_case_text(&c, 1), "Ohio");
	assert_slice(tag_case_text(&c, 2), "T-Mobile");
	tag_case_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_tell_languages_from_peoples),
		cmocka_unit_test(kinds_tell_events_with_numbers),
		cmocka_unit_test(kinds_tell_events_and_laws_that_pass_for_bodies),
		cmocka_unit_test(kinds_tell_facilities_from_places),
		cmocka_unit_test(kinds_tell_products_by_their_numbers),
		cmocka_unit_test(kinds_part_two_of_a_kind),
		cmocka_unit_test(kinds_part_two_bodies_at_and_the),
		cmocka_unit_test(kinds_tell_works_by_the_words_beside_them),
		cmocka_unit_test(kinds_know_no_people_with_figures_or_capitals_within),
		cmocka_unit_test(kinds_tell_seats_of_power_from_houses),
		cmocka_unit_test(kinds_call_a_country_a_place),
		cmocka_unit_test(mentions_end_before_a_headlines_verb),
		cmocka_unit_test(mentions_lose_the_letter_of_a_party),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
