/* nesting: the stack of open elements, and what a tag closes before it takes effect (WHATWG HTML §13.2.6, the parts that pages of
 * the press depend on: p, li, dd, headings, a, button, option and table parts; formatting that straddles blocks).
 *
 * libxml2 2.9 closes less and differently; with balanced markup its own rules have nothing left to do. */
#ifndef COPYDESK_NESTING_H
#define COPYDESK_NESTING_H

#include "extract/tree.h"

#define NESTING_DEPTH_MAX 1024

struct open_element {
	enum tag tag;
	struct slice name;
};

struct nesting {
	struct open_element open[NESTING_DEPTH_MAX];
	size_t depth, limit; /* limit <= NESTING_DEPTH_MAX */
	size_t paragraphs;   /* how many of them are a p */
	size_t surplus;      /* start tags beyond the limit whose end is still to come */
};

/* Nothing is open. `limit`: how deep it may get, NESTING_DEPTH_MAX at the most. */
void nesting_init(struct nesting *nesting, size_t limit);
/* How many of the innermost elements a start tag closes. */
size_t nesting_closed_by_start(const struct nesting *nesting, enum tag tag);
/* How many of the innermost elements an end tag closes, its own included; 0: the end tag means nothing. */
size_t nesting_closed_by_end(const struct nesting *nesting, enum tag tag, struct slice name);
/* False past the limit: the element is to be left out (its content stays). */
bool nesting_push(struct nesting *nesting, enum tag tag, struct slice name);
struct open_element nesting_pop(struct nesting *nesting);

#endif
