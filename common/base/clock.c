/* clock: see clock.h. */
#include "base/clock.h"

#include "base/digits.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static int64_t clock_read_us(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_wall_ms(void) { return clock_read_us(CLOCK_REALTIME) / 1000; }
int64_t clock_monotonic_us(void) { return clock_read_us(CLOCK_MONOTONIC); }
int64_t clock_thread_cpu_us(void) { return clock_read_us(CLOCK_THREAD_CPUTIME_ID); }
int64_t clock_process_cpu_us(void) { return clock_read_us(CLOCK_PROCESS_CPUTIME_ID); }

int64_t clock_days_from_civil(int64_t year, int month, int day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

void clock_civil_from_days(int64_t days, int64_t *year, int *month, int *day)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t shifted = (5 * day_of_year + 2) / 153;
	*day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
	*month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	*year = year_of_era + era * 400 + (*month <= 2);
}

int clock_days_in_month(int64_t year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[(month - 1) % 12];
}

void clock_format(int64_t ms, char out[32])
{
	int64_t days = ms / 86400000, rest = ms % 86400000, year;
	int month, day;

	if (rest < 0) {
		rest += 86400000;
		days--;
	}
	clock_civil_from_days(days, &year, &month, &day);
	if (year < 0 || year > 9999) {
		snprintf(out, 32, "%s", year < 0 ? "0000-01-01T00:00:00Z" : "9999-12-31T23:59:59Z");
		return;
	}
	int seconds = (int)(rest / 1000), fraction = (int)(rest % 1000);
	char *to = out;
	const struct {
		int value;
		size_t width;
		char before;
	} parts[] = {{month, 2, '-'}, {day, 2, '-'}, {seconds / 3600, 2, 'T'}, {seconds / 60 % 60, 2, ':'}, {seconds % 60, 2, ':'},
		{fraction, 3, '.'}};
	to = digits_padded(to, (uint64_t)year, 4);
	for (size_t i = 0; i < (fraction ? 6u : 5u); i++) {
		*to++ = parts[i].before;
		to = digits_padded(to, (uint64_t)parts[i].value, parts[i].width);
	}
	memcpy(to, "Z", 2);
}

/* Exactly `width` digits at *at. */
static bool parse_digits(struct slice text, size_t *at, size_t width, int *value)
{
	if (*at + width > text.len)
		return false;
	*value = 0;
	for (size_t end = *at + width; *at < end; ++*at) {
		if (!byte_is_digit(text.ptr[*at]))
			return false;
		*value = *value * 10 + (text.ptr[*at] - '0');
	}
	return true;
}

static bool parse_byte(struct slice text, size_t *at, const char *allowed)
{
	if (*at >= text.len || !strchr(allowed, text.ptr[*at]) || text.ptr[*at] == '\0')
		return false;
	++*at;
	return true;
}

static bool parse_offset(struct slice text, size_t *at, int *minutes)
{
	int hours, rest;

	*minutes = 0;
	if (parse_byte(text, at, "Zz"))
		return true;
	if (*at >= text.len)
		return false;
	int sign = text.ptr[*at] == '-' ? -1 : 1;
	if (!parse_byte(text, at, "+-") || !parse_digits(text, at, 2, &hours))
		return false;
	parse_byte(text, at, ":");
	if (!parse_digits(text, at, 2, &rest) || hours > 23 || rest > 59)
		return false;
	*minutes = sign * (hours * 60 + rest);
	return true;
}

bool clock_parse_offset(struct slice text, int64_t *ms, int *offset)
{
	int year, month, day, hour, minute, second;
	int64_t fraction = 0, scale = 100;
	size_t at = 0;

	if (!parse_digits(text, &at, 4, &year) || !parse_byte(text, &at, "-") || !parse_digits(text, &at, 2, &month) ||
		!parse_byte(text, &at, "-") || !parse_digits(text, &at, 2, &day) || !parse_byte(text, &at, "Tt ") ||
		!parse_digits(text, &at, 2, &hour) || !parse_byte(text, &at, ":") || !parse_digits(text, &at, 2, &minute) ||
		!parse_byte(text, &at, ":") || !parse_digits(text, &at, 2, &second))
		return false;
	if (parse_byte(text, &at, ".")) {
		size_t first = at;
		for (; at < text.len && byte_is_digit(text.ptr[at]); at++, scale /= 10)
			fraction += (text.ptr[at] - '0') * scale;
		if (at == first)
			return false;
	}
	if (!parse_offset(text, &at, offset) || at != text.len)
		return false;
	if (month < 1 || month > 12 || day < 1 || day > clock_days_in_month(year, month) || hour > 23 || minute > 59 ||
		second > 60)
		return false;
	int64_t days = clock_days_from_civil(year, month, day);
	*ms = ((days * 24 + hour) * 60 + minute - *offset) * 60000 + second * 1000 + fraction;
	return true;
}

bool clock_parse(struct slice text, int64_t *ms)
{
	int offset;

	return clock_parse_offset(text, ms, &offset);
}
