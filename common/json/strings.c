/* strings: see strings.h. The hard thing is what counts as plainly right: a string with any doubt in it is left to yajl whole. */
#include "json/strings.h"

#include "base/utf8.h"

#include <endian.h>

/* Bytes: below, cutting out costs more than it saves. */
#define LONG_STRING 2048

/* The four digits at raw.ptr[at]; UINT32_MAX if they aren't. */
static uint32_t hex4(struct slice raw, size_t at)
{
	uint32_t value = 0;

	if (raw.len < 4 || at > raw.len - 4)
		return UINT32_MAX;
	for (size_t i = at; i < at + 4; i++) {
		int digit = byte_hex(raw.ptr[i]);
		if (digit < 0)
			return UINT32_MAX;
		value = value << 4 | (uint32_t)digit;
	}
	return value;
}

/* The escape whose backslash is before raw.ptr[*at] (RFC 8259 §7). Writes at most three bytes less than it reads. False if it is
 * none. */
static bool decode_escape(struct slice raw, size_t *at, char **out)
{
	static const char letters[] = "bfnrt\"\\/", bytes[] = "\b\f\n\r\t\"\\/";
	const char *known = *at < raw.len && raw.ptr[*at] ? strchr(letters, raw.ptr[*at]) : NULL;

	if (known) {
		*(*out)++ = bytes[known - letters];
		*at += 1;
		return true;
	}
	if (*at >= raw.len || raw.ptr[*at] != 'u')
		return false;
	uint32_t c = hex4(raw, *at + 1), low = 0;
	if (c == UINT32_MAX)
		return false;
	*at += 5;
	if (c >= 0xD800 && c <= 0xDBFF && *at + 1 < raw.len && raw.ptr[*at] == '\\' && raw.ptr[*at + 1] == 'u') {
		low = hex4(raw, *at + 2);
		if (low == UINT32_MAX)
			return false;
	}
	if (low >= 0xDC00 && low <= 0xDFFF) {
		*at += 6;
		c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
	}
	if (c != 0)
		*out += utf8_encode(c, *out); /* a lone surrogate becomes U+FFFD there */
	return true;
}

/* How many of the eight bytes (the first is the lowest) come before a control character, a quote, a backslash or a byte that
 * isn't ASCII. */
static unsigned plain_bytes(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
	uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
	/* Each term marks its first byte rightly, and perhaps some behind it wrongly. */
	uint64_t marks =
		(((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | word) & highs;
	return marks ? (unsigned)__builtin_ctzll(marks) / 8 : 8;
}

/* Decodes a string from behind its opening quote, *at, up to its closing quote, where *at is left; false if it has none or is
 * ill-formed. `out` has room for the rest of the text and eight bytes more. */
static bool decode(struct slice text, size_t *at, char **out)
{
	size_t i = *at;
	char *to = *out;

	for (;;) {
		while (i + 8 <= text.len) {
			uint64_t word;
			memcpy(&word, text.ptr + i, 8);
			unsigned plain = plain_bytes(le64toh(word));
			memcpy(to, &word, 8);
			to += plain;
			i += plain;
			if (plain < 8)
				break;
		}
		if (i >= text.len)
			return false;
		char c = text.ptr[i];
		if (c == '"')
			break;
		if (c == '\\') {
			i++;
			if (!decode_escape(text, &i, &to))
				return false;
			continue;
		}
		if ((unsigned char)c < 0x20)
			return false;
		size_t start = i;
		if (utf8_next(text, &i) == UTF8_INVALID)
			return false;
		memcpy(to, text.ptr + start, i - start);
		to += i - start;
	}
	*at = i;
	*out = to;
	return true;
}

struct slice json_string_decode(struct arena *arena, struct slice raw)
{
	char *bytes = arena_alloc(arena, raw.len), *out = bytes;

	for (size_t at = 0; at < raw.len;) {
		if (raw.ptr[at] != '\\') {
			*out++ = raw.ptr[at++];
			continue;
		}
		at++;
		if (!decode_escape(raw, &at, &out))
			break;
	}
	return slice_make(bytes, (size_t)(out - bytes));
}

/* The offset of the quote that ends the string whose content starts at `at`; SLICE_NOT_FOUND if it isn't within the next `limit`
 * bytes. */
static size_t closing_quote(struct slice text, size_t at, size_t limit)
{
	size_t end = text.len - at > limit ? at + limit : text.len;
	const char *quote = memchr(text.ptr + at, '"', end - at);

	while (quote) {
		size_t stop = (size_t)(quote - text.ptr);
		const char *slash = memchr(text.ptr + at, '\\', stop - at);
		if (!slash)
			return stop;
		at = (size_t)(slash - text.ptr) + 2;
		if (at > stop)
			quote = at < end ? memchr(text.ptr + at, '"', end - at) : NULL;
	}
	return SLICE_NOT_FOUND;
}

static void add(struct arena *arena, struct json_strings *strings, struct slice value, size_t place)
{
	size_t capacity = strings->capacity;

	strings->values = arena_grow(arena, strings->values, &capacity, strings->count + 1, sizeof(*strings->values));
	strings->places = arena_grow(arena, strings->places, &strings->capacity, strings->count + 1, sizeof(*strings->places));
	strings->values[strings->count] = value;
	strings->places[strings->count++] = place;
}

bool json_strings_cut(struct arena *arena, struct slice text, struct json_strings *strings)
{
	struct buf shorter;
	char *out = NULL;
	size_t kept = 0, at = 0;

	*strings = (struct json_strings){0};
	if (text.len <= LONG_STRING)
		return false;
	buf_init_arena(&shorter, arena, text.len + 16);
	while (at < text.len) {
		const char *quote = memchr(text.ptr + at, '"', text.len - at);
		if (!quote)
			break;
		size_t start = (size_t)(quote - text.ptr) + 1, end = closing_quote(text, start, LONG_STRING);
		arena_tick(arena);
		if (end != SLICE_NOT_FOUND) {
			at = end + 1;
			continue;
		}
		if (!out)
			out = arena_alloc(arena, text.len - start + 16);
		char *value = out;
		end = start;
		if (!decode(text, &end, &out))
			return false;
		buf_append_bytes(&shorter, text.ptr + kept, start - kept);
		add(arena, strings, slice_make(value, (size_t)(out - value)), shorter.len);
		buf_append_byte(&shorter, '_');
		kept = at = end;
		at++;
	}
	buf_append_bytes(&shorter, text.ptr + kept, text.len - kept);
	strings->text = buf_slice(&shorter);
	return strings->count > 0 && !shorter.failed;
}
