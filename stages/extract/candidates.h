/* candidates: everything a page says about itself, field by field, in the order of trust: what metadata.c chooses from.
 *
 * Gathered in one pass over the tree: meta and link elements, microdata, time elements, headings, visible bylines and date
 * lines. */
#ifndef COPYDESK_CANDIDATES_H
#define COPYDESK_CANDIDATES_H

#include "extract/article.h"
#include "extract/jsonld.h"
#include "extract/tree.h"

enum field {
	FIELD_TITLE,
	FIELD_AUTHOR,
	FIELD_PUBLISHED,
	FIELD_MODIFIED,
	FIELD_SITE,
	FIELD_SECTION,
	FIELD_KEYWORDS,
	FIELD_DESCRIPTION,
	FIELD_CANONICAL,
	FIELD_TYPE,
	FIELD_LANGUAGE,
	FIELD_TIER, /* free or paid */
	FIELD_CREDIT, /* the agency that a line says the story is from */
	FIELDS
};

/* Where a candidate comes from; smaller is more trusted within a field unless metadata.c says otherwise. */
enum origin { ORIGIN_JSONLD, ORIGIN_OPENGRAPH, ORIGIN_META, ORIGIN_MICRODATA, ORIGIN_RDFA, ORIGIN_TIME, ORIGIN_H1, ORIGIN_TWITTER, ORIGIN_TITLE, ORIGIN_LINK, ORIGIN_BYLINE, ORIGIN_TEXT,
	ORIGIN_URL, ORIGINS };
/* "json-ld", "opengraph", …: as in the article message. */
const char *origin_name(enum origin origin);

struct candidate {
	enum origin origin;
	int rank; /* within the origin: 0 is the best name for it */
	struct slice value;
	const struct node *node; /* where it stands, NULL for JSON-LD */
	struct candidate *next;
};

struct candidates {
	struct arena *arena;
	const struct tree *tree;
	struct candidate *first[FIELDS], **tail[FIELDS];
	const struct node *heading; /* the h1 that is the page's headline, or NULL */
	struct jsonld jsonld;
};

/* One pass over the page, linear in it. All memory is the arena's and the tree's. */
void candidates_gather(struct candidates *candidates, struct arena *arena, const struct tree *tree);
/* Adds one, trimmed; none if `value` is empty or far too long for any field. For those who gather only (metas.c, bylines.c). */
void candidate_add(struct candidates *candidates, enum field field, enum origin origin, int rank, struct slice value, const struct node *node);
/* The most trusted candidate of an origin, or NULL. */
const struct candidate *candidate_best(const struct candidates *candidates, enum field field, enum origin origin);

#endif
