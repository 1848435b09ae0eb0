/* base64: bytes as text in JSON (RFC 4648 §4, with padding). */
#ifndef COPYDESK_BASE64_H
#define COPYDESK_BASE64_H

#include "base/buf.h"

#define BASE64_SIZE(len) (((len) + 2) / 3 * 4) /* characters that `len` bytes become */

/* Writes BASE64_SIZE(len) characters to `out`, without a NUL; returns their number. */
size_t base64_encode(const void *bytes, size_t len, char *out);
void base64_append(struct buf *out, struct slice bytes);
/* White space is skipped; false on anything else that isn't base64. */
bool base64_decode(struct arena *arena, struct slice text, struct slice *bytes);

#endif
