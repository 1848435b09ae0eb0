/* authors: names of people out of what pages call the author: lists, bylines with jobs, places, e-mail addresses, agencies. */
#ifndef COPYDESK_AUTHORS_H
#define COPYDESK_AUTHORS_H

#include "extract/agencies.h"
#include "extract/article.h"

enum author_trust {
	AUTHOR_NAMED, /* a machine-readable author field: believed unless it is plainly no name */
	AUTHOR_BYLINE /* visible text: must look like names of people or an agency */
};

/* Adds the names in `text` to the article, each once; true if any was added. An e-mail address goes to the name before it. */
bool authors_add(struct arena *arena, struct article *article, struct slice text, enum author_trust trust);

/* Is the line a byline ("By Jane Roe and John Doe", "Jane Roe jane@paper.example", "Von Max Muster, Berlin", "홍길동 기자")? */
bool author_is_byline(struct slice line);

/* Of the authors behind `first`, those go that name the site (title_names_site()): "Ana Brandt, Valley Post". */
void authors_drop_sites(struct author *first, const struct slice *sites, size_t site_count, struct slice url);

/* Does the line tell how to reach one of them ("Reach Jane Roe at jroe@paper.example")? The address becomes the author's, if there is none yet. */
bool author_take_contact(struct author *authors, struct slice line);

#endif
