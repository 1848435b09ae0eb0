/* timevalue: what TIMEX3 says of an expression: its type, modifier and value, and how the value's parts are written in ISO 8601. */
#ifndef COPYDESK_TIMEVALUE_H
#define COPYDESK_TIMEVALUE_H

#include <stdbool.h>
#include <stdint.h>

enum time_type { TIME_DATE, TIME_TIME, TIME_DURATION, TIME_SET };

enum time_mod {
	MOD_NONE, MOD_START, MOD_MID, MOD_END, MOD_APPROX, MOD_MORE_THAN, MOD_LESS_THAN, MOD_EQUAL_OR_MORE, MOD_EQUAL_OR_LESS,
};

/* What a date was completed from. */
enum time_basis {
	BASIS_NONE,   /* it is whole by itself, or is none */
	BASIS_ANCHOR, /* the article's date */
	BASIS_TEXT,   /* another date in the text */
};

struct time_value {
	char text[40];
	enum time_basis basis;
};

struct time_expression;

/* Each adds to the text; what has no room is cut off. */
void time_value_put(struct time_value *value, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The time of day, or else the part of the day, if one is said. */
void time_value_put_clock(const struct time_expression *e, struct time_value *value);
void time_value_put_daypart(const struct time_expression *e, struct time_value *value);
/* The ISO week that holds the day, or its weekend. */
void time_value_put_week(int64_t days, bool weekend, struct time_value *value);
/* The length that the expression says: P2DT12H. */
void time_value_put_duration(const struct time_expression *e, struct time_value *value);

#endif
