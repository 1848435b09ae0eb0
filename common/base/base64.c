/* base64: see base64.h. */
#include "base/base64.h"

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t base64_encode(const void *bytes, size_t len, char *out)
{
	const unsigned char *in = bytes;
	size_t n = 0;

	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		uint32_t group = (uint32_t)in[i] << 16 | (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) | (left > 2 ? in[i + 2] : 0u);
		out[n++] = ALPHABET[group >> 18 & 63];
		out[n++] = ALPHABET[group >> 12 & 63];
		out[n++] = left > 1 ? ALPHABET[group >> 6 & 63] : '=';
		out[n++] = left > 2 ? ALPHABET[group & 63] : '=';
	}
	return n;
}

void base64_append(struct buf *out, struct slice bytes)
{
	if (bytes.len && buf_reserve(out, BASE64_SIZE(bytes.len)))
		out->len += base64_encode(bytes.ptr, bytes.len, out->ptr + out->len);
}

bool base64_decode(struct arena *arena, struct slice text, struct slice *bytes)
{
	char *out = arena_alloc(arena, text.len / 4 * 3 + 3);
	uint32_t bits = 0;
	size_t len = 0, digits = 0, padding = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *digit = text.ptr[i] ? strchr(ALPHABET, text.ptr[i]) : NULL;
		if (byte_is_space(text.ptr[i]))
			continue;
		if (text.ptr[i] == '=') {
			padding++;
			continue;
		}
		if (!digit || padding)
			return false;
		bits = bits << 6 | (uint32_t)(digit - ALPHABET);
		if (++digits % 4 != 1)
			out[len++] = (char)(bits >> (6 - 2 * ((digits - 1) % 4)) & 0xFF);
	}
	*bytes = slice_make(out, len);
	return digits % 4 != 1 && padding < 3;
}
