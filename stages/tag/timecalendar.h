/* timecalendar: days, ISO weeks, months and feasts for the resolution of time expressions. Days count from 1970-01-01 (see clock.h). */
#ifndef COPYDESK_TIMECALENDAR_H
#define COPYDESK_TIMECALENDAR_H

#include "base/clock.h"

struct civil {
	int64_t year;
	int month, day; /* 1–12, 1–31 */
};

struct civil civil_of(int64_t days);
/* Months later (or earlier); a day the month does not have becomes its last. */
struct civil civil_add_months(struct civil date, int64_t months);
/* Whether such a day exists, year 1 to 9999. */
bool civil_valid(struct civil date);

/* 1 = Monday … 7 = Sunday (ISO 8601 §4.3.2.2). */
int weekday_of(int64_t days);
/* The week 1–53 and the year that it belongs to (ISO 8601: week 1 holds the first Thursday). */
int iso_week(int64_t days, int64_t *year);

enum holiday {
	HOLIDAY_NONE,
	NEW_YEARS_DAY, VALENTINES_DAY, INDEPENDENCE_DAY, HALLOWEEN, VETERANS_DAY, CHRISTMAS_EVE, CHRISTMAS_DAY, NEW_YEARS_EVE,
	BOXING_DAY, MEMORIAL_DAY, LABOR_DAY, THANKSGIVING, COLUMBUS_DAY, EASTER, GOOD_FRIDAY, EASTER_MONDAY, PALM_SUNDAY,
	ASH_WEDNESDAY,
};
/* The day in that year. American dates where countries differ; Easter by the Gregorian computus (Meeus, Jones, Butcher). */
int64_t holiday_days(enum holiday holiday, int64_t year);

#endif
