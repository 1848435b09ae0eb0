/* article: what the stage makes of a page, and the message it writes (schemas/article).
 *
 * Each metadata field carries its source: the place in the page it was taken from ("json-ld", "opengraph", "meta", "microdata", "rdfa",
 * "time", "byline", "title", "h1", "url", "text", "message", …): a constant word. An absent field is an empty slice with a NULL
 * source. */
#ifndef COPYDESK_ARTICLE_H
#define COPYDESK_ARTICLE_H

#include "base/clock.h"
#include "base/error.h"
#include "extract/blocks.h"
#include "json/writer.h"
#include "run/trace.h"

enum page_type {
	PAGE_ARTICLE,
	PAGE_LIVEBLOG,
	PAGE_LISTING,
	PAGE_GALLERY,
	PAGE_VIDEO,
	PAGE_PAYWALL,
	PAGE_CONSENT,
	PAGE_ERROR,
	PAGE_OTHER,
	PAGE_TYPES
};
/* "article", "liveblog", … */
const char *page_type_name(enum page_type type);

struct sourced {
	struct slice value;
	const char *source;
};

struct author {
	struct slice name, email, role; /* role: as printed ("Staff reporter"), mostly empty */
	struct author *next;
};

struct instant {
	int64_t ms;            /* UTC; CLOCK_NONE if absent */
	bool has_time;         /* false: only the day is known, ms is its midnight UTC */
	bool has_offset;       /* false: the page gave no offset, its clock was read as UTC */
	int offset_minutes;    /* as printed, 0 without */
	const char *source;
};

struct keyword {
	struct slice text;
	struct keyword *next;
};

struct image {
	struct slice url, caption, credit;
	struct image *next;
};

/* What was kept out of the body, by kind of reason. */
enum removed_kind {
	REMOVED_NAVIGATION,
	REMOVED_SHARING,
	REMOVED_RELATED,
	REMOVED_ADVERTISEMENT,
	REMOVED_COMMENTS,
	REMOVED_CONSENT,
	REMOVED_NEWSLETTER,
	REMOVED_BYLINE,
	REMOVED_CAPTION,
	REMOVED_WIDGET,
	REMOVED_BOILERPLATE,
	REMOVED_DUPLICATE,
	REMOVED_HIDDEN,
	REMOVED_TRAILING, /* behind the article's end */
	REMOVED_KINDS
};
/* "navigation", "sharing", … */
const char *removed_kind_name(enum removed_kind kind);

/* What the metadata of a page says about its body and kind: read by the body steps, not part of the message. */
struct hints {
	struct slice article_body; /* JSON-LD articleBody: plain text, entities resolved, tags stripped, lines kept */
	struct slice description;  /* best summary (og:description, meta, JSON-LD) */
	struct slice language;     /* as declared: html lang, og:locale, …; any spelling, may be empty */
	const char *language_source;
	struct slice base;         /* what relative links start from; may be empty */
	struct image *images;      /* JSON-LD's, with caption or credit */
	bool says_article;         /* JSON-LD or og:type names an article */
	bool says_liveblog, says_video, says_gallery, says_listing;
	bool says_paywalled;       /* isAccessibleForFree false, or a content tier that isn't free */
};

struct article {
	struct slice id, url;  /* url: of the message, may be empty */
	struct sourced canonical_url;
	int64_t fetched_at; /* CLOCK_NONE if unknown */
	enum page_type page_type;
	int page_type_confidence; /* percent */
	struct sourced headline, alternative_headline;
	struct author *authors; /* in the page's order */
	const char *author_source;
	struct sourced credit_text, dateline;
	struct instant published, modified;
	struct sourced publisher, section;
	struct keyword *keywords;
	const char *keyword_source;
	struct slice language; /* BCP 47; empty if unknown */
	int language_confidence; /* percent */
	const char *language_source;
	struct slice body; /* blocks parted by an empty line */
	struct block *blocks;
	size_t block_count;
	size_t word_count;
	struct image *images; /* in the page's order */
	const char *image_source; /* of the first */
	const char *mode;     /* how the body was found: "semantic", "scored", "json-ld", "script", "fallback", "text", "none" */
	int confidence;       /* percent */
	uint32_t removed[REMOVED_KINDS]; /* blocks kept out */
	struct hints hints;
	struct trace *trace; /* NULL but for --explain */
};

/* Everything empty, instants CLOCK_NONE. */
void article_init(struct article *article);
struct author *article_add_author(struct arena *arena, struct article *article, struct slice name);
void article_add_keyword(struct arena *arena, struct article *article, struct slice text);
/* An article tells no more pictures: whoever collects them stops there. */
#define ARTICLE_IMAGES_MAX 100
struct image *article_add_image(struct arena *arena, struct article *article);
/* Joins the blocks to the body, sets their offsets, counts the words (of unspaced scripts: each two code points count as one). */
void article_set_blocks(struct arena *arena, struct article *article, const struct block_list *blocks);
/* The article message as JSON, in arena memory. */
bool article_write(struct arena *arena, const struct article *article, struct slice *json, struct error *error);

#endif
