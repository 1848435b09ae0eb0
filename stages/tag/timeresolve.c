/* timeresolve: see timeresolve.h. One function a form; each writes the value and moves the context on. */
#include "tag/timeresolve.h"

#include <stdio.h>

/* How far behind a named quarter "a year earlier" still means a quarter, in tokens: about the next few sentences of a results story. */
#define QUARTER_REACH 160

static const char *const DAYPARTS[] = {"", "TMO", "TMI", "TAF", "TEV", "TNI"};
static const char *const SEASONS[] = {"XX", "SP", "SU", "FA", "WI"};

static void put(struct time_value *value, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct time_value *value, const char *format, ...)
{
	size_t used = strlen(value->text);
	va_list args;
	va_start(args, format);
	vsnprintf(value->text + used, sizeof(value->text) - used, format, args);
	va_end(args);
}

static void put_clock(const struct time_expression *e, struct time_value *value)
{
	if (e->hour < 0) {
		put(value, "%s", DAYPARTS[e->daypart]);
		return;
	}
	put(value, "T%02d:%02d", e->hour, e->minute);
	if (e->second)
		put(value, ":%02d", e->second);
}

static void put_day(const struct time_expression *e, struct time_context *context, int64_t days, struct time_value *value)
{
	struct civil date = civil_of(days);
	put(value, "%04d-%02d-%02d", (int)date.year, date.month, date.day);
	put_clock(e, value);
	context->referred = context->day_referred = true;
	context->reference = context->day_reference = days;
}

static void refer(struct time_context *context, int64_t year, int month, int day)
{
	context->referred = true;
	context->reference = clock_days_from_civil(year, month, day);
}

/* The price of a reading that lies `distance` days from the anchor: far costs, and against the tense it costs more. */
static int64_t price(int64_t distance, enum time_tense tense, int64_t against)
{
	int64_t cost = distance < 0 ? -distance : distance;
	if (tense == TENSE_PAST && distance > 0)
		return cost * against;
	if (tense == TENSE_FUTURE && distance < 0)
		return cost * against;
	return cost;
}

/* The year in which a month (and day) without one lies; a weekday said with it decides if it can. A month alone is past unless the
 * sentence looks ahead ("in March" tells, "by March" plans); a quarter is mostly the one just reported. */
static int64_t nearest_year(const struct time_context *context, int month, int day, const struct time_expression *e, enum time_tense tense)
{
	struct civil now = civil_of(context->anchor);
	int64_t best = now.year, lowest = INT64_MAX;
	for (int64_t year = now.year - 1; year <= now.year + 1; year++) {
		if (day > clock_days_in_month(year, month))
			continue;
		int64_t days = clock_days_from_civil(year, month, day ? day : 15);
		int64_t distance = day ? days - context->anchor : month == now.month && year == now.year ? 0 : days - context->anchor;
		bool month_alone = e->form == FORM_CALENDAR && !day;
		int64_t cost = price(distance, month_alone && tense == TENSE_NONE ? TENSE_PAST : tense,
			!month_alone ? (day ? 4 : 3) : tense == TENSE_PAST ? 20 : 7);
		if (e->weekday && day && weekday_of(days) != e->weekday)
			cost = cost * 8 + 400;
		if (cost < lowest) {
			lowest = cost;
			best = year;
		}
	}
	return best;
}

/* The year that "last", "this", "next" make of a month: the last one is the latest that has begun before the anchor's month. */
static int64_t related_year(const struct time_context *context, enum time_relation relation, int month)
{
	struct civil now = civil_of(context->anchor);
	if (relation == RELATION_LAST || relation == RELATION_PREVIOUS)
		return month < now.month ? now.year : now.year - 1;
	if (relation == RELATION_NEXT || relation == RELATION_FOLLOWING || relation == RELATION_COMING)
		return month > now.month ? now.year : now.year + 1;
	return now.year;
}

static int64_t full_year(const struct time_context *context, const struct time_expression *e)
{
	if (!e->short_year)
		return e->year;
	int64_t now = context->anchored ? civil_of(context->anchor).year : 2000;
	int64_t year = now / 100 * 100 + e->year;
	return year > now + 20 ? year - 100 : year;
}

