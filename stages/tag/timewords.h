/* timewords: the words that expressions of time are made of. English; a word has one kind, and what makes "may", "second" or "fall"
 * another thing in its place is for the grammar to say. */
#ifndef COPYDESK_TIMEWORDS_H
#define COPYDESK_TIMEWORDS_H

#include "base/slice.h"
#include "tag/timevalue.h"

enum time_kind {
	TK_END,   /* behind the last token, and at a paragraph's end: no expression crosses it */
	TK_WORD,  /* any other word */
	TK_OTHER, /* any other sign */
	TK_NUMBER, TK_DECADE, /* 1990s, '80s: value is the first year */
	TK_HYPHEN, TK_SLASH, TK_COLON, TK_COMMA, TK_STOP, TK_OPEN, TK_CLOSE, TK_APOSTROPHE,
	TK_POSSESSIVE,                           /* 's */
	TK_MONTH, TK_WEEKDAY, TK_SEASON,         /* 1–12, 1–7 (Monday first), enum time_season */
	TK_UNIT,                                 /* enum time_unit */
	TK_DAYPART,                              /* enum time_daypart */
	TK_NOON,                                 /* hour: 12, 24 */
	TK_AMPM,                                 /* 0, 12 */
	TK_ZONE,                                 /* a plain one of timezones.h */
	TK_OCLOCK,
	TK_CARDINAL, TK_ORDINAL, TK_MAGNITUDE,   /* their number */
	TK_VAGUE,                                /* several, few, many, some */
	TK_HALF, TK_COUPLE,
	TK_RELATION,                             /* enum time_relation */
	TK_PART,                                 /* early, late, mid, earlier, later: enum time_part */
	TK_EDGE,                                 /* beginning, end, middle …: enum time_part */
	TK_APPROX,                               /* enum time_mod, when it stands alone */
	TK_LEAST, TK_THAN, TK_MORE, TK_LESS,
	TK_AGO, TK_HENCE,
	TK_DAYWORD,                              /* days from the anchor */
	TK_TONIGHT, TK_OVERNIGHT,
	TK_REFERENCE,                            /* enum time_reference: now, recently, soon, future … */
	TK_EVERY, TK_FREQUENCY,                  /* daily: enum time_unit */
	TK_ONCE, TK_TIMES,
	TK_HOLIDAY,                              /* enum holiday */
	TK_FEAST,                                /* the first word of a feast with more: enum time_feast */
	TK_FISCAL, TK_WHOLE, TK_PERIOD, TK_BUSINESS, TK_OLD, TK_LONG, TK_SO, TK_RIGHT, TK_POST,
	TK_MILLION,
	TK_THE, TK_A, TK_OF, TK_AND, TK_OR, TK_TO,
	TK_PREPOSITION, /* enum time_tense that it hints at */
	TK_TENSE,       /* enum time_tense */
	TK_KINDS
};

enum time_unit {
	UNIT_NONE, UNIT_SECOND, UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_NIGHT, UNIT_WEEKEND, UNIT_WEEK, UNIT_FORTNIGHT, UNIT_MONTH,
	UNIT_QUARTER, UNIT_YEAR, UNIT_DECADE, UNIT_CENTURY, UNIT_MILLENNIUM,
};
enum time_season { SEASON_NONE, SEASON_SPRING, SEASON_SUMMER, SEASON_FALL, SEASON_WINTER };
enum time_daypart { DAYPART_NONE, DAYPART_MORNING, DAYPART_MIDDAY, DAYPART_AFTERNOON, DAYPART_EVENING, DAYPART_NIGHT };
/* Seen from the anchor: LAST, THIS, NEXT, …; seen from the date the text spoke of last: PREVIOUS, FOLLOWING, SAME. */
enum time_relation {
	RELATION_NONE, RELATION_LAST, RELATION_THIS, RELATION_NEXT, RELATION_PAST, RELATION_COMING, RELATION_CURRENT, RELATION_LATEST,
	RELATION_RECENT, RELATION_PREVIOUS, RELATION_FOLLOWING, RELATION_SAME, RELATION_THAT, RELATION_THESE, RELATION_THOSE,
	RELATION_YEAR_AGO,
};
enum time_part {
	PART_NONE, PART_EARLY, PART_MID, PART_LATE, PART_EARLIER, PART_LATER, PART_BEGINNING, PART_MIDDLE, PART_END, PART_REST,
};
enum time_feast {
	FEAST_NEW, FEAST_VALENTINE, FEAST_INDEPENDENCE, FEAST_VETERANS, FEAST_MEMORIAL, FEAST_LABOR, FEAST_GOOD, FEAST_BOXING,
	FEAST_COLUMBUS, FEAST_PALM, FEAST_ASH,
};
enum time_reference { REFERENCE_PRESENT, REFERENCE_PAST, REFERENCE_FUTURE };
enum time_tense { TENSE_NONE, TENSE_PAST, TENSE_FUTURE };

enum {
	WORD_PLURAL = 1,       /* units, weekdays */
	WORD_SHORT = 2,        /* an abbreviation: takes its full stop along */
	WORD_CAPITAL = 4,      /* a time only when it begins with a capital */
	WORD_AMBIGUOUS = 8,    /* another word too (may, march, sat, fall): needs company */
};

struct time_word {
	const char *text; /* lower case */
	unsigned char kind, value, flags;
};

/* NULL if it is no word of time. ASCII letters only, any case. */
const struct time_word *time_word_find(struct slice word);
/* The table, for tests: `*count` rows, sorted by text. */
const struct time_word *time_words(size_t *count);

#endif
