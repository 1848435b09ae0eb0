/* pagetype: see pagetype.h. */
#include "extract/pagetype.h"

#include "base/utf8.h"
#include "extract/pagewords.h"

/* Bytes: a longer body isn't the open part of a paid article. */
#define WALL_BODY_MAX 3000
/* Segments behind the body within which a wall would stand. */
#define WALL_DISTANCE_MAX 15
/* A wall of consent has a notice, but no story. */
#define CONSENT_BODY_MAX 3000
/* Teasers that make a list of a page, if most of its text is in them. */
#define TEASERS_MIN 5

/* What the decision rests on. */
struct evidence {
	uint32_t body, text, linked; /* bytes: kept, visible, visible inside links */
	size_t paragraphs, teasers, lines, subheadings, items, rows, live, cards, videos, pictures, captions;
	bool paywall_named;
	struct slice title; /* folded */
};

static void count_elements(const struct outline *o, struct evidence *e)
{
	const struct tree *tree = o->tree;
	for (size_t i = tree->body->order; i < tree->count; i++) {
		switch (tree->nodes[i]->tag) {
		case TAG_VIDEO: e->videos++; break;
		case TAG_IMG: e->pictures++; break;
		default: break;
		}
		e->paywall_named = e->paywall_named || (o->concepts[i] & CONCEPT_PAYWALL);
		e->live += (o->concepts[i] & CONCEPT_LIVE) != 0;
	}
}

static bool is_link_line(const struct segment *segment)
{
	return segment->chars >= 15 && segment->link_chars * 10 >= segment->chars * 9;
}

/* A line that tells of another article: it opens with a link to it, or stands right below one. */
static bool is_teaser(const struct outline *o, size_t i)
{
	const struct segment *segment = &o->segments[i];
	if (segment->lead_link >= 15)
		return true;
	return i && is_link_line(&o->segments[i - 1]) && o->segments[i - 1].text.len < segment->text.len * 2;
}

static void count_segments(struct arena *arena, const struct outline *o, bool look_for_wall, struct evidence *e)
{
	size_t near = SIZE_MAX; /* segments since the last of the body */
	for (size_t i = 0; i < o->count; i++) {
		const struct segment *segment = &o->segments[i];
		arena_tick(arena);
		near = segment->fate == SEGMENT_KEPT ? 0 : near == SIZE_MAX ? near : near + 1;
		e->text += (uint32_t)segment->text.len;
		e->linked +=
		        (uint32_t)((uint64_t)segment->text.len * segment->link_chars / (segment->chars ? segment->chars : 1));
		e->cards += segment->link_chars * 10 >= segment->chars * 9 && segment->chars >= 25;
		e->captions += segment->fate == SEGMENT_REMOVED && segment->reason == REMOVED_CAPTION;
		if (look_for_wall && near <= WALL_DISTANCE_MAX && segment->text.len <= 300 && segment->text.len >= 12 &&
			!e->paywall_named)
			e->paywall_named = page_words_in(utf8_fold(arena, segment->text), PAGE_WORDS_PAYWALL);
		if (segment->fate != SEGMENT_KEPT)
			continue;
		e->body += (uint32_t)segment->text.len;
		e->paragraphs += segment->prose > 0;
		e->lines += segment->text.len >= 40 && !segment->level;
		e->teasers += segment->text.len >= 40 && !segment->level && is_teaser(o, i);
		e->subheadings += segment->level > 0;
		e->items += segment->kind == BLOCK_LIST_ITEM;
		e->rows += segment->kind == BLOCK_TABLE;
	}
}

static void say(struct article *article, enum page_type type, int confidence)
{
	article->page_type = type;
	article->page_type_confidence = confidence;
}

static bool is_front_page(struct slice url)
{
	size_t scheme = slice_find(url, SLICE("://"));
	struct slice rest = slice_sub(url, scheme == SLICE_NOT_FOUND ? 0 : scheme + 3, url.len);
	size_t slash = slice_find_byte(rest, '/');
	return url.len && (slash == SLICE_NOT_FOUND || slash + 1 >= rest.len);
}

