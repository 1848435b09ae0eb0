/* views: what the network sees of a word alone, as rows of its table. Trainer and stage share this file: a change here needs a new model.
 *
 * Each view has a block of rows; a word takes one of each block, or as many as hold. What stands around a word the network learns by itself. */
#ifndef COPYDESK_VIEWS_H
#define COPYDESK_VIEWS_H

#include "tag/words.h"

#define VIEWS_MAX 48 /* rows a word: what is more is left out, gazetteer classes first */

/* Rows of each block; a hash is taken into its block's. */
#define VIEWS_AFFIX_ROWS 2048
#define VIEWS_SHAPE_ROWS 512
#define VIEWS_FINE_ROWS 1024 /* 0: no cluster; what is above shares rows */
#define VIEWS_CODE_ROWS (LEXICON_PARTS * LEXICON_CODES)
#define VIEWS_FLAGS 14 /* enum token_flag */

enum views_block {
	VIEWS_AFFIX,
	VIEWS_SHAPE = VIEWS_AFFIX + VIEWS_AFFIX_ROWS,
	VIEWS_FINE = VIEWS_SHAPE + VIEWS_SHAPE_ROWS,
	VIEWS_CODE = VIEWS_FINE + VIEWS_FINE_ROWS, /* of its word vector: LEXICON_CODES rows a part; none for a word without one */
	VIEWS_FLAG = VIEWS_CODE + VIEWS_CODE_ROWS,
	VIEWS_CAPITAL = VIEWS_FLAG + VIEWS_FLAGS, /* elsewhere in the document with a capital: never, once, more often */
	VIEWS_SMALL = VIEWS_CAPITAL + 3,          /* and without */
	VIEWS_INSIDE = VIEWS_SMALL + 3,           /* brackets, quotation marks */
	VIEWS_NAMES = VIEWS_INSIDE + 2,           /* the bits of word.names */
	VIEWS_END = VIEWS_NAMES + LEXICON_CLASSES * 4,
	VIEWS_ROWS = (VIEWS_END + 15) / 16 * 16
};

/* The rows of the word `at`; returns their number. */
size_t views_read(const struct document *document, size_t at, uint32_t rows[VIEWS_MAX]);

/* True if two words of one document have the same rows; they may have them though it is false. */
bool views_same(const struct word *a, const struct word *b);

#endif
