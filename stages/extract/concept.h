/* concept: what the names that authors give to elements (class, id, role, itemprop, …) say about what is in them.
 *
 * Names are split into words ("article__body-text", "relatedStories" → article body text, related stories) and looked up in
 * conceptwords. */
#ifndef COPYDESK_CONCEPT_H
#define COPYDESK_CONCEPT_H

#include "extract/tree.h"

enum concept {
	CONCEPT_NAVIGATION = 1u << 0,
	CONCEPT_SHARING = 1u << 1,
	CONCEPT_RELATED = 1u << 2,
	CONCEPT_ADVERTISEMENT = 1u << 3,
	CONCEPT_COMMENTS = 1u << 4,
	CONCEPT_CONSENT = 1u << 5,
	CONCEPT_NEWSLETTER = 1u << 6,
	CONCEPT_AUTHOR = 1u << 7,
	CONCEPT_META = 1u << 8, /* date line, tags, counters */
	CONCEPT_CAPTION = 1u << 9,
	CONCEPT_WIDGET = 1u << 10,
	CONCEPT_SIDEBAR = 1u << 11,
	CONCEPT_FOOTER = 1u << 12,
	CONCEPT_HIDDEN = 1u << 13,
	CONCEPT_MEDIA = 1u << 14, /* players, galleries */
	CONCEPT_HEADER = 1u << 15,
	CONCEPT_PAYWALL = 1u << 16,
	CONCEPT_HEADLINE = 1u << 17,
	CONCEPT_SUMMARY = 1u << 18,
	/* for, not against */
	CONCEPT_BODY = 1u << 24,    /* article body, entry content, story text, itemprop=articleBody */
	CONCEPT_ARTICLE = 1u << 25, /* article, story, post as such */
	CONCEPT_MAIN = 1u << 26,    /* main, content */
	CONCEPT_LIVE = 1u << 27,
	CONCEPT_QUOTE = 1u << 28, /* pull quotes */
	CONCEPT_EMBED = 1u << 29, /* posts of social networks */
	CONCEPT_HOVER = 1u << 30, /* shown beside a word while the pointer is over it */
};

/* Pages repeat their names: what was found out about one is remembered, direct-mapped by its hash. Zeroed memory to start
 * with. */
#define CONCEPT_MEMORY_SLOTS 512
struct concept_memory {
	uint64_t hash[CONCEPT_MEMORY_SLOTS];
	uint32_t concepts[CONCEPT_MEMORY_SLOTS];
};

/* The concepts of one element's own names, tag included; its ancestors are the caller's business. */
uint32_t concept_of(const struct node *node, struct concept_memory *memory);

#endif
