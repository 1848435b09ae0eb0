/* repair: a page's bytes made into markup that libxml2 2.9 reads as a browser would.
 *
 * One scan, linear in the page: comments, processing instructions and doctypes are cut; raw content (script, style, svg, …) is cut out
 * and kept aside; references are resolved; every attribute is quoted once; ends that HTML5 implies are written out (nesting.h), so
 * the result is balanced; there is exactly one html, head and body; white space is collapsed outside pre. */
#ifndef COPYDESK_REPAIR_H
#define COPYDESK_REPAIR_H

#include "base/buf.h"
#include "extract/tree.h"

struct repaired {
	struct slice markup;
	struct slice *raw; /* the contents of the TAG_RAW elements of `markup`, in order */
	size_t raw_count;
	size_t node_bound;      /* no more elements and texts than this are in `markup` */
	size_t attribute_bound; /* likewise attributes */
};

void repair_markup(struct arena *arena, struct slice html, size_t depth_limit, struct repaired *repaired);

#endif
