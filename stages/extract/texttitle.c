#include "extract/texttitle.h"

#include "extract/wordscan.h"

/* The words of the URL's last path segment that looks like a sentence ("a-b-c-d"), else the longest. */
static struct slice slug_of(struct slice url)
{
	struct slice rest = url, part, best = SLICE_NONE;
	size_t query = slice_find_byte(rest, '?');
	if (query != SLICE_NOT_FOUND)
		rest.len = query;
	size_t best_dashes = 1;
	while (slice_split(&rest, '/', &part)) {
		size_t dashes = 0;
		for (size_t i = 0; i < part.len; i++)
			dashes += part.ptr[i] == '-' || part.ptr[i] == '_';
		if (dashes >= best_dashes)
			best = part, best_dashes = dashes;
	}
	return best;
}

static size_t slug_hashes(struct slice url, uint32_t *hashes, size_t most)
{
	struct slice slug = slug_of(url);
	size_t count = 0;
	for (size_t i = 0; i < slug.len && count < most;) {
		size_t start = i;
		while (i < slug.len && (byte_is_alpha(slug.ptr[i]) || byte_is_digit(slug.ptr[i]) || (slug.ptr[i] & 0x80)))
			i++;
		struct word word;
		size_t at = 0;
		if (i - start >= 3 && word_next(slice_sub(slug, start, i), &at, &word))
			hashes[count++] = word.hash;
		i++;
	}
	return count;
}

static bool holds(const uint32_t *hashes, size_t count, uint32_t hash)
{
	for (size_t i = 0; i < count; i++)
		if (hashes[i] == hash)
			return true;
	return false;
}

/* How many of the `count` words occur in the text; *words is the text's own number. */
static size_t overlap(struct slice text, const uint32_t *hashes, size_t count, size_t *words)
{
	bool seen[64] = {false};
	struct word word;
	size_t hits = 0;
	*words = 0;
	for (size_t at = 0; *words < 200 && word_next(text, &at, &word); ++*words)
		for (size_t i = 0; i < count; i++)
			if (!seen[i] && hashes[i] == word.hash)
				seen[i] = true, hits++;
	return hits;
}

size_t text_guess_title(struct arena *arena, const struct text_units *units, struct slice url)
{
	uint32_t slug[64];
	size_t slug_count = slug_hashes(url, slug, 64), best = SIZE_MAX;
	int best_score = 3;
	for (size_t i = 0; i < units->count; i++) {
		arena_tick(arena);
		const struct text_unit *unit = &units->items[i];
		if (unit->columns < 12 || unit->columns > 250)
			continue;
		size_t words;
		size_t hits = overlap(unit->text, slug, slug_count, &words);
		int score = unit->heading == 1 ? 6 : unit->heading == 2 ? 2 : unit->heading ? 1 : 0;
		if (slug_count >= 3 && hits * 2 > slug_count && words < slug_count * 3 + 6)
			score += (int)(hits * 6 / slug_count);
		score -= unit->bullet ? 4 : 0;
		score -= unit->cells ? 2 : 0;
		for (size_t k = i + 1; k < units->count && k <= i + 12; k++)
			if (units->items[k].columns >= 120) {
				score += 2;
				break;
			}
		score += unit->columns >= 30 ? 1 : 0;
		if (score > best_score)
			best_score = score, best = i;
	}
	return best;
}

void text_title_measure(const struct text_units *units, struct slice url, size_t title, struct text_features *rows)
{
	size_t count = 0, slug_count;
	uint32_t words[64], slug[64];
	slug_count = slug_hashes(url, slug, 64);
	if (title != SIZE_MAX) {
		struct word word;
		for (size_t at = 0; count < 64 && word_next(units->items[title].text, &at, &word);)
			if (word.letters >= 3 || word.unspaced)
				if (!holds(words, count, word.hash))
					words[count++] = word.hash;
	}
	for (size_t i = 0; i < units->count; i++) {
		size_t own;
		int16_t *v = rows[i].values;
		v[TEXT_TITLE_DISTANCE] = title == SIZE_MAX ? (int16_t)-200 : i < title ? (int16_t)-feature_at_most(title - i, FEATURE_FAR) : feature_at_most(i - title, 500);
		v[TEXT_TITLE_OVERLAP] = count ? feature_share(overlap(units->items[i].text, words, count, &own), count) : (int16_t)-1;
		v[TEXT_SLUG_OVERLAP] = slug_count ? feature_share(overlap(units->items[i].text, slug, slug_count, &own), slug_count) : (int16_t)-1;
	}
}
