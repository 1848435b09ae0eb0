/* content: see content.h. content_extract() at the end names the steps; each takes segments away or gives some back. */
#include "extract/content.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/anchor.h"
#include "extract/captions.h"
#include "extract/cards.h"
#include "extract/container.h"
#include "extract/evidence.h"
#include "extract/phrases.h"
#include "extract/titles.h"

#define TRAILING_LINES_MAX 4
#define BRIEF_LINK_MAX 32 /* code points */
#define CAPTION_CHARS_MAX 160
#define LEAD_CHARS_MIN 30
#define LEAD_CHARS_MAX 1500
#define LEAD_DISTANCE_MAX 60 /* segments */
#define NOTES_AFTER_MIN 4 /* paragraphs */
#define ENTRY_DISTANCE_MIN 8 /* segments */
#define ENTRY_REPEATS_MAX 5
#define ENTRY_CHARS_MAX 80
#define LIVE_ENTRIES_MIN 3
#define CLOCK_LINE_MAX 48
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

static void remove_segment(struct segment *segment, enum removed_kind reason)
{
	segment->fate = SEGMENT_REMOVED;
	segment->reason = reason;
}

static bool is_kept(const struct segment *segment)
{
	return segment->fate == SEGMENT_KEPT;
}

/* Does the line stand right below a picture, no sentence, and centred or in italics as captions are? */
static bool is_set_below_picture(const struct outline *o, const struct segment *segment)
{
	bool set = segment->owner->tag == TAG_CENTER || segment->italic_chars * 10 >= segment->chars * 9;
	if (!set || segment->sentence || segment->chars > CAPTION_CHARS_MAX)
		return false;
	for (uint32_t i = segment->from; i-- > o->tree->body->order;) {
		const struct node *node = o->tree->nodes[i];
		if (node->tag == TAG_IMG || node->tag == TAG_AMP_IMG)
			return true;
		if (node->tag == TAG_TEXT && slice_trim(node->text).len)
			return false;
	}
	return false;
}

/* Is a picture in the largest element around the segment that has no other text? Then it is the picture's caption. */
static bool is_beside_picture(const struct outline *o, const struct segment *segment)
{
	const struct node *box = segment->owner;
	uint32_t text = (uint32_t)segment->text.len;
	if (segment->text.len > 400 || segment->level || slice_contains(segment->text, SLICE("://")))
		return false;
	if (is_set_below_picture(o, segment))
		return true;
	if (segment->kind == BLOCK_QUOTE && segment->prose)
		return false;
	if (box->tag == TAG_BODY || o->text[box->order] > text + text / 2 + 60)
		return false;
	/* A picture in the running paragraph itself illustrates it. */
	bool own = box->tag == TAG_P || box->tag == TAG_LI || box->tag == TAG_TD;
	if (own && segment->prose && (!box->parent || o->text[box->parent->order] != text))
		return false;
	while (box->parent && box->parent->tag != TAG_BODY && box->tag != TAG_BLOCKQUOTE &&
	        o->text[box->parent->order] <= text + text / 2 + 60)
		box = box->parent;
	for (uint32_t i = box->order; i < box->end; i++) {
		enum tag tag = o->tree->nodes[i]->tag;
		if (tag == TAG_IMG || tag == TAG_PICTURE || tag == TAG_VIDEO || tag == TAG_IFRAME || tag == TAG_AMP_IMG ||
		        tag == TAG_FIGURE)
			return i < segment->from || segment->prose == 0;
	}
	return false;
}

static bool is_mostly_link(const struct segment *segment)
{
	if (segment->link_chars * 10 >= segment->chars * 9)
		return true;
	return segment->link_chars * 2 > segment->chars && !segment->sentence;
}

/* A link of a few words that makes a paragraph names a source, a product, a price. Links to other articles carry their headlines, offers
 * speak in sentences. */
static bool is_brief_link(const struct segment *segment)
{
	return segment->link_chars <= BRIEF_LINK_MAX && segment->owner->tag == TAG_P && segment->kind == BLOCK_PARAGRAPH && !segment->sentence;
}

static bool is_named_lead(const struct segment *segment)
{
	return (segment->concepts & CONCEPT_SUMMARY) && segment->chars >= LEAD_CHARS_MIN;
}

