/* likeness: see likeness.h. What tells a re-issued report from the next one of the same template is which words differ. So the
 * score weighs, beside the text in common, whether numbers and names agree, whether the leads do, and the time between. */
#include "dedup/likeness.h"

static const uint32_t FULL[SAMPLE_COUNT] = {64, 12, 16, 16, 8};

/* Items of `sample` that are at most `limit`. */
static uint32_t below(const struct sample *sample, uint32_t limit)
{
	uint32_t count = sample->size;

	while (count > 0 && sample->items[count - 1] > limit)
		count--;
	return count;
}

static struct overlap sample_overlap(const struct sample *a, const struct sample *b, uint32_t full)
{
	uint32_t limit = UINT32_MAX, shared = 0;

	if (a->size >= full)
		limit = a->items[a->size - 1];
	if (b->size >= full && b->items[b->size - 1] < limit)
		limit = b->items[b->size - 1];
	uint32_t na = below(a, limit), nb = below(b, limit);
	for (uint32_t i = 0, j = 0; i < na && j < nb;) {
		shared += a->items[i] == b->items[j];
		if (a->items[i] < b->items[j])
			i++;
		else if (a->items[i] > b->items[j])
			j++;
		else
			i++, j++;
	}
	return (struct overlap){shared, na < nb ? na : nb, na < nb ? nb : na};
}

static uint32_t permille(uint32_t part, uint32_t whole)
{
	return whole == 0 ? 0 : part * 1000 / whole;
}

/* part of whole, and min(n, cap) of cap, in 1/1000 */
static int share(const struct overlap *o) { return (int)permille(o->shared, o->smaller); }
static int capped(uint32_t n, uint32_t cap) { return (int)permille(n < cap ? n : cap, cap); }

static int larger_of(int a, int b) { return a > b ? a : b; }

/* log2(1 + whole hours) in 1/1000 of 12 (half a year), linear between powers of two. */
static int hours_apart(int64_t seconds)
{
	uint64_t hours = 1 + (uint64_t)seconds / 3600;
	unsigned power = 63 - (unsigned)__builtin_clzll(hours);
	uint64_t bits = power * 1000u + (hours - ((uint64_t)1 << power)) * 1000 / ((uint64_t)1 << power);

	return bits > 12000 ? 1000 : (int)(bits / 12);
}

enum feature { F_CONTAINED, F_CONTAINED_LARGER, F_LEAD, F_NUMBERS, F_NO_NUMBERS, F_NUMBERS_MISSING, F_NUMBERS_ADDED, F_NUMBERS_SHARED, F_NAMES,
	F_NAMES_MISSING, F_NAMES_ADDED, F_NAMES_SHARED, F_HEADLINE, F_HEADLINE_SHARE, F_EXACT, F_APART, F_LENGTHS, F_SHORT, F_SHARED, F_TEXT_AND_LEAD,
	F_COUNT };

/* Log-odds in 1/1000 per whole of a feature: a logistic regression over pairs of articles that share a key, fitted offline
 * (cross-validated by group: pairs P .993, R .967). What they say: numbers that one side lacks speak against (a template of
 * another day), numbers and headline words in common for; reports far apart in time are less likely the same; a long text is not
 * a copy of a short one unless it holds it. They were fitted to headlines as they are; what a rewritten headline counts (see
 * score_of) came later, and fitting anew with it, or with the sign of each weight prescribed, did worse in cross-validation
 * (docs/dedup.md). */
static const int WEIGHTS[F_COUNT] = {
	[F_CONTAINED] = 2010, [F_CONTAINED_LARGER] = -790, [F_LEAD] = -3310, [F_NUMBERS] = 3500, [F_NO_NUMBERS] = 3960,
	[F_NUMBERS_MISSING] = -5830, [F_NUMBERS_ADDED] = -5240, [F_NUMBERS_SHARED] = 7980, [F_NAMES] = -4150, [F_NAMES_MISSING] = -3730,
	[F_NAMES_ADDED] = 2130, [F_NAMES_SHARED] = 2320, [F_HEADLINE] = 4900, [F_HEADLINE_SHARE] = 8010, [F_EXACT] = 2280, [F_APART] = -10730,
	[F_LENGTHS] = -5380, [F_SHORT] = -3580, [F_SHARED] = 3110, [F_TEXT_AND_LEAD] = 2300,
};
#define INTERCEPT (-5947) /* fitted -3947; 2.0 less, because a false duplicate hides news while a missed one shows it twice */
#define SHORT_WORDS 60
#define EXACT_WORDS 40 /* so many words, all the same, are a copy whatever the headline and the time between; fewer may be a notice whose headline
			   alone says of whom */
