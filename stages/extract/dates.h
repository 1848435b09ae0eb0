/* dates: instants in the forms that pages write them, for machines and for readers of many languages.
 *
 * Nothing is guessed that isn't there: a text without a year holds no date, a time without an offset is said to have none, and a
 * day without a time stays a day. Only years from 1990 to 2099 are believed. */
#ifndef COPYDESK_DATES_H
#define COPYDESK_DATES_H

#include "extract/article.h"

/* How 04/05/2024 is read where neither number is above 12. Day first is the rule of the world but for the United States. */
enum date_order { DATE_DAY_FIRST, DATE_MONTH_FIRST };
/* The order that a language tag ("en-US") or its region asks for. */
enum date_order date_order_of(struct slice language);

/* The date a text consists of, or starts with: ISO 8601 in all its spellings, RFC 2822, seconds or milliseconds since 1970, and
 * readers' dates. False leaves *instant alone; `source` is not touched. */
bool date_parse(struct slice text, enum date_order order, struct instant *instant);

/* The first date anywhere in the first 600 bytes of `text`; where it begins and ends, time and zone included. */
bool date_find(struct slice text, enum date_order order, struct instant *instant, size_t *start, size_t *end);

#endif
