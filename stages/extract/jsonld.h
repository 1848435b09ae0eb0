/* jsonld: what a page's application/ld+json scripts say about its article.
 *
 * Pages carry broken JSON (line feeds in strings, trailing commas, comments, entities); it is mended before it is given up. Of
 * all objects in all scripts (arrays, @graph, nested ones) the one that is the page's article is chosen; what only lists,
 * mentions or recommends other articles is not taken for it. */
#ifndef COPYDESK_JSONLD_H
#define COPYDESK_JSONLD_H

#include "base/arena.h"
#include "json/reader.h"

struct jsonld_script {
	const struct json *root;
	struct jsonld_script *next;
};

struct jsonld {
	struct arena *arena;
	struct jsonld_script *scripts, **tail;
	const struct json *article; /* the page's article, or NULL */
	const struct json *page;    /* a WebPage of this page, or NULL */
	bool live_blog, video, gallery, listing, news; /* types met at the top */
};

/* Without scripts; all memory is the arena's. */
void jsonld_init(struct jsonld *jsonld, struct arena *arena);
/* Adds one script's text. False if it could not be mended. */
bool jsonld_add(struct jsonld *jsonld, struct slice text);
/* Chooses `article` and `page`; `urls`: the addresses that mean this page (may be empty ones). */
void jsonld_choose(struct jsonld *jsonld, const struct slice *urls, size_t url_count);

/* Text of a member: a string, the first string of a list, or name, @value, url, @id of an object. */
struct slice jsonld_text(const struct json *object, const char *name);
/* The value, or what it refers to by @id, as an object or a string, elsewhere in the scripts. */
const struct json *jsonld_follow(const struct jsonld *jsonld, const struct json *value);

#endif
