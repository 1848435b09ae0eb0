/* choice: what the files that choose among a page's candidates share: metadata.c (site, section, keywords …) and the choice*.c that it calls, one
 * a field. */
#ifndef COPYDESK_CHOICE_H
#define COPYDESK_CHOICE_H

#include "extract/candidates.h"
#include "extract/dates.h"

struct choice {
	struct arena *arena;
	struct candidates candidates;
	struct article *article;
	struct slice url;
	const struct json *ld; /* the page's article in JSON-LD, or NULL */
	enum date_order order;
	struct slice sites[8]; /* the site's names */
	size_t site_count;
};

/* References resolved, NFC, white space squeezed. */
struct slice choice_clean(struct choice *choice, struct slice text);
/* Tags out of a text that was HTML (JSON-LD often holds some), references resolved, lines kept. */
struct slice choice_strip_tags(struct choice *choice, struct slice text);

/* Gives the field its value and source, unless it has one or there is none. */
void choice_set(struct sourced *field, struct slice value, enum origin origin);

/* The article's headline and alternative headline. Sites and section must be known. */
void choose_headline(struct choice *choice);
/* The article's authors, from the first source that names people. */
void choose_authors(struct choice *choice);
/* The article's instants; that of a change never stands in for that of publishing. */
void choose_dates(struct choice *choice);
/* The pictures of the hints: those of JSON-LD with a caption or credit, which are often nowhere else in the page. */
void choose_images(struct choice *choice);

#endif
