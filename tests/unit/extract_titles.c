#include "witharena.h"

#include "extract/titles.h"

static void expect(const char *title, const char *site, const char *want)
{
	struct slice sites[1] = {slice_of(site)};
	WITH_ARENA();
	assert_slice(title_clean(&arena, slice_of(title), sites, 1, SLICE("https://www.hafen-zeitung.example/a")), want);
	arena_release(&arena);
}

static void titles_lose_the_name_of_the_site(void **state)
{
	(void)state;
	expect("Harbour opens again | Daily Port", "Daily Port", "Harbour opens again");
	expect("Harbour opens again - Daily Port", "The Daily Port", "Harbour opens again");
	expect("Daily Port: news", "", "Daily Port: news");
	expect("Harbour opens again (Daily Port)", "Daily Port", "Harbour opens again");
	expect("Harbour opens again \u2190 Daily Port", "Daily Port", "Harbour opens again");
	expect("Harbour opens again < Daily Port", "Daily Port", "Harbour opens again");
	expect("Harbour opens again | Shipping | Daily Port", "Daily Port", "Harbour opens again");
	expect("Daily Port | Harbour opens again", "Daily Port", "Harbour opens again");
	expect("\u6E2F\u53E3\u91CD\u65B0\u5F00\u653E_\u6E2F\u53E3\u65E5\u62A5", "\u6E2F\u53E3\u65E5\u62A5", "\u6E2F\u53E3\u91CD\u65B0\u5F00\u653E");
	expect("Hafen wieder offen – Hafen-Zeitung", "", "Hafen wieder offen");
	expect("Hafen wieder offen | Die Neue Hafenzeitung", "Hafenzeitung", "Hafen wieder offen");
}

static void titles_keep_their_own_parts(void **state)
{
	(void)state;
	expect("Port - a city and its river", "Daily Port", "Port - a city and its river");
	expect("Port - what visitors should know - Daily Port", "Daily Port", "Port - what visitors should know");
	expect("Smith-Jones wins", "Daily Port", "Smith-Jones wins");
}

static void titles_are_cut_to_a_known_wording(void **state)
{
	(void)state;
	assert_slice(title_cut_to(SLICE("Harbour opens again! | Daily | by Ana"), SLICE("Harbour opens again!")), "Harbour opens again!");
	assert_slice(title_cut_to(SLICE("Shipping | Harbour opens for all again"), SLICE("Harbour opens for all again")), "Harbour opens for all again");
	assert_slice(title_cut_to(SLICE("He calls it « a grave matter »"), SLICE("He calls it « a grave matter »")), "He calls it « a grave matter »");
	assert_slice(title_cut_to(SLICE("Harbour opens again today"), SLICE("Harbour opens again")), "Harbour opens again today");
}

static void titles_are_not_torn_at_a_hyphen_within_a_word(void **state)
{
	(void)state;
	expect("Rising US-rates weigh on shares | Hafen-Zeitung", "", "Rising US-rates weigh on shares");
	expect("Mayor meets her 11-year-old rival - Daily Port", "Daily Port", "Mayor meets her 11-year-old rival");
}

static void titles_lose_the_section_of_the_page(void **state)
{
	(void)state;
	assert_slice(title_before_section(SLICE("Harbour opens again - Politics"), SLICE("politics")), "Harbour opens again");
	assert_slice(title_before_section(SLICE("Harbour opens again - World Politics"), SLICE("Politics")), "Harbour opens again - World Politics");
}

static void titles_lose_kickers_that_differ(void **state)
{
	(void)state;
	struct slice title = SLICE("Trade: 'Tolls will hurt both sides'");
	assert_slice(title_after_kicker(title, SLICE("Quarrel over wine - 'Tolls will hurt both sides'")), "'Tolls will hurt both sides'");
	assert_slice(title_after_kicker(title, SLICE("Trade - 'Tolls will hurt both sides'")), "Trade: 'Tolls will hurt both sides'");
	assert_slice(title_after_kicker(title, SLICE("'Tolls will hurt both sides'")), "Trade: 'Tolls will hurt both sides'");
	assert_true(title_adds_kicker(title, SLICE("Tolls will hurt both sides")));
	assert_false(title_adds_kicker(title, SLICE("Tolls will hurt")));
}

static void titles_compare_by_words(void **state)
{
	(void)state;
	assert_true(title_same(SLICE("It’s “open”"), SLICE("it's 'open'")));
	assert_false(title_same(SLICE("a b"), SLICE("a b c")));
	assert_int_equal(title_overlap(SLICE("a b c d"), SLICE("c d")), 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_lose_the_name_of_the_site),
		cmocka_unit_test(titles_keep_their_own_parts),
		cmocka_unit_test(titles_are_cut_to_a_known_wording),
		cmocka_unit_test(titles_are_not_torn_at_a_hyphen_within_a_word),
		cmocka_unit_test(titles_lose_the_section_of_the_page),
		cmocka_unit_test(titles_lose_kickers_that_differ),
		cmocka_unit_test(titles_compare_by_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
