/* timeresolve: see timeresolve.h. One function a form; each writes the value and moves the context on. */
#include "tag/timeresolve.h"

#include "tag/timequarters.h"
#include "tag/timeyears.h"

static const char *const SEASONS[] = {"XX", "SP", "SU", "FA", "WI"};

static void put_day(const struct time_expression *e, struct time_context *context, int64_t days, struct time_value *value)
{
	struct civil date = civil_of(days);
	time_value_put(value, "%04d-%02d-%02d", (int)date.year, date.month, date.day);
	time_value_put_clock(e, value);
	context->referred = context->day_referred = true;
	context->reference = context->day_reference = days;
}

static void refer(struct time_context *context, int64_t year, int month, int day)
{
	context->referred = true;
	context->reference = clock_days_from_civil(year, month, day);
}

/* A weekday alone. In news a past one lies at most a week back, and the anchor's own name is the anchor ("said Tuesday"). */
static void resolve_weekday(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	bool spoken = (e->relation == RELATION_PREVIOUS || e->relation == RELATION_FOLLOWING || e->relation == RELATION_SAME) && context->day_referred;
	if (!context->anchored && !spoken) {
		time_value_put(value, "XXXX-WXX-%d", e->weekday);
		time_value_put_clock(e, value);
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
	bool known = time_year_of(e, context, e->month ? e->month : 1, e->day, tense, &year, value);
	if (!e->month) {
		time_value_put(value, "%04d", (int)year);
		refer(context, year, 1, 1);
		return;
	}
	if (known && e->day && e->day <= clock_days_in_month(year, e->month)) {
		put_day(e, context, clock_days_from_civil(year, e->month, e->day), value);
		return;
	}
	if (known)
		time_value_put(value, "%04d-%02d", (int)year, e->month);
	else
		time_value_put(value, "XXXX-%02d", e->month);
	if (e->day)
		time_value_put(value, "-%02d", e->day);
	if (known && !e->day)
		refer(context, year, e->month, 1);
	time_value_put_clock(e, value);
}

static void resolve_season(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	static const int MIDDLE[] = {1, 4, 7, 10, 12};
	int64_t year = 0;
	if (time_year_of(e, context, MIDDLE[e->season], 0, tense, &year, value))
		time_value_put(value, "%04d-%s", (int)year, SEASONS[e->season]);
	else
		time_value_put(value, "XXXX-%s", SEASONS[e->season]);
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
	bool spoken = time_relation_is_spoken(e->relation);
	bool by_day = e->unit <= UNIT_FORTNIGHT;
	bool text = spoken && (by_day ? context->day_referred : context->referred);
	int step = steps(e->relation);
	if (e->relation == RELATION_YEAR_AGO && time_quarter_near(context, e->first) && context->months_token <= context->quarter_token) {
		time_quarter_put_year_before(context, value);
		return;
	}
	if (!text && !context->anchored) {
		time_value_put(value, "%s", open_reference(step));
		return;
	}
	int64_t base = !text ? context->anchor : by_day ? context->day_reference : context->reference;
	value->basis = text ? BASIS_TEXT : BASIS_ANCHOR;
	struct civil date = civil_of(base);
	switch (e->unit) {
	case UNIT_WEEK: time_value_put_week(base + 7 * step, false, value); break;
	case UNIT_FORTNIGHT: time_value_put_week(base + 14 * step, false, value); break;
	case UNIT_WEEKEND:
		if (e->relation == RELATION_NONE && tense != TENSE_FUTURE && weekday_of(base) < 6)
			step = -1;
		time_value_put_week(base + 7 * step, true, value);
		break;
	case UNIT_MONTH:
		date = civil_add_months((struct civil){date.year, date.month, 1}, step);
		time_value_put(value, "%04d-%02d", (int)date.year, date.month);
		refer(context, date.year, date.month, 1);
		break;
	case UNIT_QUARTER:
		date = civil_add_months((struct civil){date.year, date.month, 1}, 3 * step);
		time_quarter_put(context, date.year, (date.month - 1) / 3 + 1, e->first, value);
		break;
	case UNIT_YEAR: time_value_put(value, "%04d", (int)date.year + step); break;
	case UNIT_DECADE: time_value_put(value, "%03d", (int)date.year / 10 + step); break;
	case UNIT_CENTURY: time_value_put(value, "%02d", (int)date.year / 100 + step); break;
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
	time_value_put(value, "%04d-%02d-%02dT%02d:%02d", (int)date.year, date.month, date.day, minute / 60, minute % 60);
}

static void resolve_shift(const struct time_expression *e, struct time_context *context, struct time_value *value)
{
	int64_t n = e->amount.halves / 2, halves = e->amount.halves;
	if (e->unit == UNIT_YEAR && n == 1 && halves == 2 && e->sign < 0 && time_quarter_near(context, e->first)) {
		time_quarter_put_year_before(context, value); /* results are compared with a year before */
		return;
	}
	bool text = e->from_reference && context->referred;
	if (e->amount.vague || (!text && !context->anchored) || halves > 40000) {
		time_value_put(value, "%s", open_reference(e->sign));
		return;
	}
	int64_t base = text ? context->reference : context->anchor, sign = e->sign;
	struct civil date = civil_of(base);
	value->basis = text ? BASIS_TEXT : BASIS_ANCHOR;
	switch (e->unit) {
	case UNIT_SECOND: shift_minutes(context, 0, value); break;
	case UNIT_MINUTE: shift_minutes(context, sign * n, value); break;
	case UNIT_HOUR: shift_minutes(context, sign * halves * 30, value); break;
	case UNIT_WEEKEND: time_value_put_week(base + sign * 7 * n, true, value); break;
	case UNIT_WEEK: put_day(e, context, base + sign * halves * 7 / 2, value); break;
	case UNIT_FORTNIGHT: put_day(e, context, base + sign * halves * 7, value); break;
	case UNIT_MONTH:
		date = civil_add_months((struct civil){date.year, date.month, 1}, sign * n);
		time_value_put(value, "%04d-%02d", (int)date.year, date.month);
		break;
	case UNIT_QUARTER:
		date = civil_add_months((struct civil){date.year, date.month, 1}, sign * 3 * n);
		time_value_put(value, "%04d-Q%d", (int)date.year, (date.month - 1) / 3 + 1);
		break;
	case UNIT_YEAR:
		if (date.year + sign * n < 1) {
			time_value_put(value, "%s", open_reference(e->sign));
			break;
		}
		if (halves % 2) {
			date = civil_add_months((struct civil){date.year, date.month, 1}, sign * halves * 6);
			time_value_put(value, "%04d-%02d", (int)date.year, date.month);
		} else {
			time_value_put(value, "%04d", (int)(date.year + sign * n));
		}
		break;
	case UNIT_DECADE: time_value_put(value, "%03d", (int)((date.year + sign * halves * 5) / 10)); break;
	case UNIT_CENTURY:
		if (halves % 2) /* "half a century ago" */
			time_value_put(value, "%03d", (int)((date.year + sign * halves * 50) / 10));
		else
			time_value_put(value, "%02d", (int)(date.year / 100 + sign * n));
		break;
	default: put_day(e, context, base + sign * n, value); break;
	}
}

static void resolve_holiday(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	if (!e->year && !context->anchored) {
		time_value_put(value, e->unit == UNIT_WEEK ? "XXXX-WXX" : "XXXX-XX-XX");
		return;
	}
	int64_t year = e->year ? time_year_full(context, e) : civil_of(context->anchor).year;
	if (!e->year) {
		value->basis = BASIS_ANCHOR;
		int64_t lowest = INT64_MAX, now = year;
		enum time_relation relation = e->relation ? e->relation : e->year_relation;
		for (int64_t candidate = now - 1; candidate <= now + 1; candidate++) {
			int64_t distance = holiday_days(e->holiday, candidate) - context->anchor;
			bool wrong_side = (steps(relation) < 0 && distance >= 0) || (steps(relation) > 0 && distance <= 0);
			int64_t cost = time_year_price(distance, tense, 4) + (wrong_side ? 100000 : 0);
			if (cost < lowest) {
				lowest = cost;
				year = candidate;
			}
		}
		if (e->year_relation)
			time_year_related(context, e->year_relation, &year, &value->basis);
	}
	if (e->unit == UNIT_WEEK)
		time_value_put_week(holiday_days(e->holiday, year), false, value);
	else
		put_day(e, context, holiday_days(e->holiday, year), value);
}

static void resolve_set(const struct time_expression *e, struct time_value *value)
{
	if (e->weekday) {
		time_value_put(value, "XXXX-WXX-%d", e->weekday);
		time_value_put_daypart(e, value);
	} else if (e->month) {
		time_value_put(value, "XXXX-%02d", e->month);
	} else if (e->season) {
		time_value_put(value, "XXXX-%s", SEASONS[e->season]);
	} else if (e->daypart) {
		time_value_put(value, "XXXX-XX-XX");
		time_value_put_daypart(e, value);
	} else {
		time_value_put_duration(e, value);
	}
}

static void resolve_day(const struct time_expression *e, int64_t days, enum time_basis basis, struct time_context *context, struct time_value *value)
{
	value->basis = basis;
	put_day(e, context, days, value);
}

static void resolve_open_day(const struct time_expression *e, struct time_value *value)
{
	if (e->hour >= 0 || e->daypart) {
		time_value_put(value, "XXXX-XX-XX");
		time_value_put_clock(e, value);
	} else {
		time_value_put(value, "%s", open_reference(e->shift));
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
	case FORM_QUARTER: time_quarter_resolve(e, tense, context, value); break;
	case FORM_HALF: {
		int64_t year = 0;
		if (time_year_of(e, context, e->number * 6 - 3, 0, tense, &year, value))
			time_value_put(value, "%04d-H%d", (int)year, e->number);
		else
			time_value_put(value, "XXXX-H%d", e->number);
		break;
	}
	case FORM_UNIT: resolve_unit(e, tense, context, value); break;
	case FORM_WEEK_OF: {
		int64_t year = 0;
		if (time_year_of(e, context, e->month, e->day, tense, &year, value))
			time_value_put_week(clock_days_from_civil(year, e->month, e->day), false, value);
		else
			time_value_put(value, "XXXX-WXX");
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
	case FORM_DECADE: time_value_put(value, "%03d", e->number); break;
	case FORM_CENTURY: time_value_put(value, "%02d", e->number - 1); break;
	case FORM_HOLIDAY: resolve_holiday(e, tense, context, value); break;
	case FORM_REFERENCE: time_value_put(value, "%s", open_reference(e->reference == REFERENCE_PAST ? -1 : e->reference == REFERENCE_FUTURE ? 1 : 0)); break;
	case FORM_SET: time_value_put_duration(e, value); break;
	case FORM_DURATION:
		if (e->unit == UNIT_MONTH && (e->amount.halves == 12 || e->amount.halves == 18) && !e->amount.vague)
			context->months_token = e->first; /* results of half a year or of nine months */
		time_value_put_duration(e, value);
		break;
	case FORM_NONE: break;
	}
}