/* "last year", "the following year": false if there is nothing to see it from. */
static bool relative_year(const struct time_context *context, enum time_relation relation, int64_t *year, enum time_basis *basis)
{
	bool spoken = relation == RELATION_PREVIOUS || relation == RELATION_FOLLOWING || relation == RELATION_SAME || relation == RELATION_THAT;
	if (spoken && context->referred) {
		*year = civil_of(context->reference).year + (relation == RELATION_PREVIOUS ? -1 : relation == RELATION_FOLLOWING ? 1 : 0);
		*basis = BASIS_TEXT;
		return true;
	}
	if (!context->anchored)
		return false;
	*year = civil_of(context->anchor).year;
	if (relation == RELATION_LAST || relation == RELATION_PREVIOUS || relation == RELATION_YEAR_AGO)
		--*year;
	else if (relation == RELATION_NEXT || relation == RELATION_FOLLOWING || relation == RELATION_COMING)
		++*year;
	*basis = BASIS_ANCHOR;
	return true;
}

/* The year of something in `month`: said, related or nearest; false if it stays open. */
static bool year_of(const struct time_expression *e, const struct time_context *context, int month, int day, enum time_tense tense,
	int64_t *year, struct time_value *value)
{
	if (e->year) {
		*year = full_year(context, e);
		if (e->short_year)
			value->basis = BASIS_ANCHOR;
		return true;
	}
	if (e->year_relation)
		return relative_year(context, e->year_relation, year, &value->basis);
	if (!context->anchored)
		return false;
	value->basis = BASIS_ANCHOR;
	*year = e->relation && e->relation != RELATION_YEAR_AGO ? related_year(context, e->relation, month)
		: nearest_year(context, month, day, e, tense);
	return true;
}

/* A weekday alone. In news a past one lies at most a week back, and the anchor's own name is the anchor ("said Tuesday"). */
static void resolve_weekday(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	bool spoken = (e->relation == RELATION_PREVIOUS || e->relation == RELATION_FOLLOWING || e->relation == RELATION_SAME) && context->day_referred;
	if (!context->anchored && !spoken) {
		put(value, "XXXX-WXX-%d", e->weekday);
		put_clock(e, value);
		return;
	}
	int64_t base = spoken ? context->day_reference : context->anchor;
	if (e->ranged && context->day_referred) { /* "Monday to Friday" */
		base = context->day_reference;
		put_day(e, context, base + (e->weekday - weekday_of(base) + 7) % 7, value);
		value->basis = BASIS_TEXT;
		return;
	}
	value->basis = spoken ? BASIS_TEXT : BASIS_ANCHOR;
	int ahead = (e->weekday - weekday_of(base) + 7) % 7; /* 0–6 */
	int64_t days = base;
	switch (e->relation) {
	case RELATION_LAST:
	case RELATION_PREVIOUS: days = base + (ahead ? ahead - 7 : -7); break;
	case RELATION_NEXT:
	case RELATION_FOLLOWING:
	case RELATION_COMING: days = base + (ahead ? ahead : 7); break;
	case RELATION_THIS: days = base - weekday_of(base) + e->weekday; break;
	default: days = ahead == 0 ? base : tense == TENSE_FUTURE ? base + ahead : base + ahead - 7; break;
	}
	put_day(e, context, days, value);
}

static void resolve_calendar(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	if (e->weekday && !e->month) {
		resolve_weekday(e, tense, context, value);
		return;
	}
	int64_t year = 0;
	bool known = year_of(e, context, e->month ? e->month : 1, e->day, tense, &year, value);
	if (!e->month) {
		put(value, "%04d", (int)year);
		refer(context, year, 1, 1);
		return;
	}
	if (known && e->day && e->day <= clock_days_in_month(year, e->month)) {
		put_day(e, context, clock_days_from_civil(year, e->month, e->day), value);
		return;
	}
	if (known)
		put(value, "%04d-%02d", (int)year, e->month);
	else
		put(value, "XXXX-%02d", e->month);
	if (e->day)
		put(value, "-%02d", e->day);
	if (known && !e->day)
		refer(context, year, e->month, 1);
	put_clock(e, value);
}

