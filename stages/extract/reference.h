/* reference: character references of HTML (&amp; &#8217; &copy) as browsers resolve them (WHATWG HTML §13.2.5.72). */
#ifndef COPYDESK_REFERENCE_H
#define COPYDESK_REFERENCE_H

#include "base/buf.h"

/* All references of a text resolved; `text` itself if it has none. */
struct slice reference_decode(struct arena *arena, struct slice text);
/* Appends a text with its references resolved and without what is no character (XML 1.0 §2.2); each run of white space becomes
 * one space or line feed unless `keep_space`. Never more bytes than `text` has. */
void reference_append_text(struct buf *out, struct slice text, bool keep_space);
/* The value of an attribute: likewise, all its white space kept. `value` itself where it means what it says. */
struct slice reference_value(struct arena *arena, struct slice value);

#endif
