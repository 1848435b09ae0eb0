/* article: see article.h. */
#include "extract/article.h"

#include "base/utf8.h"

/* Larger bodies don't come from news pages; the runner's memory budget is the harder limit. */
#define BODY_CEILING ((size_t)64 << 20)

const char *page_type_name(enum page_type type)
{
	static const char *const names[PAGE_TYPES] = {
	        "article", "liveblog", "listing", "gallery", "video", "paywall", "consent", "error", "other"};
	return names[type];
}

const char *removed_kind_name(enum removed_kind kind)
{
	static const char *const names[REMOVED_KINDS] = {"navigation", "sharing", "related", "advertisement", "comments",
	        "consent", "newsletter", "byline", "caption", "widget", "boilerplate", "duplicate", "hidden", "trailing"};
	return names[kind];
}

void article_init(struct article *article)
{
	*article = (struct article){.fetched_at = CLOCK_NONE,
	        .page_type = PAGE_OTHER,
	        .published.ms = CLOCK_NONE,
	        .modified.ms = CLOCK_NONE,
	        .mode = "none"};
}

struct author *article_add_author(struct arena *arena, struct article *article, struct slice name)
{
	struct author *author = arena_new(arena, struct author);
	author->name = name;
	struct author **tail = &article->authors;
	while (*tail)
		tail = &(*tail)->next;
	return *tail = author;
}

void article_add_keyword(struct arena *arena, struct article *article, struct slice text)
{
	struct keyword **tail = &article->keywords;
	while (*tail)
		tail = &(*tail)->next;
	*tail = arena_new(arena, struct keyword);
	(*tail)->text = text;
}

struct image *article_add_image(struct arena *arena, struct article *article)
{
	struct image **tail = &article->images;
	while (*tail)
		tail = &(*tail)->next;
	if (!article->image_source)
		article->image_source = "text";
	return *tail = arena_new(arena, struct image);
}

/* Letters and digits in a row are a word; scripts without spaces count half a word a character. */
static size_t count_words(struct slice text)
{
	size_t words = 0, unspaced = 0;
	bool inside = false;
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		if (utf8_is_unspaced(c)) {
			unspaced++;
			inside = false;
			continue;
		}
		bool letter = c < 0x80 ? byte_is_alpha((char)c) || byte_is_digit((char)c) : utf8_is_letter(c) || utf8_is_digit(c);
		bool joins = c == '\'' || c == 0x2019 || c == '-';
		if (letter && !inside)
			words++;
		inside = letter || (inside && joins);
	}
	return words + (unspaced + 1) / 2;
}

void article_set_blocks(struct arena *arena, struct article *article, const struct block_list *blocks)
{
	struct buf body;
	size_t at = 0, bytes = 0;
	for (size_t i = 0; i < blocks->count; i++)
		bytes += blocks->items[i].text.len + 2;
	buf_init_arena(&body, arena, BODY_CEILING);
	if (bytes)
		buf_reserve(&body, bytes);
	article->word_count = 0;
	for (size_t i = 0; i < blocks->count; i++) {
		struct block *block = &blocks->items[i];
		if (i) {
			buf_append(&body, SLICE("\n\n"));
			at += 2;
		}
		block->start = at;
		at += utf8_length(block->text);
		block->end = at;
		buf_append(&body, block->text);
		article->word_count += count_words(block->text);
		arena_tick(arena);
	}
	article->body = buf_slice(&body);
	article->blocks = blocks->items;
	article->block_count = blocks->count;
}

static void write_instant(struct json_writer *w, const char *name, const struct instant *instant)
{
	char text[40];
	if (instant->ms == CLOCK_NONE)
		return;
	clock_format(instant->ms, text);
	json_add_text(w, name, slice_of(text));
}

static void write_sources(struct json_writer *w, const struct article *article)
{
	const struct {
		const char *name, *source;
	} fields[] = {
	        {"headline", article->headline.source},
	        {"alternativeHeadline", article->alternative_headline.source},
	        {"canonicalUrl", article->canonical_url.source},
	        {"author", article->authors ? article->author_source : NULL},
	        {"creditText", article->credit_text.source},
	        {"dateline", article->dateline.source},
	        {"datePublished", article->published.ms == CLOCK_NONE ? NULL : article->published.source},
	        {"dateModified", article->modified.ms == CLOCK_NONE ? NULL : article->modified.source},
	        {"publisher", article->publisher.source},
	        {"articleSection", article->section.source},
	        {"keywords", article->keywords ? article->keyword_source : NULL},
	        {"inLanguage", article->language.len ? article->language_source : NULL},
	        {"image", article->images ? article->image_source : NULL},
	};
	json_key(w, "sources");
	json_open_object(w);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (fields[i].source)
			json_add_text(w, fields[i].name, slice_of(fields[i].source));
	json_close_object(w);
}

