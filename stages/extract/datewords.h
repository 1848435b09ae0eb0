/* datewords: the words that dates are made of, in some fifty languages: months, weekdays, particles, zones, halves and units of
 * the day.
 *
 * A word stands for one thing, whatever the language of the page, and the table can't know which was meant: "am" is a particle
 * (German) until an hour stands before it. Zones whose abbreviation means several things (CST in China) are taken as datelines in
 * English use them. */
#ifndef COPYDESK_DATEWORDS_H
#define COPYDESK_DATEWORDS_H

#include <stdint.h>

enum date_word_kind {
	WORD_MONTH = 1,
	WORD_WEEKDAY,
	WORD_PARTICLE, /* stands between the parts: "at", "de", "um" */
	WORD_AM,
	WORD_PM,
	WORD_ZONE,
	WORD_HOUR,
	WORD_MINUTE,
	WORD_YEAR,
	WORD_DAY,
	WORD_ORDINAL, /* "2nd" */
	WORD_MONTH_UNIT, /* before a month's number: "tháng" */
	WORD_SOLAR_MONTH, /* of the Iranian calendar */
	WORD_ERA, /* before the year of an era: "令和" */
};

/* Added to the winter's minutes of a zone with the daylight saving time of the United States ("ET"): the date says which it
 * is. */
#define ZONE_OF_SEASONS 10000

struct date_word {
	uint32_t hash;
	uint8_t kind;  /* enum date_word_kind */
	int16_t value; /* of a month 1 to 12; of a zone minutes east of UTC; of an era the year before its first */
};

/* By word_hash() of the word in lower case; NULL if dates don't have it. Constant memory. Any thread. */
const struct date_word *date_word(uint32_t hash);

#endif
