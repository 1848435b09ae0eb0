#include "extract/page.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/content.h"
#include "extract/decode.h"
#include "extract/language.h"
#include "extract/metadata.h"
#include "extract/plaintext.h"

/* What the message says is taken as it is; what it leaves open is read from the page. */
static void take_message(struct arena *arena, const struct raw_page *raw, struct article *article)
{
	article_init(article);
	article->url = raw->url;
	article->fetched_at = raw->fetched_at;
	if (raw->publisher.len)
		article->publisher = (struct sourced){utf8_squeeze(arena, raw->publisher), "message"};
	if (raw->title.len)
		article->headline = (struct sourced){utf8_squeeze(arena, raw->title), "message"};
}

/* The raw page's own id; else a hash of what names the page; else of the page itself. */
static void set_id(struct arena *arena, const struct raw_page *raw, struct slice text, struct article *article)
{
	char hex[33];
	if (raw->id.len) {
		article->id = raw->id;
		return;
	}
	struct slice name = article->canonical_url.value.len ? article->canonical_url.value : raw->url.len ? raw->url : text;
	hash_hex(hash_wide(name), hex);
	article->id = arena_copy(arena, slice_of(hex));
}

static bool extract_html(struct arena *arena, struct slice html, const struct raw_page *raw, const struct parse_limits *limits,
        struct article *article, struct error *error)
{
	struct tree *tree = tree_parse(arena, html, limits, error);
	if (!tree)
		return false;
	metadata_collect(arena, tree, raw->url, raw->fetched_at, article);
	struct outline *outline = outline_make(arena, tree);
	content_extract(arena, outline, article);
	struct slice declared = raw->language.len ? raw->language : node_attribute(tree->root, "lang");
	language_detect(arena, declared, article);
	return true;
}

bool page_extract(struct arena *arena, const struct raw_page *raw, const struct parse_limits *limits, struct article *article,
        struct error *error)
{
	struct decoded decoded = {.text = raw->body};
	take_message(arena, raw, article);
	if (!raw->is_unicode)
		page_decode(arena, raw->body, raw->content_type, raw->is_html, &decoded);
	if (raw->is_html) {
		if (!extract_html(arena, decoded.text, raw, limits, article, error))
			return false;
	} else {
		if (decoded.text.len > limits->bytes)
			return error_set(error, "too_large", "the page has %zu bytes, at most %zu are read", decoded.text.len,
			        limits->bytes);
		plaintext_extract(arena, decoded.text, article);
		language_detect(arena, raw->language, article);
	}
	set_id(arena, raw, decoded.text, article);
	if (!article->body.len && !article->headline.value.len)
		return error_set(error, "no_body", "the page holds no text that could be an article or its headline");
	return true;
}
