/* timespans: amounts of time and what recurs: "three days", "a year and a half ago", "every two weeks". */
#include "tag/timerules.h"

/* "twenty-four", "two hundred", "a hundred": cardinal words, added and multiplied as they come; at most four. */
static size_t number_words(const struct time_text *text, size_t at, int32_t *value)
{
	int32_t sum = 0;
	size_t i = at;
	for (int words = 0; words < 4; words++) {
		size_t next = words ? skip_hyphen(text, i) : i;
		enum time_kind kind = kind_at(text, next);
		if (kind == TK_CARDINAL)
			sum += token_at(text, next)->value;
		else if (kind == TK_MAGNITUDE && words > 0)
			sum *= token_at(text, next)->value ? token_at(text, next)->value : 1000;
		else
			break;
		i = next + 1;
	}
	*value = sum;
	return i > at ? i : 0;
}

/* "1/2", "and a half": adds a half. */
static size_t half_tail(const struct time_text *text, size_t at, struct time_amount *amount)
{
	if (kind_at(text, at) == TK_NUMBER && token_at(text, at)->value == 1 && kind_at(text, at + 1) == TK_SLASH &&
		kind_at(text, at + 2) == TK_NUMBER && token_at(text, at + 2)->value == 2 && is_glued(text, at + 2)) {
		amount->halves++;
		return at + 3;
	}
	if (kind_at(text, at) == TK_AND && kind_at(text, at + 1) == TK_A && kind_at(text, at + 2) == TK_HALF) {
		amount->halves++;
		return at + 3;
	}
	return at;
}

static size_t number_amount(const struct time_text *text, size_t at, struct time_amount *amount)
{
	const struct time_token *token = token_at(text, at);
	if ((token->flags & (TIMETOKEN_MONEY | TIMETOKEN_FRACTION)) || token->value > 1000000)
		return 0;
	amount->halves = token->value * 2;
	bool decimal = kind_at(text, at + 1) == TK_STOP && is_glued(text, at + 1) && kind_at(text, at + 2) == TK_NUMBER &&
		is_glued(text, at + 2);
	if (decimal) {
		if (token_at(text, at + 2)->value != 5 || token_at(text, at + 2)->digits != 1)
			return 0;
		amount->halves++;
		return at + 3;
	}
	if (kind_at(text, at + 1) == TK_MAGNITUDE && token->value < 1000) {
		amount->halves *= token_at(text, at + 1)->value ? token_at(text, at + 1)->value : 1000;
		return at + 2;
	}
	return half_tail(text, at + 1, amount);
}

static size_t article_amount(const struct time_text *text, size_t at, struct time_amount *amount)
{
	size_t next = at + 1;
	switch (kind_at(text, next)) {
	case TK_MAGNITUDE:
		amount->halves = 2 * (token_at(text, next)->value ? token_at(text, next)->value : 1000);
		return next + 1;
	case TK_COUPLE:
		amount->halves = 4;
		return next + 1 + (kind_at(text, next + 1) == TK_OF);
	case TK_VAGUE:
		amount->vague = true;
		return (token_at(text, next)->word_flags & WORD_PLURAL) || joins_at(text, next + 1) ? 0 : next + 1;
	case TK_HALF:
		amount->halves = 1;
		return next + 1;
	default:
		amount->halves = 2;
		amount->article = true;
		return next;
	}
}

size_t rule_amount(const struct time_text *text, size_t at, struct time_amount *amount)
{
	*amount = (struct time_amount){0};
	switch (kind_at(text, at)) {
	case TK_NUMBER: return number_amount(text, at, amount);
	case TK_A: return article_amount(text, at, amount);
	case TK_CARDINAL: {
		int32_t value = 0;
		size_t next = number_words(text, at, &value);
		amount->halves = 2 * value;
		return half_tail(text, next, amount);
	}
	case TK_COUPLE:
		amount->halves = 4;
		return at + 1 + (kind_at(text, at + 1) == TK_OF);
	case TK_VAGUE:
		amount->vague = true;
		if (!(token_at(text, at)->word_flags & WORD_PLURAL))
			return at + 1;
		return kind_at(text, at + 1) == TK_OF ? at + 2 : 0; /* dozens of */
	default: return 0;
	}
}

