/* segments: see segments.h. */
#include "extract/segments.h"

#include "base/buf.h"
#include "base/utf8.h"

struct collector {
	struct outline *outline;
	size_t capacity;
	char *bytes; /* the page's text, squeezed */
	size_t used;
	struct segment *open;
	size_t start; /* of the open segment in bytes */
	bool wants_space, saw_wide;
	unsigned breaks; /* br elements since the last text */
};

static bool is_smiley(uint32_t c)
{
	return (c >= 0x1F300 && c < 0x1FB00) || c == 0x263A;
}

/* Is the last byte of a sentence in any script, closing quotes and brackets aside. */
static bool ends_sentence(struct slice text)
{
	size_t at = text.len;
	for (int steps = 0; at > 0 && steps < 4; steps++) {
		uint32_t c = utf8_previous(text, &at);
		if (is_smiley(c))
			return true;
		switch (c) {
		case '.':
		case '!':
		case '?':
		case ':':
		case ';':
		case 0x2026:
		case 0x3002:
		case 0xFF01:
		case 0xFF1F:
		case 0x0964:
		case 0x061F:
		case 0x06D4:
		case 0x1362:
		case 0x104B:
		case 0x203C: return true;
		case '"':
		case '\'':
		case ')':
		case ']':
		case 0x201D:
		case 0x2019:
		case 0x201C:
		case 0xBB:
		case 0xAB:
		case 0x203A:
		case 0x300D:
		case 0x300F:
		case 0xFF09:
		case ' ':
		case 0xA0:
		case 0xFE0F:
		case '*': continue;
		default: return false;
		}
	}
	return false;
}

static uint32_t prose_of(const struct segment *segment)
{
	/* Bytes, not letters: a Chinese sentence of 20 characters says as much as an English one of 60. */
	size_t len = segment->text.len;
	if (segment->link_chars * 3 > segment->chars || segment->level)
		return 0;
	if (len >= 80 && segment->sentence)
		return (uint32_t)len;
	if (len >= 140)
		return (uint32_t)len;
	if (len >= 40 && segment->sentence)
		return (uint32_t)len / 2;
	return 0;
}

/* U+00AD says where a word may break; it is no part of the word. In place. */
static struct slice drop_soft_hyphens(struct slice text)
{
	char *at = memmem(text.ptr, text.len, "\xC2\xAD", 2);
	if (!at)
		return text;
	char *out = at;
	for (const char *from = at, *end = text.ptr + text.len; from < end;) {
		if (end - from >= 2 && from[0] == '\xC2' && from[1] == '\xAD')
			from += 2;
		else
			*out++ = *from++;
	}
	return slice_make(text.ptr, (size_t)(out - text.ptr));
}

static void close_segment(struct collector *c)
{
	struct segment *segment = c->open;
	if (!segment)
		return;
	c->open = NULL;
	struct slice text = slice_make(c->bytes + c->start, c->used - c->start);
	if (c->saw_wide) {
		text = drop_soft_hyphens(text);
		text = utf8_squeeze(c->outline->arena, text);
		text = utf8_nfc(c->outline->arena, text);
	}
	if (!text.len) {
		c->outline->count--;
		return;
	}
	segment->text = text;
	segment->chars = c->saw_wide ? (uint32_t)utf8_length(text) : (uint32_t)text.len;
	if (segment->link_chars > segment->chars)
		segment->link_chars = segment->chars;
	segment->sentence = ends_sentence(text);
	segment->prose = prose_of(segment);
}

static void set_kind(struct segment *segment)
{
	const struct node *owner = segment->owner;
	segment->kind = BLOCK_PARAGRAPH;
	for (const struct node *node = owner; node && node->tag != TAG_BODY; node = node->parent) {
		if (node->tag >= TAG_H1 && node->tag <= TAG_H6) {
			segment->kind = BLOCK_SUBHEADING;
			segment->level = (uint8_t)(node->tag - TAG_H1 + 1);
			return;
		}
		switch (node->tag) {
		case TAG_LI:
		case TAG_DD:
		case TAG_DT: segment->kind = BLOCK_LIST_ITEM; return;
		case TAG_BLOCKQUOTE: segment->kind = BLOCK_QUOTE; return;
		case TAG_PRE: segment->kind = BLOCK_PREFORMATTED; return;
		case TAG_TD:
		case TAG_TH: segment->kind = BLOCK_TABLE; return;
		case TAG_ARTICLE:
		case TAG_SECTION: return;
		default: break;
		}
	}
}

