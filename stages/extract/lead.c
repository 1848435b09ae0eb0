/* lead: see lead.h. */
#include "extract/lead.h"

#include "extract/anchor.h"
#include "extract/captions.h"
#include "extract/container.h"
#include "extract/phrases.h"

#define CHARS_MIN 30
#define CHARS_MAX 1500
#define DISTANCE_MAX 60 /* segments */

bool lead_is_named(const struct segment *segment)
{
	return (segment->concepts & CONCEPT_SUMMARY) && segment->chars >= CHARS_MIN;
}

/* Does the line say what the page's own description says? Then it is the lead, though it be called a teaser. A second headline is one only if it
 * is also named so. */
static bool is_told(const struct outline *o, struct slice description, const struct segment *segment)
{
	uint32_t against = segment->concepts & CONCEPTS_AGAINST & ~(uint32_t)(CONCEPT_HEADER | CONCEPT_RELATED);
	if (!description.len || segment->chars < CHARS_MIN || segment->chars > CHARS_MAX || segment->link_chars * 3 > segment->chars)
		return false;
	if (against || (segment->level && !(segment->concepts & CONCEPT_SUMMARY)))
		return false;
	return anchor_overlap(o->arena, segment->text, description) >= 70 && anchor_overlap(o->arena, description, segment->text) >= 50;
}

static bool is_lead(const struct outline *o, struct slice description, size_t anchor, const struct segment *segment)
{
	enum removed_kind kind;
	uint32_t against = segment->concepts & CONCEPTS_AGAINST & ~(uint32_t)CONCEPT_HEADER;
	bool subline = segment->level && segment->chars < 160; /* a second headline */
	if (is_told(o, description, segment))
		return true;
	if (subline || against || segment->chars < CHARS_MIN || segment->chars > CHARS_MAX ||
	        segment->link_chars * 3 > segment->chars || phrase_line(o->arena, segment->text, &kind) ||
	        caption_beside_picture(o, segment))
		return false;
	return (segment->concepts & CONCEPT_SUMMARY) ||
	       (anchor != ANCHOR_NONE && (segment->prose || segment->level > 1) && segment->chars >= 60);
}

static void take_lead(struct segment *segment)
{
	segment->fate = SEGMENT_KEPT;
	if (segment->kind == BLOCK_SUBHEADING) /* it heads nothing */
		segment->kind = BLOCK_PARAGRAPH;
}

void lead_keep(struct outline *o, struct slice description, size_t anchor, size_t first, size_t behind)
{
	size_t from = anchor == ANCHOR_NONE ? (first > 12 ? first - 12 : 0) : anchor + 1;
	for (size_t i = from; i < first && i < from + DISTANCE_MAX; i++)
		if (is_lead(o, description, anchor, &o->segments[i]))
			take_lead(&o->segments[i]);
	for (size_t i = from > first ? from : first; i < behind && !(segment_is_kept(&o->segments[i]) && o->segments[i].prose); i++)
		if (o->segments[i].fate == SEGMENT_REMOVED && is_told(o, description, &o->segments[i]))
			take_lead(&o->segments[i]);
}