static void write_precision(struct json_writer *w, const char *name, const struct instant *instant)
{
	if (instant->ms == CLOCK_NONE)
		return;
	json_key(w, name);
	json_open_object(w);
	json_add_string(w, "precision", instant->has_time ? SLICE("time") : SLICE("day"));
	json_add_string(w, "source", slice_of(instant->source ? instant->source : "unknown"));
	if (instant->has_offset)
		json_add_integer(w, "offsetMinutes", instant->offset_minutes);
	json_close_object(w);
}

static void write_authors(struct json_writer *w, const struct author *authors)
{
	json_key(w, "author");
	json_open_array(w);
	for (const struct author *author = authors; author; author = author->next) {
		json_open_object(w);
		json_add_text(w, "name", author->name);
		json_add_text(w, "email", author->email);
		json_add_text(w, "role", author->role);
		json_close_object(w);
	}
	json_close_array(w);
}

static void write_blocks(struct json_writer *w, const struct article *article)
{
	json_key(w, "blocks");
	json_open_array(w);
	for (size_t i = 0; i < article->block_count; i++) {
		const struct block *block = &article->blocks[i];
		json_open_object(w);
		json_add_string(w, "kind", slice_of(block_kind_name(block->kind)));
		json_add_integer(w, "start", (int64_t)block->start);
		json_add_integer(w, "end", (int64_t)block->end);
		json_close_object(w);
	}
	json_close_array(w);
}

static void write_images(struct json_writer *w, const struct image *images)
{
	json_key(w, "image");
	json_open_array(w);
	for (const struct image *image = images; image; image = image->next) {
		json_open_object(w);
		json_add_text(w, "url", image->url);
		json_add_text(w, "caption", image->caption);
		json_add_text(w, "credit", image->credit);
		json_close_object(w);
	}
	json_close_array(w);
}

static void write_extraction(struct json_writer *w, const struct article *article)
{
	json_key(w, "extraction");
	json_open_object(w);
	json_add_string(w, "mode", slice_of(article->mode));
	json_add_number(w, "confidence", article->confidence / 100.0, 2);
	json_add_number(w, "pageTypeConfidence", article->page_type_confidence / 100.0, 2);
	write_sources(w, article);
	json_key(w, "removed");
	json_open_object(w);
	for (int kind = 0; kind < REMOVED_KINDS; kind++)
		if (article->removed[kind])
			json_add_integer(w, removed_kind_name((enum removed_kind)kind), article->removed[kind]);
	json_close_object(w);
	json_close_object(w);
}

static void write_language(struct json_writer *w, const struct article *article)
{
	if (!article->language.len)
		return;
	json_key(w, "inLanguage");
	json_open_object(w);
	json_add_string(w, "tag", article->language);
	json_add_number(w, "confidence", article->language_confidence / 100.0, 2);
	json_close_object(w);
}

static void write_keywords(struct json_writer *w, const struct keyword *keywords)
{
	json_key(w, "keywords");
	json_open_array(w);
	for (const struct keyword *keyword = keywords; keyword; keyword = keyword->next)
		json_put_string(w, keyword->text);
	json_close_array(w);
}

bool article_write(struct arena *arena, const struct article *article, struct slice *json, struct error *error)
{
	struct buf out;
	struct json_writer w;
	char fetched[40];
	buf_init_arena(&out, arena, BODY_CEILING);
	buf_reserve(&out, article->body.len + article->body.len / 8 + article->block_count * 48 + 2048);
	json_begin(&w, arena, &out);
	json_open_object(&w);
	json_add_string(&w, "id", article->id);
	json_add_text(&w, "url", article->url);
	json_add_text(&w, "canonicalUrl", article->canonical_url.value);
	if (article->fetched_at != CLOCK_NONE) {
		clock_format(article->fetched_at, fetched);
		json_add_string(&w, "fetchedAt", slice_of(fetched));
	}
	json_add_string(&w, "pageType", slice_of(page_type_name(article->page_type)));
	json_add_text(&w, "headline", article->headline.value);
	json_add_text(&w, "alternativeHeadline", article->alternative_headline.value);
	write_authors(&w, article->authors);
	json_add_text(&w, "creditText", article->credit_text.value);
	json_add_text(&w, "dateline", article->dateline.value);
	write_instant(&w, "datePublished", &article->published);
	write_precision(&w, "datePublishedDetail", &article->published);
	write_instant(&w, "dateModified", &article->modified);
	write_precision(&w, "dateModifiedDetail", &article->modified);
	json_add_text(&w, "publisher", article->publisher.value);
	json_add_text(&w, "articleSection", article->section.value);
	write_keywords(&w, article->keywords);
	write_language(&w, article);
	json_add_string(&w, "articleBody", article->body);
	write_blocks(&w, article);
	write_images(&w, article->images);
	json_add_integer(&w, "wordCount", (int64_t)article->word_count);
	write_extraction(&w, article);
	json_close_object(&w);
	if (!json_finish(&w))
		return error_set(error, "too_large", "the article message doesn't fit %zu bytes", BODY_CEILING);
	*json = buf_slice(&out);
	return true;
}
