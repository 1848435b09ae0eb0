#include "unit.h"

#include "tag/quantities.h"

static struct arena arena;
static jmp_buf jump;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 16 << 20);
	arena.escape = &jump;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* The only quantity in `text`. */
static void expect(const char *text, const char *span, enum quantity_type type, double value, const char *unit)
{
	struct tokens tokens;
	struct quantity *found;

	tokens_read(&arena, slice_of(text), &tokens);
	if (quantities_find(&arena, &tokens, &found) != 1)
		fail_msg("\"%s\" has no or many quantities", text);
	assert_slice(tokens_span(&tokens, found->first, found->last - 1), span);
	assert_int_equal(found->type, type);
	assert_true(found->value > value * 0.999999 - 1e-9 && found->value < value * 1.000001 + 1e-9);
	if (unit)
		assert_string_equal(found->unit, unit);
	else
		assert_null(found->unit);
}

static void quantities_read_money(void **state)
{
	(void)state;
	expect("It cost $4.2bn in all", "$4.2bn", QUANTITY_MONEY, 4.2e9, "USD");
	expect("a debt of 150 mln dlrs", "150 mln dlrs", QUANTITY_MONEY, 1.5e8, "USD");
	expect("paid US$1,250 for", "US$1,250", QUANTITY_MONEY, 1250, "USD");
	expect("some €20 million", "€20 million", QUANTITY_MONEY, 2e7, "EUR");
	expect("five million pounds", "five million pounds", QUANTITY_MONEY, 5e6, "GBP");
	expect("A$300 a head", "A$300", QUANTITY_MONEY, 300, "AUD");
}

static void quantities_read_shares_and_measures(void **state)
{
	(void)state;
	expect("rose 3.5 percent", "3.5 percent", QUANTITY_PERCENT, 3.5, "percent");
	expect("rose 12% on", "12%", QUANTITY_PERCENT, 12, "percent");
	expect("some twenty-five per cent of", "twenty-five per cent", QUANTITY_PERCENT, 25, "percent");
	expect("a 700-kilometer road", "700-kilometer", QUANTITY_MEASURE, 700, "km");
	expect("40 square miles of forest", "40 square miles", QUANTITY_MEASURE, 40, "mi2");
}

static void quantities_read_ordinals(void **state)
{
	(void)state;
	expect("the 14th session", "14th", QUANTITY_ORDINAL, 14, NULL);
	expect("his third term", "third", QUANTITY_ORDINAL, 3, NULL);
}

static void quantities_leave_bare_numbers_and_letters(void **state)
{
	(void)state;
	struct tokens tokens;
	struct quantity *found;

	tokens_read(&arena, SLICE("In 2016 all 45 members of 3 clubs met at 10:35; one of them won. N 7 is a road."), &tokens);
	assert_int_equal(quantities_find(&arena, &tokens, &found), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantities_read_money),
		cmocka_unit_test(quantities_read_shares_and_measures),
		cmocka_unit_test(quantities_read_ordinals),
		cmocka_unit_test(quantities_leave_bare_numbers_and_letters),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