static void put_quarter(struct time_context *context, int64_t year, int quarter, size_t token, struct time_value *value)
{
	put(value, "%04d-Q%d", (int)year, quarter);
	context->quarter = quarter;
	context->quarter_year = year;
	context->quarter_token = token;
}

static bool quarter_near(const struct time_context *context, size_t token)
{
	return context->quarter && token - context->quarter_token < QUARTER_REACH;
}

/* True if the quarter named last is over at the anchor. */
static bool quarter_over(const struct time_context *context)
{
	struct civil end = civil_add_months((struct civil){context->quarter_year, context->quarter * 3, 1}, 1);
	return !context->anchored || clock_days_from_civil(end.year, end.month, 1) <= context->anchor;
}

/* The quarter that was over when the article appeared: results are told of it. */
static void completed_quarter(const struct time_context *context, int64_t *year, int *quarter)
{
	struct civil now = civil_of(context->anchor);
	*year = now.year;
	*quarter = (now.month - 1) / 3;
	if (*quarter == 0) {
		*quarter = 4;
		--*year;
	}
}

/* "the quarter", "the latest period", "the year-ago quarter", "last year's quarter", "the 1988 period": which one the text says elsewhere. */
static void resolve_that_quarter(const struct time_expression *e, struct time_context *context, struct time_value *value)
{
	bool near = quarter_near(context, e->first);
	int64_t year = context->quarter_year;
	int quarter = context->quarter;
	if (!near && e->month && year_of(e, context, e->month, e->day, TENSE_PAST, &year, value)) {
		put_quarter(context, year, (e->month - 1) / 3 + 1, e->first, value); /* "the quarter ended Sept. 30" */
		return;
	}
	if (e->relation == RELATION_LATEST && !quarter_over(context))
		near = false; /* one to come, of a forecast */
	if (near && context->months_token > context->quarter_token && (e->year || e->year_relation))
		near = false; /* "in the first nine months … in the 1988 period" */
	value->basis = near ? BASIS_TEXT : BASIS_ANCHOR;
	if (!near && !context->anchored) {
		put(value, e->year ? "%04d" : "XXXX-QX", e->year);
		value->basis = BASIS_NONE;
		return;
	}
	if (!near && e->relation == RELATION_THIS) {
		year = civil_of(context->anchor).year;
		quarter = (civil_of(context->anchor).month - 1) / 3 + 1;
	} else if (!near) {
		completed_quarter(context, &year, &quarter);
	}
	enum time_basis basis;
	if (e->year || (e->year_relation && relative_year(context, e->year_relation, &year, &basis))) {
		year = e->year ? full_year(context, e) : year;
		if (near)
			put(value, "%04d-Q%d", (int)year, quarter);
		else
			put(value, "%04d", (int)year);
		return;
	}
	if (e->relation == RELATION_YEAR_AGO)
		put(value, "%04d-Q%d", (int)year - 1, quarter); /* the text goes on to speak of this year's */
	else
		put_quarter(context, year, quarter, e->first, value);
}

static void resolve_quarter(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	if (e->number == 0) {
		resolve_that_quarter(e, context, value);
		return;
	}
	int64_t year = 0;
	if (!year_of(e, context, e->number * 3 - 1, 0, tense, &year, value)) {
		put(value, "XXXX-Q%d", e->number);
		return;
	}
	if (e->relation == RELATION_YEAR_AGO) {
		put(value, "%04d-Q%d", (int)year - 1, e->number);
		return;
	}
	put_quarter(context, year, e->number, e->first, value);
}

static void resolve_season(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	static const int MIDDLE[] = {1, 4, 7, 10, 12};
	int64_t year = 0;
	if (year_of(e, context, MIDDLE[e->season], 0, tense, &year, value))
		put(value, "%04d-%s", (int)year, SEASONS[e->season]);
	else
		put(value, "XXXX-%s", SEASONS[e->season]);
}

static void put_week(int64_t days, bool weekend, struct time_value *value)
{
	int64_t year;
	int week = iso_week(days, &year);
	put(value, "%04d-W%02d%s", (int)year, week, weekend ? "-WE" : "");
}

