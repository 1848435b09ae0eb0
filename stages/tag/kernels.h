/* kernels: the network's arithmetic over a few words at a time. Which words and what stands around them is network.c's.
 *
 * h is int16 in units of 1/NETWORK_UNITS. Sums of products are int32 and can't overflow: |h| is below 2^13 and a weight below 2^7, and no
 * layer has more than 4 × NETWORK_WIDTH_MAX inputs. What is float is added in lanes of eight, whatever the machine's registers are. */
#ifndef COPYDESK_KERNELS_H
#define COPYDESK_KERNELS_H

#include "tag/network.h"

#define KERNEL_WORDS 16 /* at most, of one call */
#define KERNEL_INPUTS_MAX (4 * NETWORK_WIDTH_MAX)
#define KERNEL_FORMS 4

/* One form of the arithmetic, for one width of registers. All give the same numbers. */
struct kernels {
	const char *name;
	/* h of a word alone, from its `count` rows (at most VIEWS_MAX) of the table. */
	void (*word)(const struct network *network, const uint32_t *rows, size_t count, int16_t *h);
	/* The next h of `words` words, width numbers each, from their `count` inputs each, the first of layer->inputs, a word's own h second among
	 * them. Room for KERNEL_WORDS of both. */
	void (*layer)(const struct network *network, const struct network_layer *layer, const int16_t *inputs, size_t count, size_t words,
		int16_t *h);
	/* Scores of `words` words in whole units, cut off beyond ±NETWORK_SCORE_MAX. Room for KERNEL_WORDS of h. */
	void (*head)(const struct network *network, const int16_t *h, size_t words, int32_t (*scores)[NETWORK_LABELS]);
};

/* The forms that this machine can run, the fastest first; returns their number. */
size_t kernels_list(const struct kernels *list[KERNEL_FORMS]);
/* Weights of `outputs` outputs (a multiple of 32) × `inputs` inputs (an even number) in the order in which all forms take them: by blocks of
 * outputs, of each block pairs of inputs, of each pair all outputs. `packed` has outputs × inputs numbers. */
void kernel_pack(const int8_t *weights, size_t inputs, size_t outputs, int16_t *packed);
/* The mean of `others` occurrences: `sum` is theirs and that of `own`. */
void kernel_mean(const int32_t *sum, const int16_t *own, size_t others, size_t width, int16_t *mean);

#endif
