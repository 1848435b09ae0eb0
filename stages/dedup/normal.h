/* normal: text as deduplication sees it: tokens without case, punctuation or layout, each only a hash.
 *
 * A token is a word, a number with its inner separators ("1,250.5", "6-3/16", "19:30"), or, in scripts without spaces, one
 * character. `weight` says how much of a shingle it fills: a word 3, a Han or kana character 2, a Thai, Lao, Khmer or Burmese
 * letter 1, so that a shingle of 12 is four words, six ideographs or twelve letters. A name is a capitalised word that doesn't
 * begin a sentence: in languages with capitals that is who and where, the part of a report in which template stories differ. */
#ifndef COPYDESK_NORMAL_H
#define COPYDESK_NORMAL_H

#include "base/arena.h"

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_NAME };

struct token {
	uint64_t hash;
	uint8_t weight;
	uint8_t kind;
};

#define WORD_WEIGHT 3

/* A paragraph: tokens [first, first + count). */
struct passage {
	size_t first, count;
	uint64_t hash; /* of its tokens in order */
};

struct normal_text {
	struct token *tokens;
	size_t count;
	struct passage *passages; /* those with tokens */
	size_t passage_count;
	uint64_t hash; /* of all tokens in order: equal for copies that differ in case, punctuation, spacing and paragraphs only */
};

/* The tokens of valid UTF-8. Paragraphs end at line ends. Linear in the text; a word's bytes past the 120th don't count. */
struct normal_text normal_text(struct arena *arena, struct slice text);

#endif