/* Steps from "now" that a relation takes. */
static int steps(enum time_relation relation)
{
	switch (relation) {
	case RELATION_LAST:
	case RELATION_PREVIOUS:
	case RELATION_YEAR_AGO:
	case RELATION_PAST: return -1;
	case RELATION_NEXT:
	case RELATION_FOLLOWING:
	case RELATION_COMING: return 1;
	default: return 0;
	}
}

static const char *open_reference(int step) { return step < 0 ? "PAST_REF" : step > 0 ? "FUTURE_REF" : "PRESENT_REF"; }

static void resolve_unit(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	bool spoken = e->relation == RELATION_PREVIOUS || e->relation == RELATION_FOLLOWING || e->relation == RELATION_SAME || e->relation == RELATION_THAT;
	bool by_day = e->unit <= UNIT_FORTNIGHT;
	bool text = spoken && (by_day ? context->day_referred : context->referred);
	int step = steps(e->relation);
	if (e->relation == RELATION_YEAR_AGO && quarter_near(context, e->first) && context->months_token <= context->quarter_token) {
		put(value, "%04d-Q%d", (int)context->quarter_year - 1, context->quarter);
		value->basis = BASIS_TEXT;
		return;
	}
	if (!text && !context->anchored) {
		put(value, "%s", open_reference(step));
		return;
	}
	int64_t base = !text ? context->anchor : by_day ? context->day_reference : context->reference;
	value->basis = text ? BASIS_TEXT : BASIS_ANCHOR;
	struct civil date = civil_of(base);
	switch (e->unit) {
	case UNIT_WEEK: put_week(base + 7 * step, false, value); break;
	case UNIT_FORTNIGHT: put_week(base + 14 * step, false, value); break;
	case UNIT_WEEKEND:
		if (e->relation == RELATION_NONE && tense != TENSE_FUTURE && weekday_of(base) < 6)
			step = -1;
		put_week(base + 7 * step, true, value);
		break;
	case UNIT_MONTH:
		date = civil_add_months((struct civil){date.year, date.month, 1}, step);
		put(value, "%04d-%02d", (int)date.year, date.month);
		refer(context, date.year, date.month, 1);
		break;
	case UNIT_QUARTER:
		date = civil_add_months((struct civil){date.year, date.month, 1}, 3 * step);
		put_quarter(context, date.year, (date.month - 1) / 3 + 1, e->first, value);
		break;
	case UNIT_YEAR: put(value, "%04d", (int)date.year + step); break;
	case UNIT_DECADE: put(value, "%03d", (int)date.year / 10 + step); break;
	case UNIT_CENTURY: put(value, "%02d", (int)date.year / 100 + step); break;
	default: put_day(e, context, base + step, value); break;
	}
}

/* Moves the anchor by minutes and writes day and clock. */
static void shift_minutes(const struct time_context *context, int64_t minutes, struct time_value *value)
{
	int64_t total = context->anchor * 1440 + context->anchor_minute + minutes;
	int64_t days = total >= 0 ? total / 1440 : -((1439 - total) / 1440);
	struct civil date = civil_of(days);
	int minute = (int)(total - days * 1440);
	put(value, "%04d-%02d-%02dT%02d:%02d", (int)date.year, date.month, date.day, minute / 60, minute % 60);
}

