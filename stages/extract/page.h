/* page: one raw page made into one article, step by step. What extract.c does for a message, without the message. */
#ifndef COPYDESK_PAGE_H
#define COPYDESK_PAGE_H

#include "extract/article.h"
#include "extract/parse.h"
#include "extract/rawpage.h"

/* False with the codes of parse.h, and no_body where a page has neither body nor headline. */
bool page_extract(struct arena *arena, const struct raw_page *raw, const struct parse_limits *limits, struct article *article,
	struct error *error);

#endif
