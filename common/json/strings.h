/* strings: the strings of JSON texts, and the long ones cut out of a text before yajl reads it.
 *
 * A raw page is one string of hundreds of kilobytes with an escape every few words. yajl looks at each of its bytes twice and
 * collects it in a buffer that it copies as it grows. Here a long string is checked and decoded in one pass, eight bytes at a
 * time; yajl reads a text with a stub in its place. Whatever isn't plainly right is left to yajl, whose errors count bytes of the
 * text as it was. */
#ifndef COPYDESK_STRINGS_H
#define COPYDESK_STRINGS_H

#include "base/buf.h"

struct json_strings {
	struct slice text;     /* the JSON text with stubs */
	struct slice *values;  /* what the stubs stand for, in order: decoded, valid UTF-8 */
	size_t *places;        /* where in `text` the stubs' content is */
	size_t count, capacity;
};

/* False if there is no long string, or something in `text` that only yajl can tell apart. */
bool json_strings_cut(struct arena *arena, struct slice text, struct json_strings *strings);
/* The content of a string whose form has been checked. A lone surrogate becomes U+FFFD, U+0000 is dropped. */
struct slice json_string_decode(struct arena *arena, struct slice raw);

#endif
