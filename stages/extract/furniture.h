/* furniture: phrases by which pages, in many languages, name the things that are not the article: sharing, comments, related
 * stories, newsletters, consent, copyright, navigation, bylines, credits and the like. */
#ifndef COPYDESK_FURNITURE_H
#define COPYDESK_FURNITURE_H

#include "base/slice.h"

enum furniture_topic {
	FURNITURE_SHARE,      /* share this, facebook, print, copy link */
	FURNITURE_COMMENT,    /* comments, leave a reply */
	FURNITURE_RELATED,    /* related stories, most read, you may also like */
	FURNITURE_READ_MORE,  /* read more, continue reading, see also: an inline pointer elsewhere */
	FURNITURE_NEWSLETTER, /* newsletter, sign up, subscribe */
	FURNITURE_CONSENT,    /* cookies, privacy policy */
	FURNITURE_COPYRIGHT,  /* all rights reserved */
	FURNITURE_NAVIGATION, /* home, menu, search, contact us, skip to content */
	FURNITURE_ACCOUNT,    /* log in, register, my account */
	FURNITURE_ADVERT,     /* advertisement, sponsored */
	FURNITURE_CREDIT,     /* photo, getty images: a picture's credit */
	FURNITURE_BYLINE,     /* by, von, reporter */
	FURNITURE_DATE_LABEL, /* published, updated, last modified */
	FURNITURE_TAGS,       /* tags, topics, filed under */
	FURNITURE_ABOUT,      /* about the author, follow us, contact the reporter */
	FURNITURE_MEDIA,      /* video, gallery, listen, slideshow */
	FURNITURE_TOPICS
};

struct furniture_hits {
	uint32_t any;   /* bit per topic: a phrase occurs */
	uint32_t start; /* … at the start */
	uint32_t whole; /* … and nothing but phrases of it, digits and names of one word at most */
};

/* Any length, linear in it; upper and lower case alike. */
struct furniture_hits furniture_find(struct slice text);

static inline bool furniture_has(uint32_t bits, enum furniture_topic topic) { return bits >> topic & 1; }

#endif
