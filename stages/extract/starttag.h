/* starttag: one start tag, from its name to behind its '>' (WHATWG HTML §13.2.5.6 and on). Attributes that tell nothing about a
 * page of the press (event handlers, styles that hide nothing, lists of picture sizes, long data) are left out. */
#ifndef COPYDESK_STARTTAG_H
#define COPYDESK_STARTTAG_H

#include "extract/tree.h"

struct start_tag {
	enum tag tag;
	bool self_closing;
	size_t count;                 /* attributes that were read, also those given twice */
	struct slice name;            /* lower case, at most 64 bytes */
	struct slice id, class;       /* SLICE_NONE if absent */
	struct attribute *attributes; /* values in the page itself where they mean what they say, else in the arena */
	struct slice raw;             /* of TAG_RAW elements, filled in by repair.c */
};

/* *at is behind the '<', at a letter. False if the tag never ends. */
bool start_tag_scan(struct arena *arena, struct slice html, size_t *at, struct start_tag *tag);
/* The name of a start or end tag at *at, as it is written, at most 64 bytes of it; *at moves behind it. */
struct slice tag_scan_name(struct slice html, size_t *at);

#endif
