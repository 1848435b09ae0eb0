/* wordlist: a sorted constant list of lower-case ASCII words, looked up without case. */
#ifndef COPYDESK_WORDLIST_H
#define COPYDESK_WORDLIST_H

#include "base/slice.h"

struct wordlist {
	const char *const *words;
	size_t count;
};

#define WORDLIST(array) ((struct wordlist){(array), sizeof(array) / sizeof *(array)})

bool wordlist_has(struct wordlist list, struct slice word);

#endif
