/* timedates: days, months, years, decades and centuries by name and number: "Monday, Oct. 26, 1998", "7 May", "yesterday", "June last
 * year", "the 1990s". Dates in figures alone are timefigures.c's. */
#include "tag/timerules.h"

bool year_at(const struct time_text *text, size_t at)
{
	const struct time_token *token = token_at(text, at);
	return token->kind == TK_NUMBER && token->digits == 4 && token->value >= 1000 && token->value < 2200 &&
		!(token->flags & (TIMETOKEN_MONEY | TIMETOKEN_FRACTION | TIMETOKEN_GROUPED));
}

/* A year that stands alone counts something else too often: what stands beside it must not make it a quantity. */
static size_t lone_year(const struct time_text *text, size_t at, struct time_expression *e)
{
	if (!year_at(text, at))
		return 0;
	const struct time_token *next = token_at(text, at + 1);
	bool measure = next->kind == TK_UNIT || next->kind == TK_MILLION || next->kind == TK_MAGNITUDE || next->kind == TK_AMPM || next->kind == TK_BUSINESS;
	bool glued_word = (next->flags & TIMETOKEN_GLUED) && (next->kind == TK_WORD || next->kind == TK_SLASH);
	bool percent = next->kind == TK_OTHER && slice_is(token_text(text, at + 1), "%");
	bool glued_before = at > 0 && is_glued(text, at) &&
		(kind_before(text, at) == TK_OTHER || kind_before(text, at) == TK_COLON || kind_before(text, at) == TK_SLASH ||
			kind_before(text, at) == TK_COMMA || kind_before(text, at) == TK_STOP || kind_before(text, at) == TK_WORD);
	const struct time_token *token = token_at(text, at);
	bool modern = token->value >= 1900 && token->value < 2100;
	if (measure || glued_word || percent || (glued_before && !slice_is(token_text(text, at - 1), "\"")))
		return 0;
	if (next->kind == TK_HYPHEN && (next->flags & TIMETOKEN_GLUED) && is_glued(text, at + 2) && !year_at(text, at + 2) &&
		kind_at(text, at + 2) == TK_NUMBER && (token_at(text, at + 2)->digits != 2 || joins_at(text, at + 3)))
		return 0;
	enum time_kind before = kind_before(text, at);
	bool introduced = before == TK_PREPOSITION || before == TK_TO || before == TK_OF || before == TK_PART || before == TK_FISCAL ||
		before == TK_UNIT || before == TK_AND || before == TK_OR || before == TK_HYPHEN || before == TK_POST;
	/* "of 1500 people", "at 2010": a plural or an "at" behind or before makes it a count or a price */
	if (!modern && !introduced)
		return 0;
	if (at > 0 && (token_is(text, at - 1, SLICE("at")) || token_is(text, at - 1, SLICE("over"))))
		return 0;
	if (!modern && next->kind == TK_WORD && !(next->flags & TIMETOKEN_CAPITAL))
		return 0;
	e->form = FORM_CALENDAR;
	e->type = TIME_DATE;
	e->year = (int16_t)token->value;
	return at + 1;
}

size_t rule_year_tail(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at;
	if (kind_at(text, i) == TK_OF || kind_at(text, i) == TK_COMMA)
		i++;
	if (year_at(text, i)) {
		e->year = (int16_t)token_at(text, i)->value;
		return i + 1;
	}
	if (kind_at(text, at) == TK_COMMA)
		return at;
	if (kind_at(text, i) == TK_FISCAL && year_at(text, i + 1)) {
		e->year = (int16_t)token_at(text, i + 1)->value;
		return i + 2;
	}
	if (kind_at(text, i) == TK_APOSTROPHE && kind_at(text, i + 1) == TK_NUMBER && token_at(text, i + 1)->digits == 2 && is_glued(text, i + 1)) {
		e->year = (int16_t)token_at(text, i + 1)->value;
		e->short_year = true;
		return i + 2;
	}
	if (kind_at(text, i) == TK_THE)
		i++;
	if (kind_at(text, i) != TK_RELATION || unit_at(text, i + 1) != UNIT_YEAR || is_plural(text, i + 1))
		return at;
	enum time_relation relation = (enum time_relation)token_at(text, i)->value;
	if (relation != RELATION_LAST && relation != RELATION_THIS && relation != RELATION_NEXT && relation != RELATION_PREVIOUS &&
		relation != RELATION_FOLLOWING && relation != RELATION_SAME)
		return at;
	e->year_relation = relation;
	return i + 2;
}

