/* timeyears: which year a date means that names none, or names it as "last year" or "'98". The nearest one wins, seen from the anchor, and
 * against the sentence's tense distance costs more. */
#ifndef COPYDESK_TIMEYEARS_H
#define COPYDESK_TIMEYEARS_H

#include "tag/timecontext.h"

/* The price of a reading that lies `distance` days from the anchor: far costs, and against the tense it costs `against` times as much. */
int64_t time_year_price(int64_t distance, enum time_tense tense, int64_t against);
/* The year that is said; of two figures the one that lies at most twenty years ahead. */
int64_t time_year_full(const struct time_context *context, const struct time_expression *e);
/* "last year", "the following year": false, and nothing set, if there is nothing to see it from. */
bool time_year_related(const struct time_context *context, enum time_relation relation, int64_t *year, enum time_basis *basis);
/* The year of something in `month` (1–12) and on `day` (0: all of the month): said, related or nearest; sets value->basis and nothing else of
 * it. False if the year stays open. */
bool time_year_of(const struct time_expression *e, const struct time_context *context, int month, int day, enum time_tense tense,
	int64_t *year, struct time_value *value);

#endif