/* nearly, more than, at least, up to, no more than, just over; only before an amount. */
static size_t approximation(const struct time_text *text, size_t at, enum time_mod *mod)
{
	size_t i = at;
	if (kind_at(text, i) == TK_APPROX && token_is(text, i, SLICE("no")) &&
		(kind_at(text, i + 1) == TK_MORE || kind_at(text, i + 1) == TK_LESS) && kind_at(text, i + 2) == TK_THAN) {
		*mod = kind_at(text, i + 1) == TK_MORE ? MOD_EQUAL_OR_LESS : MOD_EQUAL_OR_MORE;
		return i + 3;
	}
	if ((kind_at(text, i) == TK_MORE || kind_at(text, i) == TK_LESS) && kind_at(text, i + 1) == TK_THAN) {
		*mod = kind_at(text, i) == TK_MORE ? MOD_MORE_THAN : MOD_LESS_THAN;
		return i + 2;
	}
	if (token_is(text, i, SLICE("at")) && kind_at(text, i + 1) == TK_LEAST) {
		*mod = token_at(text, i + 1)->value ? MOD_EQUAL_OR_LESS : MOD_EQUAL_OR_MORE;
		return i + 2;
	}
	if (kind_at(text, i) != TK_APPROX)
		return at;
	*mod = (enum time_mod)token_at(text, i)->value;
	if (*mod == MOD_EQUAL_OR_LESS)
		return kind_at(text, i + 1) == TK_TO ? i + 2 : at;
	/* "over three years" tells how long something went on, "over a year" that it was longer */
	bool preposition = token_is(text, i, SLICE("over")) || token_is(text, i, SLICE("under"));
	return *mod == MOD_NONE || (preposition && kind_at(text, i + 1) != TK_A) ? at : i + 1;
}

/* "or so", "or more" behind a duration. */
static size_t or_so(const struct time_text *text, size_t at, enum time_mod *mod)
{
	if (kind_at(text, at) != TK_OR || (kind_at(text, at + 1) != TK_SO && kind_at(text, at + 1) != TK_MORE))
		return at;
	*mod = kind_at(text, at + 1) == TK_SO ? MOD_APPROX : MOD_EQUAL_OR_MORE;
	return at + 2;
}

/* more, full, trading, consecutive … between a number and its unit. */
static size_t skip_adjective(const struct time_text *text, size_t at)
{
	enum time_kind kind = kind_at(text, at);
	bool adjective = (kind == TK_MORE && token_at(text, at)->value == 0) || kind == TK_WHOLE || kind == TK_BUSINESS || kind == TK_FISCAL;
	return adjective ? at + 1 : at;
}

/* "52-year-old", "days older", "year-earlier": the unit is no duration of its own. */
static bool measures_age(const struct time_text *text, size_t at)
{
	return kind_at(text, skip_hyphen(text, at)) == TK_OLD ||
		(joins_at(text, at) && (kind_at(text, at + 1) == TK_PART || kind_at(text, at + 1) == TK_AGO || kind_at(text, at + 1) == TK_EDGE));
}

/* "60 Minutes": the name of a programme, in quotes. */
static bool in_title(const struct time_text *text, size_t first, size_t unit)
{
	if (first == 0 || !is_glued(text, first) || !is_capital(text, unit))
		return false;
	enum time_kind before = kind_before(text, first);
	return before == TK_APOSTROPHE || before == TK_OTHER;
}

/* "24 hours a day" */
static bool is_rate(const struct time_text *text, size_t unit, enum time_unit measured_in)
{
	return kind_at(text, unit + 1) == TK_A && kind_at(text, unit + 2) == TK_UNIT && unit_at(text, unit + 2) > measured_in;
}