static void resolve_shift(const struct time_expression *e, struct time_context *context, struct time_value *value)
{
	int64_t n = e->amount.halves / 2, halves = e->amount.halves;
	if (e->unit == UNIT_YEAR && n == 1 && halves == 2 && e->sign < 0 && quarter_near(context, e->first)) {
		put(value, "%04d-Q%d", (int)context->quarter_year - 1, context->quarter); /* results are compared with a year before */
		value->basis = BASIS_TEXT;
		return;
	}
	bool text = e->from_reference && context->referred;
	if (e->amount.vague || (!text && !context->anchored) || halves > 40000) {
		put(value, "%s", open_reference(e->sign));
		return;
	}
	int64_t base = text ? context->reference : context->anchor, sign = e->sign;
	struct civil date = civil_of(base);
	value->basis = text ? BASIS_TEXT : BASIS_ANCHOR;
	switch (e->unit) {
	case UNIT_SECOND: shift_minutes(context, 0, value); break;
	case UNIT_MINUTE: shift_minutes(context, sign * n, value); break;
	case UNIT_HOUR: shift_minutes(context, sign * halves * 30, value); break;
	case UNIT_WEEKEND: put_week(base + sign * 7 * n, true, value); break;
	case UNIT_WEEK: put_day(e, context, base + sign * halves * 7 / 2, value); break;
	case UNIT_FORTNIGHT: put_day(e, context, base + sign * halves * 7, value); break;
	case UNIT_MONTH:
		date = civil_add_months((struct civil){date.year, date.month, 1}, sign * n);
		put(value, "%04d-%02d", (int)date.year, date.month);
		break;
	case UNIT_QUARTER:
		date = civil_add_months((struct civil){date.year, date.month, 1}, sign * 3 * n);
		put(value, "%04d-Q%d", (int)date.year, (date.month - 1) / 3 + 1);
		break;
	case UNIT_YEAR:
		if (date.year + sign * n < 1) {
			put(value, "%s", open_reference(e->sign));
			break;
		}
		if (halves % 2) {
			date = civil_add_months((struct civil){date.year, date.month, 1}, sign * halves * 6);
			put(value, "%04d-%02d", (int)date.year, date.month);
		} else {
			put(value, "%04d", (int)(date.year + sign * n));
		}
		break;
	case UNIT_DECADE: put(value, "%03d", (int)((date.year + sign * halves * 5) / 10)); break;
	case UNIT_CENTURY:
		if (halves % 2) /* "half a century ago" */
			put(value, "%03d", (int)((date.year + sign * halves * 50) / 10));
		else
			put(value, "%02d", (int)(date.year / 100 + sign * n));
		break;
	default: put_day(e, context, base + sign * n, value); break;
	}
}

static void resolve_holiday(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	if (!e->year && !context->anchored) {
		put(value, e->unit == UNIT_WEEK ? "XXXX-WXX" : "XXXX-XX-XX");
		return;
	}
	int64_t year = e->year ? full_year(context, e) : civil_of(context->anchor).year;
	if (!e->year) {
		value->basis = BASIS_ANCHOR;
		int64_t lowest = INT64_MAX, now = year;
		enum time_relation relation = e->relation ? e->relation : e->year_relation;
		for (int64_t candidate = now - 1; candidate <= now + 1; candidate++) {
			int64_t distance = holiday_days(e->holiday, candidate) - context->anchor;
			bool wrong_side = (steps(relation) < 0 && distance >= 0) || (steps(relation) > 0 && distance <= 0);
			int64_t cost = price(distance, tense, 4) + (wrong_side ? 100000 : 0);
			if (cost < lowest) {
				lowest = cost;
				year = candidate;
			}
		}
		if (e->year_relation)
			relative_year(context, e->year_relation, &year, &value->basis);
	}
	if (e->unit == UNIT_WEEK)
		put_week(holiday_days(e->holiday, year), false, value);
	else
		put_day(e, context, holiday_days(e->holiday, year), value);
}

/* One part of a duration in ISO 8601 §4.4.3: sets *clock once a T is written. */
static void put_amount(struct time_amount amount, enum time_unit unit, bool *clock, struct time_value *value)
{
	static const char *const LETTERS[] = {"", "S", "M", "H", "D", "N", "WE", "W", "W", "M", "Q", "Y", "E", "C", "L"};
	int32_t whole = amount.halves / 2;
	bool half = amount.halves % 2;
	if (unit < UNIT_DAY && !*clock) {
		put(value, "T");
		*clock = true;
	}
	if (amount.vague) {
		put(value, "X%s", LETTERS[unit]);
	} else if (unit == UNIT_FORTNIGHT) {
		put(value, "%dW", amount.halves);
	} else if (!half) {
		put(value, "%d%s", whole, LETTERS[unit]);
	} else if (unit == UNIT_YEAR || unit == UNIT_HOUR || unit == UNIT_MINUTE) {
		if (whole)
			put(value, "%d%s", whole, LETTERS[unit]);
		put(value, unit == UNIT_YEAR ? "6M" : unit == UNIT_HOUR ? "30M" : "30S");
	} else if (unit == UNIT_CENTURY || unit == UNIT_DECADE) {
		put(value, "%dY", amount.halves * (unit == UNIT_CENTURY ? 50 : 5));
	} else {
		put(value, "%d.5%s", whole, LETTERS[unit]);
	}
}