static void open_segment(struct collector *c, const struct node *text, const struct node *owner)
{
	struct outline *o = c->outline;
	o->segments = arena_grow(o->arena, o->segments, &c->capacity, o->count + 1, sizeof(*o->segments));
	struct segment *segment = &o->segments[o->count++];
	memset(segment, 0, sizeof(*segment));
	segment->owner = owner;
	segment->from = text->order;
	segment->concepts = o->inherited[text->order];
	set_kind(segment);
	c->open = segment;
	c->start = c->used;
	c->wants_space = c->saw_wide = false;
}

/* Copies text with white space squeezed; returns code points written. */
static uint32_t copy_text(struct collector *c, struct slice text)
{
	uint32_t chars = 0;
	char *out = c->bytes + c->used;
	bool any = c->used > c->start;
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.ptr[i];
		if (byte_is_space(byte)) {
			c->wants_space = any;
			continue;
		}
		if (c->wants_space) {
			*out++ = ' ';
			chars++;
			c->wants_space = false;
		}
		any = true;
		*out++ = byte;
		c->saw_wide = c->saw_wide || (byte & 0x80);
		chars += ((unsigned char)byte & 0xC0) != 0x80;
	}
	c->used = (size_t)(out - c->bytes);
	return chars;
}

static bool is_blank(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (byte_is_space(text.ptr[i]))
			continue;
		if ((unsigned char)text.ptr[i] == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] == 0xA0) {
			i++;
			continue;
		}
		return false;
	}
	return true;
}

enum { IN_LINK = 1, IN_ITALIC = 2, IN_SKIPPED = 4 };

/* The reading beside a Chinese character, unless the page brackets it (rp) to be read in line. */
static bool is_bare_reading(const struct node *node)
{
	if (!slice_is(node->name, "rt"))
		return false;
	const struct node *beside = node->previous ? node->previous : node->next;
	return !beside || !slice_is(beside->name, "rp");
}

static uint8_t manner_of(const struct node *node, uint8_t parent)
{
	switch (node->tag) {
	case TAG_A: return node_has_attribute(node, "href") || node_has_attribute(node, "onclick") ? parent | IN_LINK : parent;
	case TAG_EM:
	case TAG_I: return parent | IN_ITALIC;
	case TAG_SELECT:
	case TAG_OPTION:
	case TAG_BUTTON: return parent | IN_SKIPPED;
	case TAG_HEAD: return parent | IN_SKIPPED;
	case TAG_OTHER: return is_bare_reading(node) ? parent | IN_SKIPPED : parent;
	default: return parent;
	}
}

/* An address that is printed is text: its author wants it to be read, not only followed. */
static bool is_address(struct slice text)
{
	text = slice_trim(text);
	return (slice_starts(text, SLICE("http://")) || slice_starts(text, SLICE("https://")) ||
		       slice_starts(text, SLICE("www."))) &&
		slice_find_byte(text, ' ') == SLICE_NOT_FOUND;
}

static void take_text(struct collector *c, const struct node *node, const struct node *owner, uint8_t manner)
{
	if (is_blank(node->text)) {
		c->wants_space = c->open != NULL;
		return;
	}
	if (c->open && (c->open->owner != owner || c->breaks >= 2 || c->open->concepts != c->outline->inherited[node->order]))
		close_segment(c);
	if (c->breaks && c->open)
		c->wants_space = true;
	c->breaks = 0;
	if (!c->open)
		open_segment(c, node, owner);
	if ((manner & IN_LINK) && is_address(node->text))
		manner &= (uint8_t)~IN_LINK;
	bool linked_so_far = c->open->lead_link == c->open->chars;
	uint32_t chars = copy_text(c, node->text);
	c->open->chars += chars;
	c->open->to = node->order + 1;
	if (manner & IN_LINK)
		c->open->link_chars += chars;
	if ((manner & IN_LINK) && linked_so_far)
		c->open->lead_link += chars;
	if (manner & IN_ITALIC)
		c->open->italic_chars += chars;
	if (!(manner & (IN_LINK | IN_ITALIC)))
		c->open->plain_chars += chars;
}

