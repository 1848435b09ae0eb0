#include "tagcut.h"

static void sentences_end_at_stops_but_not_at_titles(void **state)
{
	(void)state;
	assert_string_equal(cut("Gen. Lee met Dr. Wu. The U.S. The talks (in Oslo.) Now."),
		"Gen.|Lee|met|Dr.|Wu|. ‖ The|U.S. ‖ The|talks|(|in|Oslo|.|) ‖ Now|.");
	assert_string_equal(cut("\"Go!\" he said. \"Why?\" She left."), "\"|Go|!|\"|he|said|. ‖ \"|Why|?|\" ‖ She|left|.");
	assert_string_equal(cut("Acme Inc. said so."), "Acme|Inc.|said|so|.");
}

static void sentences_go_on_behind_abbreviations_of_numbers_and_states(void **state)
{
	(void)state;
	assert_string_equal(cut("It cost Rs. 4,500. See No. 5. He said no. 5 came."),
		"It|cost|Rs|.|4,500|. ‖ See|No|.|5|. ‖ He|said|no|. ‖ 5|came|.");
	assert_string_equal(cut("of Fresno, Calif. Governor Hill of Macon, Ga. The law"), "of|Fresno|,|Calif|.|Governor|Hill|of|Macon|,|Ga|. ‖ The|law");
	assert_string_equal(cut("He left for La. Paris was next."), "He|left|for|La|. ‖ Paris|was|next|.");
}

static void sentences_end_at_blank_lines_and_headlines(void **state)
{
	(void)state;
	assert_string_equal(cut("Rain stops play\n\nLONDON\nIt rained"), "Rain|stops|play ‖ LONDON ‖ It|rained");
	assert_string_equal(cut("The mayor of the town that lies farthest in the north said she\nwould not go and that nobody else in the whole of the\n"
				"council would want to go there either, because it rains and\nit is far.\n"),
		"The|mayor|of|the|town|that|lies|farthest|in|the|north|said|she|would|not|go|and|that|nobody|else|in|the|whole|of|the|"
		"council|would|want|to|go|there|either|,|because|it|rains|and|it|is|far|.");
}

static void sentences_that_shout_or_are_titles_say_so(void **state)
{
	(void)state;
	assert_true(read("CRICKET: SOMERSET WIN").items[0].flags & TOKEN_SHOUTED);
	assert_true(read("Mayor Opens Third Bridge Over River").items[0].flags & TOKEN_TITLED);
	assert_false(read("The mayor opens Third Bridge over the river.").items[0].flags & (TOKEN_TITLED | TOKEN_SHOUTED));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_end_at_stops_but_not_at_titles),
		cmocka_unit_test(sentences_go_on_behind_abbreviations_of_numbers_and_states),
		cmocka_unit_test(sentences_end_at_blank_lines_and_headlines),
		cmocka_unit_test(sentences_that_shout_or_are_titles_say_so),
	};
	return cmocka_run_group_tests(tests, setup, close_arena);
}
