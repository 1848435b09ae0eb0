/* reference: character references of HTML (&amp; &#8217; &copy) as browsers resolve them (WHATWG HTML §13.2.5.72). */
#ifndef COPYDESK_REFERENCE_H
#define COPYDESK_REFERENCE_H

#include "base/arena.h"

/* Resolves the reference at text.ptr[*at], which is '&'. Returns the code point and moves *at behind the reference; 0 if it is none
 * (then *at stays). `in_attribute`: names without semicolon before '=' or a letter stay as they are. */
uint32_t reference_resolve(struct slice text, size_t *at, bool in_attribute);
/* All references of a text resolved; `text` itself if it has none. */
struct slice reference_decode(struct arena *arena, struct slice text);

#endif
