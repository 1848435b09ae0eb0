/* crf: see crf.h. */
#include "tag/train/crf.h"

#include "tag/train/chain.h"
#include "tag/train/need.h"
#include "tag/train/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float lanes __attribute__((vector_size(CRF_LANES * sizeof(float)), aligned(4), may_alias));

static size_t find(const uint32_t *keys, const uint32_t *used, size_t mask, uint32_t key)
{
	size_t at = (key * 2654435761u ^ key >> 15) & mask;

	while (used[at] != 0 && keys[at] != key)
		at = (at + 1) & mask;
	return at;
}

/* How often a feature is seen. */
struct seen {
	uint32_t key, times, articles, last; /* `last`: the article that it was last seen in, from 1 */
};

static size_t find_seen(const struct seen *seen, size_t mask, uint32_t key)
{
	size_t at = (key * 2654435761u ^ key >> 15) & mask;

	while (seen[at].times != 0 && seen[at].key != key)
		at = (at + 1) & mask;
	return at;
}

static void count_features(struct seen *seen, size_t slots, const struct crf_articles *articles)
{
	size_t distinct = 0, i = 0;

	for (size_t a = 0; a < articles->count; a++)
		for (; i < articles->ends[a]; i++) {
			struct seen *own = &seen[find_seen(seen, slots - 1, articles->features[i])];
			if (own->times == 0 && ++distinct > slots * 9 / 10)
				return; /* the rest is rarer still */
			own->key = articles->features[i];
			own->times++;
			own->articles += own->last != a + 1;
			own->last = (uint32_t)a + 1;
		}
}

void crf_init(struct crf *crf, const struct crf_articles *articles, const struct crf_rows *rows)
{
	size_t slots = 1 << 20, kept = 0, count = articles->count > 0 ? articles->ends[articles->count - 1] : 0;

	memset(crf, 0, sizeof *crf);
	while (slots < count / 2)
		slots *= 2;
	struct seen *seen = need(calloc(slots, sizeof *seen));
	count_features(seen, slots, articles);
	for (size_t i = 0; i < slots; i++)
		if (seen[i].times >= (uint32_t)rows->least && seen[i].articles >= (uint32_t)rows->spread)
			seen[kept++] = seen[i];
	size_t table = 1024;
	while (table < kept * 2)
		table *= 2;
	crf->mask = table - 1;
	crf->keys = need(calloc(table, sizeof *crf->keys));
	crf->rows = need(calloc(table, sizeof *crf->rows));
	for (size_t i = 0; i < kept; i++) {
		size_t at = find(crf->keys, crf->rows, crf->mask, seen[i].key);
		crf->keys[at] = seen[i].key;
		crf->rows[at] = (uint32_t)++crf->row_count;
	}
	free(seen);
	crf->copies = rows->copies;
	size_t floats = crf->row_count * (size_t)rows->copies * CRF_LANES + CRF_LANES;
	crf->weights = need(aligned_alloc(128, floats * sizeof(float)));
	crf->squares = need(aligned_alloc(128, floats * sizeof(float)));
	crf->average = need(aligned_alloc(128, floats * sizeof(float)));
	memset(crf->weights, 0, floats * sizeof(float));
	memset(crf->squares, 0, floats * sizeof(float));
	memset(crf->average, 0, floats * sizeof(float));
}

void crf_forget(struct crf *crf)
{
	size_t bytes = crf->row_count * (size_t)crf->copies * CRF_LANES * sizeof(float);

	memset(crf->weights, 0, bytes);
	memset(crf->squares, 0, bytes);
	memset(crf->average, 0, bytes);
	memset(crf->transitions, 0, sizeof crf->transitions);
	memset(crf->transition_squares, 0, sizeof crf->transition_squares);
	memset(crf->transition_average, 0, sizeof crf->transition_average);
	crf->averaged = 0;
}

void crf_release(struct crf *crf)
{
	free(crf->keys);
	free(crf->rows);
	free(crf->weights);
	free(crf->squares);
	free(crf->average);
	memset(crf, 0, sizeof *crf);
}

uint32_t crf_row(const struct crf *crf, uint32_t feature)
{
	size_t at = find(crf->keys, crf->rows, crf->mask, feature);

	return crf->rows[at] ? crf->rows[at] - 1 : UINT32_MAX;
}

