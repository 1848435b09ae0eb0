/* timeclock: times of day: "10:35 a.m.", "5 p.m. EST Nov. 9", "noon Saturday", "this morning". */
#include "tag/timerules.h"
#include "tag/timezones.h"

/* A date right behind a time of day belongs to it. */
static size_t date_tail(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at;
	if (kind_at(text, i) == TK_COMMA)
		i++;
	struct time_expression date = {.hour = -1};
	size_t next = 0;
	enum time_kind kind = kind_at(text, i);
	if (kind == TK_DAYWORD)
		next = rule_day_word(text, i, &date);
	else if (kind == TK_MONTH || kind == TK_WEEKDAY || kind == TK_NUMBER || kind == TK_ORDINAL)
		next = rule_calendar(text, i, &date);
	if (next == 0 || date.hour >= 0 || date.daypart || date.type == TIME_SET || (kind != TK_DAYWORD && date.day == 0 && date.weekday == 0))
		return at;
	e->form = date.form;
	e->year = date.year;
	e->month = date.month;
	e->day = date.day;
	e->weekday = date.weekday;
	e->shift = date.shift;
	return next;
}

static size_t zone_tail(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at + (kind_at(text, at) == TK_OPEN);
	if (kind_at(text, i) != TK_ZONE && !(i == at && kind_at(text, i) == TK_WORD && time_zone_find(token_text(text, i))))
		return at;
	e->zone = token_text(text, i);
	i++;
	if (i > at + 1 && kind_at(text, i) == TK_CLOSE)
		i++;
	return i;
}

/* H:MM[:SS], British H.MM before am or pm; the hour stands at `at`. */
static size_t clock_digits(const struct time_text *text, size_t at, struct time_expression *e)
{
	const struct time_token *hour = token_at(text, at);
	if (hour->kind != TK_NUMBER || hour->digits > 2 || hour->value > 24 || (hour->flags & TIMETOKEN_MONEY))
		return 0;
	e->hour = (int16_t)hour->value;
	size_t i = at + 1;
	bool colon = kind_at(text, i) == TK_COLON, stop = kind_at(text, i) == TK_STOP;
	const struct time_token *minute = token_at(text, i + 1);
	if ((colon || stop) && is_glued(text, i) && minute->kind == TK_NUMBER && (minute->flags & TIMETOKEN_GLUED) && minute->digits == 2 &&
		minute->value < 60) {
		if (stop && kind_at(text, i + 2) != TK_AMPM)
			return 0;
		e->minute = (int16_t)minute->value;
		i += 2;
		const struct time_token *second = token_at(text, i + 1);
		if (colon && kind_at(text, i) == TK_COLON && is_glued(text, i) && second->kind == TK_NUMBER && second->digits == 2 && second->value < 60) {
			e->second = (int16_t)second->value;
			i += 2;
		}
		return i;
	}
	return colon && is_glued(text, i) && is_glued(text, i + 1) ? 0 : i;
}

static bool says_at(const struct time_text *text, size_t at)
{
	enum time_kind before = kind_before(text, at);
	return at > 0 && (before == TK_PREPOSITION || before == TK_TO || before == TK_APPROX) && !token_is(text, at - 1, SLICE("for")) &&
		!token_is(text, at - 1, SLICE("in"));
}

/* 1530 GMT; "at 1400 hours", "0600 hours" */
static size_t military(const struct time_text *text, size_t at, struct time_expression *e)
{
	const struct time_token *token = token_at(text, at);
	if (token->kind != TK_NUMBER || token->digits != 4 || token->value % 100 > 59 || token->value > 2400 || (token->flags & TIMETOKEN_GROUPED))
		return 0;
	bool hours = unit_at(text, at + 1) == UNIT_HOUR && is_plural(text, at + 1) && kind_at(text, at + 2) != TK_OF &&
		(token->value < 1000 || says_at(text, at));
	if (!hours && kind_at(text, at + 1) != TK_ZONE)
		return 0;
	e->hour = (int16_t)(token->value / 100);
	e->minute = (int16_t)(token->value % 100);
	return at + 1 + hours;
}

/* "half past three", "a quarter to six", behind a preposition. */
static size_t clock_words(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at + (kind_at(text, at) == TK_A);
	bool half = kind_at(text, i) == TK_HALF, quarter = unit_at(text, i) == UNIT_QUARTER;
	bool past = token_is(text, i + 1, SLICE("past")), to = kind_at(text, i + 1) == TK_TO && quarter;
	const struct time_token *hour = token_at(text, i + 2);
	if (!(half || quarter) || !(past || to) || !says_at(text, at) || (hour->kind != TK_CARDINAL && hour->kind != TK_NUMBER) || hour->value < 1 ||
		hour->value > 12 || hour->digits > 2)
		return 0;
	e->hour = (int16_t)(hour->value - to);
	e->minute = to ? 45 : half ? 30 : 15;
	size_t next = i + 3;
	if (kind_at(text, next) == TK_AMPM) {
		e->hour = (int16_t)(e->hour % 12 + token_at(text, next)->value);
		next++;
	}
	return next;
}

