/* charset: which encoding the bytes of a page are in, as browsers decide it and against the labels that lie: BOM, the transport's
 * charset, <meta>, each as far as the bytes read like it, then a look at the bytes. */
#ifndef COPYDESK_CHARSET_H
#define COPYDESK_CHARSET_H

#include "base/slice.h"

struct charset {
	const char *encoding; /* the WHATWG name in lower case: "utf-8", "windows-1252", … */
	const char *source;   /* "bom", "transport", "meta", "detected", "default" */
	const char *pieces;   /* of a page in UTF-8: the other encoding that it is labelled with, NULL without */
	size_t skip;          /* bytes of the BOM */
};

/* `content_type`: a media type with an optional charset parameter, or empty. `is_html`: look for <meta>. Never fails. */
void charset_choose(struct slice bytes, struct slice content_type, bool is_html, struct charset *charset);

#endif