/* --- one sentence ------------------------------------------------------------------------- */

struct work {
	size_t size;
	float *scores;    /* CRF_LANES a word */
	uint32_t *kept;   /* rows that were not dropped */
	uint32_t *starts;
	size_t kept_size;
	struct chain chain;
};

static void work_fit(struct work *work, const struct crf_sentence *sentence)
{
	size_t rows = sentence->starts[sentence->count] - sentence->starts[0];

	if (sentence->count > work->size) {
		work->size = sentence->count * 2;
		free(work->scores);
		work->scores = need(aligned_alloc(128, work->size * CRF_LANES * sizeof(float)));
		work->starts = need(realloc(work->starts, (work->size + 1) * sizeof *work->starts));
	}
	if (rows > work->kept_size) {
		work->kept_size = rows * 2;
		work->kept = need(realloc(work->kept, work->kept_size * sizeof *work->kept));
	}
}

/* Where a row begins; its copies lie one behind the other. */
static size_t place_of(const struct crf *crf, uint32_t row) { return (size_t)row * (size_t)crf->copies * CRF_LANES; }

static void add_rows(const struct crf *crf, const float *weights, const uint32_t *rows, size_t count, int kind, float *scores)
{
	lanes sum = *(const lanes *)scores;

	for (size_t i = 0; i < count; i++) {
		if (i + 8 < count)
			__builtin_prefetch(weights + place_of(crf, rows[i + 8] & ~CRF_OWN));
		const float *row = weights + place_of(crf, rows[i] & ~CRF_OWN);
		sum += *(const lanes *)row;
		if (kind > 0)
			sum += *(const lanes *)(row + kind * CRF_LANES);
	}
	*(lanes *)scores = sum;
}

static void set_scores(const struct crf *crf, const float *weights, const uint32_t *rows, const uint32_t *starts,
	const struct crf_sentence *sentence, float *scores)
{
	for (size_t i = 0; i < sentence->count; i++) {
		float *own = scores + i * CRF_LANES;
		if (sentence->base)
			memcpy(own, sentence->base + i * CRF_LANES, CRF_LANES * sizeof(float));
		else
			memset(own, 0, CRF_LANES * sizeof(float));
		add_rows(crf, weights, rows + (starts[i] - starts[0]), starts[i + 1] - starts[i], sentence->kind, own);
	}
}

/* AdaGrad with a proximal step for L1 (Duchi et al. 2011, §5): labels without evidence go to exactly 0, so rows pack small. */
static void adagrad(float *restrict weights, float *restrict squares, const float *restrict gradient, float rate,
	const struct crf_options *options)
{
	float decay = options->decay, lasso = options->lasso;

	for (int y = 0; y < CRF_LANES; y++) {
		squares[y] += gradient[y] * gradient[y];
		float step = rate / (sqrtf(squares[y]) + 1e-3f);
		float weight = weights[y] - step * (gradient[y] + decay * weights[y]);
		float cut = step * lasso, size = fabsf(weight) - cut;
		weights[y] = copysignf(size > 0 ? size : 0, weight);
	}
}

/* Leaves out features at random, and of some words all that tell which word it is: with them a word is learned by heart, without them what
 * else gives a new one away. */
static void drop(struct work *work, const struct crf_sentence *sentence, const struct crf_options *options, uint64_t *random)
{
	uint32_t limit = (uint32_t)(options->dropout * 65536.0f), forget = (uint32_t)(options->forget * 65536.0f), kept = 0;
	const uint32_t *features = sentence->features;

	for (size_t i = 0; i < sentence->count; i++) {
		uint64_t bits = 0;
		int left = 0;
		bool forgotten = forget > 0 && (random_next(random) & 0xFFFF) < forget;
		work->starts[i] = kept;
		for (size_t f = sentence->starts[i] - sentence->starts[0]; f < sentence->starts[i + 1] - sentence->starts[0]; f++) {
			if (left-- == 0) {
				bits = random_next(random);
				left = 3;
			}
			if ((bits & 0xFFFF) >= limit && !(forgotten && features[f] & CRF_OWN))
				work->kept[kept++] = features[f] & ~CRF_OWN;
			bits >>= 16;
		}
	}
	work->starts[sentence->count] = kept;
}

