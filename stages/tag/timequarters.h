/* timequarters: quarters of a year, which results are told of. A text names one and goes on to speak of "the quarter", "the year-ago period"
 * and "a year earlier": the context keeps the one named last and where that was. */
#ifndef COPYDESK_TIMEQUARTERS_H
#define COPYDESK_TIMEQUARTERS_H

#include "tag/timecontext.h"

/* FORM_QUARTER, numbered or not. */
void time_quarter_resolve(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value);
/* Writes a quarter (1–4) that token `token` names, and keeps it as the one named last. */
void time_quarter_put(struct time_context *context, int64_t year, int quarter, size_t token, struct time_value *value);
/* True if a quarter was named so little before the token that "a year earlier" means one. */
bool time_quarter_near(const struct time_context *context, size_t token);
/* Writes the one a year before the quarter named last. */
void time_quarter_put_year_before(const struct time_context *context, struct time_value *value);

#endif