static void resolve_duration(const struct time_expression *e, struct time_value *value)
{
	bool clock = false;
	put(value, "P");
	put_amount(e->amount, e->unit, &clock, value);
	if (e->second_unit)
		put_amount(e->second_amount, e->second_unit, &clock, value);
}

static void resolve_set(const struct time_expression *e, struct time_value *value)
{
	if (e->weekday)
		put(value, "XXXX-WXX-%d%s", e->weekday, DAYPARTS[e->daypart]);
	else if (e->month)
		put(value, "XXXX-%02d", e->month);
	else if (e->season)
		put(value, "XXXX-%s", SEASONS[e->season]);
	else if (e->daypart)
		put(value, "XXXX-XX-XX%s", DAYPARTS[e->daypart]);
	else
		resolve_duration(e, value);
}

static void resolve_day(const struct time_expression *e, int64_t days, enum time_basis basis, struct time_context *context, struct time_value *value)
{
	value->basis = basis;
	put_day(e, context, days, value);
}

static void resolve_open_day(const struct time_expression *e, struct time_value *value)
{
	if (e->hour >= 0 || e->daypart) {
		put(value, "XXXX-XX-XX");
		put_clock(e, value);
	} else {
		put(value, "%s", open_reference(e->shift));
	}
}

void time_resolve(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	*value = (struct time_value){.basis = BASIS_NONE};
	if (e->type == TIME_SET) {
		resolve_set(e, value);
		return;
	}
	switch (e->form) {
	case FORM_CALENDAR: resolve_calendar(e, tense, context, value); break;
	case FORM_SEASON: resolve_season(e, tense, context, value); break;
	case FORM_QUARTER: resolve_quarter(e, tense, context, value); break;
	case FORM_HALF: {
		int64_t year = 0;
		if (year_of(e, context, e->number * 6 - 3, 0, tense, &year, value))
			put(value, "%04d-H%d", (int)year, e->number);
		else
			put(value, "XXXX-H%d", e->number);
		break;
	}
	case FORM_UNIT: resolve_unit(e, tense, context, value); break;
	case FORM_WEEK_OF: {
		int64_t year = 0;
		if (year_of(e, context, e->month, e->day, tense, &year, value))
			put_week(clock_days_from_civil(year, e->month, e->day), false, value);
		else
			put(value, "XXXX-WXX");
		break;
	}
	case FORM_SHIFT: resolve_shift(e, context, value); break;
	case FORM_DAY:
		if (e->from_reference && context->day_referred) {
			struct time_context aside = *context;
			resolve_day(e, context->day_reference + e->shift, BASIS_TEXT, &aside, value);
		} else if (context->anchored)
			resolve_day(e, context->anchor + e->shift, BASIS_ANCHOR, context, value);
		else
			resolve_open_day(e, value);
		break;
	case FORM_CLOCK:
		if (context->clock_basis != BASIS_NONE)
			resolve_day(e, context->clock_day, context->clock_basis, context, value);
		else
			resolve_open_day(e, value);
		break;
	case FORM_DECADE: put(value, "%03d", e->number); break;
	case FORM_CENTURY: put(value, "%02d", e->number - 1); break;
	case FORM_HOLIDAY: resolve_holiday(e, tense, context, value); break;
	case FORM_REFERENCE: put(value, "%s", open_reference(e->reference == REFERENCE_PAST ? -1 : e->reference == REFERENCE_FUTURE ? 1 : 0)); break;
	case FORM_SET: resolve_duration(e, value); break;
	case FORM_DURATION:
		if (e->unit == UNIT_MONTH && (e->amount.halves == 12 || e->amount.halves == 18) && !e->amount.vague)
			context->months_token = e->first; /* results of half a year or of nine months */
		resolve_duration(e, value);
		break;
	case FORM_NONE: break;
	}
}
