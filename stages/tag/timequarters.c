/* timequarters: see timequarters.h. */
#include "tag/timequarters.h"

#include "tag/timeyears.h"

/* How far behind a named quarter "a year earlier" still means a quarter, in tokens: about the next few sentences of a results story. */
#define QUARTER_REACH 160

void time_quarter_put(struct time_context *context, int64_t year, int quarter, size_t token, struct time_value *value)
{
	time_value_put(value, "%04d-Q%d", (int)year, quarter);
	context->quarter = quarter;
	context->quarter_year = year;
	context->quarter_token = token;
}

bool time_quarter_near(const struct time_context *context, size_t token)
{
	return context->quarter && token - context->quarter_token < QUARTER_REACH;
}

void time_quarter_put_year_before(const struct time_context *context, struct time_value *value)
{
	time_value_put(value, "%04d-Q%d", (int)context->quarter_year - 1, context->quarter);
	value->basis = BASIS_TEXT;
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
	bool near = time_quarter_near(context, e->first);
	int64_t year = context->quarter_year;
	int quarter = context->quarter;
	if (!near && e->month && time_year_of(e, context, e->month, e->day, TENSE_PAST, &year, value)) {
		time_quarter_put(context, year, (e->month - 1) / 3 + 1, e->first, value); /* "the quarter ended Sept. 30" */
		return;
	}
	if (e->relation == RELATION_LATEST && !quarter_over(context))
		near = false; /* one to come, of a forecast */
	if (near && context->months_token > context->quarter_token && (e->year || e->year_relation))
		near = false; /* "in the first nine months … in the 1988 period" */
	value->basis = near ? BASIS_TEXT : BASIS_ANCHOR;
	if (!near && !context->anchored) {
		time_value_put(value, e->year ? "%04d" : "XXXX-QX", e->year);
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
	if (e->year || (e->year_relation && time_year_related(context, e->year_relation, &year, &basis))) {
		year = e->year ? time_year_full(context, e) : year;
		if (near)
			time_value_put(value, "%04d-Q%d", (int)year, quarter);
		else
			time_value_put(value, "%04d", (int)year);
		return;
	}
	if (e->relation == RELATION_YEAR_AGO)
		time_value_put(value, "%04d-Q%d", (int)year - 1, quarter); /* the text goes on to speak of this year's */
	else
		time_quarter_put(context, year, quarter, e->first, value);
}

void time_quarter_resolve(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value)
{
	if (e->number == 0) {
		resolve_that_quarter(e, context, value);
		return;
	}
	int64_t year = 0;
	if (!time_year_of(e, context, e->number * 3 - 1, 0, tense, &year, value)) {
		time_value_put(value, "XXXX-Q%d", e->number);
		return;
	}
	if (e->relation == RELATION_YEAR_AGO) {
		time_value_put(value, "%04d-Q%d", (int)year - 1, e->number);
		return;
	}
	time_quarter_put(context, year, e->number, e->first, value);
}
