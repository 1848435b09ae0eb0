/* crf: see crf.h. */
#include "tag/train/crf.h"

#include "tag/train/need.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float lanes __attribute__((vector_size(CRF_LANES * sizeof(float)), aligned(4), may_alias));

static uint64_t next_random(uint64_t *state) /* splitmix64 (Vigna, public domain) */
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15u);

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

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
	float *scores, *alpha, *beta, *free_marginal, *bound_marginal; /* CRF_LANES a word */
	uint32_t *kept;   /* rows that were not dropped */
	uint32_t *starts;
	size_t kept_size;
	float exp_transitions[CRF_LANES][CRF_LANES];
	float pair_free[CRF_LANES][CRF_LANES], pair_bound[CRF_LANES][CRF_LANES];
};

static void work_fit(struct work *work, const struct crf_sentence *sentence)
{
	size_t rows = sentence->starts[sentence->count] - sentence->starts[0];

	if (sentence->count > work->size) {
		work->size = sentence->count * 2;
		float **arrays[] = {&work->scores, &work->alpha, &work->beta, &work->free_marginal, &work->bound_marginal};
		for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
			free(*arrays[i]);
			*arrays[i] = need(aligned_alloc(128, work->size * CRF_LANES * sizeof(float)));
		}
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

static float normalise(float *values)
{
	float sum = 0;

	for (int i = 0; i < CRF_LANES; i++)
		sum += values[i];
	float scale = 1 / (sum > 1e-30f ? sum : 1e-30f);
	for (int i = 0; i < CRF_LANES; i++)
		values[i] *= scale;
	return sum;
}

/* Marginals of every label and, added up over the sentence, of every pair; labels outside of `allowed` (NULL: none is) have none. */
static void marginals(struct work *work, const struct crf_sentence *sentence, const uint32_t *allowed, float *marginal,
	float pair[CRF_LANES][CRF_LANES])
{
	size_t count = sentence->count;
	const float(*trans)[CRF_LANES] = (const float(*)[CRF_LANES])work->exp_transitions;
	float *potential = marginal; /* exp(score), then overwritten by the marginal */

	for (size_t i = 0; i < count; i++) {
		float *p = potential + i * CRF_LANES;
		const float *score = work->scores + i * CRF_LANES;
		uint32_t set = allowed ? allowed[i] : (1u << LABELS) - 1;
		float most = -1e30f;
		for (int y = 0; y < LABELS; y++)
			if (set >> y & 1 && score[y] > most)
				most = score[y];
		for (int y = 0; y < CRF_LANES; y++)
			p[y] = y < LABELS && set >> y & 1 ? expf(score[y] - most) + 1e-20f : 0;
	}
	lanes *alpha = (lanes *)work->alpha, *beta = (lanes *)work->beta;
	for (size_t i = 0; i < count; i++) {
		lanes sum = {0};
		if (i == 0) {
			sum = *(const lanes *)trans[LABEL_O];
		} else {
			const float *before = (const float *)&alpha[i - 1];
			for (int y = 0; y < LABELS; y++)
				if (before[y] > 0)
					sum += before[y] * *(const lanes *)trans[y];
		}
		alpha[i] = sum * *(const lanes *)(potential + i * CRF_LANES);
		normalise((float *)&alpha[i]);
	}
	float end[CRF_LANES] = {0};
	for (int y = 0; y < LABELS; y++)
		end[y] = label_allows(y, LABEL_O) ? 1.0f : 0.0f;
	memcpy(&beta[count - 1], end, sizeof end);
	for (size_t i = count - 1; i > 0; i--) {
		lanes after = beta[i] * *(const lanes *)(potential + i * CRF_LANES);
		const float *a = (const float *)&alpha[i - 1];
		float out[CRF_LANES] = {0}, total = 0;
		lanes products[LABELS];
		for (int y = 0; y < LABELS; y++) {
			lanes product = *(const lanes *)trans[y] * after;
			float sum = 0;
			for (int z = 0; z < CRF_LANES; z++)
				sum += product[z];
			products[y] = product;
			out[y] = sum;
			total += a[y] * sum;
		}
		float scale = 1 / (total > 1e-30f ? total : 1e-30f);
		for (int y = 0; y < LABELS; y++)
			if (a[y] > 0)
				*(lanes *)pair[y] += (a[y] * scale) * products[y];
		memcpy(&beta[i - 1], out, sizeof out);
		normalise((float *)&beta[i - 1]);
	}
	for (size_t i = 0; i < count; i++) {
		lanes product = alpha[i] * beta[i];
		memcpy(marginal + i * CRF_LANES, &product, sizeof product);
		normalise(marginal + i * CRF_LANES);
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
		bool forgotten = forget > 0 && (next_random(random) & 0xFFFF) < forget;
		work->starts[i] = kept;
		for (size_t f = sentence->starts[i] - sentence->starts[0]; f < sentence->starts[i + 1] - sentence->starts[0]; f++) {
			if (left-- == 0) {
				bits = next_random(random);
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
	work_fit(work, sentence);
	drop(work, sentence, options, random);
	set_scores(crf, crf->weights, work->kept, work->starts, sentence, work->scores);
	for (int y = 0; y < LABELS; y++)
		for (int z = 0; z < CRF_LANES; z++)
			work->exp_transitions[y][z] = z < LABELS && label_allows(y, z) ? expf(crf->transitions[y][z]) : 0;
	memset(work->pair_free, 0, sizeof work->pair_free);
	memset(work->pair_bound, 0, sizeof work->pair_bound);
	marginals(work, sentence, NULL, work->free_marginal, work->pair_free);
	marginals(work, sentence, sentence->allowed, work->bound_marginal, work->pair_bound);
	for (int y = 0; y < CRF_LANES; y++) { /* a sentence begins as behind an O */
		work->pair_free[LABEL_O][y] += work->free_marginal[y];
		work->pair_bound[LABEL_O][y] += work->bound_marginal[y];
	}
	for (size_t i = 0; i < sentence->count; i++) {
		float gradient[CRF_LANES], most = 0;
		for (int y = 0; y < CRF_LANES; y++) {
			gradient[y] = sentence->weight * (work->free_marginal[i * CRF_LANES + (size_t)y] - work->bound_marginal[i * CRF_LANES + (size_t)y]);
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
			gradient[z] = sentence->weight * (work->pair_free[y][z] - work->pair_bound[y][z]);
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
		for (size_t i = count; i > 1; i--) {
			size_t j = next_random(&random) % i;
			uint32_t swap = order[i - 1];
			order[i - 1] = order[j];
			order[j] = swap;
		}
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
	float *arrays[] = {work.scores, work.alpha, work.beta, work.free_marginal, work.bound_marginal};
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
		free(arrays[i]);
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
