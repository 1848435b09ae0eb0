/* timecontext: what an expression that says a date only in part is completed from. The days are those of clock.h. */
#ifndef COPYDESK_TIMECONTEXT_H
#define COPYDESK_TIMECONTEXT_H

#include "tag/timegrammar.h"

/* What the text has spoken of so far. */
struct time_context {
	bool anchored;
	int64_t anchor;     /* days */
	int anchor_minute;  /* of that day, UTC */
	bool referred;
	int64_t reference;  /* the last date named, days; its first day if it was a month or year */
	bool day_referred;
	int64_t day_reference; /* the last day named */
	int64_t quarter_year; /* the last quarter named */
	int quarter;        /* 0: none */
	size_t quarter_token;
	size_t months_token; /* where six or nine months were named last */
	int64_t clock_day;  /* the day of a time of day that names none; basis: clock_basis */
	enum time_basis clock_basis;
};

#endif
