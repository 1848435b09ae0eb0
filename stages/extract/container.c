/* container: see container.h. */
#include "extract/container.h"

#include "extract/anchor.h"
#include "extract/evidence.h"

/* What readers write and what other articles say can be longer than a short article. */
#define STUBBORN (CONCEPT_COMMENTS | CONCEPT_RELATED)

/* What a segment adds to the case for its container: prose for it, everything else against it; what is known to be something else
 * hardly counts, for it will be cut out. */
static int32_t weight_of(const struct segment *segment)
{
	if (segment->concepts & CONCEPTS_AGAINST)
		return -(int32_t)(segment->text.len / 8);
	if (segment->prose)
		return (int32_t)segment->prose;
	if (segment->level && segment->link_chars * 2 < segment->chars)
		return 0;
	return -(int32_t)segment->text.len;
}

static void sum_up(struct outline *o)
{
	const struct tree *tree = o->tree;
	memset(o->prose, 0, tree->count * sizeof(*o->prose));
	memset(o->weight, 0, tree->count * sizeof(*o->weight));
	for (size_t i = 0; i < o->count; i++) {
		struct segment *segment = &o->segments[i];
		if (!(segment->concepts & CONCEPTS_AGAINST))
			o->prose[segment->owner->order] += segment->prose;
		o->weight[segment->owner->order] += weight_of(segment);
	}
	for (size_t i = tree->count; i-- > 1;) {
		uint32_t parent = tree->nodes[i]->parent->order;
		o->prose[parent] += o->prose[i];
		o->weight[parent] += o->weight[i];
	}
}

/* The bits to take back from an element that holds `prose` of `total`. */
static uint32_t overruled_bits(uint64_t prose, uint64_t total)
{
	uint32_t bits = 0;
	if (prose * 2 > total)
		bits |= CONCEPTS_AGAINST & ~(uint32_t)STUBBORN;
	if (prose * 10 > total * 9)
		bits |= STUBBORN;
	return bits;
}

void container_overrule_names(struct outline *o)
{
	const struct tree *tree = o->tree;
	uint64_t total = o->prose[tree->body->order];
	/* Names of parts start with the name of the whole ("story-gallery", "story-gallery__text"): what is taken back from the
	 * whole is taken back from its parts. One such name is remembered at a time, the innermost. */
	struct slice whole = SLICE("");
	uint32_t whole_end = 0, whole_bits = 0;
	for (size_t i = 0; i < tree->count; i++) {
		const struct node *node = tree->nodes[i];
		uint32_t own = o->concepts[i];
		if (own & CONCEPTS_AGAINST) {
			uint32_t bits = own & overruled_bits(o->prose[i], total);
			if (i < whole_end && whole.len && slice_starts(node->class, whole))
				bits |= own & whole_bits;
			else if (bits && node->class.len) {
				whole = slice_sub(node->class, 0, slice_find_byte(node->class, ' '));
				whole_end = node->end;
				whole_bits = bits;
			}
			own &= ~bits;
			o->concepts[i] = own;
		}
		o->inherited[i] = own | (node->parent ? o->inherited[node->parent->order] : 0);
	}
	for (size_t i = 0; i < o->count; i++)
		o->segments[i].concepts = o->inherited[o->segments[i].from];
	sum_up(o);
}

void container_forget_names(struct outline *o, uint32_t concepts)
{
	for (size_t i = 0; i < o->tree->count; i++)
		o->inherited[i] &= ~concepts;
	for (size_t i = 0; i < o->count; i++)
		o->segments[i].concepts &= ~concepts;
	sum_up(o);
}

/* Elements that end before the headline, and those that hold none of the prose, are no candidates. */
static bool is_candidate(const struct outline *o, size_t anchor, const struct node *node)
{
	if (!o->prose[node->order])
		return false;
	return anchor == ANCHOR_NONE || node->end > o->segments[anchor].from + 1;
}

