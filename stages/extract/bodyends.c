/* bodyends: see bodyends.h. The hard thing is that a story may end in a list, a citation or an exclamation of its own. */
#include "extract/bodyends.h"

#include "base/utf8.h"
#include "extract/authors.h"
#include "extract/lead.h"
#include "extract/phrases.h"

#define TRAILING_LINES_MAX 4
#define NOTES_AFTER_MIN 4 /* paragraphs */

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

/* "Reach Ana Brandt at abrandt@paper.example": the last line of a story, on how to reach who wrote it. The address is the author's. */
static void drop_contact(struct outline *o, struct author *authors, size_t first, size_t behind)
{
	while (behind > first && !segment_is_kept(&o->segments[behind - 1]))
		behind--;
	struct segment *last = behind > first ? &o->segments[behind - 1] : NULL;
	if (last && last->kind == BLOCK_PARAGRAPH && author_take_contact(authors, last->text))
		segment_remove(last, REMOVED_BYLINE);
}

/* Behind the last sentence: what is neither list nor table, and headings that head nothing. */
static void drop_trailing_lines(struct outline *o, size_t first, size_t behind)
{
	size_t last = behind, lines = 0;
	while (last > first) {
		struct segment *segment = &o->segments[last - 1];
		if (segment_is_kept(segment) && segment_is_mostly_link(segment) && !is_citation(segment))
			segment_remove(segment, REMOVED_RELATED);
		if (segment_is_kept(segment)) {
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
		if (segment_is_kept(&o->segments[last]))
			segment_remove(&o->segments[last], REMOVED_TRAILING);
}

/* Behind the story a paragraph set in italics throughout, with a link in it, is a note of the paper: on the author, the source, an offer. */
static void drop_closing_notes(struct outline *o, size_t first, size_t behind)
{
	size_t before = 0, notes = 0, from = behind;
	while (from > first && notes < 3) {
		const struct segment *segment = &o->segments[from - 1];
		if (segment_is_kept(segment)) {
			if (segment->plain_chars * 10 > segment->chars || !segment->italic_chars || segment->chars > 500 ||
			        !segment->link_chars || segment->kind != BLOCK_PARAGRAPH || phrase_origin(o->arena, segment->text))
				break;
			notes++;
		}
		from--;
	}
	for (size_t i = first; i < from; i++)
		before += segment_is_kept(&o->segments[i]) && o->segments[i].prose > 0 &&
		          o->segments[i].italic_chars * 2 < o->segments[i].chars;
	if (before < NOTES_AFTER_MIN)
		return;
	for (size_t i = from; i < behind; i++)
		if (segment_is_kept(&o->segments[i]))
			segment_remove(&o->segments[i], REMOVED_BOILERPLATE);
}

/* A heading, or a line that introduces, goes with what it introduces: before a list of links, a form or comments it is theirs, and at the
 * very end it is nobody's. Captions, advertisements and the like between it and its text don't matter. */
static void drop_idle_headings(struct outline *o, size_t first, size_t behind)
{
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
		if (!segment_is_kept(segment))
			continue;
		bool colon = segment->text.ptr[segment->text.len - 1] == ':';
		bool introduces = segment->chars < 60 && !segment->prose && segment->kind == BLOCK_PARAGRAPH &&
		                  (colon || (links > 1 && !segment->sentence));
		bool heads = segment->level && !(segment->sentence && segment->chars >= 40);
		if (idle && (introduces || heads))
			segment_remove(segment, next);
		else
			idle = false;
		links = 0;
	}
}

void body_drop_opening(struct outline *o, size_t first, size_t behind)
{
	for (size_t i = first; i < behind; i++) {
		struct segment *segment = &o->segments[i];
		if (!segment_is_kept(segment))
			continue;
		if (segment->prose || segment->chars > 100 || segment->kind == BLOCK_TABLE || segment->kind == BLOCK_LIST_ITEM)
			return;
		if (segment->level || lead_is_named(segment))
			continue;
		segment_remove(segment, REMOVED_BYLINE);
	}
}

void body_drop_ending(struct outline *o, struct author *authors, size_t first, size_t behind)
{
	drop_contact(o, authors, first, behind);
	drop_trailing_lines(o, first, behind);
	drop_closing_notes(o, first, behind);
	drop_idle_headings(o, first, behind);
}