/* amount unit, with a second amount ("two to three weeks") or a second unit ("two years and three months"). */
static size_t measured(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = rule_amount(text, at, &e->amount);
	if (i == 0)
		return 0;
	bool range = kind_at(text, i) == TK_TO || kind_at(text, i) == TK_OR || (kind_at(text, i) == TK_HYPHEN && !e->amount.article);
	struct time_amount upper;
	size_t second = range && !e->amount.article ? rule_amount(text, i + 1, &upper) : 0;
	if (second && !upper.article && unit_at(text, skip_adjective(text, skip_hyphen(text, second))) != UNIT_NONE)
		i = second;
	if (e->amount.article && (kind_at(text, i) == TK_FISCAL || kind_before(text, at) == TK_UNIT))
		return 0; /* "a fiscal year" is a kind of year; "24 hours a day" a rate */
	size_t unit = skip_adjective(text, skip_hyphen(text, i));
	unit = skip_hyphen(text, unit);
	e->unit = unit_at(text, unit);
	bool joined = joins_at(text, unit - 1);
	if (token_is(text, unit, SLICE("second")) && (joined || (e->amount.halves == 2 && !e->amount.article)))
		e->unit = UNIT_SECOND;
	if (e->unit == UNIT_NONE || e->unit == UNIT_MILLENNIUM || measures_age(text, unit + 1) || in_title(text, at, unit) ||
		(joined && is_plural(text, unit)) || is_rate(text, unit, e->unit))
		return 0;
	bool one = e->amount.halves <= 2 && !e->amount.vague;
	if (!joined && !one && !is_plural(text, unit) && e->unit == UNIT_SECOND)
		return 0;
	if (e->amount.article && (joined || is_plural(text, unit) || e->unit == UNIT_QUARTER || e->unit == UNIT_NIGHT || e->unit == UNIT_WEEKEND))
		return 0; /* "a year-long", "a quarter", "a night": not a length of time */
	i = half_tail(text, unit + 1, &e->amount);
	size_t more = kind_at(text, i) == TK_AND ? i + 1 : i;
	size_t next = rule_amount(text, more, &e->second_amount);
	if (next && !e->second_amount.article && !e->second_amount.vague && unit_at(text, next) != UNIT_NONE && e->unit > UNIT_NONE &&
		unit_at(text, next) < e->unit && !measures_age(text, next + 1)) {
		e->second_unit = unit_at(text, next);
		i = next + 1;
	}
	return i;
}

/* weeks, months, decades … without a number; "weeks or months"; "decades-long". */
static size_t bare_plural(const struct time_text *text, size_t at, struct time_expression *e)
{
	enum time_kind before = kind_before(text, at);
	bool counted = before == TK_ORDINAL || before == TK_THE || before == TK_RELATION || before == TK_HYPHEN || before == TK_NUMBER ||
		before == TK_POSSESSIVE || before == TK_SEASON;
	if (kind_at(text, at) != TK_UNIT || measures_age(text, at + 1))
		return 0;
	e->unit = unit_at(text, at);
	e->amount.vague = is_plural(text, at);
	e->amount.halves = 2;
	if (joins_at(text, at + 1) && kind_at(text, at + 2) == TK_LONG && before != TK_HYPHEN)
		return at + 3; /* decades-long, day-long */
	bool around = before == TK_THE && (token_is(text, at + 1, SLICE("before")) || token_is(text, at + 1, SLICE("after")) ||
		token_is(text, at + 1, SLICE("since")) || token_is(text, at + 1, SLICE("leading")));
	bool on = at > 0 && token_is(text, at - 1, SLICE("on"));
	if (!is_plural(text, at) || (counted && !around) || on || e->unit < UNIT_DAY || e->unit == UNIT_QUARTER || e->unit == UNIT_WEEKEND)
		return 0;
	if (kind_at(text, at + 1) == TK_OR && kind_at(text, at + 2) == TK_UNIT && is_plural(text, at + 2))
		return at + 3;
	return at + 1;
}

/* "half an hour", "half a century". */
static size_t half_unit(const struct time_text *text, size_t at, struct time_expression *e)
{
	if (kind_at(text, at) != TK_HALF)
		return 0;
	size_t unit = kind_at(text, at + 1) == TK_A ? at + 2 : joins_at(text, at + 1) ? at + 2 : at + 1;
	e->unit = unit_at(text, unit);
	if (e->unit == UNIT_NONE || e->unit == UNIT_QUARTER || is_plural(text, unit))
		return 0;
	e->amount.halves = 1;
	return unit + 1;
}

/* ago, earlier, from now: makes a date of the duration before it. "later", "before" and "after" leave it a duration. */
static size_t shift_tail(const struct time_text *text, size_t at, struct time_expression *e)
{
	enum time_kind kind = kind_at(text, at);
	bool earlier = kind == TK_PART && token_at(text, at)->value == PART_EARLIER;
	bool now = token_is(text, at, SLICE("from")) &&
		((kind_at(text, at + 1) == TK_REFERENCE && token_at(text, at + 1)->value == REFERENCE_PRESENT) ||
			kind_at(text, at + 1) == TK_DAYWORD);
	if (kind != TK_AGO && kind != TK_HENCE && !earlier && !now)
		return at;
	e->form = FORM_SHIFT;
	e->type = e->unit < UNIT_DAY ? TIME_TIME : TIME_DATE;
	e->sign = kind == TK_AGO || earlier ? -1 : 1;
	e->from_reference = earlier;
	return at + (now ? 2 : 1);
}