static void sum_up(struct outline *o)
{
	const struct tree *tree = o->tree;
	for (size_t i = 0; i < o->count; i++) {
		const struct segment *segment = &o->segments[i];
		o->prose[segment->owner->order] += segment->prose;
		o->text[segment->owner->order] += (uint32_t)segment->text.len;
		o->link_text[segment->owner->order] +=
		        (uint32_t)((uint64_t)segment->text.len * segment->link_chars / (segment->chars ? segment->chars : 1));
	}
	for (size_t i = tree->count; i-- > 1;) {
		uint32_t parent = tree->nodes[i]->parent->order;
		o->prose[parent] += o->prose[i];
		o->text[parent] += o->text[i];
		o->link_text[parent] += o->link_text[i];
	}
}

/* Concepts that belong to a place in the page, not to every word in it: an element with one of these inside a link, a heading or
 * a sentence must not split the sentence. */
static bool concepts_apply(const struct node *node)
{
	return node->tag != TAG_A && node->tag != TAG_B && node->tag != TAG_STRONG && node->tag != TAG_EM && node->tag != TAG_I &&
	       node->tag != TAG_TEXT && node->tag != TAG_BODY && node->tag != TAG_HTML;
}

struct outline *outline_make(struct arena *arena, const struct tree *tree)
{
	struct outline *o = arena_new(arena, struct outline);
	const struct node **owner = arena_alloc(arena, tree->count * sizeof(*owner));
	struct concept_memory *memory = arena_new(arena, struct concept_memory);
	uint8_t *manner = arena_alloc(arena, tree->count);
	size_t bytes = 0;
	o->arena = arena;
	o->tree = tree;
	o->concepts = arena_array(arena, uint32_t, tree->count);
	o->inherited = arena_array(arena, uint32_t, tree->count);
	o->prose = arena_array(arena, uint32_t, tree->count);
	o->weight = arena_array(arena, int32_t, tree->count);
	o->text = arena_array(arena, uint32_t, tree->count);
	o->link_text = arena_array(arena, uint32_t, tree->count);
	for (size_t i = 0; i < tree->count; i++)
		if (tree->nodes[i]->tag == TAG_TEXT)
			bytes += tree->nodes[i]->text.len + 2;
	struct collector c = {.outline = o, .bytes = arena_alloc(arena, bytes + 2)};
	for (size_t i = 0; i < tree->count; i++) {
		const struct node *node = tree->nodes[i], *parent = node->parent;
		arena_tick(arena);
		owner[i] = parent ? owner[parent->order] : node;
		manner[i] = parent ? manner[parent->order] : 0;
		o->inherited[i] = parent ? o->inherited[parent->order] : 0;
		if (node->tag == TAG_TEXT) {
			if (!(manner[i] & IN_SKIPPED))
				take_text(&c, node, owner[i], manner[i]);
			continue;
		}
		manner[i] = manner_of(node, manner[i]);
		if (concepts_apply(node)) {
			o->concepts[i] = concept_of(node, memory);
			o->inherited[i] |= o->concepts[i];
			if (o->concepts[i] & CONCEPT_HOVER)
				manner[i] |= IN_SKIPPED; /* it would part the sentence */
		}
		if (node->tag == TAG_A && c.open)
			c.open->links++;
		if (node->tag == TAG_BR)
			c.breaks++;
		if (node_is_block(node)) {
			owner[i] = node;
			close_segment(&c);
			c.breaks = 0;
		}
	}
	close_segment(&c);
	sum_up(o);
	return o;
}

void outline_range(const struct outline *outline, const struct node *node, size_t *first, size_t *behind)
{
	size_t low = 0, high = outline->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (outline->segments[middle].from < node->order)
			low = middle + 1;
		else
			high = middle;
	}
	*first = low;
	high = outline->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (outline->segments[middle].from < node->end)
			low = middle + 1;
		else
			high = middle;
	}
	*behind = low;
}

bool segment_is_mostly_link(const struct segment *segment)
{
	if (segment->link_chars * 10 >= segment->chars * 9)
		return true;
	return segment->link_chars * 2 > segment->chars && !segment->sentence;
}
