/* languagewords: the most frequent function words of the languages in which news is written, as one table from word to
 * languages. */
#ifndef COPYDESK_LANGUAGEWORDS_H
#define COPYDESK_LANGUAGEWORDS_H

#include "base/slice.h"

/* Languages of Latin, Cyrillic, Arabic and Devanagari script: a script alone doesn't tell them apart. At most 64. */
#define LANGUAGE_WORD_MAX 64
struct language_words {
	const char *tag;    /* BCP 47 */
	const char *script; /* ISO 15924 */
	const char *words;  /* lower case, NFC, parted by spaces */
};
extern const struct language_words LANGUAGE_WORDS[];
extern const size_t LANGUAGE_WORD_COUNT;

/* Bit i is set if a word with this hash (struct word) is a function word of LANGUAGE_WORDS[i]. */
uint64_t language_word_mask(uint32_t hash);

#endif
