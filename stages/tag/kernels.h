/* kernels: the network's arithmetic over a few words at a time. Which words and what stands around them is network.c's.
 *
 * h is int16 in units of 1/NETWORK_UNITS. Sums of products are int32 and can't overflow: |h| is below 2^13 and a weight below 2^7, and no
 * layer has more than 4 × NETWORK_WIDTH_MAX inputs. What is float is added in lanes of eight, whatever the machine's registers are. */
#ifndef COPYDESK_KERNELS_H
#define COPYDESK_KERNELS_H

#include "tag/network.h"

#define KERNEL_WORDS 16 /* at most, of one call */
#define KERNEL_INPUTS_MAX (4 * NETWORK_WIDTH_MAX)

/* h of a word alone, from its `count` rows (at most VIEWS_MAX) of the table. */
void kernel_word(const struct network *network, const uint32_t *rows, size_t count, int16_t *h);
/* The mean of `others` occurrences: `sum` is theirs and that of `own`. */
void kernel_mean(const int32_t *sum, const int16_t *own, size_t others, size_t width, int16_t *mean);
/* The next h of `words` words, width numbers each, from their `count` inputs each, the first of layer->inputs, a word's own h second among them.
 * Room for KERNEL_WORDS of both. */
void kernel_layer(const struct network *network, const struct network_layer *layer, const int16_t *inputs, size_t count, size_t words,
	int16_t *h);
/* Scores of `words` words in whole units, cut off beyond ±NETWORK_SCORE_MAX. Room for KERNEL_WORDS of h. */
void kernel_head(const struct network *network, const int16_t *h, size_t words, int32_t (*scores)[NETWORK_LABELS]);

#endif
