/* adam: learning by means of gradients and of their squares (AdamW; Kingma and Ba 2015, Loshchilov and Hutter 2019). */
#ifndef COPYDESK_ADAM_H
#define COPYDESK_ADAM_H

#include <stddef.h>

struct adam {
	size_t count, steps;
	float *means, *squares; /* `count` each */
};

void adam_init(struct adam *adam, size_t count);
void adam_release(struct adam *adam);
/* One step of all weights. A gradient longer than `longest` is taken as if it were so long (Pascanu, Mikolov, Bengio 2013); it is zero
 * afterwards. `decay`: the share of each weight, times `rate`, that a step takes away. */
void adam_step(struct adam *adam, float *weights, float *gradient, float rate, float decay, float longest);

#endif
