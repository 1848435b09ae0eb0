/* timeyears: see timeyears.h. */
#include "tag/timeyears.h"

int64_t time_year_price(int64_t distance, enum time_tense tense, int64_t against)
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
		int64_t cost = time_year_price(distance, month_alone && tense == TENSE_NONE ? TENSE_PAST : tense,
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

int64_t time_year_full(const struct time_context *context, const struct time_expression *e)
{
	if (!e->short_year)
		return e->year;
	int64_t now = context->anchored ? civil_of(context->anchor).year : 2000;
	int64_t year = now / 100 * 100 + e->year;
	return year > now + 20 ? year - 100 : year;
}

bool time_year_related(const struct time_context *context, enum time_relation relation, int64_t *year, enum time_basis *basis)
{
	bool spoken = time_relation_is_spoken(relation);
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

bool time_year_of(const struct time_expression *e, const struct time_context *context, int month, int day, enum time_tense tense,
	int64_t *year, struct time_value *value)
{
	if (e->year) {
		*year = time_year_full(context, e);
		if (e->short_year)
			value->basis = BASIS_ANCHOR;
		return true;
	}
	if (e->year_relation)
		return time_year_related(context, e->year_relation, year, &value->basis);
	if (!context->anchored)
		return false;
	value->basis = BASIS_ANCHOR;
	*year = e->relation && e->relation != RELATION_YEAR_AGO ? related_year(context, e->relation, month)
		: nearest_year(context, month, day, e, tense);
	return true;
}
