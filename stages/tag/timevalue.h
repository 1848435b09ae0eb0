/* timevalue: what TIMEX3 says of an expression: its type, modifier and value. */
#ifndef COPYDESK_TIMEVALUE_H
#define COPYDESK_TIMEVALUE_H

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

#endif
