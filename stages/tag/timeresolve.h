/* timeresolve: the TIMEX3 value of an expression: ISO 8601 with X for what is unknown. What is said only in part is completed from the
 * anchor (the article's date), from the date the text spoke of last, and from the tense of the sentence: "Friday" behind "said" lies
 * before the anchor, "by January" after it. Without an anchor the value stays open (XXXX-04-11, XXXX-WXX-7). */
#ifndef COPYDESK_TIMERESOLVE_H
#define COPYDESK_TIMERESOLVE_H

#include "tag/timecontext.h"

/* Fills *value, whatever the expression; moves the context on to the date, quarter or months that it names. */
void time_resolve(const struct time_expression *e, enum time_tense tense, struct time_context *context, struct time_value *value);

#endif
