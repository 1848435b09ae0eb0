/* content: see content.h. content_extract() at the end names the steps; each takes segments away or gives some back. */
#include "extract/content.h"

#include "base/utf8.h"
#include "extract/anchor.h"
#include "extract/bodyends.h"
#include "extract/captions.h"
#include "extract/cards.h"
#include "extract/container.h"
#include "extract/evidence.h"
#include "extract/lead.h"
#include "extract/phrases.h"
#include "extract/repeats.h"

#define BRIEF_LINK_MAX 32 /* code points */
#define BODY_SMALL 300    /* bytes; less is tried again */

struct chooser {
	struct arena *arena;
	struct outline *outline;
	struct article *article;
	size_t anchor;
	struct container container;
	size_t behind; /* the container's last segment */
	bool lenient;  /* after names have failed */
};

static enum removed_kind removed_of(uint32_t concepts)
{
	static const struct {
		uint32_t concept;
		enum removed_kind kind;
	} rows[] = {{CONCEPT_HIDDEN, REMOVED_HIDDEN}, {CONCEPT_COMMENTS, REMOVED_COMMENTS}, {CONCEPT_CONSENT, REMOVED_CONSENT},
	        {CONCEPT_NEWSLETTER, REMOVED_NEWSLETTER}, {CONCEPT_RELATED, REMOVED_RELATED},
	        {CONCEPT_ADVERTISEMENT, REMOVED_ADVERTISEMENT}, {CONCEPT_SHARING, REMOVED_SHARING},
	        {CONCEPT_NAVIGATION, REMOVED_NAVIGATION}, {CONCEPT_CAPTION, REMOVED_CAPTION}, {CONCEPT_AUTHOR, REMOVED_BYLINE},
	        {CONCEPT_META, REMOVED_BYLINE}, {CONCEPT_FOOTER, REMOVED_BOILERPLATE}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (concepts & rows[i].concept)
			return rows[i].kind;
	return REMOVED_WIDGET;
}

/* A link of a few words that makes a paragraph names a source, a product, a price. Links to other articles carry their headlines, offers
 * speak in sentences. */
static bool is_brief_link(const struct segment *segment)
{
	return segment->link_chars <= BRIEF_LINK_MAX && segment->owner->tag == TAG_P && segment->kind == BLOCK_PARAGRAPH && !segment->sentence;
}

static void judge(struct chooser *c, struct segment *segment)
{
	enum removed_kind kind;
	uint32_t against = segment->concepts & CONCEPTS_AGAINST;
	segment->fate = SEGMENT_KEPT;
	/* A header inside the article holds its lead. */
	if (against == CONCEPT_HEADER && (segment->prose || lead_is_named(segment)))
		against = 0;
	if (against)
		segment_remove(segment, removed_of(against));
	else if (segment_is_mostly_link(segment) && !is_brief_link(segment))
		segment_remove(segment, REMOVED_RELATED);
	else if (phrase_line(c->arena, segment->text, &kind) &&
	         !(segment->level && (kind == REMOVED_BYLINE || kind == REMOVED_CAPTION)))
		segment_remove(segment, kind); /* "By bus" may head a section */
	else if (!c->lenient && caption_beside_picture(c->outline, segment))
		segment_remove(segment, REMOVED_CAPTION);
}

/* Where the next article starts, on pages that append others: at a first-level heading of another article element. */
static size_t end_of_article(const struct chooser *c, size_t first, size_t behind)
{
	const struct outline *o = c->outline;
	if (c->anchor == ANCHOR_NONE)
		return behind;
	const struct node *own = node_closest(o->segments[c->anchor].owner, TAG_ARTICLE);
	for (size_t i = first > c->anchor + 1 ? first : c->anchor + 1; i < behind; i++) {
		const struct segment *segment = &o->segments[i];
		if (segment->level != 1)
			continue;
		const struct node *theirs = node_closest(segment->owner, TAG_ARTICLE);
		if (theirs && theirs != own && own && !node_contains(own, theirs))
			return i;
	}
	return behind;
}

static void judge_container(struct chooser *c, size_t *from, size_t *to)
{
	struct outline *o = c->outline;
	*from = SIZE_MAX;
	*to = 0;
	for (size_t part = 0; part < c->container.count; part++) {
		size_t first, behind;
		outline_range(o, c->container.parts[part], &first, &behind);
		if (c->anchor != ANCHOR_NONE && c->anchor >= first && c->anchor < behind)
			first = c->anchor + 1;
		behind = end_of_article(c, first, behind);
		for (size_t i = first; i < behind; i++)
			judge(c, &o->segments[i]);
		if (first < *from)
			*from = first;
		if (behind > *to)
			*to = behind;
	}
}

/* The kept cells of the table row at segment `i`, parted by tabs; *i: the last of them. A row without the row's element is its cell. */
static struct slice join_row(struct chooser *c, size_t *i)
{
	const struct outline *o = c->outline;
	const struct node *row = node_closest(o->segments[*i].owner, TAG_TR);
	struct buf text;
	buf_init_arena(&text, c->arena, row ? (size_t)o->text[row->order] * 2 + 64 : 64);
	for (size_t k = *i; row && k < o->count && node_contains(row, o->segments[k].owner); k++) {
		const struct segment *cell = &o->segments[k];
		if (!segment_is_kept(cell))
			continue;
		if (cell->kind != BLOCK_TABLE)
			break;
		if (text.len)
			buf_append_byte(&text, '\t');
		buf_append(&text, cell->text);
		*i = k;
	}
	return text.len ? buf_slice(&text) : o->segments[*i].text;
}

static void add_blocks(struct chooser *c, struct block_list *blocks)
{
	for (size_t i = 0; i < c->outline->count; i++) {
		const struct segment *segment = &c->outline->segments[i];
		if (segment_is_kept(segment))
			block_list_add(blocks, segment->kind, segment->kind == BLOCK_TABLE ? join_row(c, &i) : segment->text);
	}
}

static void fill_article(struct chooser *c)
{
	struct block_list blocks;
	block_list_init(&blocks, c->arena);
	add_blocks(c, &blocks);
	for (size_t i = 0; i < c->outline->count; i++)
		if (c->outline->segments[i].fate == SEGMENT_REMOVED)
			c->article->removed[c->outline->segments[i].reason]++;
	article_set_blocks(c->arena, c->article, &blocks);
}

/* What looked like the headline, but has a good part of the body before it, is a heading further down (a recipe's name). */
static void distrust_late_anchor(struct chooser *c)
{
	const struct outline *o = c->outline;
	size_t first, behind;
	uint64_t before = 0, after = 0;
	if (c->anchor == ANCHOR_NONE)
		return;
	outline_range(o, c->container.parts[0], &first, &behind);
	for (size_t i = first; i < behind; i++) {
		if (o->segments[i].concepts & CONCEPTS_AGAINST)
			continue;
		if (i < c->anchor)
			before += o->segments[i].prose;
		else
			after += o->segments[i].prose;
	}
	if (before * 2 < after || before < 400)
		return;
	c->anchor = ANCHOR_NONE;
	container_find(o, c->anchor, &c->container);
}

/* One try: finds the container and gives every segment its fate. Returns the bytes kept. */
static size_t try_container(struct chooser *c)
{
	struct outline *o = c->outline;
	size_t first, behind, kept = 0;
	for (size_t i = 0; i < o->count; i++)
		o->segments[i].fate = SEGMENT_OUTSIDE;
	judge_container(c, &first, &behind);
	c->behind = behind;
	if (first > behind)
		return 0;
	if (!c->lenient)
		body_drop_opening(o, first, behind);
	body_drop_ending(o, c->article->authors, first, behind);
	lead_keep(o, c->article->hints.description, c->anchor, first, behind);
	repeats_drop(o, c->anchor, c->article->headline.value, first, behind);
	for (size_t i = 0; i < o->count; i++)
		if (segment_is_kept(&o->segments[i]))
			kept += o->segments[i].text.len;
	return kept;
}

/* A page that yields next to nothing is tried again with less faith in names, then in none but those of the page's frame. What the weaker
 * rules find is taken only if it is much more. */
static size_t try_weaker(struct chooser *c, size_t kept)
{
	static const uint32_t distrusted[] = {CONCEPT_RELATED | CONCEPT_AUTHOR | CONCEPT_META | CONCEPT_CAPTION | CONCEPT_WIDGET |
	                                              CONCEPT_SIDEBAR | CONCEPT_MEDIA | CONCEPT_HEADER | CONCEPT_ADVERTISEMENT |
	                                              CONCEPT_SHARING | CONCEPT_QUOTE | CONCEPT_NEWSLETTER,
	        CONCEPTS_AGAINST & ~(uint32_t)(CONCEPT_NAVIGATION | CONCEPT_FOOTER | CONCEPT_CONSENT)};
	struct outline *o = c->outline;
	enum segment_fate *fates = arena_array(c->arena, enum segment_fate, o->count);
	const char *mode = c->container.mode;
	for (size_t step = 0; step < sizeof(distrusted) / sizeof(*distrusted) && kept < BODY_SMALL; step++) {
		for (size_t i = 0; i < o->count; i++)
			fates[i] = o->segments[i].fate;
		c->lenient = true;
		container_forget_names(o, distrusted[step]);
		container_find_by_weight(o, c->anchor, &c->container);
		size_t found = try_container(c);
		if (found > kept * 2 && found >= BODY_SMALL / 2) {
			kept = found;
			mode = "fallback";
			continue;
		}
		for (size_t i = 0; i < o->count; i++)
			o->segments[i].fate = fates[i];
	}
	c->container.mode = mode;
	return kept;
}

static void note_container(const struct chooser *c)
{
	const struct outline *o = c->outline;
	if (c->anchor != ANCHOR_NONE)
		trace_note(o->trace, "anchor", LOG_SLICE("text", o->segments[c->anchor].text), LOG_INT("headingLevel", o->segments[c->anchor].level));
	for (size_t i = 0; o->trace && i < c->container.count; i++)
		trace_note(o->trace, "container", LOG_STR("mode", c->container.mode), LOG_SLICE("element", evidence_element(c->arena, c->container.parts[i])),
			LOG_INT("prose", o->prose[c->container.parts[i]->order]), LOG_INT("depth", c->container.parts[i]->depth));
}

bool content_extract(struct arena *arena, struct outline *o, struct article *article)
{
	struct chooser c = {.arena = arena, .outline = o, .article = article};
	o->trace = article->trace;
	cards_mark(o);
	container_overrule_names(o);
	c.anchor = anchor_find(arena, o, article);
	container_find(o, c.anchor, &c.container);
	distrust_late_anchor(&c);
	size_t kept = try_container(&c);
	if (kept < BODY_SMALL)
		kept = try_weaker(&c, kept);
	article->mode = kept ? c.container.mode : "none";
	note_container(&c);
	evidence_segments(o->trace, arena, o, CONCEPTS_AGAINST);
	fill_article(&c);
	captions_collect(arena, o, c.anchor == ANCHOR_NONE ? 0 : c.anchor, c.behind, article);
	if (!article->headline.value.len && c.anchor != ANCHOR_NONE)
		article->headline =
		        (struct sourced){o->segments[c.anchor].text, o->segments[c.anchor].level == 1 ? "h1" : "title"};
	return article->block_count > 0;
}

void content_take_all(struct arena *arena, struct outline *o, struct block_list *blocks)
{
	struct article scratch;
	article_init(&scratch);
	struct chooser c = {.arena = arena, .outline = o, .article = &scratch, .anchor = ANCHOR_NONE};
	container_overrule_names(o);
	c.container.parts[0] = o->tree->body;
	c.container.count = 1;
	try_container(&c);
	add_blocks(&c, blocks);
}
