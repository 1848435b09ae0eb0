/* anchor: see anchor.h. */
#include "extract/anchor.h"

#include "base/hash.h"
#include "base/utf8.h"

#define TITLE_WORDS_MAX 64
#define HEADLINE_BYTES_MAX 600

struct words {
	uint64_t hash[TITLE_WORDS_MAX];
	size_t count;
};

/* Words are runs of letters and digits; in unspaced scripts each character is one. */
static void split_words(struct arena *arena, struct slice text, struct words *out)
{
	struct slice folded = utf8_fold(arena, slice_sub(text, 0, text.len));
	size_t at = 0, start = 0;
	bool inside = false;
	out->count = 0;
	while (at <= folded.len && out->count < TITLE_WORDS_MAX) {
		size_t here = at;
		uint32_t c = at < folded.len ? utf8_next(folded, &at) : ' ';
		bool unspaced = utf8_is_unspaced(c);
		bool letter = !unspaced && (utf8_is_letter(c) || utf8_is_digit(c));
		if (inside && !letter) {
			out->hash[out->count++] = hash64(slice_sub(folded, start, here));
			inside = false;
		}
		if (unspaced && out->count < TITLE_WORDS_MAX)
			out->hash[out->count++] = hash64(slice_sub(folded, here, at));
		if (letter && !inside) {
			inside = true;
			start = here;
		}
		if (here >= folded.len)
			break;
	}
}

static unsigned shared_percent(const struct words *words, const struct words *among)
{
	size_t found = 0;
	if (!words->count)
		return 0;
	for (size_t i = 0; i < words->count; i++)
		for (size_t k = 0; k < among->count; k++)
			if (words->hash[i] == among->hash[k]) {
				found++;
				break;
			}
	return (unsigned)(found * 100 / words->count);
}

unsigned anchor_overlap(struct arena *arena, struct slice words, struct slice among)
{
	struct words a, b;
	split_words(arena, slice_sub(words, 0, HEADLINE_BYTES_MAX), &a);
	split_words(arena, slice_sub(among, 0, HEADLINE_BYTES_MAX), &b);
	return shared_percent(&a, &b);
}

static struct slice page_title(const struct outline *o, const struct article *article)
{
	if (article->headline.value.len)
		return article->headline.value;
	const struct node *title = tree_find(o->tree, o->tree->head, TAG_TITLE);
	return title ? title->text : SLICE("");
}

/* Points for being the headline, 0 for what can't be. */
static unsigned headline_points(struct arena *arena, const struct segment *segment, const struct words *title)
{
	struct words words;
	if (segment->text.len > HEADLINE_BYTES_MAX || segment->concepts & (CONCEPT_HIDDEN | CONCEPT_COMMENTS))
		return 0;
	split_words(arena, segment->text, &words);
	if (words.count < 2 && !segment->level)
		return 0;
	unsigned of_segment = shared_percent(&words, title), of_title = shared_percent(title, &words);
	if (of_segment < 70 || of_title < 40)
		return 0;
	unsigned points = of_segment + of_title;
	if (segment->level)
		points += segment->level == 1 ? 60u : 30u;
	if (segment->concepts & CONCEPT_HEADLINE)
		points += 20;
	if (segment->concepts &
	        (CONCEPT_NAVIGATION | CONCEPT_RELATED | CONCEPT_SIDEBAR | CONCEPT_SHARING | CONCEPT_FOOTER | CONCEPT_CAPTION))
		points /= 2;
	if (segment->link_chars * 2 > segment->chars)
		points = points * 3 / 4;
	return points;
}

size_t anchor_find(struct arena *arena, const struct outline *o, const struct article *article)
{
	struct words title;
	size_t best = ANCHOR_NONE, only_heading = ANCHOR_NONE, headings = 0;
	unsigned most = 0;
	split_words(arena, page_title(o, article), &title);
	for (size_t i = 0; i < o->count; i++) {
		const struct segment *segment = &o->segments[i];
		if (segment->level == 1 && !(segment->concepts & (CONCEPT_HIDDEN | CONCEPT_NAVIGATION)) &&
		        segment->text.len >= 15) {
			headings++;
			only_heading = i;
		}
		unsigned points = title.count ? headline_points(arena, segment, &title) : 0;
		if (points > most) {
			most = points;
			best = i;
		}
		arena_tick(arena);
	}
	if (best == ANCHOR_NONE && headings == 1)
		return only_heading;
	return best;
}
