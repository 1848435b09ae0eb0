/* jsonmend: JSON out of what pages take for JSON.
 *
 * Line feeds and other control characters in strings, quotes in strings without a backslash, wrong escapes, strings in single
 * quotes, names without quotes, commas missing, doubled or behind the last member, members without a value, words that are no
 * value ("undefined"), comments, several values in a row, an end cut off, quotes written as references. */
#ifndef COPYDESK_JSONMEND_H
#define COPYDESK_JSONMEND_H

#include "base/arena.h"

/* An array of the values in `text`, in arena memory; SLICE_NONE if there is no object or array in it, or one nested past 64
 * levels. What comes out is well-formed but for its encoding and for repeated names. Linear in the text. */
struct slice json_mend(struct arena *arena, struct slice text);

#endif