static void judge(struct chooser *c, struct segment *segment)
{
	enum removed_kind kind;
	uint32_t against = segment->concepts & CONCEPTS_AGAINST;
	segment->fate = SEGMENT_KEPT;
	/* A header inside the article holds its lead. */
	if (against == CONCEPT_HEADER && (segment->prose || is_named_lead(segment)))
		against = 0;
	if (against)
		remove_segment(segment, removed_of(against));
	else if (is_mostly_link(segment) && !is_brief_link(segment))
		remove_segment(segment, REMOVED_RELATED);
	else if (phrase_line(c->arena, segment->text, &kind) &&
	         !(segment->level && (kind == REMOVED_BYLINE || kind == REMOVED_CAPTION)))
		remove_segment(segment, kind); /* "By bus" may head a section */
	else if (!c->lenient && is_beside_picture(c->outline, segment))
		remove_segment(segment, REMOVED_CAPTION);
}

/* Between the headline and the first sentence stand the byline, the date and counters. */
static void drop_opening_lines(struct chooser *c, size_t first, size_t behind)
{
	for (size_t i = first; i < behind; i++) {
		struct segment *segment = &c->outline->segments[i];
		if (!is_kept(segment))
			continue;
		if (segment->prose || segment->chars > 100 || segment->kind == BLOCK_TABLE || segment->kind == BLOCK_LIST_ITEM)
			return;
		if (segment->level || is_named_lead(segment))
			continue;
		remove_segment(segment, REMOVED_BYLINE);
	}
}

/* "[The Examiner]": a link in square brackets at the end names the source of what stands before it. */
static bool is_citation(const struct segment *segment)
{
	struct slice text = segment->text;
	size_t open = slice_find_last_byte(text, '[');
	if (!segment->link_chars || open == SLICE_NOT_FOUND || text.ptr[text.len - 1] != ']')
		return false;
	size_t inside = utf8_length(slice_sub(text, open + 1, text.len - 1));
	return segment->link_chars <= inside && segment->link_chars + 2 >= inside;
}

/* A short line that ends a story as text does: a sentence, an exclamation ("Be there!"), a citation. */
static bool is_last_word(const struct segment *segment)
{
	char end = segment->text.ptr[segment->text.len - 1];
	if (is_citation(segment))
		return true;
	if (segment->sentence && segment->chars > 25)
		return true;
	return end == '!' && segment->owner->tag == TAG_P && !segment->italic_chars;
}

/* Behind the last sentence: what is neither list nor table, and headings that head nothing. */
static void drop_trailing_lines(struct chooser *c, size_t first, size_t behind)
{
	size_t last = behind, lines = 0;
	while (last > first) {
		struct segment *segment = &c->outline->segments[last - 1];
		if (is_kept(segment) && is_mostly_link(segment) && !is_citation(segment))
			remove_segment(segment, REMOVED_RELATED);
		if (is_kept(segment)) {
			if (segment->prose || segment->chars > 100 || (!segment->level && segment->kind != BLOCK_PARAGRAPH) ||
			        is_last_word(segment))
				break;
			lines++;
		}
		last--;
	}
	if (lines > TRAILING_LINES_MAX) /* a list without markup */
		return;
	for (; last < behind; last++)
		if (is_kept(&c->outline->segments[last]))
			remove_segment(&c->outline->segments[last], REMOVED_TRAILING);
}

/* Behind the story a paragraph set in italics throughout, with a link in it, is a note of the paper: on the author, the source, an offer. */
static void drop_closing_notes(struct chooser *c, size_t first, size_t behind)
{
	struct outline *o = c->outline;
	size_t before = 0, notes = 0, from = behind;
	while (from > first && notes < 3) {
		const struct segment *segment = &o->segments[from - 1];
		if (is_kept(segment)) {
			if (segment->plain_chars * 10 > segment->chars || !segment->italic_chars || segment->chars > 500 ||
			        !segment->link_chars || segment->kind != BLOCK_PARAGRAPH || phrase_origin(c->arena, segment->text))
				break;
			notes++;
		}
		from--;
	}
	for (size_t i = first; i < from; i++)
		before += is_kept(&o->segments[i]) && o->segments[i].prose > 0 &&
		          o->segments[i].italic_chars * 2 < o->segments[i].chars;
	if (before < NOTES_AFTER_MIN)
		return;
	for (size_t i = from; i < behind; i++)
		if (is_kept(&o->segments[i]))
			remove_segment(&o->segments[i], REMOVED_BOILERPLATE);
}

/* A heading, or a line that introduces, goes with what it introduces: before a list of links, a form or comments it is theirs, and at the
 * very end it is nobody's. Captions, advertisements and the like between it and its text don't matter. */
