/* articlediff: two messages field by field. A field is a member of the message, or a member of a member ("inLanguage.tag");
 * arrays and what lies deeper are compared whole. Pure. */
#ifndef COPYDESK_ARTICLEDIFF_H
#define COPYDESK_ARTICLEDIFF_H

#include "json/reader.h"

struct article_field {
	struct slice path; /* "headline", "extraction.mode" */
	struct slice text; /* the value as JSON */
};

/* The fields of an object in document order; arena memory. 0 for anything but an object. */
size_t article_fields(struct arena *arena, const struct json *root, struct article_field **fields);

struct field_change {
	struct slice path, before, after; /* SLICE_NONE where the field is absent */
};

/* What differs, in the order of `before`, then what only `after` has. */
size_t article_changes(struct arena *arena, const struct json *before, const struct json *after, struct field_change **changes);

/* The text from a little before where it begins to differ from `other`, with … in front where the beginning is left out: what a
 * line that is cut at its end still shows. Arena memory, or the text itself. */
struct slice article_change_part(struct arena *arena, struct slice text, struct slice other);

#endif
