/* recase: names that careless writers left in small letters get their capitals back (truecasing: Lita et al. 2003).
 *
 * Only the tokens' flags and what features see of them change; the text stays as written. What is a name is told by two tables: plain
 * text that has a word with a capital and never without, and the gazetteer's places and peoples. */
#ifndef COPYDESK_RECASE_H
#define COPYDESK_RECASE_H

#include "tag/words.h"

/* True for text whose sentences begin small, or whose writer is an "i". Edited news isn't. */
bool recase_is_careless(const struct tokens *fields, size_t count);

/* In careless text: how many of the words from `at` on, before `last`, are a name in small letters: 0 for none. */
size_t recase_name(const struct lexicon *lexicon, const struct word *words, size_t at, size_t last);

/* `text` with its first letter in upper case, into `out`. Returns the length, 0 if it has no room. */
size_t recase_word(struct slice text, char *out, size_t size);

#endif
