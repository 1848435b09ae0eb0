/* names: a name as joining sees it: the forms of its words without marks, so that "Erdogan" is Erdoğan, and what it could be short for. */
#ifndef COPYDESK_NAMES_H
#define COPYDESK_NAMES_H

#include "tag/mentions.h"

#define NAME_PARTS_MAX 12

struct name {
	uint64_t parts[NAME_PARTS_MAX];
	char initials[NAME_PARTS_MAX]; /* first byte of each part, lower case; 0 for a part that isn't a word */
	bool initial[NAME_PARTS_MAX];  /* the part is itself an initial: "J." */
	bool half[NAME_PARTS_MAX];     /* a hyphen ties the next part to it: "Finch" of "Finch-Hollis" */
	size_t count;
	uint64_t whole; /* hash of all parts */
	bool female, male;
};

/* The name of a mention, without a company's legal form, cut behind NAME_PARTS_MAX parts; `female` and `male` by the title before it. */
void name_read(const struct document *document, const struct mention *mention, struct name *name);
/* True if `small` may be short for `large`: each of its parts is one of the other's, in order, an initial standing for any word it begins, and no
 * title speaks against it. Initials alone are no evidence. */
bool name_is_same_person(const struct name *small, const struct name *large);
/* True for one word of at least two capitals, with or without stops; `letters` are they, in lower case. */
bool name_is_acronym(const struct document *document, const struct mention *mention, char letters[NAME_PARTS_MAX + 1]);
/* True if the word in brackets behind a name is made of its initials, perhaps with its small words: "(DfT)", "(MoHUA)", "(NHB)". */
bool name_is_short_for(const struct document *document, const struct mention *shorter, const struct mention *name);
/* The initials of a name's words in lower case, with or without its small words ("of", "and"); their number. */
size_t name_initials(const struct document *document, const struct mention *mention, bool small, char letters[NAME_PARTS_MAX + 1]);

#endif
