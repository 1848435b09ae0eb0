/* kmeans: parts points on the unit sphere into clusters (spherical k-means; Dhillon and Modha 2001). Deterministic. */
#ifndef COPYDESK_KMEANS_H
#define COPYDESK_KMEANS_H

#include <stddef.h>
#include <stdint.h>

struct points {
	float *values; /* `width` a point, each point of length 1 */
	size_t count, width;
};

/* Brings every point to length 1; what has none stays. */
void points_normalise(struct points *points);
/* assigned[i] is point i's cluster, from 0; seeds are taken from the first eighth, so frequent words belong there. Returns the centres,
 * `clusters` points of length 1 that the caller frees. */
struct points kmeans(const struct points *points, size_t clusters, int rounds, uint32_t *assigned);

#endif
