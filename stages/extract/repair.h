/* repair: a page's bytes made into what libxml2 2.9 nests as a browser would.
 *
 * One scan, linear in the page: comments, processing instructions and doctypes are cut; raw content (script, style, svg, …) is
 * kept aside; references are resolved; ends that HTML5 implies are written out (nesting.h), so the result is balanced; there is
 * exactly one html, head and body; white space is collapsed outside pre. libxml2 gets the bare tags, with one letter for each
 * text: it reads texts and attributes a character at a time, and after this scan has nothing to find in them (it was a fifth of
 * the stage's time). */
#ifndef COPYDESK_REPAIR_H
#define COPYDESK_REPAIR_H

#include "base/buf.h"
#include "extract/starttag.h"

/* A start tag as libxml2 will report it. Most of a page's have nothing but their name. */
struct kept_start {
	enum tag tag;
	uint32_t more; /* place in `tagged` + 1; 0: the tag is bare */
};

struct repaired {
	struct slice tags;        /* start tags without attributes, end tags, and 'x' for a text */
	struct kept_start *starts; /* the start tags of `tags`, in order */
	size_t start_count;
	struct start_tag *tagged; /* of these, the ones with attributes, raw content or a name that no rule knows */
	size_t tagged_count;
	struct slice text; /* all texts, one behind the other */
	size_t *runs;      /* where in `text` each one begins */
	size_t run_count;
	size_t node_bound;      /* no more elements and texts than this come of it */
	size_t attribute_bound; /* likewise attributes */
};

/* Any bytes: what isn't markup is text. Elements deeper than `depth_limit` go, their texts stay. The result is arena memory. */
void repair_markup(struct arena *arena, struct slice html, size_t depth_limit, struct repaired *repaired);

#endif
