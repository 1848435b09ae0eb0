/* wordlist: see wordlist.h. */
#include "tag/wordlist.h"

bool wordlist_has(struct wordlist list, struct slice word)
{
	size_t low = 0, high = word.len > 0 ? list.count : 0;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = word_order(word, list.words[middle]);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}
