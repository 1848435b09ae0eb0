/* page: see page.h. */
#include "extract/page.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/address.h"
#include "extract/captions.h"
#include "extract/content.h"
#include "extract/dateline.h"
#include "extract/decode.h"
#include "extract/evidence.h"
#include "extract/language.h"
#include "extract/liveblog.h"
#include "extract/metadata.h"
#include "extract/pagetype.h"
#include "extract/plaintext.h"
#include "extract/scripts.h"
#include "extract/steps.h"

/* Bytes: a body that is longer needs no other source. */
#define BODY_ENOUGH 300
#define AGREEMENT_MIN 80

/* What the message says is taken as it is; what it leaves open is read from the page. */
static void take_message(struct arena *arena, const struct raw_page *raw, struct article *article)
{
	article_init(article);
	article->trace = raw->trace;
	article->url = address_clean(arena, raw->url);
	article->fetched_at = raw->fetched_at;
	if (raw->publisher.len)
		article->publisher = (struct sourced){utf8_squeeze(arena, raw->publisher), "message"};
	if (raw->title.len)
		article->headline = (struct sourced){utf8_squeeze(arena, raw->title), "message"};
}

/* Does an element of the page give its address? JSON-LD's is often that of the template it was copied with. */
static bool names_itself(const struct article *article)
{
	return article->canonical_url.value.len && strcmp(article->canonical_url.source, "json-ld") != 0;
}

/* The raw page's own id; else a hash of what names the page; else of the page itself. */
static void set_id(struct arena *arena, const struct raw_page *raw, struct slice text, struct article *article)
{
	char hex[33];
	if (raw->id.len) {
		article->id = raw->id;
		return;
	}
	struct slice name = names_itself(article) ? article->canonical_url.value : slice_trim(raw->url).len ? slice_trim(raw->url) : text;
	hash_hex(hash_wide(name), hex);
	article->id = arena_copy(arena, slice_of(hex));
}

/* A text page as the least markup that says the same: a paragraph a line. */
static struct slice text_as_html(struct arena *arena, struct slice text)
{
	struct buf html;
	struct slice line;
	buf_init_arena(&html, arena, text.len * 6 + 64);
	while (slice_next_line(&text, &line)) {
		buf_append(&html, SLICE("<p>"));
		for (size_t i = 0; i < line.len; i++) {
			if (line.ptr[i] == '<')
				buf_append(&html, SLICE("&lt;"));
			else if (line.ptr[i] == '&')
				buf_append(&html, SLICE("&amp;"));
			else
				buf_append_byte(&html, line.ptr[i]);
		}
	}
	return buf_slice(&html);
}

/* Does JSON-LD's body hold what the markup shows of it? The longest block is looked for; white space apart. */
static bool agrees(struct arena *arena, const struct article *article, struct slice text)
{
	const struct block *longest = NULL;
	for (size_t i = 0; i < article->block_count; i++)
		if (!longest || article->blocks[i].text.len > longest->text.len)
			longest = &article->blocks[i];
	return longest && longest->text.len >= AGREEMENT_MIN && slice_contains(utf8_squeeze(arena, utf8_nfc(arena, text)), longest->text);
}

/* The best text from elsewhere than the markup: JSON-LD's articleBody, the paragraphs of a payload, the longest text of a script. */
static struct slice text_elsewhere(struct arena *arena, const struct tree *tree, struct slice article_body, const char **mode)
{
	*mode = "json-ld";
	if (article_body.len >= BODY_ENOUGH)
		return article_body;
	*mode = "script";
	struct slice payload = scripts_payload_html(arena, tree), longest = scripts_longest_text(arena, tree);
	return payload.len >= longest.len ? payload : longest;
}

