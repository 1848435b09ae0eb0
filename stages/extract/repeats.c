/* repeats: see repeats.h. The hard thing is which of two copies stays: the one in the running text. */
#include "extract/repeats.h"

#include "base/hash.h"
#include "extract/anchor.h"
#include "extract/titles.h"

#define REPEAT_BYTES_MIN 60 /* shorter lines may come again ("Yes.") */
#define ENTRY_DISTANCE_MIN 8 /* segments */
#define ENTRY_REPEATS_MAX 5
#define ENTRY_CHARS_MAX 80 /* code points */

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

static bool may_be_duplicate(const struct segment *segment)
{
	return segment_is_kept(segment) && segment->text.len >= REPEAT_BYTES_MIN;
}

/* The same line again says nothing new. Before `body` stands the lead: a sentence of the text that is put there too is wanted in its own
 * place. */
static void drop_duplicates(struct outline *o, size_t anchor, size_t body, size_t behind)
{
	size_t slots = 64, lines = 1;
	for (size_t i = 0; i < behind; i++)
		lines += may_be_duplicate(&o->segments[i]);
	while (slots < lines * 2)
		slots *= 2;
	struct seen {
		uint64_t hash;
		size_t at, times;
	} *seen = arena_array(o->arena, struct seen, slots);
	if (anchor != ANCHOR_NONE) {
		uint64_t hash = hash64(o->segments[anchor].text) | 1;
		seen[hash & (slots - 1)] = (struct seen){hash, anchor, ENTRY_REPEATS_MAX};
	}
	for (size_t i = 0; i < behind; i++) {
		struct segment *segment = &o->segments[i];
		if (!may_be_duplicate(segment))
			continue;
		uint64_t hash = hash64(segment->text) | 1;
		size_t at = hash & (slots - 1);
		while (seen[at].hash && seen[at].hash != hash)
			at = (at + 1) & (slots - 1);
		if (seen[at].hash == hash && seen[at].at < body && i >= body && seen[at].at != anchor)
			segment_remove(&o->segments[seen[at].at], REMOVED_DUPLICATE);
		else if (seen[at].hash == hash && !may_repeat(segment, i - seen[at].at, seen[at].times)) {
			struct segment *first_copy = &o->segments[seen[at].at];
			bool set_apart = segment_is_kept(first_copy) && company(o, first_copy) * 2 < company(o, segment);
			segment_remove(set_apart ? first_copy : segment, REMOVED_DUPLICATE);
		}
		seen[at] = (struct seen){hash, i, seen[at].times + 1};
	}
}

/* The headline again, before the text begins. */
static void drop_repeated_headline(struct outline *o, struct slice headline, size_t behind)
{
	for (size_t i = 0; i < behind; i++) {
		struct segment *segment = &o->segments[i];
		if (!segment_is_kept(segment))
			continue;
		if (title_same(segment->text, headline))
			segment_remove(segment, REMOVED_DUPLICATE);
		else if (segment->prose)
			return;
	}
}

void repeats_drop(struct outline *o, size_t anchor, struct slice headline, size_t body, size_t behind)
{
	drop_repeated_headline(o, headline, behind);
	drop_duplicates(o, anchor, body, behind);
}
