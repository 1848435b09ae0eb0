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