/* Without a body worth the name: what is there instead? */
static void decide_empty(const struct evidence *e, struct article *article)
{
	const struct hints *hints = &article->hints;
	if (hints->says_video || (e->videos && e->text < 20000))
		say(article, PAGE_VIDEO, hints->says_video ? 85 : 60);
	else if (hints->says_gallery || e->captions >= 3)
		say(article, PAGE_GALLERY, hints->says_gallery ? 85 : 60);
	else if (hints->says_paywalled || (e->paywall_named && (hints->says_article || e->paragraphs)))
		say(article, PAGE_PAYWALL, 75);
	else if (e->cards >= 12 || hints->says_listing)
		say(article, PAGE_LISTING, 75);
	else
		say(article, PAGE_OTHER, 60);
}

static void decide(struct slice title, const struct evidence *e, struct article *article)
{
	const struct hints *hints = &article->hints;
	if (page_words_in(title, PAGE_WORDS_ERROR) && e->body < 1500 && !hints->says_article)
		say(article, PAGE_ERROR, e->body < 500 ? 90 : 70);
	else if (e->body < CONSENT_BODY_MAX && !hints->says_article && page_words_in(title, PAGE_WORDS_CONSENT) && e->cards < 10)
		say(article, PAGE_CONSENT, 70);
	else if (hints->says_liveblog || (page_words_in(title, PAGE_WORDS_LIVE) && e->paragraphs >= 5) || (e->live >= 3 && e->paragraphs >= 8))
		say(article, PAGE_LIVEBLOG, hints->says_liveblog ? 95 : 75);
	else if (e->body < 200)
		decide_empty(e, article);
	else if (!hints->says_article && (is_front_page(article->url) || hints->says_listing) && e->cards >= 8)
		say(article, PAGE_LISTING, 85);
	else if (!hints->says_article && e->cards >= 30 && e->body < 1200 && e->body * 8 < e->linked)
		say(article, PAGE_LISTING, 70);
	else if (!hints->says_article && e->teasers >= TEASERS_MIN && e->teasers * 3 >= e->lines * 2)
		say(article, PAGE_LISTING, 80);
	else if (hints->says_paywalled && e->paragraphs <= 6 && e->body < 2500)
		say(article, PAGE_PAYWALL, 85);
	else if (e->paywall_named && e->paragraphs <= 3 && e->body < 1500)
		say(article, PAGE_PAYWALL, 70);
	else if (hints->says_video && e->body < 1200)
		say(article, PAGE_VIDEO, 75);
	else if (hints->says_gallery && e->body < 1200)
		say(article, PAGE_GALLERY, 75);
	else
		say(article, PAGE_ARTICLE, hints->says_article ? 95 : e->paragraphs >= 3 ? 80 : 55);
}

/* How sure it is that the body is the body: its length, its share of prose, how it was found. */
static int body_confidence(const struct evidence *e, const struct article *article)
{
	int points = 40;
	if (!e->body)
		return 0;
	points += slice_is(slice_of(article->mode), "semantic") ? 25 : slice_is(slice_of(article->mode), "fallback") ? -15 : 10;
	points += e->paragraphs >= 5 ? 20 : e->paragraphs >= 2 ? 10 : -10;
	points += e->body >= 1000 ? 10 : e->body < 300 ? -15 : 0;
	return points < 5 ? 5 : points > 95 ? 95 : points;
}

void page_type_decide(struct arena *arena, const struct outline *o, struct article *article)
{
	struct evidence e = {0};
	const struct node *title = tree_find(o->tree, o->tree->head, TAG_TITLE);
	struct slice words = article->headline.value;
	if (title)
		words = arena_printf(arena, "%.*s %.*s", SLICE_ARG(words), SLICE_ARG(title->text));
	count_elements(o, &e);
	count_segments(arena, o, article->body.len < WALL_BODY_MAX, &e);
	if (article->body.len > e.body * 2) { /* it came from elsewhere than the markup */
		e.body = (uint32_t)article->body.len;
		e.paragraphs = article->block_count;
	}
	decide(utf8_fold(arena, words), &e, article);
	article->confidence = body_confidence(&e, article);
}
