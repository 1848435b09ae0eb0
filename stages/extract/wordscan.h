/* wordscan: the words of a text one after the other, lower-cased and hashed, for tables of words in many languages. */
#ifndef COPYDESK_WORDSCAN_H
#define COPYDESK_WORDSCAN_H

#include "base/slice.h"

struct word {
	struct slice text;
	uint32_t hash;    /* of its lower-case code points */
	uint16_t letters; /* code points that are not digits */
	uint16_t digits;
	bool upper;       /* starts with a capital */
	bool all_upper;   /* more than one capital and no small letter */
	bool unspaced;    /* one character of a script that is written without spaces */
};

/* The next word of `text` from *at: letters, marks and digits, with an apostrophe or hyphen inside; one character each of
 * unspaced scripts. False at the end. */
bool word_next(struct slice text, size_t *at, struct word *word);
/* The hash word_next() gives for a word in lower case. */
uint32_t word_hash(struct slice lower);

#endif
