/* timefiscal: the periods that results are told of: fiscal years, quarters and halves of a year, by number, by letter, or as those of a year
 * ago: "FY2026", "Q3 2025", "the third quarter", "the year-ago period", "(this year)'s first half". */
#include "tag/timerules.h"

static bool is_unit(const struct time_text *text, size_t at, enum time_unit unit)
{
	return unit_at(text, at) == unit && !is_plural(text, at);
}

/* "third quarter", "third-quarter", "fiscal first quarter", "first two quarters", "first half": fills form and number. */
static size_t numbered(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at + (kind_at(text, at) == TK_FISCAL);
	bool last = kind_at(text, i) == TK_RELATION && token_at(text, i)->value == RELATION_LAST;
	if (kind_at(text, i) != TK_ORDINAL && !(last && kind_at(text, i + 1) == TK_HALF))
		return 0;
	e->number = last ? 2 : (int16_t)token_at(text, i)->value;
	i++;
	i += kind_at(text, i) == TK_FISCAL;
	if (kind_at(text, i) == TK_CARDINAL && token_at(text, i)->value == 2 && e->number == 1 && unit_at(text, i + 1) == UNIT_QUARTER) {
		e->form = FORM_HALF;
		return i + 2;
	}
	i = skip_hyphen(text, i);
	if (is_unit(text, i, UNIT_QUARTER) && e->number >= 1 && e->number <= 4)
		e->form = FORM_QUARTER;
	else if (kind_at(text, i) == TK_HALF && e->number >= 1 && e->number <= 2)
		e->form = FORM_HALF;
	else
		return 0;
	return i + 1;
}

/* Q3 2025, 3Q, H1 2025: letters and digit stick together. */
static size_t lettered(const struct time_text *text, size_t at, struct time_expression *e)
{
	bool letter_first = kind_at(text, at) == TK_WORD;
	const struct time_token *digit = token_at(text, letter_first ? at + 1 : at);
	struct slice letter = token_text(text, letter_first ? at : at + 1);
	if (digit->kind != TK_NUMBER || digit->digits != 1 || !is_glued(text, at + 1) || digit->value < 1)
		return 0;
	bool quarter = slice_is(letter, "Q") && digit->value <= 4, half = slice_is(letter, "H") && digit->value <= 2;
	if (!quarter && !half)
		return 0;
	e->form = quarter ? FORM_QUARTER : FORM_HALF;
	e->number = (int16_t)digit->value;
	const struct time_token *year = token_at(text, at + 2);
	if (!letter_first && year->kind == TK_NUMBER && year->digits == 2 && is_glued(text, at + 2)) { /* 3Q25 */
		e->year = (int16_t)year->value;
		e->short_year = true;
		return at + 3;
	}
	return rule_year_tail(text, at + 2, e);
}

/* year-ago, year-earlier */
static size_t year_ago(const struct time_text *text, size_t at)
{
	bool ago = kind_at(text, at + 2) == TK_AGO || (kind_at(text, at + 2) == TK_PART && token_at(text, at + 2)->value == PART_EARLIER);
	return is_unit(text, at, UNIT_YEAR) && joins_at(text, at + 1) && ago ? at + 3 : 0;
}

/* What follows "year-ago" or a year: a quarter, a period, or nothing. Fills form. */
static size_t compared_period(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t next = numbered(text, at, e);
	if (next)
		return next;
	if (is_unit(text, at, UNIT_QUARTER) || kind_at(text, at) == TK_PERIOD) {
		e->form = FORM_QUARTER;
		e->number = 0;
		return at + 1;
	}
	return 0;
}

static bool is_fiscal(const struct time_text *text, size_t at)
{
	return kind_at(text, at) == TK_FISCAL || token_is(text, at, SLICE("financial")) || token_is(text, at, SLICE("academic")) ||
		token_is(text, at, SLICE("tax"));
}

