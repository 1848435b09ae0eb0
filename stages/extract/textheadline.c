/* textheadline: see textheadline.h. */
#include "extract/textheadline.h"

#include "base/hash.h"
#include "extract/authors.h"
#include "extract/furniture.h"
#include "extract/textcaptions.h"
#include "extract/textglance.h"
#include "extract/wordscan.h"

#define HEAD_REACH 40   /* units before the body */
#define GUESS_WEIGHT 25 /* of the model's headline against the words that a line shares with the body */
#define BODY_WORDS 500
#define SCORE_LEAST 4

/* Words of the body's first units, to see which line speaks of the same. */
struct vocabulary {
	uint32_t slots[1024];
};

static bool vocabulary_meet(struct vocabulary *vocabulary, uint32_t hash, bool add)
{
	hash |= 1;
	size_t i = hash_mix(hash) % 1024;
	for (size_t tries = 0; vocabulary->slots[i] && tries < 1024; i = (i + 1) % 1024, tries++)
		if (vocabulary->slots[i] == hash)
			return true;
	if (add)
		vocabulary->slots[i] = hash;
	return false;
}

static int score_of(const struct text_unit *unit, const int16_t *features, struct vocabulary *vocabulary)
{
	struct word word;
	int words = 0, hits = 0;
	if (unit->columns < 8 || unit->columns > 260)
		return -100;
	for (size_t at = 0; word_next(unit->text, &at, &word);) {
		words++;
		hits += vocabulary_meet(vocabulary, word.hash, false);
	}
	int score = words >= 3 || features[TEXT_UNSPACED] ? 3 : -4;
	score += words ? hits * 10 / words : 0;
	score += unit->heading == 1 ? 8 : unit->heading ? 4 : 0;
	score -= unit->bullet ? 6 : 0;
	score -= unit->cells ? 4 : 0;
	score -= text_ending_of(unit->text) == ENDING_STOP ? 4 : 0;
	score -= author_is_byline(unit->text) || text_is_caption(unit) ? 10 : 0;
	score -= features[TEXT_HIT_DATE_LABEL] >= 2 || features[TEXT_HIT_CREDIT] >= 2 ? 6 : 0;
	for (size_t k = 0; k < FURNITURE_TOPICS; k++)
		score -= features[TEXT_HIT_SHARE + k] == 3 ? 8 : 0;
	return score;
}

static struct vocabulary *words_of_body(struct arena *arena, const struct text_units *units, const struct text_verdict *verdict)
{
	struct vocabulary *vocabulary = arena_new(arena, struct vocabulary);
	struct word word;
	size_t words = 0;
	for (size_t i = verdict->first; i < verdict->behind && words < BODY_WORDS; i++)
		for (size_t at = 0; words < BODY_WORDS && word_next(units->items[i].text, &at, &word);)
			if (word.letters >= 3 || word.unspaced)
				words++, vocabulary_meet(vocabulary, word.hash, true);
	return vocabulary;
}

size_t text_headline_find(struct arena *arena, const struct text_units *units, const struct text_features *rows, const struct text_verdict *verdict)
{
	struct vocabulary *vocabulary = words_of_body(arena, units, verdict);
	size_t first = verdict->first, guess = verdict->headline, headline = SIZE_MAX;
	int best = SCORE_LEAST;
	for (size_t i = first > HEAD_REACH ? first - HEAD_REACH : 0; i < first; i++) {
		int score = score_of(&units->items[i], rows[i].values, vocabulary) + (i == guess ? GUESS_WEIGHT : 0) - (int)((first - i) / 6);
		if (score > best)
			best = score, headline = i;
	}
	return headline == SIZE_MAX && guess < first ? guess : headline;
}
