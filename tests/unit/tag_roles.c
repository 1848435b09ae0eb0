#include "tagcase.h"

#include "tag/roles.h"

#include <stdio.h>

static struct tag_case c;

/* The role beside the first person, "" if there is none. */
static const char *role(const char *marked)
{
	static char text[200];
	uint32_t first, last;

	tag_case_read(&c, marked);
	text[0] = '\0';
	for (uint32_t m = 0; m < c.mentions.count; m++) {
		if (c.mentions.items[m].type != ENTITY_PERSON)
			continue;
		if (role_beside(&c.document, &c.mentions, m, &first, &last))
			snprintf(text, sizeof text, "%.*s", SLICE_ARG(tokens_span(&c.tokens, first, last - 1)));
		break;
	}
	tag_case_release(&c);
	return text;
}

static void roles_stand_before_a_name(void **state)
{
	(void)state;
	assert_string_equal(role("[N Russian] President [P Ana Ruiz] spoke."), "Russian President");
	assert_string_equal(role("The former [N North Korean] leader [P Kim Ho] left."), "former North Korean leader");
	assert_string_equal(role("[O Acme] chief executive [P Ana Ruiz] left."), "Acme chief executive");
	assert_string_equal(role("He saw [P Ana Ruiz] there."), "");
}

static void roles_stand_behind_a_name(void **state)
{
	(void)state;
	assert_string_equal(role("[P Ana Ruiz], chairman of the board, left."), "chairman of the board");
	assert_string_equal(role("[P Ana Ruiz], a spokeswoman for [O Acme], left."), "spokeswoman for Acme");
	assert_string_equal(role("[P Ana Ruiz], 52, a trader, left."), "trader");
	assert_string_equal(role("[P Ana Ruiz], 52, is a trader, too."), "");
	assert_string_equal(role("[P Ana Ruiz], who left, smiled."), "");
	assert_string_equal(role("[P Ana Ruiz], told our correspondent that she left."), "");
}

static void roles_stand_before_a_comma_and_the_name(void **state)
{
	(void)state;
	assert_string_equal(role("The [O Acme]'s chairman, [P Ana Ruiz], left."), "chairman");
	assert_string_equal(role("He met the [N Kenyan] envoy, [P Ana Ruiz], there."), "Kenyan envoy");
	assert_string_equal(role("According to the minister, [P Ana Ruiz] left."), "");
	assert_string_equal(role("It asked for a plan, chairman, [P Ana Ruiz], and money."), "");
	assert_string_equal(role("He met ministers, [P Ana Ruiz], and others."), "");
}

static void roles_are_given_to_a_name(void **state)
{
	(void)state;
	assert_string_equal(role("It named [P Ana Ruiz] chairwoman of the board in May."), "chairwoman of the board");
	assert_string_equal(role("They elected [P Ana Ruiz] president after a week."), "president");
	assert_string_equal(role("It saw [P Ana Ruiz] president after president."), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_stand_before_a_name),
		cmocka_unit_test(roles_stand_behind_a_name),
		cmocka_unit_test(roles_stand_before_a_comma_and_the_name),
		cmocka_unit_test(roles_are_given_to_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
