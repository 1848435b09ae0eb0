/* dateclock: the time of day beside a date, and its zone. What the date itself looks like is dates.c's. */
#ifndef COPYDESK_DATECLOCK_H
#define COPYDESK_DATECLOCK_H

#include "extract/datetokens.h"

/* A date as it was found, with the time of day if one stands by it. */
struct date_match {
	int64_t year;
	int month, day;
	bool has_time;
	int hour, minute, second, millisecond;
	bool has_offset;
	int offset;         /* minutes east of UTC, or so many and ZONE_OF_SEASONS */
	size_t first, last; /* tokens [first, last) */
};

/* A time of day that begins at token `at` goes into `match`, *last is behind it. False: none, and nothing is changed. */
bool dateclock_read(const struct date_tokens *tokens, size_t at, struct date_match *match, size_t *last);
/* Looks for the time of a date that was found: behind it, over commas, particles and weekdays, or right before it. With it the
 * zone. */
void dateclock_find(const struct date_tokens *tokens, struct date_match *match);

#endif
