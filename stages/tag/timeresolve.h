/* timeresolve: the TIMEX3 value of an expression: ISO 8601 with X for what is unknown. What is said only in part is completed from the
 * anchor (the article's date), from the date the text spoke of last, and from the tense of the sentence: "Friday" behind "said" lies
 * before the anchor, "by January" after it. Without an anchor the value stays open (XXXX-04-11, XXXX-WXX-7). */
#ifndef COPYDESK_TIMERESOLVE_H
#define COPYDESK_TIMERESOLVE_H

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

void time_resolve(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value);

#endif
