/* pagewords: how pages that are no articles call themselves, in many languages. */
#ifndef COPYDESK_PAGEWORDS_H
#define COPYDESK_PAGEWORDS_H

#include "base/slice.h"

enum page_words {
	PAGE_WORDS_ERROR,   /* in a title: the page isn't there, or not for this reader */
	PAGE_WORDS_CONSENT, /* in a title: a wall that asks for consent */
	PAGE_WORDS_PAYWALL, /* in a line behind the open part of a paid article */
	PAGE_WORDS_LIVE     /* in a title: a live blog */
};

/* Does the text, folded by utf8_fold(), hold one of the words? */
bool page_words_in(struct slice folded, enum page_words words);

#endif