static const struct node *most_prose(const struct outline *o, size_t anchor, uint32_t concept)
{
	const struct tree *tree = o->tree;
	const struct node *best = NULL;
	for (size_t i = 0; i < tree->count; i++) {
		const struct node *node = tree->nodes[i];
		if ((o->concepts[i] & concept) && is_candidate(o, anchor, node) && (!best || o->prose[i] > o->prose[best->order]))
			best = node;
	}
	/* "article-content" around "article-body": the inner one, if hardly anything is lost */
	for (uint32_t i = best ? best->order + 1 : 0; best && i < best->end; i++)
		if ((o->concepts[i] & concept) && (uint64_t)o->prose[i] * 10 >= (uint64_t)o->prose[best->order] * 9)
			best = tree->nodes[i];
	return best;
}

/* The element whose text weighs most. */
static const struct node *heaviest(const struct outline *o, size_t anchor, const struct node *within)
{
	const struct node *best = within;
	for (uint32_t i = within->order; i < within->end; i++) {
		const struct node *node = o->tree->nodes[i];
		if (node_is_block(node) && is_candidate(o, anchor, node) && o->weight[i] >= o->weight[best->order])
			best = node; /* the innermost of equals */
	}
	return best;
}

static bool has_h1_between(const struct outline *o, const struct node *a, const struct node *b)
{
	size_t first, behind, unused;
	outline_range(o, a, &unused, &first);
	outline_range(o, b, &behind, &unused);
	for (size_t i = first; i < behind; i++)
		if (o->segments[i].level == 1)
			return true;
	return false;
}

/* A body split over several elements of the same make: all of them, in order. */
static void add_twins(const struct outline *o, size_t anchor, const struct node *best, struct container *c)
{
	const struct node *last = NULL;
	c->count = 0;
	for (size_t i = 0; i < o->tree->count; i++) {
		const struct node *node = o->tree->nodes[i];
		if (node != best && !(node->tag == best->tag && node->depth == best->depth && node->class.len &&
		                            slice_equal(node->class, best->class)))
			continue;
		if (node != best && (!is_candidate(o, anchor, node) || (last && node_contains(last, node))))
			continue;
		if (last && has_h1_between(o, last, node)) {
			if (node->order > best->order)
				break;
			c->count = 0;
		}
		if (c->count < CONTAINER_PARTS_MAX)
			c->parts[c->count++] = last = node;
	}
}

/* The prose that could be the body: behind the headline and not spoken against. */
static uint64_t prose_behind(const struct outline *o, size_t anchor)
{
	uint64_t sum = 0;
	for (size_t i = anchor == ANCHOR_NONE ? 0 : anchor; i < o->count; i++)
		if (!(o->segments[i].concepts & CONCEPTS_AGAINST))
			sum += o->segments[i].prose;
	return sum;
}

bool container_find_by_weight(const struct outline *o, size_t anchor, struct container *c)
{
	c->mode = "scored";
	c->count = 1;
	c->parts[0] = heaviest(o, anchor, o->tree->body);
	return o->prose[c->parts[0]->order] > 0;
}

static void note_named(
	const struct outline *o, const char *by, const struct node *named, uint64_t prose, uint64_t total, unsigned least)
{
	trace_note(o->trace, "candidate", LOG_STR("field", "container"), LOG_STR("source", by),
		LOG_SLICE("value", evidence_element(o->arena, named)), LOG_INT("prose", prose), LOG_INT("ofProse", total),
		LOG_INT("neededPercent", least));
}

bool container_find(const struct outline *o, size_t anchor, struct container *c)
{
	uint64_t total = prose_behind(o, anchor);
	const struct node *named = most_prose(o, anchor, CONCEPT_BODY);
	if (named) {
		uint64_t prose = 0;
		add_twins(o, anchor, named, c);
		for (size_t i = 0; i < c->count; i++)
			prose += o->prose[c->parts[i]->order];
		c->mode = "semantic";
		note_named(o, "named a body", named, prose, total, 25);
		if (prose * 100 >= total * 25)
			return true;
	}
	named = most_prose(o, anchor, CONCEPT_ARTICLE);
	if (named)
		note_named(o, "named an article", named, o->prose[named->order], total, 50);
	if (named && (uint64_t)o->prose[named->order] * 100 >= total * 50) {
		c->mode = "semantic";
		c->count = 1;
		c->parts[0] = heaviest(o, anchor, named);
		return true;
	}
	return container_find_by_weight(o, anchor, c);
}
