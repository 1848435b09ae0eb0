/* wordlist: sorted constant lists of lower-case ASCII words, looked up without case. */
#ifndef COPYDESK_WORDLIST_H
#define COPYDESK_WORDLIST_H

#include "base/slice.h"

struct wordlist {
	const char *const *words;
	size_t count;
};

#define WORDLIST(array) ((struct wordlist){(array), sizeof(array) / sizeof *(array)})

bool wordlist_has(struct wordlist list, struct slice word);

/* Where `word`, in any case, stands against a word of such a list, for tables that have more in a row: <0 before it, 0, >0 behind it. */
static inline int word_order(struct slice word, const char *listed)
{
	for (size_t i = 0; i < word.len; i++) {
		int order = (unsigned char)byte_lower(word.ptr[i]) - (unsigned char)listed[i];
		if (order != 0 || listed[i] == '\0')
			return order != 0 ? order : 1;
	}
	return listed[word.len] == '\0' ? 0 : -1;
}

#endif
