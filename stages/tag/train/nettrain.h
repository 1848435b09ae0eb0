/* nettrain: a network learns from annotated articles. */
#ifndef COPYDESK_NETTRAIN_H
#define COPYDESK_NETTRAIN_H

#include "tag/train/adam.h"
#include "tag/train/netpass.h"
#include "tag/train/netvectors.h"

struct net_options {
	int epochs;
	size_t words;        /* of a batch, at least */
	float rate, decay;   /* see adam.h; the rate rises over the first twentieth and falls to a fiftieth */
	float dropout, rows; /* see struct net_drops */
	struct net_centres centres; /* of word vectors' codes; with shape.dimensions */
	uint64_t seed;
	const char *name;    /* for progress */
};

/* One that learns. */
struct net_learner {
	struct net_weights *weights, gradient;
	struct adam adam;
	struct net_pass pass;
	uint64_t random;
};

void net_learner_init(struct net_learner *learner, struct net_weights *weights, uint64_t seed);
void net_learner_release(struct net_learner *learner);
/* Learns from one batch; returns the loss a word. Rows of codes lag a step behind their vectors: net_vectors_spread brings them up. */
double net_learner_step(struct net_learner *learner, const struct net_batch *batch, const struct net_options *options, float rate);

/* All of it, from weights as they are; the same articles make the same weights. */
void net_train(struct net_weights *weights, const struct net_article *articles, size_t count, const struct net_options *options);

#endif
