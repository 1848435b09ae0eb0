/* labels: what the sequence model says about one token, BIOES over the types it knows.
 *
 * The order serves the decoder: a name can only end in O, S or E, and only O, S or B can follow there, so those targets are the
 * contiguous labels 0–14. Events, works, laws and languages are one type, NAME_OTHER, for the model; mentions.c parts them. */
#ifndef COPYDESK_LABELS_H
#define COPYDESK_LABELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum name_type {
	NAME_PERSON,
	NAME_ORGANIZATION,
	NAME_PLACE,
	NAME_FACILITY,
	NAME_NATIONALITY,
	NAME_PRODUCT,
	NAME_OTHER,
	NAME_TYPES
};

#define LABEL_O 0
#define LABEL_S 1  /* the only token of a name */
#define LABEL_B 8  /* its first */
#define LABEL_E 15 /* its last */
#define LABEL_I 22 /* between */
#define LABELS 29
#define LABEL_FOLLOWERS 15 /* labels 0–14 can follow the end of a name */

static inline enum name_type label_type(int label) { return (enum name_type)((label - 1) % NAME_TYPES); }
static inline bool label_begins(int label) { return label >= LABEL_S && label < LABEL_E; }
static inline bool label_ends(int label) { return (label >= LABEL_S && label < LABEL_B) || (label >= LABEL_E && label < LABEL_I); }
/* What token `at` is of a name that has tokens [first, last): LABEL_S, LABEL_B, LABEL_I or LABEL_E. */
static inline int label_part(size_t at, size_t first, size_t last)
{
	return last - first == 1 ? LABEL_S : at == first ? LABEL_B : at + 1 == last ? LABEL_E : LABEL_I;
}
/* Its label if the name is of the type. */
static inline uint8_t label_within(size_t at, size_t first, size_t last, enum name_type type)
{
	return (uint8_t)(label_part(at, first, last) + (int)type);
}
/* The last token of the name that begins at `first`; `count` if it has no end. */
static inline size_t label_name_last(const uint8_t *labels, size_t first, size_t count)
{
	while (first < count && !label_ends(labels[first]))
		first++;
	return first;
}
/* True if `next` may stand behind `label`; with `next` LABEL_O also what may end a sentence. */
static inline bool label_allows(int label, int next)
{
	bool open = (label >= LABEL_B && label < LABEL_E) || label >= LABEL_I;

	return open ? next >= LABEL_E && label_type(label) == label_type(next) : next < LABEL_FOLLOWERS;
}

#endif
