/* chain: what a linear chain of labels says of one sentence whose scores are known: the loss and where it falls.
 *
 * The loss is log Z(all valid paths) − log Z(paths within `allowed`); with fully known labels that is the usual conditional likelihood
 * (Lafferty et al. 2001), with partly known ones the marginal one (Tsuboi et al. 2008). A sentence begins and ends as if an O stood there. */
#ifndef COPYDESK_CHAIN_H
#define COPYDESK_CHAIN_H

#include "tag/labels.h"

#include <stddef.h>
#include <stdint.h>

#define CHAIN_LANES 32 /* labels, padded */

/* Room for sentences; begin with all zero. */
struct chain {
	size_t size;
	float *alpha, *beta, *free_marginal, *bound_marginal; /* CHAIN_LANES a word */
	float exp_transitions[CHAIN_LANES][CHAIN_LANES];
	float pair_free[CHAIN_LANES][CHAIN_LANES], pair_bound[CHAIN_LANES][CHAIN_LANES];
};

void chain_release(struct chain *chain);
/* Takes the scores of transitions; those that labels.h forbids have none. Call it first, and again when they have changed. */
void chain_follow(struct chain *chain, const float transitions[CHAIN_LANES][CHAIN_LANES]);
/* The loss of a sentence with `scores`, CHAIN_LANES a word. Its gradients: by scores free_marginal − bound_marginal, by transitions
 * pair_free − pair_bound. */
double chain_loss(struct chain *chain, const float *scores, const uint32_t *allowed, size_t count);

#endif
