/* address: links of a page made absolute. */
#ifndef COPYDESK_ADDRESS_H
#define COPYDESK_ADDRESS_H

#include "base/arena.h"

/* Does it start with http:// or https://? */
bool address_is_absolute(struct slice text);
/* An address of any scheme without white space at its ends, its blanks escaped; SLICE_NONE if it has no scheme. */
struct slice address_clean(struct arena *arena, struct slice text);
/* `link` as it leads from a page at `base` (an absolute address, or empty), its blanks escaped. SLICE_NONE for links of other
 * schemes, of parts of the page, of folders above it, and for relative ones without a base. */
struct slice address_absolute(struct arena *arena, struct slice base, struct slice link);

#endif
