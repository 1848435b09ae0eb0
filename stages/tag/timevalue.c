/* timevalue: see timevalue.h. */
#include "tag/timevalue.h"

#include "tag/timegrammar.h"

#include <stdio.h>

void time_value_put(struct time_value *value, const char *format, ...)
{
	size_t used = strlen(value->text);
	va_list args;
	va_start(args, format);
	vsnprintf(value->text + used, sizeof(value->text) - used, format, args);
	va_end(args);
}

void time_value_put_daypart(const struct time_expression *e, struct time_value *value)
{
	static const char *const DAYPARTS[] = {"", "TMO", "TMI", "TAF", "TEV", "TNI"};
	time_value_put(value, "%s", DAYPARTS[e->daypart]);
}

void time_value_put_clock(const struct time_expression *e, struct time_value *value)
{
	if (e->hour < 0) {
		time_value_put_daypart(e, value);
		return;
	}
	time_value_put(value, "T%02d:%02d", e->hour, e->minute);
	if (e->second)
		time_value_put(value, ":%02d", e->second);
}

void time_value_put_week(int64_t days, bool weekend, struct time_value *value)
{
	int64_t year;
	int week = iso_week(days, &year);
	time_value_put(value, "%04d-W%02d%s", (int)year, week, weekend ? "-WE" : "");
}

/* One part of a duration in ISO 8601 §4.4.3: sets *clock once a T is written. */
static void put_amount(struct time_amount amount, enum time_unit unit, bool *clock, struct time_value *value)
{
	static const char *const LETTERS[] = {"", "S", "M", "H", "D", "N", "WE", "W", "W", "M", "Q", "Y", "E", "C", "L"};
	int32_t whole = amount.halves / 2;
	bool half = amount.halves % 2;
	if (unit < UNIT_DAY && !*clock) {
		time_value_put(value, "T");
		*clock = true;
	}
	if (amount.vague) {
		time_value_put(value, "X%s", LETTERS[unit]);
	} else if (unit == UNIT_FORTNIGHT) {
		time_value_put(value, "%dW", amount.halves);
	} else if (!half) {
		time_value_put(value, "%d%s", whole, LETTERS[unit]);
	} else if (unit == UNIT_YEAR || unit == UNIT_HOUR || unit == UNIT_MINUTE) {
		if (whole)
			time_value_put(value, "%d%s", whole, LETTERS[unit]);
		time_value_put(value, unit == UNIT_YEAR ? "6M" : unit == UNIT_HOUR ? "30M" : "30S");
	} else if (unit == UNIT_CENTURY || unit == UNIT_DECADE) {
		time_value_put(value, "%dY", amount.halves * (unit == UNIT_CENTURY ? 50 : 5));
	} else {
		time_value_put(value, "%d.5%s", whole, LETTERS[unit]);
	}
}

void time_value_put_duration(const struct time_expression *e, struct time_value *value)
{
	bool clock = false;
	time_value_put(value, "P");
	put_amount(e->amount, e->unit, &clock, value);
	if (e->second_unit)
		put_amount(e->second_amount, e->second_unit, &clock, value);
}
