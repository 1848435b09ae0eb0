/* timeperiods: weeks, months, quarters, seasons and years as seen from a point in time: "last week", "the year-ago quarter", "this
 * year's third quarter", "the next few years", "the following month". */
#include "tag/timerules.h"

static bool is_unit(const struct time_text *text, size_t at, enum time_unit unit)
{
	return kind_at(text, at) == TK_UNIT && token_at(text, at)->value == (int)unit && !is_plural(text, at);
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
	if (kind_at(text, i) == TK_CARDINAL && token_at(text, i)->value == 2 && e->number == 1 && kind_at(text, i + 1) == TK_UNIT &&
		token_at(text, i + 1)->value == UNIT_QUARTER) {
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

/* "-26", "/27", "-2026" behind a year: the year in which it ends; `at` if there is none. */
static size_t year_end(const struct time_text *text, size_t at, struct time_expression *e)
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
		return e->short_year ? at + 2 : year_end(text, at + 2, e);
	}
	size_t i = at + (kind_at(text, at) == TK_THE);
	if (year_at(text, i)) { /* the 2025-26 fiscal year */
		e->year = (int16_t)token_at(text, i)->value;
		size_t next = year_end(text, i + 1, e);
		return is_fiscal(text, next) && is_unit(text, next + 1, UNIT_YEAR) ? next + 2 : 0;
	}
	if (!is_fiscal(text, i) || !is_unit(text, i + 1, UNIT_YEAR) || !year_at(text, i + 2))
		return 0;
	e->year = (int16_t)token_at(text, i + 2)->value;
	return year_end(text, i + 3, e);
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

/* Behind "this year" or "last year": the possessive and a quarter or half of it. */
static size_t of_that_year(const struct time_text *text, size_t at, struct time_expression *e)
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

/* The relation words at `at`: "last", "this past", "that same". */
static size_t relation_words(const struct time_text *text, size_t at, enum time_relation *relation)
{
	if (kind_at(text, at) != TK_RELATION)
		return 0;
	*relation = (enum time_relation)token_at(text, at)->value;
	bool pointing = *relation == RELATION_THIS || *relation == RELATION_THAT || *relation == RELATION_THESE || *relation == RELATION_THOSE;
	if (!pointing || kind_at(text, at + 1) != TK_RELATION)
		return at + 1;
	enum time_relation second = (enum time_relation)token_at(text, at + 1)->value;
	if (*relation == RELATION_THAT && second != RELATION_SAME)
		return 0; /* "said that last week" */
	if (second == RELATION_PAST || second == RELATION_LAST)
		*relation = RELATION_LAST;
	else if (second == RELATION_COMING || second == RELATION_NEXT)
		*relation = RELATION_NEXT;
	else if (second != RELATION_SAME)
		return 0;
	return at + 2;
}

/* last|this|… UNIT */
static size_t related_unit(const struct time_text *text, size_t at, bool article, struct time_expression *e)
{
	size_t i = at;
	bool whole = kind_at(text, i) == TK_FISCAL || kind_at(text, i) == TK_WHOLE;
	i += whole;
	if (kind_at(text, i) != TK_UNIT || is_plural(text, i))
		return 0;
	e->unit = unit_at(text, i);
	e->form = FORM_UNIT;
	e->type = TIME_DATE;
	if (joins_at(text, i + 1) && !(kind_at(text, i + 2) == TK_AGO || kind_at(text, i + 2) == TK_PART))
		return 0; /* "last year-end", "next day-trip" */
	bool spoken = time_relation_is_spoken(e->relation);
	bool length = e->relation == RELATION_PAST || e->relation == RELATION_COMING ||
		(article && (e->relation == RELATION_LAST || e->relation == RELATION_NEXT) && e->unit != UNIT_DAY && e->unit != UNIT_WEEKEND);
	if (e->unit < UNIT_DAY || e->unit >= UNIT_DECADE || length) {
		if (e->unit < UNIT_DAY && e->relation != RELATION_NEXT && e->relation != RELATION_LAST && e->relation != RELATION_PAST)
			return 0;
		if (e->unit < UNIT_HOUR || (e->unit < UNIT_DAY && !article))
			return 0;
		if (e->relation != RELATION_THIS || e->unit >= UNIT_DECADE) {
			e->form = FORM_DURATION;
			e->type = TIME_DURATION;
			e->amount.halves = 2;
		}
		if (length && article && e->relation == RELATION_NEXT && e->unit < UNIT_DECADE) {
			e->form = FORM_UNIT; /* "the next week": the one that follows */
			e->type = TIME_DATE;
			e->relation = RELATION_FOLLOWING;
		}
		return i + 1;
	}
	if (e->unit == UNIT_QUARTER && (spoken || e->relation == RELATION_LATEST || e->relation == RELATION_THIS) &&
		e->relation != RELATION_PREVIOUS && e->relation != RELATION_FOLLOWING) {
		e->form = FORM_QUARTER; /* the one that the text speaks of */
		e->number = 0;
		return i + 1;
	}
	if (e->unit == UNIT_DAY && !spoken && e->relation != RELATION_THIS && !(article && e->relation == RELATION_NEXT))
		return 0;
	if (e->unit == UNIT_DAY && e->relation == RELATION_NEXT)
		e->relation = RELATION_FOLLOWING;
	return of_that_year(text, i + 1, e);
}

/* the past three months, the next few years; recent weeks, coming years; these days */
static size_t related_amount(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at;
	bool recent = e->relation == RELATION_RECENT || e->relation == RELATION_COMING || e->relation == RELATION_PAST;
	e->form = FORM_DURATION;
	e->type = TIME_DURATION;
	if (kind_at(text, i) == TK_UNIT && is_plural(text, i)) {
		e->unit = unit_at(text, i);
		e->amount.vague = true;
		if (e->relation == RELATION_THESE && e->unit == UNIT_DAY) {
			e->form = FORM_REFERENCE;
			e->type = TIME_DATE;
			e->reference = REFERENCE_PRESENT;
			return i + 1;
		}
		if (e->relation == RELATION_PAST) {
			e->form = FORM_REFERENCE;
			e->type = TIME_DATE;
			e->reference = REFERENCE_PAST;
		}
		return recent ? i + 1 : 0;
	}
	if (e->relation == RELATION_THIS || e->relation == RELATION_THAT)
		return 0;
	struct time_amount amount;
	size_t next = rule_amount(text, i, &amount);
	if (next == 0 || amount.article)
		return 0;
	if (kind_at(text, next) == TK_TO || kind_at(text, next) == TK_OR || kind_at(text, next) == TK_HYPHEN) {
		struct time_amount upper;
		size_t second = rule_amount(text, next + 1, &upper);
		if (second && unit_at(text, second) != UNIT_NONE)
			next = second;
	}
	next += kind_at(text, next) == TK_WHOLE || kind_at(text, next) == TK_BUSINESS || kind_at(text, next) == TK_FISCAL;
	e->unit = unit_at(text, next);
	if (e->unit == UNIT_NONE || !(is_plural(text, next) || amount.halves <= 2) || joins_at(text, next + 1))
		return 0;
	e->amount = amount;
	next++;
	if (kind_at(text, next) == TK_OR && kind_at(text, next + 1) == TK_SO)
		next += 2;
	return next;
}

/* last October, this November 24, next Tuesday, last fall, last Thanksgiving */
static size_t related_name(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t next = 0;
	switch (kind_at(text, at)) {
	case TK_MONTH:
	case TK_WEEKDAY: next = rule_calendar(text, at, e); break;
	case TK_HOLIDAY:
	case TK_FEAST: next = rule_holiday(text, at, e); break;
	case TK_SEASON:
		e->form = FORM_SEASON;
		e->type = TIME_DATE;
		e->season = (int16_t)token_at(text, at)->value;
		next = at + 1;
		break;
	default: break;
	}
	return next;
}

/* this morning, last night, the next morning, that evening */
static size_t related_daypart(const struct time_text *text, size_t at, bool article, struct time_expression *e)
{
	if (kind_at(text, at) != TK_DAYPART || is_plural(text, at))
		return 0;
	e->daypart = (int16_t)token_at(text, at)->value;
	e->type = TIME_TIME;
	e->form = FORM_UNIT;
	e->unit = UNIT_DAY;
	if (e->relation == RELATION_NEXT || e->relation == RELATION_FOLLOWING)
		e->relation = RELATION_FOLLOWING;
	else if (e->relation == RELATION_LAST && (article || e->daypart != DAYPART_NIGHT))
		return 0;
	else if (e->relation == RELATION_RECENT || e->relation == RELATION_LATEST || e->relation == RELATION_COMING || e->relation == RELATION_CURRENT)
		return 0;
	return at + 1;
}

size_t rule_relation(const struct time_text *text, size_t at, struct time_expression *e)
{
	bool article = kind_at(text, at) == TK_THE;
	size_t i = relation_words(text, at + article, &e->relation);
	if (i == 0)
		return 0;
	bool quoted = at > 0 && is_glued(text, at) && (kind_before(text, at) == TK_OTHER || kind_before(text, at) == TK_APOSTROPHE);
	if (joins_at(text, i) || (quoted && is_capital(text, at) && is_capital(text, i)))
		return 0; /* "next-day"; the programme “This Week” */
	struct time_expression fresh = *e;
	size_t next = related_unit(text, i, article, e);
	if (next)
		return next;
	*e = fresh;
	next = related_amount(text, i, e);
	if (next)
		return next;
	*e = fresh;
	if (e->relation == RELATION_THAT || e->relation == RELATION_THIS || e->relation == RELATION_LAST || e->relation == RELATION_NEXT ||
		e->relation == RELATION_PREVIOUS || e->relation == RELATION_FOLLOWING || e->relation == RELATION_SAME || e->relation == RELATION_COMING) {
		next = related_daypart(text, i, article, e);
		if (next)
			return next;
		*e = fresh;
		next = e->relation == RELATION_THAT && kind_at(text, i) == TK_MONTH ? 0 : related_name(text, i, e);
		if (next)
			return next;
		*e = fresh;
	}
	if (kind_at(text, i) != TK_PERIOD)
		return 0;
	e->type = TIME_DATE;
	e->form = FORM_QUARTER;
	size_t tail = rule_year_tail(text, i + 1, e);
	if (e->relation == RELATION_SAME) {
		e->relation = RELATION_NONE;
		return tail > i + 1 ? tail : 0;
	}
	return e->relation == RELATION_LATEST ? i + 1 : 0;
}

/* the week, the full year, the quarter; the week of March 6; the year to December */
size_t rule_the_unit(const struct time_text *text, size_t at, struct time_expression *e)
{
	if (kind_at(text, at) != TK_THE)
		return 0;
	size_t i = at + 1;
	i += kind_at(text, i) == TK_WHOLE || kind_at(text, i) == TK_FISCAL;
	if (kind_at(text, i) != TK_UNIT || is_plural(text, i) || joins_at(text, i + 1))
		return 0;
	e->unit = unit_at(text, i);
	e->form = FORM_UNIT;
	e->type = TIME_DATE;
	e->relation = RELATION_NONE;
	size_t next = i + 1;
	if (e->unit == UNIT_WEEK && kind_at(text, next) == TK_OF && kind_at(text, next + 1) == TK_MONTH) {
		size_t date = rule_calendar(text, next + 1, e);
		e->form = FORM_WEEK_OF;
		return e->day ? date : 0;
	}
	if (e->unit < UNIT_WEEKEND || e->unit > UNIT_YEAR || e->unit == UNIT_FORTNIGHT)
		return 0;
	bool other = token_is(text, next, SLICE("before")) || token_is(text, next, SLICE("after")) || kind_at(text, next) == TK_PART ||
		(kind_at(text, next) == TK_OF && e->unit != UNIT_WEEKEND) || token_is(text, next, SLICE("that"));
	bool award = at > 1 && kind_before(text, at) == TK_OF && (is_capital(text, at - 2) || is_capital(text, i)); /* Player of the Year */
	if (other || award)
		return 0;
	if (e->unit == UNIT_YEAR && (token_is(text, next, SLICE("ended")) || token_is(text, next, SLICE("ending")) || kind_at(text, next) == TK_TO)) {
		e->form = FORM_DURATION;
		e->type = TIME_DURATION;
		e->amount.halves = 2;
	}
	if (e->unit == UNIT_QUARTER) {
		e->form = FORM_QUARTER;
		e->number = 0;
	}
	return next;
}

/* the summer, summer of 2001, winter 2026; a bare season after a preposition */
size_t rule_season(const struct time_text *text, size_t at, struct time_expression *e)
{
	bool article = kind_at(text, at) == TK_THE;
	size_t i = at + article;
	if (kind_at(text, i) != TK_SEASON)
		return 0;
	e->form = FORM_SEASON;
	e->type = TIME_DATE;
	e->season = (int16_t)token_at(text, i)->value;
	bool ambiguous = token_at(text, i)->word_flags & WORD_AMBIGUOUS;
	size_t next = rule_year_tail(text, i + 1, e);
	if (next > i + 1 && e->year && !e->short_year) {
		struct time_expression end = *e; /* the winter of 2025-26 begins in 2025 */
		return year_end(text, next, &end);
	}
	if (next > i + 1)
		return next;
	if (kind_at(text, next) == TK_OF || (kind_at(text, next) == TK_WORD && is_capital(text, next)))
		return 0;
	enum time_kind before = kind_before(text, at);
	bool placed = before == TK_PREPOSITION || before == TK_PART || before == TK_HYPHEN || before == TK_TO;
	bool noun = kind_at(text, next) == TK_WORD && !(token_at(text, next)->flags & TIMETOKEN_PAST);
	if (article)
		return ambiguous && (noun || !placed) ? 0 : next;
	return placed && !noun && !joins_at(text, next) ? next : 0;
}
