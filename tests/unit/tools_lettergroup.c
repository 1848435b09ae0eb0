#include "unit.h"

#include "tools/lettergroup.h"

#include <string.h>

#define TEMPLATE(message, want)                                                                                                            \
	do {                                                                                                                               \
		char out[256];                                                                                                             \
		assert_slice(slice_make(out, letter_template(slice_of(message), out, sizeof out)), want);                                  \
	} while (0)

static void what_differs_from_letter_to_letter_is_left_out_of_a_template(void **state)
{
	(void)state;
	TEMPLATE("JSON not valid at byte 1: parse error", "JSON not valid at byte #: parse error");
	TEMPLATE("17 bytes are more than 16", "# bytes are more than #");
	TEMPLATE("unknown charset \"utf-9\" in header", "unknown charset … in header");
	TEMPLATE("see https://a.example/1?x=2, please", "see …, please");
	TEMPLATE("id 00ff13ab4c again", "id # again");
	TEMPLATE("it's \"half quoted", "it's \"half quoted");
	TEMPLATE("", "");
}

static void a_long_message_stays_within_its_room(void **state)
{
	char text[1000], out[64];
	(void)state;
	memset(text, 'a', sizeof text);
	assert_true(letter_template(slice_make(text, sizeof text), out, sizeof out) < sizeof out);
}

static void letters_of_one_cause_share_a_fingerprint(void **state)
{
	char one[FINGERPRINT_SIZE], two[FINGERPRINT_SIZE], other[FINGERPRINT_SIZE];
	(void)state;
	letter_fingerprint(SLICE("extract"), SLICE("json_syntax"), SLICE("not valid at byte 17"), one);
	letter_fingerprint(SLICE("extract"), SLICE("json_syntax"), SLICE("not valid at byte 40000"), two);
	assert_string_equal(one, two);
	letter_fingerprint(SLICE("tag"), SLICE("json_syntax"), SLICE("not valid at byte 17"), other);
	assert_string_not_equal(one, other);
	letter_fingerprint(SLICE("extract"), SLICE("json_syntax"), SLICE("not UTF-8 at byte 17"), other);
	assert_string_not_equal(one, other);
}

static void add(struct letter_groups *groups, const char *message, int64_t died, bool handled)
{
	struct letter_facts facts = {.stage = SLICE("extract"), .code = SLICE("code"), .message = slice_of(message), .died = died};
	letter_fingerprint(facts.stage, facts.code, facts.message, facts.fingerprint);
	letter_groups_add(groups, &facts, message, handled);
}

static void groups_count_and_keep_first_last_and_newest(void **state)
{
	struct letter_groups groups = LETTER_GROUPS_INIT;
	(void)state;
	add(&groups, "rare", 5, false);
	add(&groups, "at byte 1", 20, false);
	add(&groups, "at byte 2", 30, true);
	add(&groups, "at byte 3", 10, false);
	letter_groups_sort(&groups);
	assert_int_equal(groups.count, 2);
	assert_int_equal(groups.items[0].count, 3);
	assert_int_equal(groups.items[0].handled, 1);
	assert_int_equal(groups.items[0].first, 10);
	assert_int_equal(groups.items[0].last, 30);
	assert_string_equal(groups.items[0].place, "at byte 2");
	assert_string_equal(groups.items[1].sample, "rare");
	letter_groups_release(&groups);
}

static void many_kinds_are_kept_apart(void **state)
{
	struct letter_groups groups = LETTER_GROUPS_INIT;
	char message[3];
	(void)state;
	for (int i = 0; i < 26 * 26; i++) {
		snprintf(message, sizeof message, "%c%c", 'a' + i / 26, 'a' + i % 26);
		add(&groups, message, i, false);
	}
	assert_int_equal(groups.count, 26 * 26);
	letter_groups_release(&groups);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_differs_from_letter_to_letter_is_left_out_of_a_template),
		cmocka_unit_test(a_long_message_stays_within_its_room), cmocka_unit_test(letters_of_one_cause_share_a_fingerprint),
		cmocka_unit_test(groups_count_and_keep_first_last_and_newest), cmocka_unit_test(many_kinds_are_kept_apart)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
