/* textmodel: see textmodel.h. */
#include "extract/textmodel.h"

#include <limits.h>

#define UNIT_LIMIT 400 /* scores are log-odds times 64, cut at these */
#define LIMIT 600
#define EDGE_LIMIT (-448)
#define EDGE_WEIGHT 2
#define CONTEXTS 19
#define HEADLINE_CONTEXTS 5
#define HEADLINE_LIKELY (-128) /* log-odds of 1:7 and better may be one */
#define HEADLINE_REACH 24      /* units behind a headline that should hold the body's beginning */

/* What the trainer calls a row of the second stage: the unit's features and what the first scores around it say. */
struct row {
	int16_t values[TEXT_FEATURE_COUNT + CONTEXTS + HEADLINE_CONTEXTS];
};

static int score_of(const struct text_forest *forest, const int16_t *values, int limit)
{
	long sum = 0;
	for (size_t t = 0; t < forest->count; t++) {
		const struct text_tree *tree = &forest->trees[t];
		int at = tree->split_count ? 0 : -1;
		while (at >= 0) {
			const struct text_split *split = &forest->splits[tree->splits + at];
			at = values[split->feature] <= split->threshold ? split->left : split->right;
		}
		sum += forest->leaves[tree->leaves - 1 - at];
	}
	long scaled = (sum + (sum < 0 ? -8 : 8)) / 16;
	return (int)(scaled > limit ? limit : scaled < -limit ? -limit : scaled);
}

static int16_t clip(long value, long low, long high) { return (int16_t)(value < low ? low : value > high ? high : value); }

/* Distances to the nearest unit with a score above `least`, before or behind; 99 at most. */
static void measure_distances(struct row *rows, const int *scores, int least, size_t count, size_t slot, bool backwards)
{
	size_t last = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		size_t k = backwards ? count - 1 - i : i;
		size_t away = last == SIZE_MAX ? 99 : last < k ? k - last : last - k;
		rows[k].values[slot] = (int16_t)(away < 99 ? away : 99);
		if (scores[k] > least)
			last = k;
	}
}

/* See contexts() in train.py: the same numbers in the same order. */
static void text_contexts(struct arena *arena, struct row *rows, const int *scores, size_t count)
{
	const size_t base = TEXT_FEATURE_COUNT;
	long *sums = arena_array(arena, long, count + 1), mass = 0, running = 0, whole = 0, best = 0, total = 0;
	size_t first = 0, behind = 0, start = 0;
	for (size_t k = 0; k < count; k++) {
		long columns = rows[k].values[TEXT_COLUMNS];
		mass += scores[k] > 0 ? columns : 0;
		long gain = clip(scores[k], -200, 200) * (columns < 300 ? columns : 300) / 100;
		sums[k + 1] = sums[k] + gain;
		whole += gain > 0 ? gain : 0;
		if (total <= 0)
			total = 0, start = k;
		total += gain;
		if (total > best)
			best = total, first = start, behind = k + 1;
	}
	mass = mass ? mass : 1;
	whole = whole ? whole : 1;
	for (size_t k = 0; k < count; k++) {
		int16_t *v = rows[k].values + base;
		for (size_t o = 0; o < 9; o++)
			v[o] = k + o >= 4 && k + o - 4 < count ? (int16_t)scores[k + o - 4] : (int16_t)-UNIT_LIMIT;
		v[9] = (int16_t)(running * 1000 / mass);
		running += scores[k] > 0 ? rows[k].values[TEXT_COLUMNS] : 0;
		v[13] = clip((long)k - (long)first, -200, 500);
		v[14] = clip((long)k - (long)behind, -500, 200);
		v[15] = (int16_t)((sums[behind] - sums[first]) * 1000 / whole);
		v[16] = clip((sums[k + 9 < count ? k + 9 : count] - sums[k > 8 ? k - 8 : 0]) / 17, -3000, 3000);
		v[17] = clip((sums[k] - sums[k > 10 ? k - 10 : 0]) / 10, -3000, 3000);
		v[18] = clip((sums[k + 11 < count ? k + 11 : count] - sums[k + 1]) / 10, -3000, 3000);
	}
	long all = running > 0 ? running : 0;
	running = 0;
	for (size_t k = 0; k < count; k++) {
		running += scores[k] > 0 ? rows[k].values[TEXT_COLUMNS] : 0;
		rows[k].values[base + 10] = (int16_t)((all - running) * 1000 / mass);
	}
	measure_distances(rows, scores, 0, count, base + 11, false);
	measure_distances(rows, scores, 0, count, base + 12, true);
}

/* The unit that is most likely the headline: its own score, and a little for what the first scores find behind it. */
static size_t likely_headline(struct arena *arena, const int *scores, const int *headlines, size_t count)
{
	long *sums = arena_array(arena, long, count + 1), best = LONG_MIN;
	size_t headline = 0;
	for (size_t k = 0; k < count; k++)
		sums[k + 1] = sums[k] + clip(scores[k], 0, 200);
	for (size_t k = 0; k < count; k++) {
		size_t end = k + 1 + HEADLINE_REACH < count ? k + 1 + HEADLINE_REACH : count;
		long behind = sums[end] - sums[k + 1], score = headlines[k] + (behind < 1000 ? behind : 1000) / 5;
		if (score > best)
			best = score, headline = k;
	}
	return headline;
}

