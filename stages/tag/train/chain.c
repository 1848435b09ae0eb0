/* chain: see chain.h. */
#include "tag/train/chain.h"

#include "tag/train/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef float lanes __attribute__((vector_size(CHAIN_LANES * sizeof(float)), aligned(4), may_alias));

void chain_release(struct chain *chain)
{
	float *arrays[] = {chain->alpha, chain->beta, chain->free_marginal, chain->bound_marginal};

	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
		free(arrays[i]);
	memset(chain, 0, sizeof *chain);
}

static void fit(struct chain *chain, size_t count)
{
	float **arrays[] = {&chain->alpha, &chain->beta, &chain->free_marginal, &chain->bound_marginal};

	if (count <= chain->size)
		return;
	chain->size = count * 2;
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
		free(*arrays[i]);
		*arrays[i] = need(aligned_alloc(128, chain->size * CHAIN_LANES * sizeof(float)));
	}
}

void chain_follow(struct chain *chain, const float transitions[CHAIN_LANES][CHAIN_LANES])
{
	for (int y = 0; y < LABELS; y++)
		for (int z = 0; z < CHAIN_LANES; z++)
			chain->exp_transitions[y][z] = z < LABELS && label_allows(y, z) ? expf(transitions[y][z]) : 0;
}

static float normalise(float *values)
{
	float sum = 0;

	for (int i = 0; i < CHAIN_LANES; i++)
		sum += values[i];
	float scale = 1 / (sum > 1e-30f ? sum : 1e-30f);
	for (int i = 0; i < CHAIN_LANES; i++)
		values[i] *= scale;
	return sum;
}

/* exp(score) of the labels in `allowed` (NULL: of all), beside the best one's; returns the sum of what the best ones score. */
static double potentials(const float *scores, const uint32_t *allowed, size_t count, float *potential)
{
	double total = 0;

	for (size_t i = 0; i < count; i++) {
		float *p = potential + i * CHAIN_LANES;
		const float *score = scores + i * CHAIN_LANES;
		uint32_t set = allowed ? allowed[i] : (1u << LABELS) - 1;
		float most = -1e30f;
		for (int y = 0; y < LABELS; y++)
			if (set >> y & 1 && score[y] > most)
				most = score[y];
		for (int y = 0; y < CHAIN_LANES; y++)
			p[y] = y < LABELS && set >> y & 1 ? expf(score[y] - most) + 1e-20f : 0;
		total += (double)most;
	}
	return total;
}

/* What paths up to each word weigh, by its label, each word's brought to a sum of 1; returns the logarithm of what was taken out. */
static double forward(const struct chain *chain, const float *potential, size_t count)
{
	const float(*trans)[CHAIN_LANES] = chain->exp_transitions;
	lanes *alpha = (lanes *)chain->alpha;
	double total = 0;

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
		alpha[i] = sum * *(const lanes *)(potential + i * CHAIN_LANES);
		total += log((double)normalise((float *)&alpha[i]));
	}
	return total;
}

/* Marginals of every label and, added up over the sentence, of every pair; labels outside of `allowed` (NULL: none is) have none. Returns
 * log Z. */
static double marginals(struct chain *chain, const float *scores, const uint32_t *allowed, size_t count, float *marginal,
	float pair[CHAIN_LANES][CHAIN_LANES])
{
	const float(*trans)[CHAIN_LANES] = (const float(*)[CHAIN_LANES])chain->exp_transitions;
	float *potential = marginal; /* overwritten by the marginal */
	double total = potentials(scores, allowed, count, potential);
	lanes *alpha = (lanes *)chain->alpha, *beta = (lanes *)chain->beta;
	float end[CHAIN_LANES] = {0}, ended = 0;

	total += forward(chain, potential, count);
	for (int y = 0; y < LABELS; y++) {
		end[y] = label_allows(y, LABEL_O) ? 1.0f : 0.0f;
		ended += end[y] * chain->alpha[(count - 1) * CHAIN_LANES + (size_t)y];
	}
	memcpy(&beta[count - 1], end, sizeof end);
	for (size_t i = count - 1; i > 0; i--) {
		lanes after = beta[i] * *(const lanes *)(potential + i * CHAIN_LANES);
		const float *a = (const float *)&alpha[i - 1];
		float out[CHAIN_LANES] = {0}, sums = 0;
		lanes products[LABELS];
		for (int y = 0; y < LABELS; y++) {
			lanes product = *(const lanes *)trans[y] * after;
			float sum = 0;
			for (int z = 0; z < CHAIN_LANES; z++)
				sum += product[z];
			products[y] = product;
			out[y] = sum;
			sums += a[y] * sum;
		}
		float scale = 1 / (sums > 1e-30f ? sums : 1e-30f);
		for (int y = 0; y < LABELS; y++)
			if (a[y] > 0)
				*(lanes *)pair[y] += (a[y] * scale) * products[y];
		memcpy(&beta[i - 1], out, sizeof out);
		normalise((float *)&beta[i - 1]);
	}
	for (size_t i = 0; i < count; i++) {
		lanes product = alpha[i] * beta[i];
		memcpy(marginal + i * CHAIN_LANES, &product, sizeof product);
		normalise(marginal + i * CHAIN_LANES);
	}
	return total + log((double)ended);
}

double chain_loss(struct chain *chain, const float *scores, const uint32_t *allowed, size_t count)
{
	fit(chain, count);
	memset(chain->pair_free, 0, sizeof chain->pair_free);
	memset(chain->pair_bound, 0, sizeof chain->pair_bound);
	double all = marginals(chain, scores, NULL, count, chain->free_marginal, chain->pair_free);
	double within = marginals(chain, scores, allowed, count, chain->bound_marginal, chain->pair_bound);
	for (int y = 0; y < CHAIN_LANES; y++) { /* a sentence begins as behind an O */
		chain->pair_free[LABEL_O][y] += chain->free_marginal[y];
		chain->pair_bound[LABEL_O][y] += chain->bound_marginal[y];
	}
	return all - within;
}
