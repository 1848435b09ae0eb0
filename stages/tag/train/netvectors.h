/* netvectors: the rows that word vectors' codes have in a network's table, tied to each other: each is what one matrix makes of the code's
 * centre. A network that may choose every such row freely learns them by heart (2560 of them, each seen in other company), one that learns what
 * the vectors' dimensions say (50) doesn't. What reads the table needn't know. */
#ifndef COPYDESK_NETVECTORS_H
#define COPYDESK_NETVECTORS_H

#include "tag/train/netweights.h"

/* Centres of all codes: [LEXICON_PARTS][LEXICON_CODES][each]. */
struct net_centres {
	const float *values; /* NULL: there are none, and rows are free */
	size_t each;
};

/* Reads LEXICON_PARTS × LEXICON_CODES lines of as many numbers each, as tag-families writes them; the values are the caller's to free. */
bool net_centres_read(struct net_centres *centres, const char *path, struct error *error);
/* Makes the rows of codes of the table from weights->vectors. */
void net_vectors_spread(struct net_weights *weights, const struct net_centres *centres);
/* Turns the gradient of these rows into one of vectors, which it is added to; that of the rows is then 0. */
void net_vectors_gather(struct net_weights *gradient, const struct net_centres *centres);

#endif