/* "the four days", "the first nine months": the article belongs to a counted plural. */
static size_t article_and_first(const struct time_text *text, size_t at)
{
	size_t i = at + (kind_at(text, at) == TK_THE);
	if (kind_at(text, i) == TK_ORDINAL && token_at(text, i)->value < 5)
		i++;
	enum time_kind kind = kind_at(text, i);
	return i > at && (kind == TK_CARDINAL || kind == TK_NUMBER || kind == TK_VAGUE) ? i : at;
}

size_t rule_duration(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = approximation(text, at, &e->mod);
	size_t led = article_and_first(text, i);
	size_t next = measured(text, led, e);
	if (next && led > i && (!is_plural(text, next - 1) || kind_at(text, next - 1) != TK_UNIT || joins_at(text, next - 2)))
		return 0; /* "the two-day rally": its article is the noun's */
	if (next == 0)
		next = half_unit(text, i, e);
	if (next == 0 && i == at)
		next = bare_plural(text, at, e);
	if (next == 0)
		return 0;
	e->form = FORM_DURATION;
	e->type = TIME_DURATION;
	if (token_is(text, at, SLICE("one")) && e->unit == UNIT_DAY && next == at + 2 && at > 0 && kind_at(text, at - 1) == TK_TENSE &&
		token_at(text, at - 1)->value == TENSE_FUTURE) { /* "will one day be" */
		e->form = FORM_REFERENCE;
		e->type = TIME_DATE;
		e->reference = REFERENCE_FUTURE;
		return next;
	}
	next = or_so(text, next, &e->mod);
	if (e->amount.article && joins_at(text, next))
		return 0; /* "a day-long debate" */
	if (joins_at(text, next) && kind_at(text, next + 1) == TK_LONG)
		next += 2;
	return shift_tail(text, next, e);
}

/* every day, each Thursday, every two weeks, every other month; daily; "$3 million a year". */
size_t rule_set(const struct time_text *text, size_t at, struct time_expression *e)
{
	e->form = FORM_SET;
	e->type = TIME_SET;
	e->amount.halves = 2;
	enum time_kind kind = kind_at(text, at), before = kind_before(text, at);
	if (kind == TK_FREQUENCY && !is_capital(text, at)) {
		e->unit = (enum time_unit)token_at(text, at)->value;
		return at + 1;
	}
	enum time_kind two_before = at > 1 ? kind_at(text, at - 2) : TK_END;
	bool counted = before == TK_NUMBER || before == TK_MILLION || before == TK_ONCE || before == TK_TIMES ||
		(before == TK_WORD && (two_before == TK_NUMBER || two_before == TK_CARDINAL || two_before == TK_VAGUE));
	if (kind == TK_A && counted && kind_at(text, at + 1) == TK_UNIT && unit_at(text, at + 1) >= UNIT_DAY && !is_plural(text, at + 1) &&
		kind_at(text, at + 2) != TK_AGO && kind_at(text, at + 2) != TK_PART) {
		e->unit = unit_at(text, at + 1);
		return at + 2;
	}
	if (kind != TK_EVERY)
		return 0;
	size_t i = at + 1;
	if (kind_at(text, i) == TK_MORE && token_at(text, i)->value == 2) {
		e->amount.halves = 4;
		i++;
	} else if (kind_at(text, i) == TK_NUMBER || kind_at(text, i) == TK_CARDINAL || kind_at(text, i) == TK_VAGUE) {
		i = rule_amount(text, i, &e->amount);
	}
	const struct time_token *token = token_at(text, i);
	switch (kind_at(text, i ? i : at)) {
	case TK_WEEKDAY: e->weekday = (int16_t)token->value; break;
	case TK_MONTH: e->month = (int16_t)token->value; break;
	case TK_SEASON: e->season = (int16_t)token->value; break;
	case TK_DAYPART: e->daypart = (int16_t)token->value; break;
	case TK_UNIT: e->unit = (enum time_unit)token->value; break;
	default: return 0;
	}
	if (kind_at(text, i) == TK_WEEKDAY && kind_at(text, i + 1) == TK_DAYPART) {
		e->daypart = (int16_t)token_at(text, i + 1)->value;
		i++;
	}
	return i + 1;
}