size_t rule_year_end(const struct time_text *text, size_t at, struct time_expression *e)
{
	const struct time_token *end = token_at(text, at + 1);
	bool joined = (kind_at(text, at) == TK_HYPHEN || kind_at(text, at) == TK_SLASH) && is_glued(text, at) && is_glued(text, at + 1);
	if (!joined || end->kind != TK_NUMBER || (end->digits != 2 && end->digits != 4))
		return at;
	int year = end->digits == 4 ? end->value : e->year / 100 * 100 + end->value;
	if (year != e->year + 1)
		return at;
	e->year = (int16_t)year;
	return at + 2;
}

/* "FY2026", "FY 26", "the 2025-26 fiscal year", "financial year 2025-26": named by the year in which it ends. */
size_t rule_fiscal(const struct time_text *text, size_t at, struct time_expression *e)
{
	e->form = FORM_CALENDAR;
	e->type = TIME_DATE;
	if (slice_is(token_text(text, at), "FY")) {
		const struct time_token *year = token_at(text, at + 1);
		if (year->kind != TK_NUMBER || (year->digits != 2 && !year_at(text, at + 1)))
			return 0;
		e->year = (int16_t)year->value;
		e->short_year = year->digits == 2;
		return e->short_year ? at + 2 : rule_year_end(text, at + 2, e);
	}
	size_t i = at + (kind_at(text, at) == TK_THE);
	if (year_at(text, i)) { /* the 2025-26 fiscal year */
		e->year = (int16_t)token_at(text, i)->value;
		size_t next = rule_year_end(text, i + 1, e);
		return is_fiscal(text, next) && is_unit(text, next + 1, UNIT_YEAR) ? next + 2 : 0;
	}
	if (!is_fiscal(text, i) || !is_unit(text, i + 1, UNIT_YEAR) || !year_at(text, i + 2))
		return 0;
	e->year = (int16_t)token_at(text, i + 2)->value;
	return rule_year_end(text, i + 3, e);
}

size_t rule_quarter(const struct time_text *text, size_t at, struct time_expression *e)
{
	e->type = TIME_DATE;
	size_t i = at;
	size_t sign = lettered(text, i, e);
	if (sign)
		return sign;
	bool article = kind_at(text, i) == TK_THE;
	i += article;
	if (kind_at(text, i) == TK_RELATION && token_at(text, i)->value == RELATION_SAME && year_ago(text, i + 1))
		i++;
	size_t ago = year_ago(text, i);
	if (ago) {
		e->relation = RELATION_YEAR_AGO;
		size_t next = compared_period(text, ago, e);
		if (next)
			return next;
		struct time_amount months;
		next = rule_amount(text, ago, &months);
		if (next && kind_at(text, next) == TK_UNIT && is_plural(text, next)) {
			e->form = FORM_DURATION;
			e->type = TIME_DURATION;
			e->amount = months;
			e->unit = unit_at(text, next);
			return next + 1;
		}
		e->form = FORM_UNIT;
		e->unit = UNIT_YEAR;
		return article ? 0 : ago; /* "the year-ago results": an adjective, its article is the noun's */
	}
	if (article && year_at(text, i)) { /* the 1988 quarter, the 1988 period, the 1988 third quarter */
		e->year = (int16_t)token_at(text, i)->value;
		return compared_period(text, i + 1, e);
	}
	size_t next = numbered(text, i, e);
	if (next == 0)
		return 0;
	bool hyphened = joins_at(text, next - 2);
	if (article && hyphened)
		return 0; /* "the third-quarter loss" */
	size_t tail = rule_year_tail(text, next, e);
	if (e->form == FORM_HALF && tail == next) {
		struct time_expression decade = {.hour = -1};
		size_t of = kind_at(text, next) == TK_OF ? rule_decade(text, next + 1, &decade) : 0;
		if (of == 0)
			return 0; /* the first half is a matter of ball games, mostly */
		e->form = decade.form;
		e->number = decade.number;
		return of;
	}
	return tail;
}

size_t rule_of_that_year(const struct time_text *text, size_t at, struct time_expression *e)
{
	if (e->form != FORM_UNIT || e->unit != UNIT_YEAR || kind_at(text, at) != TK_POSSESSIVE)
		return at;
	struct time_expression part = *e;
	part.year_relation = e->relation;
	part.relation = RELATION_NONE;
	size_t next = compared_period(text, at + 1, &part);
	if (next == 0)
		return at;
	*e = part;
	return next;
}
