/* netpack: a learned network as the section of a model file that network.h describes: bytes instead of floats. */
#ifndef COPYDESK_NETPACK_H
#define COPYDESK_NETPACK_H

#include "base/buf.h"
#include "tag/train/netweights.h"

/* Appends it. Scores are those of the shared head, times `factor`. */
void netpack_append(struct buf *out, const struct net_weights *weights, float factor);
/* The scale at which `count` values lose least as whole numbers from -127 to 127, what is beyond being cut off; 0 if all are 0. */
float netpack_scale(const float *values, size_t count);

#endif
