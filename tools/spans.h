/* spans: what is marked in one text of an article, in order and without overlaps: entities, and if wanted times and
 * quantities. */
#ifndef COPYDESK_SPANS_H
#define COPYDESK_SPANS_H

#include "json/reader.h"

struct span {
	int64_t start, end;  /* code points of the field */
	struct slice type;   /* "person", "DATE", "money" … */
	struct slice entity; /* id in the message; empty for times and quantities */
	struct slice same;   /* sameAs */
	bool located;        /* has a countryCode */
};

struct spans {
	struct span *items;
	size_t count;
};

/* `image`: which caption, -1 for other fields. Of two that overlap the entity's, else the earlier, else the longer one stays. */
struct spans spans_of(struct arena *arena, const struct json *article, const char *field, int64_t image, bool figures);

#endif
