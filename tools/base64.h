/* base64: bytes as text in JSON (RFC 4648 §4, with padding). */
#ifndef COPYDESK_BASE64_H
#define COPYDESK_BASE64_H

#include "base/buf.h"

void base64_append(struct buf *out, struct slice bytes);
/* White space is skipped; false on anything that isn't base64. */
bool base64_decode(struct arena *arena, struct slice text, struct slice *bytes);

#endif