/* The first hour of "9-11 a.m.", "between 9 and 11 a.m.": it is in the half of the day that makes it the earlier one. */
static bool opens_range(const struct time_text *text, size_t first, size_t at, struct time_expression *e)
{
	struct time_expression end = {.hour = -1};
	bool between = first > 0 && token_is(text, first - 1, SLICE("between")) && kind_at(text, at) == TK_AND;
	if (!joins_at(text, at) && kind_at(text, at) != TK_TO && !between)
		return false;
	size_t next = clock_digits(text, at + 1, &end);
	if (next == 0 || kind_at(text, next) != TK_AMPM || e->hour < 1 || e->hour > 12 || end.hour < 1 || end.hour > 12)
		return false;
	int half = token_at(text, next)->value;
	bool earlier = e->hour % 12 * 60 + e->minute < end.hour % 12 * 60 + end.minute;
	e->hour = (int16_t)(e->hour % 12 + (earlier ? half : 12 - half));
	return true;
}

size_t rule_clock(const struct time_text *text, size_t at, struct time_expression *e)
{
	e->type = TIME_TIME;
	e->form = FORM_CLOCK;
	size_t i = at;
	if (kind_at(text, i) == TK_APPROX && token_at(text, i)->value == MOD_APPROX && kind_at(text, i + 1) == TK_NUMBER) {
		e->mod = MOD_APPROX;
		i++;
	}
	if (kind_at(text, i) == TK_NOON) {
		e->hour = (int16_t)token_at(text, i)->value;
		return date_tail(text, zone_tail(text, i + 1, e), e);
	}
	size_t next = clock_words(text, i, e);
	if (next)
		return date_tail(text, zone_tail(text, next, e), e);
	next = military(text, i, e);
	bool sure = next != 0;
	if (!sure && kind_at(text, i) == TK_CARDINAL && token_at(text, i)->value <= 12) {
		e->hour = (int16_t)token_at(text, i)->value;
		next = i + 1;
	} else if (!sure) {
		next = clock_digits(text, i, e);
	}
	if (next == 0)
		return 0;
	bool minutes = !sure && next > i + 1;
	if (kind_at(text, next) == TK_OCLOCK && e->hour >= 1 && e->hour <= 12) {
		sure = true;
		next++;
	}
	if (kind_at(text, next) == TK_AMPM && e->hour >= 1 && e->hour <= 12) {
		e->hour = (int16_t)(e->hour % 12 + token_at(text, next)->value);
		sure = true;
		next++;
	}
	if (minutes && (kind_at(text, next) == TK_ZONE || says_at(text, i)))
		sure = true;
	if (!sure && opens_range(text, i, next, e))
		return next;
	if (!sure)
		return 0;
	return date_tail(text, zone_tail(text, next, e), e);
}

/* "the morning", "mid-afternoon yesterday", "the morning of April 11", "overnight", "tonight". */
size_t rule_daypart(const struct time_text *text, size_t at, struct time_expression *e)
{
	e->type = TIME_TIME;
	if (kind_at(text, at) == TK_TONIGHT || kind_at(text, at) == TK_OVERNIGHT) {
		e->form = FORM_DAY;
		e->shift = kind_at(text, at) == TK_OVERNIGHT ? -1 : 0;
		e->from_reference = e->shift != 0;
		e->daypart = DAYPART_NIGHT;
		return at + 1;
	}
	size_t i = at + (kind_at(text, at) == TK_THE);
	if (kind_at(text, i) != TK_DAYPART || is_plural(text, i))
		return 0;
	e->form = FORM_CLOCK;
	e->daypart = (int16_t)token_at(text, i)->value;
	struct time_expression dated = *e;
	size_t of = i + 1 + (kind_at(text, i + 1) == TK_OF);
	size_t next = date_tail(text, of, &dated);
	if (next > of && kind_at(text, of) != TK_COMMA) {
		*e = dated;
		return next;
	}
	bool inside = i > at && at > 0 && (token_is(text, at - 1, SLICE("in")) || token_is(text, at - 1, SLICE("during")));
	return inside && e->daypart != DAYPART_NIGHT && kind_at(text, i + 1) != TK_OF ? i + 1 : 0;
}
