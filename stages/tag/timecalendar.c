/* timecalendar: see timecalendar.h. All arithmetic is proleptic Gregorian. */
#include "tag/timecalendar.h"

struct civil civil_of(int64_t days)
{
	struct civil date;
	clock_civil_from_days(days, &date.year, &date.month, &date.day);
	return date;
}

struct civil civil_add_months(struct civil date, int64_t months)
{
	int64_t index = date.year * 12 + date.month - 1 + months;
	int64_t year = index >= 0 ? index / 12 : -((11 - index) / 12);
	struct civil moved = {year, (int)(index - year * 12) + 1, date.day};
	int last = clock_days_in_month(moved.year, moved.month);
	if (moved.day > last)
		moved.day = last;
	return moved;
}

bool civil_valid(struct civil date)
{
	return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
		date.day <= clock_days_in_month(date.year, date.month);
}

int weekday_of(int64_t days)
{
	int64_t since_monday = (days + 3) % 7; /* 1970-01-01 was a Thursday */
	return (int)(since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

int iso_week(int64_t days, int64_t *year)
{
	int64_t thursday = days - weekday_of(days) + 4;
	*year = civil_of(thursday).year;
	return (int)((thursday - clock_days_from_civil(*year, 1, 1)) / 7) + 1;
}

static int64_t easter_days(int64_t year)
{
	int64_t a = year % 19, b = year / 100, c = year % 100;
	int64_t d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
	int64_t h = (19 * a + b - d - g + 15) % 30;
	int64_t i = c / 4, k = c % 4;
	int64_t l = (32 + 2 * e + 2 * i - h - k) % 7;
	int64_t m = (a + 11 * h + 19 * l) / 433;
	int64_t month = (h + l - 7 * m + 90) / 25;
	int64_t day = (h + l - 7 * m + 33 * month + 19) % 32;
	return clock_days_from_civil(year, (int)month, (int)day);
}

/* The n-th such weekday of the month; n = 0: the last. */
static int64_t nth_weekday(int64_t year, int month, int weekday, int n)
{
	if (n == 0) {
		int64_t last = clock_days_from_civil(year, month, clock_days_in_month(year, month));
		return last - (weekday_of(last) - weekday + 7) % 7;
	}
	int64_t first = clock_days_from_civil(year, month, 1);
	return first + (weekday - weekday_of(first) + 7) % 7 + 7 * (n - 1);
}

int64_t holiday_days(enum holiday holiday, int64_t year)
{
	switch (holiday) {
	case HOLIDAY_NONE: break;
	case NEW_YEARS_DAY: return clock_days_from_civil(year, 1, 1);
	case VALENTINES_DAY: return clock_days_from_civil(year, 2, 14);
	case INDEPENDENCE_DAY: return clock_days_from_civil(year, 7, 4);
	case HALLOWEEN: return clock_days_from_civil(year, 10, 31);
	case VETERANS_DAY: return clock_days_from_civil(year, 11, 11);
	case CHRISTMAS_EVE: return clock_days_from_civil(year, 12, 24);
	case CHRISTMAS_DAY: return clock_days_from_civil(year, 12, 25);
	case BOXING_DAY: return clock_days_from_civil(year, 12, 26);
	case NEW_YEARS_EVE: return clock_days_from_civil(year, 12, 31);
	case MEMORIAL_DAY: return nth_weekday(year, 5, 1, 0);
	case LABOR_DAY: return nth_weekday(year, 9, 1, 1);
	case COLUMBUS_DAY: return nth_weekday(year, 10, 1, 2);
	case THANKSGIVING: return nth_weekday(year, 11, 4, 4);
	case EASTER: return easter_days(year);
	case GOOD_FRIDAY: return easter_days(year) - 2;
	case EASTER_MONDAY: return easter_days(year) + 1;
	case PALM_SUNDAY: return easter_days(year) - 7;
	case ASH_WEDNESDAY: return easter_days(year) - 46;
	}
	return clock_days_from_civil(year, 1, 1);
}