static bool day_number(const struct time_text *text, size_t at)
{
	const struct time_token *token = token_at(text, at);
	return (token->kind == TK_NUMBER || token->kind == TK_ORDINAL) && token->digits <= 2 && token->value >= 1 && token->value <= 31 &&
		!(token->flags & (TIMETOKEN_MONEY | TIMETOKEN_FRACTION));
}

/* A number behind a month that counts something: "In April 20 million", "June 3 percent". */
static bool counts_on(const struct time_text *text, size_t at)
{
	enum time_kind kind = kind_at(text, at);
	bool clock = kind == TK_COLON && is_glued(text, at) && kind_at(text, at + 1) == TK_NUMBER && is_glued(text, at + 1);
	bool decimal = kind == TK_STOP && is_glued(text, at) && kind_at(text, at + 1) == TK_NUMBER && is_glued(text, at + 1);
	return kind == TK_MILLION || kind == TK_MAGNITUDE || clock || decimal || slice_is(token_text(text, at), "%") ||
		token_is(text, at, SLICE("percent"));
}

/* "April", "May", "June", "August" are names of people too, "may" and "march" verbs. */
static bool month_alone(const struct time_text *text, size_t at)
{
	enum time_kind before = kind_before(text, at);
	const struct time_token *token = token_at(text, at);
	bool introduced = before == TK_PREPOSITION || before == TK_OF || before == TK_TO || before == TK_RELATION || before == TK_PART ||
		before == TK_EVERY || before == TK_APPROX || (before == TK_HYPHEN && is_glued(text, at));
	if (token->word_flags & WORD_SHORT)
		return introduced && !(token->word_flags & WORD_AMBIGUOUS);
	if (!(token->flags & TIMETOKEN_CAPITAL))
		return false;
	if (token->word_flags & WORD_AMBIGUOUS)
		return introduced || (before == TK_THE && kind_at(text, at + 1) == TK_WORD && !is_capital(text, at + 1));
	bool named = kind_at(text, at + 1) == TK_WORD && is_capital(text, at + 1) && is_glued(text, at + 1) == false;
	return introduced || !named || token->value == 1 || token->value == 2 || token->value >= 9;
}

/* MONTH DAY[, YEAR], MONTH YEAR, MONTH last year, MONTH */
static size_t month_first(const struct time_text *text, size_t at, struct time_expression *e)
{
	if (kind_at(text, at) != TK_MONTH)
		return 0;
	e->month = (int16_t)token_at(text, at)->value;
	size_t i = at + 1;
	if (joins_at(text, i) && kind_at(text, i + 1) == TK_MONTH && is_capital(text, at) && is_capital(text, i + 1)) {
		struct time_expression end = {.hour = -1}; /* "May-June 2026" */
		if (rule_year_tail(text, i + 2, &end) > i + 2) {
			e->year = end.year;
			e->short_year = end.short_year;
			e->year_relation = end.year_relation;
			return i;
		}
	}
	if (kind_at(text, i) == TK_THE && kind_at(text, i + 1) == TK_ORDINAL)
		i++;
	if (day_number(text, i) && !counts_on(text, i + 1)) {
		e->day = (int16_t)token_at(text, i)->value;
		size_t day_end = i + 1;
		i = rule_year_tail(text, day_end, e);
		return i;
	}
	i = rule_year_tail(text, at + 1, e);
	return i > at + 1 || month_alone(text, at) ? i : 0;
}

