/* nettrain: see nettrain.h. */
#include "tag/train/nettrain.h"

#include "tag/train/need.h"
#include "tag/train/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONGEST 1.0f /* gradient */
#define RISING 0.05
#define LEAST 0.02

void net_learner_init(struct net_learner *learner, struct net_weights *weights, uint64_t seed)
{
	size_t bytes = (weights->count * sizeof(float) + 63) / 64 * 64;
	float *block = need(aligned_alloc(64, bytes));

	memset(block, 0, bytes);
	*learner = (struct net_learner){.weights = weights, .random = seed};
	net_weights_place(&learner->gradient, &weights->shape, block);
	adam_init(&learner->adam, weights->count);
}

void net_learner_release(struct net_learner *learner)
{
	free(learner->gradient.block);
	adam_release(&learner->adam);
	net_pass_release(&learner->pass);
}

double net_learner_step(struct net_learner *learner, const struct net_batch *batch, const struct net_options *options, float rate)
{
	struct net_drops drops = {.hidden = options->dropout, .rows = options->rows, .random = &learner->random};

	net_vectors_spread(learner->weights, &options->centres);
	net_pass_forward(&learner->pass, learner->weights, batch, &drops);
	double loss = net_pass_backward(&learner->pass, learner->weights, batch, &learner->gradient);
	net_vectors_gather(&learner->gradient, &options->centres);
	adam_step(&learner->adam, learner->weights->block, learner->gradient.block, rate, options->decay, LONGEST);
	return loss;
}

/* The share of the rate at a point of the whole, from 0 to 1. */
static float share_at(double point)
{
	double falling = (1 - point) / (1 - RISING), rising = point / RISING;

	if (falling < LEAST)
		falling = LEAST;
	return (float)(rising < falling ? rising : falling);
}

/* Takes articles from `from` on until they have words enough; returns where the next batch begins. */
static size_t take(struct net_batch *batch, const struct net_article *articles, const uint32_t *order, size_t from, size_t count, size_t words)
{
	net_batch_clear(batch);
	while (from < count && batch->count < words)
		net_batch_add(batch, &articles[order[from++]]);
	return from;
}

void net_train(struct net_weights *weights, const struct net_article *articles, size_t count, const struct net_options *options)
{
	struct net_learner learner;
	struct net_batch batch = {0};
	uint32_t *order = need(malloc((count + 1) * sizeof *order));
	size_t words = 0, seen = 0;

	net_learner_init(&learner, weights, options->seed);
	for (size_t i = 0; i < count; i++) {
		order[i] = (uint32_t)i;
		words += articles[i].document->count;
	}
	for (int epoch = 0; epoch < options->epochs; epoch++) {
		clock_t begun = clock();
		size_t before = seen;
		double loss = 0;
		random_shuffle(&learner.random, order, count);
		for (size_t at = 0; at < count;) {
			at = take(&batch, articles, order, at, count, options->words);
			if (batch.count == 0)
				continue;
			seen += batch.count;
			float share = share_at((double)seen / ((double)words * options->epochs));
			loss += (double)batch.count * net_learner_step(&learner, &batch, options, options->rate * share);
		}
		fprintf(stderr, "%s: epoch %d of %d, loss %.4f, %.1f s\n", options->name, epoch + 1, options->epochs,
			loss / (double)(seen - before), (double)(clock() - begun) / CLOCKS_PER_SEC);
	}
	net_vectors_spread(weights, &options->centres);
	free(order);
	net_batch_release(&batch);
	net_learner_release(&learner);
}
