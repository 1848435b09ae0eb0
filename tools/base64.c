/* base64: see base64.h. */
#include "tools/base64.h"

void base64_append(struct buf *out, struct slice bytes)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.len; i += 3) {
		uint32_t triple = 0;
		size_t here = bytes.len - i < 3 ? bytes.len - i : 3;
		for (size_t k = 0; k < 3; k++)
			triple = triple << 8 | (k < here ? (unsigned char)bytes.ptr[i + k] : 0u);
		for (size_t k = 0; k < 4; k++)
			buf_append_byte(out, k <= here ? letters[triple >> (18 - 6 * k) & 63] : '=');
	}
}

bool base64_decode(struct arena *arena, struct slice text, struct slice *bytes)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *out = arena_alloc(arena, text.len / 4 * 3 + 3);
	uint32_t bits = 0;
	size_t len = 0, digits = 0, padding = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *digit = text.ptr[i] ? strchr(alphabet, text.ptr[i]) : NULL;
		if (byte_is_space(text.ptr[i]))
			continue;
		if (text.ptr[i] == '=') {
			padding++;
			continue;
		}
		if (!digit || padding)
			return false;
		bits = bits << 6 | (uint32_t)(digit - alphabet);
		if (++digits % 4 != 1)
			out[len++] = (char)(bits >> (6 - 2 * ((digits - 1) % 4)) & 0xFF);
	}
	*bytes = slice_make(out, len);
	return digits % 4 != 1 && padding < 3;
}
