/* timegrammar: from tokens to expressions of time, by rules that start at trigger words. What an expression says is kept as it was
 * said ("last", "third quarter", "two … ago"); timeresolve makes a value of it. Extents follow the TIMEX3 guidelines (TimeML 1.2.1
 * §2.2.2; TIDES 2005 §4): no preposition, but articles of whole phrases ("the third quarter") and modifiers ("early next year"). */
#ifndef COPYDESK_TIMEGRAMMAR_H
#define COPYDESK_TIMEGRAMMAR_H

#include "tag/timecalendar.h"
#include "tag/timetokens.h"

enum time_form {
	FORM_NONE,
	FORM_CALENDAR,  /* year, month, day, weekday: what was said of them; relation */
	FORM_SEASON,    /* season, year, relation */
	FORM_QUARTER,   /* number 1–4, year, relation; RELATION_YEAR_AGO */
	FORM_HALF,      /* number 1–2, year, relation */
	FORM_UNIT,      /* relation and unit: last week, that year, the weekend */
	FORM_WEEK_OF,   /* the week that holds year, month, day */
	FORM_SHIFT,     /* amount of unit before (sign −1) or after (+1) the anchor, or the date spoke of last (from_reference) */
	FORM_DAY,       /* shift days from the anchor */
	FORM_DECADE, FORM_CENTURY, /* number: the first year's tens; the century */
	FORM_HOLIDAY,
	FORM_CLOCK,     /* only a time of day */
	FORM_REFERENCE,
	FORM_DURATION,
	FORM_SET,
};

/* value/2 because halves are said and other fractions are not. */
struct time_amount {
	int32_t halves;
	bool vague;   /* several, a few: X */
	bool article; /* "a": counts one */
};

struct time_expression {
	uint32_t first, last; /* tokens, `last` exclusive */
	enum time_form form;
	enum time_type type;
	enum time_mod mod;
	enum time_relation relation, year_relation; /* year_relation: "this year's third quarter" */
	enum time_unit unit, second_unit;
	struct time_amount amount, second_amount; /* two hours and ten minutes */
	int16_t year, month, day, weekday, season, number, shift, sign;
	int16_t hour, minute, second, daypart; /* hour −1: not said */
	enum holiday holiday;
	enum time_reference reference;
	bool from_reference, short_year, ranged; /* ranged: the end of a range whose start stands before it */
	struct slice zone; /* as it is written */
};

struct time_text {
	struct slice text;
	const struct time_token *tokens;
	size_t count; /* with the last TK_END */
	bool english;
	bool south_slavic; /* Croatian and its like, whose "listopada" is October */
};

/* "the following week": seen from the date that the text spoke of last, not from the anchor. */
static inline bool time_relation_is_spoken(enum time_relation relation)
{
	return relation == RELATION_PREVIOUS || relation == RELATION_FOLLOWING || relation == RELATION_SAME || relation == RELATION_THAT;
}

/* The longest expression that begins at token `at`; false if there is none. Bounded: looks at a constant number of tokens. */
bool time_match(const struct time_text *text, size_t at, struct time_expression *expression);
/* Likewise for text that is not English: dates in figures, and day, month name and year of four digits ("5. März 2026", "12 de marzo de
 * 2026") in the languages of timefigures.c. */
bool time_match_figures(const struct time_text *text, size_t at, struct time_expression *expression);

#endif
