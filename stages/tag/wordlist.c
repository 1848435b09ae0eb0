/* wordlist: see wordlist.h. */
#include "tag/wordlist.h"

bool wordlist_has(struct wordlist list, struct slice word)
{
	char lower[24];
	size_t low = 0, high = list.count;

	if (word.len == 0 || word.len >= sizeof lower)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		lower[i] = byte_lower(word.ptr[i]);
		if (lower[i] == '\0')
			return false;
	}
	lower[word.len] = '\0';
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(lower, list.words[middle]);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}