/* DAY MONTH[ YEAR], DAY of MONTH */
static size_t day_first(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at + (kind_at(text, at) == TK_THE && kind_at(text, at + 1) == TK_ORDINAL);
	if (!day_number(text, i))
		return 0;
	e->day = (int16_t)token_at(text, i)->value;
	bool ordinal = kind_at(text, i) == TK_ORDINAL;
	i++;
	if (ordinal && kind_at(text, i) == TK_OF)
		i++;
	if (kind_at(text, i) != TK_MONTH || (is_glued(text, i) && kind_at(text, i - 1) != TK_NUMBER))
		return 0;
	if (!is_capital(text, i) && (token_at(text, i)->word_flags & WORD_AMBIGUOUS))
		return 0;
	/* "Oct. 7 May said" is not the seventh of May */
	if (!ordinal && at > 0 && kind_at(text, at - 1) == TK_MONTH)
		return 0;
	e->month = (int16_t)token_at(text, i)->value;
	return rule_year_tail(text, i + 1, e);
}

/* Names that hold a weekday: "Black Friday", "Sheffield Wednesday", "Sunday Times". */
static bool weekday_in_name(const struct time_text *text, size_t at)
{
	static const struct slice BEFORE[] = {SLICE_INIT("Black"), SLICE_INIT("Super"), SLICE_INIT("Bloody"), SLICE_INIT("Cyber"),
		SLICE_INIT("Giving"), SLICE_INIT("Sheffield"), SLICE_INIT("Fat")};
	static const struct slice AFTER[] = {SLICE_INIT("Times"), SLICE_INIT("Telegraph"), SLICE_INIT("Mirror"), SLICE_INIT("Post"),
		SLICE_INIT("Herald"), SLICE_INIT("Mail"), SLICE_INIT("Express"), SLICE_INIT("Tribune"), SLICE_INIT("Independent"),
		SLICE_INIT("School")};
	for (size_t i = 0; at > 0 && i < sizeof(BEFORE) / sizeof(BEFORE[0]); i++)
		if (slice_equal(token_text(text, at - 1), BEFORE[i]))
			return true;
	for (size_t i = 0; i < sizeof(AFTER) / sizeof(AFTER[0]); i++)
		if (slice_equal(token_text(text, at + 1), AFTER[i]))
			return true;
	return kind_at(text, at + 1) == TK_DAYPART && is_capital(text, at + 1) && is_capital(text, at + 2) && kind_at(text, at + 2) == TK_WORD;
}

static size_t weekday_first(const struct time_text *text, size_t at, struct time_expression *e)
{
	const struct time_token *token = token_at(text, at);
	if (token->kind != TK_WEEKDAY || !(token->flags & TIMETOKEN_CAPITAL))
		return 0;
	e->weekday = (int16_t)token->value;
	size_t i = at + 1 + (kind_at(text, at + 1) == TK_COMMA);
	struct time_expression date = *e;
	size_t next = kind_at(text, i) == TK_MONTH ? month_first(text, i, &date) : kind_at(text, i) == TK_NUMBER ? day_first(text, i, &date) : 0;
	if (next && date.day) {
		*e = date;
		return next;
	}
	if ((token->word_flags & WORD_AMBIGUOUS) || (token->word_flags & WORD_SHORT) || weekday_in_name(text, at))
		return 0;
	if (token->word_flags & WORD_PLURAL)
		e->type = TIME_SET;
	if (kind_at(text, at + 1) != TK_DAYPART || is_capital(text, at + 1))
		return at + 1;
	e->daypart = (int16_t)token_at(text, at + 1)->value;
	e->type = is_plural(text, at + 1) || e->type == TIME_SET ? TIME_SET : TIME_TIME;
	return at + 2;
}

