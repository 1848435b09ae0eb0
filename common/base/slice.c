/* slice: searching and cutting of byte strings; see slice.h. memmem() does the heavy lifting. */
#include "base/slice.h"

#include <errno.h>
#include <stdlib.h>

struct slice slice_sub(struct slice s, size_t start, size_t end)
{
	if (end > s.len)
		end = s.len;
	if (start > end)
		start = end;
	return (struct slice){s.ptr ? s.ptr + start : NULL, end - start};
}

static bool bytes_equal_nocase(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (byte_lower(a[i]) != byte_lower(b[i]))
			return false;
	return true;
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
	return a.len == b.len && bytes_equal_nocase(a.ptr, b.ptr, a.len);
}

bool slice_starts(struct slice s, struct slice prefix)
{
	return s.len >= prefix.len && slice_equal(slice_sub(s, 0, prefix.len), prefix);
}

bool slice_ends(struct slice s, struct slice suffix)
{
	return s.len >= suffix.len && slice_equal(slice_sub(s, s.len - suffix.len, s.len), suffix);
}

bool slice_starts_nocase(struct slice s, struct slice prefix)
{
	return s.len >= prefix.len && bytes_equal_nocase(s.ptr, prefix.ptr, prefix.len);
}

int slice_compare(struct slice a, struct slice b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;

	if (order)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

size_t slice_find(struct slice s, struct slice needle)
{
	if (needle.len == 0)
		return 0;
	if (needle.len > s.len)
		return SLICE_NOT_FOUND;
	const char *at = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return at ? (size_t)(at - s.ptr) : SLICE_NOT_FOUND;
}

/* Needles are short words of tables, so the plain method does. */
size_t slice_find_nocase(struct slice s, struct slice needle)
{
	if (needle.len == 0)
		return 0;
	if (needle.len > s.len)
		return SLICE_NOT_FOUND;
	char first = byte_lower(needle.ptr[0]);
	for (size_t i = 0; i + needle.len <= s.len; i++)
		if (byte_lower(s.ptr[i]) == first && bytes_equal_nocase(s.ptr + i, needle.ptr, needle.len))
			return i;
	return SLICE_NOT_FOUND;
}

size_t slice_find_byte(struct slice s, char byte)
{
	const char *at = s.len ? memchr(s.ptr, byte, s.len) : NULL;
	return at ? (size_t)(at - s.ptr) : SLICE_NOT_FOUND;
}

size_t slice_find_last_byte(struct slice s, char byte)
{
	const char *at = s.len ? memrchr(s.ptr, byte, s.len) : NULL;
	return at ? (size_t)(at - s.ptr) : SLICE_NOT_FOUND;
}

struct slice slice_unmark(struct slice s) { return slice_starts(s, SLICE("\xEF\xBB\xBF")) ? slice_sub(s, 3, s.len) : s; }

struct slice slice_trim(struct slice s)
{
	while (s.len && byte_is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && byte_is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool slice_split(struct slice *rest, char separator, struct slice *part)
{
	if (rest->len == 0)
		return false;
	size_t at = slice_find_byte(*rest, separator);
	if (at == SLICE_NOT_FOUND)
		at = rest->len;
	*part = slice_sub(*rest, 0, at);
	*rest = slice_sub(*rest, at + 1, rest->len);
	return true;
}

bool slice_next_line(struct slice *rest, struct slice *line)
{
	if (rest->len == 0)
		return false;
	size_t at = 0;
	while (at < rest->len && rest->ptr[at] != '\n' && rest->ptr[at] != '\r')
		at++;
	*line = slice_sub(*rest, 0, at);
	if (at < rest->len)
		at += rest->ptr[at] == '\r' && at + 1 < rest->len && rest->ptr[at + 1] == '\n' ? 2 : 1;
	*rest = slice_sub(*rest, at, rest->len);
	return true;
}

bool slice_to_int64(struct slice s, int64_t *value)
{
	bool negative = s.len && s.ptr[0] == '-';
	uint64_t sum = 0, limit = (uint64_t)INT64_MAX + negative;

	if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'))
		s = slice_sub(s, 1, s.len);
	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (!byte_is_digit(s.ptr[i]))
			return false;
		uint64_t digit = (uint64_t)(s.ptr[i] - '0');
		if (sum > (limit - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*value = negative ? (int64_t)(0 - sum) : (int64_t)sum;
	return true;
}

bool slice_to_double(struct slice s, double *value)
{
	char text[64], *end;

	if (s.len == 0 || s.len >= sizeof(text) || byte_is_space(s.ptr[0]))
		return false;
	memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	errno = 0;
	double number = strtod(text, &end);
	if (end != text + s.len || errno == ERANGE)
		return false;
	*value = number;
	return true;
}