static void learn(struct crf *crf, struct work *work, const struct crf_sentence *sentence, const struct crf_options *options, float rate,
	uint64_t *random)
{
	struct chain *chain = &work->chain;

	work_fit(work, sentence);
	drop(work, sentence, options, random);
	set_scores(crf, crf->weights, work->kept, work->starts, sentence, work->scores);
	chain_follow(chain, (const float(*)[CRF_LANES])crf->transitions);
	chain_loss(chain, work->scores, sentence->allowed, sentence->count);
	for (size_t i = 0; i < sentence->count; i++) {
		float gradient[CRF_LANES], most = 0;
		for (int y = 0; y < CRF_LANES; y++) {
			gradient[y] = sentence->weight * (chain->free_marginal[i * CRF_LANES + (size_t)y] - chain->bound_marginal[i * CRF_LANES + (size_t)y]);
			most = fabsf(gradient[y]) > most ? fabsf(gradient[y]) : most;
		}
		if (!(most > 4e-3f) || most > 1.5f)
			continue;
		for (uint32_t f = work->starts[i]; f < work->starts[i + 1]; f++) {
			size_t row = place_of(crf, work->kept[f]), own = row + (size_t)sentence->kind * CRF_LANES;
			if (f + 6 < work->starts[i + 1])
				__builtin_prefetch(crf->squares + place_of(crf, work->kept[f + 6]), 1);
			adagrad(crf->weights + row, crf->squares + row, gradient, rate, options);
			if (own != row)
				adagrad(crf->weights + own, crf->squares + own, gradient, rate, options);
		}
	}
	for (int y = 0; y < LABELS; y++) {
		float gradient[CRF_LANES];
		for (int z = 0; z < CRF_LANES; z++)
			gradient[z] = sentence->weight * (chain->pair_free[y][z] - chain->pair_bound[y][z]);
		adagrad(crf->transitions[y], crf->transition_squares[y], gradient, rate, options);
	}
}

static void average(struct crf *crf)
{
	float share = 1.0f / (float)++crf->averaged;

	for (size_t i = 0; i < place_of(crf, (uint32_t)crf->row_count); i++)
		crf->average[i] += (crf->weights[i] - crf->average[i]) * share;
	for (int y = 0; y < CRF_LANES; y++)
		for (int z = 0; z < CRF_LANES; z++)
			crf->transition_average[y][z] += (crf->transitions[y][z] - crf->transition_average[y][z]) * share;
}

void crf_train(struct crf *crf, const struct crf_sentence *sentences, size_t count, const struct crf_options *options)
{
	struct work work = {0};
	uint64_t random = options->seed;
	uint32_t *order = need(malloc(count * sizeof *order));

	for (size_t i = 0; i < count; i++)
		order[i] = (uint32_t)i;
	for (int epoch = 0; epoch < options->epochs; epoch++) {
		clock_t begun = clock();
		random_shuffle(&random, order, count);
		float rate = options->rate * (1.0f - 0.7f * (float)epoch / (float)options->epochs);
		for (size_t i = 0; i < count; i++)
			if (sentences[order[i]].count > 0)
				learn(crf, &work, &sentences[order[i]], options, rate, &random);
		if (epoch >= options->epochs - options->averaged)
			average(crf);
		fprintf(stderr, "%s: epoch %d of %d, %.1f s\n", options->name, epoch + 1, options->epochs,
			(double)(clock() - begun) / CLOCKS_PER_SEC);
	}
	free(order);
	chain_release(&work.chain);
	free(work.scores);
	free(work.kept);
	free(work.starts);
}

void crf_score(const struct crf *crf, const struct crf_sentence *sentence, float *scores)
{
	set_scores(crf, crf->average, sentence->features, sentence->starts, sentence, scores);
}

void crf_blend(struct crf *crf, const float *share)
{
	for (uint32_t row = 0; row < crf->row_count; row++) {
		float *shared = crf->average + place_of(crf, row);
		for (int kind = 1; kind < crf->copies; kind++)
			for (int y = 0; y < CRF_LANES; y++)
				shared[y] += share[kind - 1] * shared[kind * CRF_LANES + y];
	}
}
