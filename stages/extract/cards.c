/* cards: see cards.h. */
#include "extract/cards.h"

#define CARDS_MIN 3
#define CARD_BYTES_MAX 900

static struct slice first_token(struct slice tokens)
{
	size_t start = 0, end;
	while (start < tokens.len && byte_is_space(tokens.ptr[start]))
		start++;
	for (end = start; end < tokens.len && !byte_is_space(tokens.ptr[end]);)
		end++;
	return slice_sub(tokens, start, end);
}

static bool can_be_card(enum tag tag)
{
	return tag == TAG_DIV || tag == TAG_LI || tag == TAG_ARTICLE || tag == TAG_SECTION || tag == TAG_A || tag == TAG_TR ||
	       tag == TAG_DL || tag == TAG_FIGURE || tag == TAG_ASIDE || tag == TAG_OTHER;
}

/* A title that is a link, and perhaps a picture, a date and a line or two of text. */
static bool looks_like_card(const struct outline *o, const struct node *node)
{
	size_t first, behind;
	uint32_t text = o->text[node->order], linked = o->link_text[node->order];
	if (!text || text > CARD_BYTES_MAX || linked < 15)
		return false;
	outline_range(o, node, &first, &behind);
	if (behind - first > 8)
		return false;
	for (size_t i = first; i < behind; i++) {
		const struct segment *segment = &o->segments[i];
		if (segment->chars < 15)
			continue;
		/* The first line of substance decides: it is a link, or starts with one and goes on. */
		return segment->link_chars * 10 >= segment->chars * 9 ||
		       (behind - first == 1 && segment->lead_link >= 25 && !(segment->concepts & CONCEPT_BODY));
	}
	return false;
}

static void mark_run(struct outline *o, const struct node *from, const struct node *to, size_t cards, size_t length)
{
	if (cards < CARDS_MIN || cards * 10 < length * 6)
		return;
	uint32_t text = 0;
	for (const struct node *node = from;; node = node->next) {
		o->concepts[node->order] |= CONCEPT_RELATED;
		text += o->text[node->order];
		if (node == to)
			break;
	}
	if (text * 10 > o->text[from->parent->order] * 7 && from->parent->tag != TAG_BODY)
		o->concepts[from->parent->order] |= CONCEPT_RELATED;
}

static void mark_children(struct outline *o, const struct node *parent)
{
	const struct node *from = NULL, *to = NULL;
	size_t cards = 0, length = 0;
	for (const struct node *child = parent->first; child; child = child->next) {
		if (child->tag == TAG_TEXT || !o->text[child->order])
			continue;
		bool joins = from && child->tag == from->tag && slice_equal(first_token(child->class), first_token(from->class));
		if (!joins) {
			if (from)
				mark_run(o, from, to, cards, length);
			from = can_be_card(child->tag) ? child : NULL;
			cards = length = 0;
		}
		if (!from)
			continue;
		to = child;
		length++;
		cards += looks_like_card(o, child);
	}
	if (from)
		mark_run(o, from, to, cards, length);
}

void cards_mark(struct outline *o)
{
	for (size_t i = 0; i < o->tree->count; i++) {
		const struct node *node = o->tree->nodes[i];
		if (node->first && node->first != node->last)
			mark_children(o, node);
		arena_tick(o->arena);
	}
}