#define EXACT_SCORE 6000

static int score_of(const struct likeness *l, uint32_t words_a, uint32_t words_b)
{
	const struct overlap *body = &l->parts[SAMPLE_BODY], *numbers = &l->parts[SAMPLE_NUMBERS],
			     *names = &l->parts[SAMPLE_NAMES];
	const struct overlap *headline = &l->parts[SAMPLE_HEADLINE], *lead = &l->parts[SAMPLE_LEAD];
	int similar = (int)permille(body->shared, body->smaller + body->larger - body->shared);
	/* desks rewrite headlines: one over the same lead and the same text counts as agreeing as much as they do */
	int same_text = similar < share(lead) ? similar : share(lead);
	uint32_t fewer = words_a < words_b ? words_a : words_b, more = words_a < words_b ? words_b : words_a;
	const int features[F_COUNT] = {
		[F_CONTAINED] = share(body),
		[F_CONTAINED_LARGER] = (int)permille(body->shared, body->larger),
		[F_LEAD] = share(lead),
		[F_NUMBERS] = share(numbers),
		[F_NO_NUMBERS] = numbers->smaller == 0 ? 1000 : 0,
		[F_NUMBERS_MISSING] = capped(numbers->smaller - numbers->shared, 8),
		[F_NUMBERS_ADDED] = capped(numbers->larger - numbers->shared, 16),
		[F_NUMBERS_SHARED] = capped(numbers->shared, 8),
		[F_NAMES] = share(names),
		[F_NAMES_MISSING] = capped(names->smaller - names->shared, 8),
		[F_NAMES_ADDED] = capped(names->larger - names->shared, 16),
		[F_NAMES_SHARED] = capped(names->shared, 8),
		[F_HEADLINE] = larger_of(
			(int)permille(headline->shared, headline->smaller + headline->larger - headline->shared), same_text),
		[F_HEADLINE_SHARE] = larger_of(share(headline), same_text),
		[F_EXACT] = l->same_exact ? 1000 : 0,
		[F_APART] = hours_apart(l->apart),
		[F_LENGTHS] = (int)permille(fewer, more),
		[F_SHORT] = fewer < SHORT_WORDS ? 1000 : 0,
		[F_SHARED] = capped(body->shared, 32),
		[F_TEXT_AND_LEAD] = share(body) * share(lead) / 1000,
	};
	int score = INTERCEPT;

	for (size_t i = 0; i < F_COUNT; i++)
		score += WEIGHTS[i] * features[i] / 1000;
	return score;
}

struct likeness likeness_of(const struct sketch *a, const struct sketch *b)
{
	struct likeness l = {.similarity = 0};

	for (size_t i = 0; i < SAMPLE_COUNT; i++)
		l.parts[i] = sample_overlap(&a->samples[i], &b->samples[i], FULL[i]);
	const struct overlap *body = &l.parts[SAMPLE_BODY];
	l.similarity = permille(body->shared, body->smaller + body->larger - body->shared);
	l.containment = permille(body->shared, body->smaller);
	l.apart = a->time > b->time ? a->time - b->time : b->time - a->time;
	l.same_exact = a->exact == b->exact;
	l.same_headline = a->headline_hash == b->headline_hash;
	if (l.same_exact)
		l.similarity = l.containment = 1000;
	l.score = score_of(&l, a->words, b->words);
	if (l.same_exact && a->words >= EXACT_WORDS && l.score < EXACT_SCORE)
		l.score = EXACT_SCORE;
	return l;
}
