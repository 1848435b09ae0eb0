#include "unit.h"

#include "run/options.h"
#include "run/options_table.h"
#include "tools/stagesettings.h"

#include <string.h>

static const struct command COMMAND = {.name = "test", .summary = "", .usage = "", .kafka = true};

/* What is kept of one setting. */
static const char *kept(const char *setting)
{
	static char text[400];
	char word[200], *argv[] = {"test", "-X", word, NULL};
	struct args args;
	struct error error;
	int code;

	snprintf(word, sizeof word, "%s", setting);
	assert_true(args_parse(&args, &COMMAND, 3, argv, &code));
	assert_true(stage_settings_text(&args, text, sizeof text, &error));
	return text;
}

static void what_the_table_calls_neutral_is_left_out_and_nothing_else(void **state)
{
	char setting[120], wanted[128];
	size_t left_out = 0, count = 0;
	(void)state;

	for (const struct option *row = OPTIONS_COMMON; row->name; row++, count++) {
		snprintf(setting, sizeof setting, "%s=%s", row->name, row->otherwise);
		snprintf(wanted, sizeof wanted, "%s%s", row->neutral ? "" : "-X ", row->neutral ? "" : setting);
		assert_string_equal(kept(setting), wanted);
		left_out += row->neutral;
	}
	assert_true(left_out > 15 && left_out < count);
}

static void the_rows_of_a_stages_topics_are_what_is_neutral_by_name(void **state)
{
	static const struct stage_output OUTPUTS[] = {{.option = "topic.out", .topic = "b"}, {.option = "topic.alias", .topic = "c"}, {0}};
	static const struct stage_index INDEX = {0};
	static const struct stage STAGE = {.name = "toy", .topic_in = "a", .topic_dead = "d", .outputs = OUTPUTS, .index = &INDEX};
	size_t count = 0;
	(void)state;

	for (const struct option *row = options_of_topics(&STAGE); row->name; row++, count++) {
		assert_true(row->neutral);
		assert_true(options_neutral(slice_of(row->name)));
	}
	assert_int_equal(count, 7);
}

static void a_stages_own_settings_are_kept(void **state)
{
	(void)state;
	assert_string_equal(kept("extract.nonarticle=drop"), "-X extract.nonarticle=drop");
	assert_string_equal(kept("groups=1"), "-X groups=1");
	assert_string_equal(kept("kafka.client.id=x"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_the_table_calls_neutral_is_left_out_and_nothing_else),
		cmocka_unit_test(the_rows_of_a_stages_topics_are_what_is_neutral_by_name), cmocka_unit_test(a_stages_own_settings_are_kept)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
