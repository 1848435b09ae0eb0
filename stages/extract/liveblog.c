/* liveblog: see liveblog.h. */
#include "extract/liveblog.h"

#define ENTRIES_MIN 3
#define CLOCK_LINE_MAX 48 /* code points */

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
		if (segment_is_kept(&o->segments[i]) && o->segments[i].level)
			levels[o->segments[i].level]++;
	for (int level = 2; level < (int)(sizeof(levels) / sizeof(*levels)); level++)
		if (levels[level] > levels[entry])
			entry = level;
	return levels[entry] >= ENTRIES_MIN ? entry : 0;
}

static bool opens_entry(const struct segment *segment, int level)
{
	return segment_is_kept(segment) && (level ? segment->level == level : is_clock_line(segment));
}

void liveblog_mark_entries(const struct outline *o, struct article *article)
{
	size_t clocks = 0, at = 0;
	int level = entry_level(o);
	for (size_t i = 0; i < o->count; i++)
		clocks += opens_entry(&o->segments[i], 0);
	if (clocks >= ENTRIES_MIN) /* times part entries; headings within them are theirs */
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
		if (!segment_is_kept(segment) || segment->text.ptr != article->blocks[at].text.ptr)
			continue;
		if (opens_entry(segment, level))
			article->blocks[at].kind = BLOCK_LIVE_ENTRY;
		at++;
	}
}
