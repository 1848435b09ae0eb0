#include "grouparena.h"

#include "tag/quantities.h"

#include <math.h>

static int setup(void **state)
{
	(void)state;
	open_arena(16 << 20);
	return 0;
}

static bool near(double a, double b) { return fabs(a - b) <= fabs(b) * 1e-6; }

/* The only quantity in `text`, from `value` to `most`; `country` is the one that the article names. */
static void expect_range(const char *text, const char *country, const char *span, enum quantity_type type, double value, double most,
	const char *unit)
{
	struct tokens tokens;
	struct quantity *found;
	struct country_code named[2] = {0};
	struct quantity_places places = {.article = named, .article_count = country ? strlen(country) / 2 : 0};

	if (country)
		memcpy(named, country, strlen(country));
	tokens_read(&arena, slice_of(text), &tokens);
	if (quantities_find(&arena, &tokens, &places, &found) != 1)
		fail_msg("\"%s\" has no or many quantities", text);
	assert_slice(tokens_span(&tokens, found->first, found->last - 1), span);
	assert_int_equal(found->type, type);
	if (!near(found->value, value) || !near(found->most, most))
		fail_msg("\"%s\": %g to %g", text, found->value, found->most);
	if (unit)
		assert_string_equal(found->unit ? found->unit : "(none)", unit);
	else
		assert_null(found->unit);
}

static void expect(const char *text, const char *span, enum quantity_type type, double value, const char *unit)
{
	expect_range(text, NULL, span, type, value, value, unit);
}

/* The second of two sums of money. */
static void expect_second(const char *text, const char *span, double value, const char *unit)
{
	struct tokens tokens;
	struct quantity *found;

	tokens_read(&arena, slice_of(text), &tokens);
	assert_int_equal(quantities_find(&arena, &tokens, NULL, &found), 2);
	assert_slice(tokens_span(&tokens, found[1].first, found[1].last - 1), span);
	if (!near(found[1].value, value))
		fail_msg("\"%s\": %g", text, found[1].value);
	assert_string_equal(found[1].unit, unit);
}

