/* likeness: whether two articles are one story, told from their sketches alone.
 *
 * A pure and symmetric function of the two sketches: whichever of two copies asks, wherever, the answer is the same. */
#ifndef COPYDESK_LIKENESS_H
#define COPYDESK_LIKENESS_H

#include "dedup/sketch.h"

/* Items below the common threshold of two samples. Shares of an empty sample are 0 of 0. */
struct overlap {
	uint32_t shared, smaller, larger; /* smaller, larger: items of either side there */
};

struct likeness {
	struct overlap parts[SAMPLE_COUNT];
	uint32_t similarity;  /* Jaccard of the bodies' shingles, in 1/1000 */
	uint32_t containment; /* share of the smaller body found in the larger, in 1/1000 */
	int64_t apart;        /* s between the two */
	bool same_exact, same_headline;
	int score;            /* log-odds of being one story, in 1/1000: positive is yes */
};

/* Compares two articles by their sketches alone. */
struct likeness likeness_of(const struct sketch *a, const struct sketch *b);

#endif
