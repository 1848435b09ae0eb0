/* container: the element, or the few elements of one make, in which the article's body is. */
#ifndef COPYDESK_CONTAINER_H
#define COPYDESK_CONTAINER_H

#include "extract/segments.h"

#define CONTAINER_PARTS_MAX 32

/* Names that argue against what is in an element. */
#define CONCEPTS_AGAINST                                                                                                               \
	(CONCEPT_NAVIGATION | CONCEPT_SHARING | CONCEPT_RELATED | CONCEPT_ADVERTISEMENT | CONCEPT_COMMENTS | CONCEPT_CONSENT |         \
		CONCEPT_NEWSLETTER | CONCEPT_AUTHOR | CONCEPT_META | CONCEPT_CAPTION | CONCEPT_WIDGET | CONCEPT_SIDEBAR | CONCEPT_FOOTER | \
		CONCEPT_HIDDEN | CONCEPT_MEDIA | CONCEPT_HEADER | CONCEPT_QUOTE | CONCEPT_EMBED)

struct container {
	const struct node *parts[CONTAINER_PARTS_MAX]; /* in document order, none inside another */
	size_t count;
	const char *mode; /* as in the article */
};

/* Names that argue against most of the page's prose are about something else: takes them back, then sums the prose up anew. */
void container_overrule_names(struct outline *outline);
/* Takes the given concepts back everywhere: the next try has less faith in names. */
void container_forget_names(struct outline *outline, uint32_t concepts);
/* `anchor`: index of the headline's segment or ANCHOR_NONE; what ends before it is no container. False if the page has no
 * prose. */
bool container_find(const struct outline *outline, size_t anchor, struct container *container);
/* Likewise without any faith in names: where the text weighs most. */
bool container_find_by_weight(const struct outline *outline, size_t anchor, struct container *container);

#endif
