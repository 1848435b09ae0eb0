/* timefeasts: holidays by name, with the year or week that is said of them: "Christmas Eve", "Easter week", "Labor Day 2026". */
#include "tag/timerules.h"

/* Feasts of more than one word; the apostrophe of "New Year's" is a possessive token. */
static size_t feast(const struct time_text *text, size_t at, enum holiday *holiday)
{
	size_t i = at + 1;
	enum time_feast name = (enum time_feast)token_at(text, at)->value;
	bool day;
	switch (name) {
	case FEAST_NEW:
		if (!token_is(text, i, SLICE("Year")) || !is_capital(text, i) || kind_at(text, i + 1) != TK_POSSESSIVE)
			return 0;
		*holiday = token_is(text, i + 2, SLICE("Eve")) ? NEW_YEARS_EVE : NEW_YEARS_DAY;
		day = token_is(text, i + 2, SLICE("Day")) || *holiday == NEW_YEARS_EVE;
		return i + 2 + day;
	case FEAST_GOOD:
		*holiday = GOOD_FRIDAY;
		return token_is(text, i, SLICE("Friday")) ? i + 1 : 0;
	case FEAST_PALM:
		*holiday = PALM_SUNDAY;
		return token_is(text, i, SLICE("Sunday")) ? i + 1 : 0;
	case FEAST_ASH:
		*holiday = ASH_WEDNESDAY;
		return token_is(text, i, SLICE("Wednesday")) ? i + 1 : 0;
	case FEAST_VALENTINE:
		*holiday = VALENTINES_DAY;
		i += kind_at(text, i) == TK_POSSESSIVE;
		break;
	case FEAST_INDEPENDENCE: *holiday = INDEPENDENCE_DAY; break;
	case FEAST_VETERANS: *holiday = VETERANS_DAY; break;
	case FEAST_MEMORIAL: *holiday = MEMORIAL_DAY; break;
	case FEAST_LABOR: *holiday = LABOR_DAY; break;
	case FEAST_BOXING: *holiday = BOXING_DAY; break;
	case FEAST_COLUMBUS: *holiday = COLUMBUS_DAY; break;
	}
	i += kind_at(text, i) == TK_APOSTROPHE;
	return token_is(text, i, SLICE("Day")) && is_capital(text, i) ? i + 1 : 0;
}

size_t rule_holiday(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at;
	if (kind_at(text, i) == TK_FEAST) {
		i = feast(text, at, &e->holiday);
	} else if (kind_at(text, i) == TK_HOLIDAY) {
		e->holiday = (enum holiday)token_at(text, i)->value;
		i++;
		bool christmas = e->holiday == CHRISTMAS_DAY, easter = e->holiday == EASTER;
		if (unit_at(text, i) == UNIT_WEEK && !is_plural(text, i)) { /* Easter week */
			e->form = FORM_HOLIDAY;
			e->type = TIME_DATE;
			e->unit = UNIT_WEEK;
			return rule_year_tail(text, i + 1, e);
		}
		if (christmas && token_is(text, i, SLICE("Eve")))
			e->holiday = CHRISTMAS_EVE, i++;
		else if (easter && token_is(text, i, SLICE("Monday")))
			e->holiday = EASTER_MONDAY, i++;
		else if ((token_is(text, i, SLICE("Day")) && is_capital(text, i)) || (easter && token_is(text, i, SLICE("Sunday"))))
			i++;
		else if (is_capital(text, i) && !is_glued(text, i) && (kind_at(text, i) == TK_WORD || kind_at(text, i) == TK_UNIT))
			return 0; /* "Christmas Island", "Easter Rising" */
	} else {
		return 0;
	}
	if (i == 0)
		return 0;
	e->form = FORM_HOLIDAY;
	e->type = TIME_DATE;
	return rule_year_tail(text, i, e);
}
