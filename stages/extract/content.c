#include "extract/content.h"

#define AGAINST                                                                                                                  \
	(CONCEPT_NAVIGATION | CONCEPT_SHARING | CONCEPT_RELATED | CONCEPT_ADVERTISEMENT | CONCEPT_COMMENTS | CONCEPT_CONSENT |   \
	        CONCEPT_NEWSLETTER | CONCEPT_AUTHOR | CONCEPT_META | CONCEPT_CAPTION | CONCEPT_WIDGET | CONCEPT_SIDEBAR |        \
	        CONCEPT_FOOTER | CONCEPT_HIDDEN | CONCEPT_MEDIA | CONCEPT_HEADER | CONCEPT_QUOTE | CONCEPT_EMBED)
/* What readers write and what other articles say can be longer than a short article. */
#define STUBBORN (CONCEPT_COMMENTS | CONCEPT_RELATED)

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

static void remove_segment(struct segment *segment, enum removed_kind reason)
{
	segment->fate = SEGMENT_REMOVED;
	segment->reason = reason;
}

/* A name that argues against most of a page's prose is about something else. */
static void overrule_names(struct outline *o)
{
	const struct tree *tree = o->tree;
	uint64_t total = o->prose[tree->body->order];
	for (size_t i = 0; i < tree->count; i++) {
		const struct node *node = tree->nodes[i];
		uint32_t own = o->concepts[i];
		if (own & AGAINST) {
			if ((uint64_t)o->prose[i] * 2 > total)
				own &= ~(uint32_t)(AGAINST & ~STUBBORN & ~CONCEPT_HIDDEN);
			if ((uint64_t)o->prose[i] * 10 > total * 9)
				own &= ~(uint32_t)STUBBORN;
			o->concepts[i] = own;
		}
		o->inherited[i] = own | (node->parent ? o->inherited[node->parent->order] : 0);
	}
	memset(o->prose, 0, tree->count * sizeof(*o->prose));
	for (size_t i = 0; i < o->count; i++) {
		struct segment *segment = &o->segments[i];
		segment->concepts = o->inherited[segment->from];
		if (!(segment->concepts & AGAINST))
			o->prose[segment->owner->order] += segment->prose;
	}
	for (size_t i = tree->count; i-- > 1;)
		o->prose[tree->nodes[i]->parent->order] += o->prose[i];
}

/* The innermost element that still holds nearly all of the prose. */
static const struct node *descend(const struct outline *o, const struct node *from, unsigned percent)
{
	for (;;) {
		const struct node *best = NULL;
		for (const struct node *child = from->first; child; child = child->next)
			if (child->tag != TAG_TEXT && (!best || o->prose[child->order] > o->prose[best->order]))
				best = child;
		if (!best || !best->first || (uint64_t)o->prose[best->order] * 100 < (uint64_t)o->prose[from->order] * percent ||
		        !o->prose[best->order])
			return from;
		from = best;
	}
}

/* The element that names itself the article's body and holds most prose, if that is a fair share. */
static const struct node *named_body(const struct outline *o, uint32_t concept, unsigned percent)
{
	const struct tree *tree = o->tree;
	const struct node *best = NULL;
	for (size_t i = 0; i < tree->count; i++)
		if ((o->concepts[i] & concept) && (!best || o->prose[i] > o->prose[best->order]))
			best = tree->nodes[i];
	if (!best || (uint64_t)o->prose[best->order] * 100 < (uint64_t)o->prose[tree->body->order] * percent)
		return NULL;
	return best;
}

static const struct node *find_container(const struct outline *o, const char **mode)
{
	const struct node *named = named_body(o, CONCEPT_BODY, 40);
	*mode = "semantic";
	if (named)
		return named;
	named = named_body(o, CONCEPT_ARTICLE, 50);
	if (named)
		return descend(o, named, 85);
	*mode = "scored";
	return descend(o, o->tree->body, 85);
}

static void judge(struct outline *o, struct segment *segment)
{
	(void)o;
	if (segment->concepts & AGAINST) {
		remove_segment(segment, removed_of(segment->concepts));
		return;
	}
	if (segment->link_chars * 2 > segment->chars && (segment->link_chars * 10 > segment->chars * 9 || !segment->sentence)) {
		remove_segment(segment, REMOVED_RELATED);
		return;
	}
	if (segment->level == 1) {
		remove_segment(segment, REMOVED_BOILERPLATE);
		return;
	}
	segment->fate = SEGMENT_KEPT;
}

/* Headings that head nothing. */
static void drop_trailing_headings(struct outline *o, size_t first, size_t behind)
{
	bool text_follows = false;
	for (size_t i = behind; i-- > first;) {
		struct segment *segment = &o->segments[i];
		if (segment->fate != SEGMENT_KEPT)
			continue;
		if (segment->level && !text_follows)
			remove_segment(segment, REMOVED_TRAILING);
		else
			text_follows = true;
	}
}

bool content_extract(struct arena *arena, struct outline *o, struct article *article)
{
	size_t first, behind;
	struct block_list blocks;
	overrule_names(o);
	const struct node *container = find_container(o, &article->mode);
	outline_range(o, container, &first, &behind);
	for (size_t i = first; i < behind; i++)
		judge(o, &o->segments[i]);
	drop_trailing_headings(o, first, behind);
	block_list_init(&blocks, arena);
	for (size_t i = first; i < behind; i++) {
		const struct segment *segment = &o->segments[i];
		if (segment->fate == SEGMENT_KEPT)
			block_list_add(&blocks, segment->kind, segment->text);
		else if (segment->fate == SEGMENT_REMOVED)
			article->removed[segment->reason]++;
	}
	article_set_blocks(arena, article, &blocks);
	return blocks.count > 0;
}
