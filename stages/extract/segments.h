/* segments: a page's visible text cut where a reader sees a new line: each run of inline content within one block element.
 *
 * Everything that decides about the body works on these and on sums over subtrees, so no step walks the page more than once. */
#ifndef COPYDESK_SEGMENTS_H
#define COPYDESK_SEGMENTS_H

#include "extract/article.h"
#include "extract/concept.h"

enum segment_fate {
	SEGMENT_OUTSIDE, /* not in the container */
	SEGMENT_KEPT,
	SEGMENT_REMOVED, /* in the container, but no body: see `reason` */
};

struct segment {
	const struct node *owner; /* innermost block element around it */
	uint32_t from, to;        /* orders of its first and behind its last text node */
	struct slice text;        /* squeezed, NFC */
	uint32_t chars;           /* code points */
	uint32_t link_chars;      /* of which inside links */
	uint32_t lead_link;       /* of which in links at the very start */
	uint32_t italic_chars;    /* of which in italics */
	uint32_t plain_chars;     /* of which neither in links nor in italics */
	uint32_t links;           /* number of link elements that start in it */
	uint32_t concepts;        /* of all its ancestors, those against which the page argues left out */
	uint32_t prose;           /* how much running text it holds, in bytes; 0: none */
	bool sentence;            /* ends like a sentence */
	enum block_kind kind : 8; /* by its elements */
	uint8_t level;            /* of a heading, else 0 */
	enum segment_fate fate : 8;
	enum removed_kind reason : 8;
};

static inline bool segment_is_kept(const struct segment *segment) { return segment->fate == SEGMENT_KEPT; }
static inline void segment_remove(struct segment *segment, enum removed_kind reason)
{
	segment->fate = SEGMENT_REMOVED;
	segment->reason = reason;
}
/* Are nearly all its words links, or most of them and it is no sentence? */
bool segment_is_mostly_link(const struct segment *segment);

struct outline {
	struct arena *arena;
	const struct tree *tree;
	uint32_t *concepts;   /* by node order: the element's own */
	uint32_t *inherited;  /* by node order: its own and its ancestors' */
	uint32_t *prose;      /* by node order: sum of its subtree */
	int32_t *weight;      /* by node order: see container.c */
	uint32_t *text;       /* likewise, all bytes */
	uint32_t *link_text;  /* likewise, those inside links */
	struct segment *segments;
	size_t count;
	struct trace *trace; /* NULL but for --explain */
};

/* The segments of a page in reading order, none of them chosen yet. Arena memory. */
struct outline *outline_make(struct arena *arena, const struct tree *tree);
/* The segments of a subtree: [*first, *behind). */
void outline_range(const struct outline *outline, const struct node *node, size_t *first, size_t *behind);

#endif