/* The body of a page whose markup has (nearly) none, or shows the beginning of a text that JSON-LD has whole. */
static void stand_in(struct arena *arena, const struct tree *tree, const struct parse_limits *limits, struct article *article)
{
	struct slice text = article->hints.article_body;
	const char *mode = "json-ld";
	struct block_list blocks;
	struct error error;
	if (article->body.len >= BODY_ENOUGH && !(text.len > article->body.len * 2 && agrees(arena, article, text)))
		return;
	text = text_elsewhere(arena, tree, text, &mode);
	if (text.len < BODY_ENOUGH || text.len < article->body.len * 2)
		return;
	if (!slice_contains(text, SLICE("</")))
		text = text_as_html(arena, text);
	struct tree *inner = tree_parse(arena, text, limits, &error);
	if (!inner)
		return;
	block_list_init(&blocks, arena);
	content_take_all(arena, outline_make(arena, inner), &blocks);
	if (!blocks.count)
		return;
	trace_note(article->trace, "stand-in", LOG_STR("mode", mode), LOG_INT("was", article->body.len), LOG_INT("bytes", text.len));
	article_set_blocks(arena, article, &blocks);
	article->mode = mode;
}

static bool extract_html(
        struct arena *arena, struct slice html, const struct parse_limits *limits, struct article *article, struct error *error)
{
	step_begin(arena, STEP_PARSE);
	struct tree *tree = tree_parse(arena, html, limits, error);
	if (!tree)
		return false;
	step_begin(arena, STEP_METADATA);
	metadata_collect(arena, tree, article->url, article);
	step_begin(arena, STEP_CONTENT);
	struct outline *outline = outline_make(arena, tree);
	content_extract(arena, outline, article);
	stand_in(arena, tree, limits, article);
	step_begin(arena, STEP_CLASSIFY);
	page_type_decide(arena, outline, article);
	captions_complete(arena, article);
	if (article->page_type == PAGE_LIVEBLOG)
		liveblog_mark_entries(outline, article);
	return true;
}

bool page_extract(struct arena *arena, const struct raw_page *raw, const struct parse_limits *limits, struct article *article,
        struct error *error)
{
	struct decoded decoded = {.text = raw->body};
	step_begin(arena, STEP_DECODE);
	take_message(arena, raw, article);
	if (!raw->is_unicode)
		page_decode(arena, raw->body, raw->content_type, raw->is_html, &decoded);
	trace_note(raw->trace, "page", LOG_STR("form", raw->is_html ? "html" : "text"), LOG_INT("bytes", raw->body.len), LOG_STR("charset", decoded.encoding),
		LOG_STR("charsetFrom", decoded.source), LOG_INT("replaced", decoded.replaced));
	if (raw->is_html) {
		if (!extract_html(arena, decoded.text, limits, article, error))
			return false;
	} else {
		if (decoded.text.len > limits->bytes)
			return error_set(error, "too_large", "the page has %zu bytes, at most %zu are read", decoded.text.len,
			        limits->bytes);
		step_begin(arena, STEP_CONTENT);
		plaintext_extract(arena, decoded.text, article);
	}
	step_begin(arena, STEP_CLASSIFY);
	dateline_read(article);
	struct sourced declared = {raw->language, "message"};
	if (!declared.value.len)
		declared = (struct sourced){article->hints.language, article->hints.language_source};
	language_detect(arena, declared, article);
	set_id(arena, raw, decoded.text, article);
	evidence_fields(raw->trace, article);
	trace_note(raw->trace, "language", LOG_SLICE("tag", article->language), LOG_INT("confidence", article->language_confidence),
		LOG_SLICE("declared", declared.value));
	trace_note(raw->trace, "pageType", LOG_STR("type", page_type_name(article->page_type)), LOG_INT("confidence", article->page_type_confidence),
		LOG_STR("mode", article->mode), LOG_INT("bodyConfidence", article->confidence));
	if (!article->body.len && !article->headline.value.len && article->page_type != PAGE_LISTING)
		return error_set(error, "no_body", "the page holds no text that could be an article or its headline");
	return true;
}