static void drop_idle_headings(struct chooser *c, size_t first, size_t behind)
{
	struct outline *o = c->outline;
	bool idle = true;
	unsigned links = 0;
	enum removed_kind next = REMOVED_TRAILING;
	for (size_t i = behind; i-- > first;) {
		struct segment *segment = &o->segments[i];
		if (segment->fate == SEGMENT_REMOVED) {
			bool list = segment->reason == REMOVED_RELATED || segment->reason == REMOVED_NEWSLETTER ||
			            segment->reason == REMOVED_COMMENTS;
			if (list) {
				idle = idle || segment->link_chars;
				links += segment->link_chars > 0;
				next = segment->reason;
			}
			continue;
		}
		if (!is_kept(segment))
			continue;
		bool colon = segment->text.ptr[segment->text.len - 1] == ':';
		bool introduces = segment->chars < 60 && !segment->prose && segment->kind == BLOCK_PARAGRAPH &&
		                  (colon || (links > 1 && !segment->sentence));
		bool heads = segment->level && !(segment->sentence && segment->chars >= 40);
		if (idle && (introduces || heads))
			remove_segment(segment, next);
		else
			idle = false;
		links = 0;
	}
}

/* Lists, tables and schedules repeat what repeats, within reason. Elsewhere an entry that stood close by is the page's mistake. */
static bool may_repeat(const struct segment *segment, size_t distance, size_t times)
{
	if (times > ENTRY_REPEATS_MAX)
		return false;
	if (segment->kind == BLOCK_LIST_ITEM || segment->kind == BLOCK_TABLE)
		return true;
	return (!segment->sentence || segment->chars <= ENTRY_CHARS_MAX) && distance > ENTRY_DISTANCE_MIN;
}

/* The prose around a segment: what is set apart (highlights, pull quotes) has none but its own. */
static uint32_t company(const struct outline *o, const struct segment *segment)
{
	return o->prose[(segment->owner->parent ? segment->owner->parent : segment->owner)->order];
}

/* The same line again says nothing new. Short lines may repeat ("Yes."). Before `body` stands the lead: a sentence of the text that is put there
 * too is wanted in its own place. */
static void drop_duplicates(struct chooser *c, size_t first, size_t body, size_t behind)
{
	struct outline *o = c->outline;
	size_t slots = 64;
	while (slots < (behind - first) * 2)
		slots *= 2;
	struct seen {
		uint64_t hash;
		size_t at, times;
	} *seen = arena_array(c->arena, struct seen, slots);
	if (c->anchor != ANCHOR_NONE) {
		uint64_t hash = hash64(o->segments[c->anchor].text) | 1;
		seen[hash & (slots - 1)] = (struct seen){hash, c->anchor, ENTRY_REPEATS_MAX};
	}
	for (size_t i = first; i < behind; i++) {
		struct segment *segment = &o->segments[i];
		if (!is_kept(segment) || segment->text.len < 60)
			continue;
		uint64_t hash = hash64(segment->text) | 1;
		size_t at = hash & (slots - 1);
		while (seen[at].hash && seen[at].hash != hash)
			at = (at + 1) & (slots - 1);
		if (seen[at].hash == hash && seen[at].at < body && i >= body && seen[at].at != c->anchor)
			remove_segment(&o->segments[seen[at].at], REMOVED_DUPLICATE);
		else if (seen[at].hash == hash && !may_repeat(segment, i - seen[at].at, seen[at].times)) {
			struct segment *first_copy = &o->segments[seen[at].at];
			bool set_apart = is_kept(first_copy) && company(o, first_copy) * 2 < company(o, segment);
			remove_segment(set_apart ? first_copy : segment, REMOVED_DUPLICATE);
		}
		seen[at] = (struct seen){hash, i, seen[at].times + 1};
	}
}

