/* netweights: the numbers that a network of network.h learns, one block of floats, so that weights, gradients and what a learner keeps of
 * each are arrays of one shape. */
#ifndef COPYDESK_NETWEIGHTS_H
#define COPYDESK_NETWEIGHTS_H

#include "tag/network.h"
#include "tag/train/chain.h"

struct net_shape {
	size_t rows, width, layers; /* width: a multiple of 16 */
	size_t reach[NETWORK_LAYERS_MAX];
	bool pool;     /* the last layer sees the form's other occurrences */
	size_t heads;  /* the one that all sentences share, then one for each kind of sentence */
	size_t dimensions; /* of word vectors; 0: the rows of their codes are learned freely (see netvectors.h) */
};

/* Where they are; the block's owner is who made it. */
struct net_weights {
	struct net_shape shape;
	float *block;
	size_t count;
	float *table, *bias, *gain, *shift; /* see network.h */
	struct {
		size_t inputs;
		float *weights, *bias, *gain, *shift;
	} layers[NETWORK_LAYERS_MAX];
	float *head, *head_bias; /* CHAIN_LANES rows of `width` a head, one a row */
	float *transitions;      /* CHAIN_LANES × CHAIN_LANES */
	float *vectors;          /* dimensions × width */
};

size_t net_weights_count(const struct net_shape *shape);
/* Lays them into a block of net_weights_count floats, aligned to 32 bytes, that is as it is. */
void net_weights_place(struct net_weights *weights, const struct net_shape *shape, float *block);
/* Random ones to begin with. */
void net_weights_begin(struct net_weights *weights, uint64_t seed);
/* Adds `share[kind - 1]` of each kind's head to the shared one, for text whose kind isn't known. Call it once. */
void net_weights_blend(struct net_weights *weights, const float *share);

#endif
