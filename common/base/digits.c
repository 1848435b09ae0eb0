/* digits: see digits.h. */
#include "base/digits.h"

#include <string.h>

char *digits_padded(char *to, uint64_t value, size_t width)
{
	for (size_t i = width; i-- > 0; value /= 10)
		to[i] = (char)('0' + value % 10);
	return to + width;
}

char *digits_decimal(char *to, int64_t value)
{
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	size_t width = 1;

	if (value < 0)
		*to++ = '-';
	for (uint64_t more = rest; more >= 10; more /= 10)
		width++;
	return digits_padded(to, rest, width);
}

char *digits_hex(char *to, uint64_t value)
{
	for (int shift = 60; shift >= 0; shift -= 4)
		*to++ = "0123456789abcdef"[value >> shift & 15];
	return to;
}
