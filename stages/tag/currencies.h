/* currencies: signs, codes and names of money, as ISO 4217 codes. A name that several countries share ("rupees") is decided by the country
 * beside it or by those that the article names; the caller knows them. */
#ifndef COPYDESK_CURRENCIES_H
#define COPYDESK_CURRENCIES_H

#include "base/slice.h"

struct currency_name {
	const char *word; /* singular, lower case */
	const char *code; /* of the one it mostly means; NULL: can't be told */
	const char *shared; /* "KE KES TZ TZS": country and code of each that it may mean; NULL: no other */
	unsigned char plain; /* 1: another word too ("won"), wants figures or "million" before it; 2: a weight too ("pounds") */
};

/* Whether "$" is written for it. */
bool currency_is_dollar(const char *code);
/* The code of a sign ("€") or of the letters before "$" ("A"); NULL for the unknown. */
const char *currency_of_sign(struct slice sign);
const char *currency_of_dollar(struct slice letters);
/* True for letters that stand before a number: ISO 4217 codes and short names ("Rs", "KSh"); *code may be NULL, for "kr". `name` is what
 * they are short for where countries share it. */
bool currency_of_letters(struct slice letters, const char **code, const struct currency_name **name);
/* An ISO 4217 code in capitals that is no English word; NULL if it is none. */
const char *currency_of_code(struct slice letters);
/* The name behind a number, singular or plural; NULL for the unknown. */
const struct currency_name *currency_named(struct slice word);
/* The code that a name has in a country; NULL if it isn't used there. */
const char *currency_in(const struct currency_name *name, const char country[2]);

#endif
