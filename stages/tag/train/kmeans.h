/* kmeans: parts points into clusters: those on the unit sphere (spherical k-means; Dhillon and Modha 2001), or those anywhere. Deterministic. */
#ifndef COPYDESK_KMEANS_H
#define COPYDESK_KMEANS_H

#include <stddef.h>
#include <stdint.h>

struct points {
	float *values; /* `width` a point */
	size_t count, width;
};

/* Brings every point to length 1; what has none stays. */
void points_normalise(struct points *points);
/* Of points of length 1: assigned[i] is point i's cluster, from 0; seeds are among the first points, 8 a cluster, so frequent words belong
 * there. Returns the centres, `clusters` points of length 1 that the caller frees. */
struct points kmeans(const struct points *points, size_t clusters, int rounds, uint32_t *assigned);
/* The same of points of any length, by distance; a centre is its points' mean, and the first ones are taken from all points. */
struct points kmeans_near(const struct points *points, size_t clusters, int rounds, uint32_t *assigned);

#endif
