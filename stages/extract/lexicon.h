/* lexicon: phrases by which pages, in many languages, name the things that are not the article: sharing, comments, related stories,
 * newsletters, consent, copyright, navigation, bylines, credits and the like. */
#ifndef COPYDESK_LEXICON_H
#define COPYDESK_LEXICON_H

#include "base/slice.h"

enum lexicon_topic {
	LEXICON_SHARE,      /* share this, facebook, print, copy link */
	LEXICON_COMMENT,    /* comments, leave a reply */
	LEXICON_RELATED,    /* related stories, most read, you may also like */
	LEXICON_READ_MORE,  /* read more, continue reading, see also: an inline pointer elsewhere */
	LEXICON_NEWSLETTER, /* newsletter, sign up, subscribe */
	LEXICON_CONSENT,    /* cookies, privacy policy */
	LEXICON_COPYRIGHT,  /* all rights reserved */
	LEXICON_NAVIGATION, /* home, menu, search, contact us, skip to content */
	LEXICON_ACCOUNT,    /* log in, register, my account */
	LEXICON_ADVERT,     /* advertisement, sponsored */
	LEXICON_CREDIT,     /* photo, getty images: a picture's credit */
	LEXICON_BYLINE,     /* by, von, reporter */
	LEXICON_DATE_LABEL, /* published, updated, last modified */
	LEXICON_TAGS,       /* tags, topics, filed under */
	LEXICON_ABOUT,      /* about the author, follow us, contact the reporter */
	LEXICON_MEDIA,      /* video, gallery, listen, slideshow */
	LEXICON_TOPICS
};

struct lexicon_hits {
	uint32_t any;   /* bit per topic: a phrase occurs */
	uint32_t start; /* … at the start */
	uint32_t whole; /* … and nothing but phrases of it, digits and names of one word at most */
};

struct lexicon_hits lexicon_find(struct slice text);

static inline bool lexicon_has(uint32_t bits, enum lexicon_topic topic) { return bits >> topic & 1; }

#endif
