/* netpass: a batch through the network, and its loss back through it (see network.h for what is computed). */
#ifndef COPYDESK_NETPASS_H
#define COPYDESK_NETPASS_H

#include "tag/train/netbatch.h"
#include "tag/train/netweights.h"

/* What is left out at random while learning, so that nothing is relied on alone. */
struct net_drops {
	float hidden; /* of the numbers that go into a layer */
	float rows;   /* of the rows of a word; those of its vector go together */
	uint64_t *random;
};

/* Each word's numbers on their way; begin with all zero. */
struct net_pass {
	size_t room; /* words */
	size_t group_room;
	float *begin, *begin_gradient; /* sums of rows */
	struct layers_norm begin_norm;
	struct {
		float *factors;  /* of dropout */
		float *inputs, *sums; /* before and behind the matrix */
		struct layers_norm norm;
	} layers[NETWORK_LAYERS_MAX];
	float *factors, *hidden, *hidden_gradient; /* what the head sees */
	float *wide, *narrow;  /* gradients of inputs and of sums */
	float *heads, *scores; /* of all heads; CHAIN_LANES a word */
	float *group_sums;
	uint32_t *kept, *kept_starts; /* rows that were not dropped */
	size_t kept_room;
	struct chain chain;
};

void net_pass_release(struct net_pass *pass);
/* Scores of every word by the shared head and that of its sentence's kind, in pass->scores. Nothing is dropped if `drops` is NULL. */
void net_pass_forward(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch, const struct net_drops *drops);
/* Behind a forward pass: the loss a word by the weights of sentences; its gradients are added to `gradient`. */
double net_pass_backward(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch,
	struct net_weights *gradient);

#endif