/* What the headline's scores say about each unit, see headline_contexts() in train.py. */
static void headline_contexts(struct arena *arena, struct row *rows, const int *scores, const int *headlines, size_t count)
{
	const size_t base = TEXT_FEATURE_COUNT + CONTEXTS;
	size_t headline = likely_headline(arena, scores, headlines, count);
	for (size_t k = 0; k < count; k++) {
		int16_t *v = rows[k].values + base;
		v[0] = (int16_t)headlines[k];
		v[1] = clip((long)k - (long)headline, -200, 500);
		v[2] = (int16_t)headlines[headline];
	}
	measure_distances(rows, headlines, HEADLINE_LIKELY, count, base + 3, false);
	measure_distances(rows, headlines, HEADLINE_LIKELY, count, base + 4, true);
}

/* The models' scores of each unit, added up. */
struct votes {
	int *unit, *headline, *inside, *start, *end;
};

/* Both rounds of one model. The rows of its second round are what it judges by. */
static struct row *hear_model(struct arena *arena, const struct text_forest *forests, const struct text_features *features, size_t count, struct votes *votes)
{
	struct row *rows = arena_array(arena, struct row, count + 1);
	int *scores = arena_array(arena, int, count + 1), *headlines = arena_array(arena, int, count + 1);
	for (size_t k = 0; k < count; k++) {
		arena_tick(arena);
		memcpy(rows[k].values, features[k].values, sizeof features[k].values);
		votes->unit[k] += scores[k] = score_of(&forests[TEXT_FOREST_UNIT], rows[k].values, UNIT_LIMIT);
		votes->headline[k] += headlines[k] = score_of(&forests[TEXT_FOREST_HEADLINE], rows[k].values, LIMIT);
	}
	text_contexts(arena, rows, scores, count);
	headline_contexts(arena, rows, scores, headlines, count);
	for (size_t k = 0; k < count; k++) {
		arena_tick(arena);
		votes->inside[k] += score_of(&forests[TEXT_FOREST_INSIDE], rows[k].values, LIMIT);
		votes->start[k] += score_of(&forests[TEXT_FOREST_START], rows[k].values, LIMIT);
		votes->end[k] += score_of(&forests[TEXT_FOREST_END], rows[k].values, LIMIT);
	}
	return rows;
}

/* The run of units with the greatest sum of inside, of start at its first unit and of end at its last. */
static void find_extent(const struct votes *votes, size_t count, struct text_verdict *verdict)
{
	const int limit = EDGE_LIMIT * TEXT_MODEL_COUNT;
	long best = 0, current = LONG_MIN / 2;
	size_t start = 0;
	for (size_t k = 0; k < count; k++) {
		long opening = EDGE_WEIGHT * (long)(votes->start[k] > limit ? votes->start[k] : limit);
		if (opening > current)
			current = opening, start = k;
		current += votes->inside[k];
		long closing = current + EDGE_WEIGHT * (long)(votes->end[k] > limit ? votes->end[k] : limit);
		if (k == 0 || closing > best)
			best = closing, verdict->first = start, verdict->behind = k + 1;
	}
}

struct text_verdict text_model_judge(struct arena *arena, const struct text_features *features, size_t count)
{
	struct text_verdict verdict = {.keep = arena_array(arena, bool, count + 1), .headline = SIZE_MAX};
	struct votes votes = {arena_array(arena, int, count + 1), arena_array(arena, int, count + 1), arena_array(arena, int, count + 1),
		arena_array(arena, int, count + 1), arena_array(arena, int, count + 1)};
	const struct row *rows[TEXT_MODEL_COUNT];
	for (size_t m = 0; m < TEXT_MODEL_COUNT; m++)
		rows[m] = hear_model(arena, TEXT_FORESTS[m], features, count, &votes);
	for (size_t k = 0; k < count; k++)
		votes.unit[k] /= TEXT_MODEL_COUNT, votes.headline[k] /= TEXT_MODEL_COUNT;
	size_t headline = likely_headline(arena, votes.unit, votes.headline, count);
	if (count && votes.headline[headline] > HEADLINE_LIKELY)
		verdict.headline = headline;
	find_extent(&votes, count, &verdict);
	long sum = 0;
	for (size_t k = verdict.first; k < verdict.behind; k++) {
		int keep = 0;
		arena_tick(arena);
		for (size_t m = 0; m < TEXT_MODEL_COUNT; m++)
			keep += score_of(&TEXT_FORESTS[m][TEXT_FOREST_KEEP], rows[m][k].values, LIMIT);
		verdict.keep[k] = keep > 0;
		sum += votes.inside[k];
	}
	long mean = verdict.behind > verdict.first ? sum / (long)((verdict.behind - verdict.first) * TEXT_MODEL_COUNT) : 0;
	verdict.confidence = clip(50 + mean / 6, 5, 99);
	return verdict;
}
