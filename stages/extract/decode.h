/* decode: bytes of a page to UTF-8, as browsers decide it: BOM, then the transport's charset, then <meta>, then a look at the
 * bytes.
 *
 * The only place where text becomes valid. Labels and what they mean follow the WHATWG Encoding Standard (iso-8859-1 means
 * windows-1252). */
#ifndef COPYDESK_DECODE_H
#define COPYDESK_DECODE_H

#include "base/arena.h"

struct decoded {
	struct slice text;       /* valid UTF-8; `bytes` itself where nothing had to change */
	const char *encoding;    /* the WHATWG name in lower case that was used: "utf-8", "windows-1252", … */
	const char *source;      /* "bom", "transport", "meta", "detected", "default" */
	size_t replaced;         /* ill-formed sequences that became U+FFFD */
};

/* `content_type`: a media type with an optional charset parameter, or empty. `is_html`: look for <meta>. Never fails. */
void page_decode(struct arena *arena, struct slice bytes, struct slice content_type, bool is_html, struct decoded *decoded);

#endif