size_t rule_calendar(const struct time_text *text, size_t at, struct time_expression *e)
{
	e->form = FORM_CALENDAR;
	e->type = TIME_DATE;
	switch (kind_at(text, at)) {
	case TK_WEEKDAY: return weekday_first(text, at, e);
	case TK_MONTH: return month_first(text, at, e);
	case TK_THE:
		if (unit_at(text, at + 1) == UNIT_YEAR && year_at(text, at + 2))
			return lone_year(text, at + 2, e);
		return day_first(text, at, e);
	case TK_ORDINAL: return day_first(text, at, e);
	case TK_NUMBER: {
		size_t next = day_first(text, at, e);
		return next ? next : lone_year(text, at, e);
	}
	case TK_FISCAL: return year_at(text, at + 1) ? lone_year(text, at + 1, e) : 0;
	case TK_POST: return joins_at(text, at + 1) && year_at(text, at + 2) ? lone_year(text, at + 2, e) : 0;
	default: return 0;
	}
}

/* today, yesterday, tomorrow, with a part of the day; "the day before yesterday". */
size_t rule_day_word(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at;
	int step = 0;
	if (kind_at(text, i) == TK_THE && unit_at(text, i + 1) == UNIT_DAY) {
		step = token_is(text, i + 2, SLICE("before")) ? -1 : token_is(text, i + 2, SLICE("after")) ? 1 : 0;
		i += 3;
		if (step == 0)
			return 0;
	}
	if (kind_at(text, i) != TK_DAYWORD)
		return 0;
	int shift = token_at(text, i)->value - 1; /* the table has 0, 1, 2 */
	bool in_name = is_capital(text, i) && at > 0 && kind_before(text, at) == TK_WORD && is_capital(text, at - 1);
	if (in_name || (step != 0 && shift * step <= 0))
		return 0;
	e->form = FORM_DAY;
	e->type = TIME_DATE;
	e->shift = (int16_t)(shift + step);
	if (kind_at(text, i + 1) != TK_DAYPART || is_plural(text, i + 1))
		return i + 1;
	e->daypart = (int16_t)token_at(text, i + 1)->value;
	e->type = TIME_TIME;
	return i + 2;
}

/* the 1990s, the '80s, the seventies; the 20th century */
size_t rule_decade(const struct time_text *text, size_t at, struct time_expression *e)
{
	bool article = kind_at(text, at) == TK_THE;
	size_t i = at + article;
	const struct time_token *token = token_at(text, i);
	e->type = TIME_DATE;
	bool compound = token->kind == TK_CARDINAL && token->value == 20 && joins_at(text, i + 1) && kind_at(text, i + 2) == TK_ORDINAL &&
		token_at(text, i + 2)->value < 10; /* twenty-first */
	if (token->kind == TK_ORDINAL || compound) {
		size_t century = skip_hyphen(text, i + 1 + 2 * compound);
		int number = compound ? 20 + token_at(text, i + 2)->value : token->value;
		bool named = is_capital(text, century) && is_capital(text, century + 1) && !is_glued(text, century + 1); /* 20th Century Fox */
		bool before_christ = token_is(text, century + 1, SLICE("BC")) || token_is(text, century + 1, SLICE("BCE"));
		if (unit_at(text, century) != UNIT_CENTURY || is_plural(text, century) || number > 30 || named || before_christ)
			return 0;
		e->form = FORM_CENTURY;
		e->number = (int16_t)number;
		return century + 1;
	}
	if (token->kind != TK_DECADE || (token->flags & TIMETOKEN_MONEY))
		return 0;
	bool modified = i > 0 && (kind_before(text, i) == TK_PART || kind_before(text, i) == TK_HYPHEN);
	bool clear = token->digits == 4 || token->digits == 3 || ((article || modified) && (token->value == 0 || token->value >= 20));
	if (!clear || (token->digits == 4 && (token->value < 1000 || token->value > 2200)))
		return 0;
	e->form = FORM_DECADE;
	e->number = (int16_t)(token->digits == 4 ? token->value / 10 : token->value <= 20 && token->digits != 0 ? 200 + token->value / 10 : 190 + token->value / 10);
	return i + 1;
}