/* The headline again, before the text begins. */
static void drop_repeated_headline(struct chooser *c, size_t first, size_t behind)
{
	for (size_t i = first; i < behind; i++) {
		struct segment *segment = &c->outline->segments[i];
		if (!is_kept(segment))
			continue;
		if (title_same(segment->text, c->article->headline.value))
			remove_segment(segment, REMOVED_DUPLICATE);
		else if (segment->prose)
			return;
	}
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

/* Does the line say what the page's own description says? Then it is the lead, though it be called a teaser. A second headline is one only if it
 * is also named so. */
static bool is_told(const struct chooser *c, const struct segment *segment)
{
	uint32_t against = segment->concepts & CONCEPTS_AGAINST & ~(uint32_t)(CONCEPT_HEADER | CONCEPT_RELATED);
	struct slice description = c->article->hints.description;
	if (!description.len || segment->chars < LEAD_CHARS_MIN || segment->chars > LEAD_CHARS_MAX || segment->link_chars * 3 > segment->chars)
		return false;
	if (against || (segment->level && !(segment->concepts & CONCEPT_SUMMARY)))
		return false;
	return anchor_overlap(c->arena, segment->text, description) >= 70 && anchor_overlap(c->arena, description, segment->text) >= 50;
}

static bool is_lead(const struct chooser *c, const struct segment *segment)
{
	enum removed_kind kind;
	uint32_t against = segment->concepts & CONCEPTS_AGAINST & ~(uint32_t)CONCEPT_HEADER;
	bool subline = segment->level && segment->chars < 160; /* a second headline */
	if (is_told(c, segment))
		return true;
	if (subline || against || segment->chars < LEAD_CHARS_MIN || segment->chars > LEAD_CHARS_MAX ||
	        segment->link_chars * 3 > segment->chars || phrase_line(c->arena, segment->text, &kind) ||
	        is_beside_picture(c->outline, segment))
		return false;
	return (segment->concepts & CONCEPT_SUMMARY) ||
	       (c->anchor != ANCHOR_NONE && (segment->prose || segment->level > 1) && segment->chars >= 60);
}

static void take_lead(struct segment *segment)
{
	segment->fate = SEGMENT_KEPT;
	if (segment->kind == BLOCK_SUBHEADING) /* it heads nothing */
		segment->kind = BLOCK_PARAGRAPH;
}

/* The lead between headline and body, if it stands apart from the body; and one in it that looked like something else. */
static void keep_lead(struct chooser *c, size_t first, size_t behind)
{
	struct outline *o = c->outline;
	size_t from = c->anchor == ANCHOR_NONE ? (first > 12 ? first - 12 : 0) : c->anchor + 1;
	for (size_t i = from; i < first && i < from + LEAD_DISTANCE_MAX; i++)
		if (is_lead(c, &o->segments[i]))
			take_lead(&o->segments[i]);
	for (size_t i = from > first ? from : first; i < behind && !(is_kept(&o->segments[i]) && o->segments[i].prose); i++)
		if (o->segments[i].fate == SEGMENT_REMOVED && is_told(c, &o->segments[i]))
			take_lead(&o->segments[i]);
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
		if (!is_kept(cell))
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
		if (is_kept(segment))
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
		drop_opening_lines(c, first, behind);
	drop_trailing_lines(c, first, behind);
	drop_closing_notes(c, first, behind);
	drop_idle_headings(c, first, behind);
	keep_lead(c, first, behind);
	drop_repeated_headline(c, 0, behind);
	drop_duplicates(c, 0, first, behind);
	for (size_t i = 0; i < o->count; i++)
		if (is_kept(&o->segments[i]))
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

/* "14:32", "2.15pm – Ana Brandt", "21:00 Uhr": a short line that opens with a time of day. */
static bool is_clock_line(const struct segment *segment)
{
	struct slice text = segment->text;
	size_t at = 0, hours = 0, minutes = 0;
	while (at < text.len && byte_is_digit(text.ptr[at]) && hours < 2)
		at++, hours++;
	if (!hours || at >= text.len || (text.ptr[at] != ':' && text.ptr[at] != '.' && text.ptr[at] != 'h'))
		return false;
	for (at++; at < text.len && byte_is_digit(text.ptr[at]); at++)
		minutes++;
	return minutes == 2 && !segment->prose && segment->chars <= CLOCK_LINE_MAX && segment->kind == BLOCK_PARAGRAPH;
}

/* The level that most headings of the body have, if there are enough of them; else 0. */
static int entry_level(const struct outline *o)
{
	size_t levels[7] = {0};
	int entry = 0;
	for (size_t i = 0; i < o->count; i++)
		if (is_kept(&o->segments[i]) && o->segments[i].level)
			levels[o->segments[i].level]++;
	for (int level = 2; level < (int)(sizeof(levels) / sizeof(*levels)); level++)
		if (levels[level] > levels[entry])
			entry = level;
	return levels[entry] >= LIVE_ENTRIES_MIN ? entry : 0;
}

static bool opens_entry(const struct segment *segment, int level)
{
	return is_kept(segment) && (level ? segment->level == level : is_clock_line(segment));
}

void content_mark_entries(const struct outline *o, struct article *article)
{
	size_t clocks = 0, at = 0;
	int level = entry_level(o);
	for (size_t i = 0; i < o->count; i++)
		clocks += opens_entry(&o->segments[i], 0);
	if (clocks >= LIVE_ENTRIES_MIN) /* times part entries; headings within them are theirs */
		level = 0;
	else if (!level)
		return;
	/* Blocks and kept segments stand in one order; table rows are of several segments. */
	for (size_t i = 0; i < o->count; i++) {
		const struct segment *segment = &o->segments[i];
		while (at < article->block_count && article->blocks[at].kind == BLOCK_TABLE)
			at++;
		if (at == article->block_count)
			break;
		if (!is_kept(segment) || segment->text.ptr != article->blocks[at].text.ptr)
			continue;
		if (opens_entry(segment, level))
			article->blocks[at].kind = BLOCK_LIVE_ENTRY;
		at++;
	}
}