static void expect_none(const char *text)
{
	struct tokens tokens;
	struct quantity *found;

	tokens_read(&arena, slice_of(text), &tokens);
	if (quantities_find(&arena, &tokens, NULL, &found) != 0)
		fail_msg("\"%s\" has \"%.*s\"", text, SLICE_ARG(tokens_span(&tokens, found->first, found->last - 1)));
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

static void quantities_read_sums_as_countries_write_them(void **state)
{
	(void)state;
	expect("a fine of Rs. 4,500 each", "Rs. 4,500", QUANTITY_MONEY, 4500, "INR");
	expect("worth Rs 50 crore now", "Rs 50 crore", QUANTITY_MONEY, 5e8, "INR");
	expect("paid N45,000 for it", "N45,000", QUANTITY_MONEY, 45000, "NGN");
	expect("some R1.5 billion more", "R1.5 billion", QUANTITY_MONEY, 1.5e9, "ZAR");
	expect("for RM300 a night", "RM300", QUANTITY_MONEY, 300, "MYR");
	expect("a loan of EUR50m", "EUR50m", QUANTITY_MONEY, 5e7, "EUR");
	expect("CHF 30 million was lost", "CHF 30 million", QUANTITY_MONEY, 3e7, "CHF");
	expect("some 300 zlotys", "300 zlotys", QUANTITY_MONEY, 300, "PLN");
	expect("GH\xC2\xA2" "20 a bag", "GH\xC2\xA2" "20", QUANTITY_MONEY, 20, "GHS");
	expect("cost 50p then", "50p", QUANTITY_MONEY, 50, "penny");
	expect("10 000 euros more", "10 000 euros", QUANTITY_MONEY, 10000, "EUR");
	expect("5 million West African CFA francs", "5 million West African CFA francs", QUANTITY_MONEY, 5e6, "XOF");
}

static void quantities_tell_shared_currencies_by_the_country(void **state)
{
	(void)state;
	expect_range("it cost 50 rupees", NULL, "50 rupees", QUANTITY_MONEY, 50, 50, "INR");
	expect_range("it cost 50 rupees", "PK", "50 rupees", QUANTITY_MONEY, 50, 50, "PKR");
	expect_range("it cost 50 rupees", "PKIN", "50 rupees", QUANTITY_MONEY, 50, 50, "INR");
	expect_range("it cost Rs 50", "LK", "Rs 50", QUANTITY_MONEY, 50, 50, "LKR");
	expect_range("it cost 300 pesos", NULL, "300 pesos", QUANTITY_MONEY, 300, 300, NULL);
	expect_range("it cost 300 pesos", "PH", "300 pesos", QUANTITY_MONEY, 300, 300, "PHP");
	expect_range("it cost 300 dirhams", "MA", "300 dirhams", QUANTITY_MONEY, 300, 300, "MAD");
	expect_range("it cost 30 dollars", "CA", "30 dollars", QUANTITY_MONEY, 30, 30, "USD");
}

static void quantities_read_ranges_as_one(void **state)
{
	(void)state;
	expect_range("rose 2 to 3 per cent", NULL, "2 to 3 per cent", QUANTITY_PERCENT, 2, 3, "percent");
	expect_range("rose 5-7% a year", NULL, "5-7%", QUANTITY_PERCENT, 5, 7, "percent");
	expect_range("between 5 and 7 percent", NULL, "5 and 7 percent", QUANTITY_PERCENT, 5, 7, "percent");
	expect_range("some $20-25 million", NULL, "$20-25 million", QUANTITY_MONEY, 2e7, 2.5e7, "USD");
	expect_range("$20 to $25 million", NULL, "$20 to $25 million", QUANTITY_MONEY, 2e7, 2.5e7, "USD");
	expect_second("NZ$30m to $50m", "$50m", 5e7, "NZD");
	expect_second("US$30m; $50m", "$50m", 5e7, "USD");
	expect_second("£30m to $50m", "$50m", 5e7, "USD");
	expect("fell from 7 to 5 percent", "5 percent", QUANTITY_PERCENT, 5, "percent");
}

static void quantities_read_numbers_in_words(void **state)
{
	(void)state;
	expect("half a million dollars", "half a million dollars", QUANTITY_MONEY, 5e5, "USD");
	expect("a half-million dollars", "half-million dollars", QUANTITY_MONEY, 5e5, "USD");
	expect("a million dollars", "million dollars", QUANTITY_MONEY, 1e6, "USD");
	expect("two hundred and fifty thousand euros", "two hundred and fifty thousand euros", QUANTITY_MONEY, 250000, "EUR");
	expect("one and a half kilometres", "one and a half kilometres", QUANTITY_MEASURE, 1.5, "km");
	expect("2 1/2 miles off", "2 1/2 miles", QUANTITY_MEASURE, 2.5, "mi");
	expect("half a percent", "half a percent", QUANTITY_PERCENT, 0.5, "percent");
}

static void quantities_read_shares_and_measures(void **state)
{
	(void)state;
	expect("rose 3.5 percent", "3.5 percent", QUANTITY_PERCENT, 3.5, "percent");
	expect("rose 1,8% on", "1,8%", QUANTITY_PERCENT, 1.8, "percent");
	expect("rose 1,250% on", "1,250%", QUANTITY_PERCENT, 1250, "percent");
	expect("rose 12% on", "12%", QUANTITY_PERCENT, 12, "percent");
	expect("some twenty-five per cent of", "twenty-five per cent", QUANTITY_PERCENT, 25, "percent");
	expect("a 700-kilometer road", "700-kilometer", QUANTITY_MEASURE, 700, "km");
	expect("40 square miles of forest", "40 square miles", QUANTITY_MEASURE, 40, "mi2");
	expect("about 20pc of it", "20pc", QUANTITY_PERCENT, 20, "percent");
	expect("fell to -5% then", "-5%", QUANTITY_PERCENT, -5, "percent");
	expect("at 60 km/h or so", "60 km/h", QUANTITY_MEASURE, 60, "km/h");
	expect("a 5-foot-6 man", "5-foot-6", QUANTITY_MEASURE, 5.5, "ft");
	expect("he is 6ft 3in tall", "6ft 3in", QUANTITY_MEASURE, 6.25, "ft");
	expect("a magnitude-6.1 quake", "magnitude-6.1", QUANTITY_MEASURE, 6.1, "magnitude");
	expect("a 200-pound man", "200-pound", QUANTITY_MEASURE, 200, "lb");
	expect("he weighs 90 pounds", "90 pounds", QUANTITY_MEASURE, 90, "lb");
	expect("he paid 90 pounds", "90 pounds", QUANTITY_MONEY, 90, "GBP");
}

static void quantities_read_ordinals(void **state)
{
	(void)state;
	expect("the 14th session", "14th", QUANTITY_ORDINAL, 14, NULL);
	expect("his third term", "third", QUANTITY_ORDINAL, 3, NULL);
	expect("She came 3rd.", "3rd", QUANTITY_ORDINAL, 3, NULL);
	expect("the twentieth man", "twentieth", QUANTITY_ORDINAL, 20, NULL);
	expect("the twenty-first man", "twenty-first", QUANTITY_ORDINAL, 21, NULL);
	expect("It is No. 1 there.", "No. 1", QUANTITY_ORDINAL, 1, NULL);
	expect("a second term", "second", QUANTITY_ORDINAL, 2, NULL);
	expect_none("a third of them, one-fifth, two thirds");
	expect_none("one second later, ten per second");
}

static void quantities_leave_bare_numbers_and_letters(void **state)
{
	(void)state;
	expect_none("In 2016 all 45 members of 3 clubs met at 10:35; one of them won. N 7 is a road.");
	expect_none("All three won, and 12 won medals.");
	expect_none("the R61 and the M25, ALL 300 of them, by 52-48 votes");
	expect_none("In 2019 euros were scarce.");
}

/* A number of which every word begins another one costs no more than its words; nor does it grow past what JSON can say. */
static void quantities_end_where_no_number_goes_on(void **state)
{
	(void)state;
	static char text[8000];
	size_t length = (size_t)snprintf(text, sizeof text, "It cost 5");
	struct tokens tokens;
	struct quantity *found;

	for (int i = 0; i < 60; i++)
		length += (size_t)snprintf(text + length, sizeof text - length, " million");
	length += (size_t)snprintf(text + length, sizeof text - length, " dollars. Then");
	for (int i = 0; i < 60; i++)
		length += (size_t)snprintf(text + length, sizeof text - length, " twenty-one hundred and three million five thousand");
	snprintf(text + length, sizeof text - length, " euros.");
	tokens_read(&arena, slice_of(text), &tokens);
	size_t count = quantities_find(&arena, &tokens, NULL, &found);
	for (size_t i = 0; i < count; i++) {
		assert_true(isfinite(found[i].value));
		assert_in_range(found[i].last - found[i].first, 1, 48);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantities_read_money),
		cmocka_unit_test(quantities_read_sums_as_countries_write_them),
		cmocka_unit_test(quantities_tell_shared_currencies_by_the_country),
		cmocka_unit_test(quantities_read_ranges_as_one),
		cmocka_unit_test(quantities_read_numbers_in_words),
		cmocka_unit_test(quantities_read_shares_and_measures),
		cmocka_unit_test(quantities_read_ordinals),
		cmocka_unit_test(quantities_leave_bare_numbers_and_letters),
		cmocka_unit_test(quantities_end_where_no_number_goes_on),
	};
	return cmocka_run_group_tests(tests, setup, close_arena);
}
