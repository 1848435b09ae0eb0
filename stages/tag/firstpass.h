/* firstpass: what the first pass's labels say of a form and of a whole name over the document, for the second pass to see. */
#ifndef COPYDESK_FIRSTPASS_H
#define COPYDESK_FIRSTPASS_H

#include "tag/labels.h"
#include "tag/words.h"

/* How often a form was in a name of each type, and outside all names, over the document. */
struct name_votes {
	uint32_t types[NAME_TYPES], outside;
	uint8_t longest; /* tokens of the longest name it was in */
	uint8_t longest_type;
};

/* What the first pass said, by word. */
struct first_pass {
	const uint8_t *labels;
	const struct name_votes *votes; /* by form */
	const struct name_votes **phrase_votes; /* by word: of the whole name it is in, over the document; NULL outside */
};

/* Counts the labels into arena memory; `labels` has document->count items and stays the caller's. */
void first_pass_read(struct arena *arena, const struct document *document, const uint8_t *labels, struct first_pass *pass);

#endif
