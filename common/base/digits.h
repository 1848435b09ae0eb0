/* digits: integers as text where printf would cost more than the work around it: what is written for each message. No locale, no
 * NUL. */
#ifndef COPYDESK_DIGITS_H
#define COPYDESK_DIGITS_H

#include <stddef.h>
#include <stdint.h>

#define DIGITS_MAX 20 /* of an int64, its sign included */

/* Each writes at `to` and returns the place behind what it wrote. */
char *digits_decimal(char *to, int64_t value);
/* Exactly `width` digits: zeros in front, the lowest ones of a value that has more. */
char *digits_padded(char *to, uint64_t value, size_t width);
/* 16 lower-case hex digits. */
char *digits_hex(char *to, uint64_t value);

#endif
