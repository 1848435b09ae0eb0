/* measures: units that numbers count in, and the words that numbers are made of. English. */
#ifndef COPYDESK_MEASURES_H
#define COPYDESK_MEASURES_H

#include "base/slice.h"

enum measure_kind { MEASURE_SHARE, MEASURE_SIZE };

struct measure {
	const char *word, *symbol; /* singular, lower case; of the SI where it has one */
	enum measure_kind kind;
};

enum count_kind { COUNT_ONES, COUNT_TENS, COUNT_HUNDRED, COUNT_MAGNITUDE, COUNT_ORDINAL };

struct count_word {
	const char *word; /* lower case */
	enum count_kind kind;
	double value;
};

/* The unit that is all of `text` ("km/h", "Square miles"), singular or plural, in any case; NULL if it is none. */
const struct measure *measure_named(struct slice text);
/* "twenty", "bn", "third"; NULL for other words. */
const struct count_word *count_word(struct slice text);

#endif
