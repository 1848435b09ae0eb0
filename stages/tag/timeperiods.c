/* timeperiods: weeks, months, seasons and years as seen from a point in time: "last week", "the next few years", "the following month", "that
 * evening", "the summer". */
#include "tag/timerules.h"

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
	return rule_of_that_year(text, i + 1, e);
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
		return rule_year_end(text, next, &end);
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
