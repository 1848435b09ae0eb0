/* parse: HTML bytes to a tree (tree.h).
 *
 * libxml2 nests the elements; its known faults are repaired before (repair.c scans the page, keeps texts, attributes and raw
 * content aside, closes what HTML5 closes, ends void elements, resolves references) and after (the tree is our own, fed by the
 * SAX interface). */
#ifndef COPYDESK_PARSE_H
#define COPYDESK_PARSE_H

#include "base/error.h"
#include "extract/tree.h"

struct parse_limits {
	size_t bytes; /* of the page */
	size_t nodes; /* elements, texts and attributes together */
	size_t depth; /* elements nested deeper become siblings; never an error */
};
extern const struct parse_limits PARSE_LIMITS_DEFAULT; /* 16 MiB, 1,000,000, 512 */

/* Once, before any thread parses: libxml2 2.9 sets its globals up without a lock. Idempotent. */
void parse_init(void);
/* `html`: valid UTF-8. Any bytes give a tree; NULL only past a limit: codes too_large, too_many_nodes. The tree's texts may point
 * into `html`, which must live as long. */
struct tree *tree_parse(struct arena *arena, struct slice html, const struct parse_limits *limits, struct error *error);

#endif
