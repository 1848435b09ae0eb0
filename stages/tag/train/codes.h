/* codes: word vectors as LEXICON_PARTS codes each (product quantization; Jégou, Douze, Schmid 2011): what the network gets to see of them. */
#ifndef COPYDESK_CODES_H
#define COPYDESK_CODES_H

#include "tag/lexicon.h"
#include "tag/train/kmeans.h"

/* codes[i] are point i's. The mean of the points must be zero, and their width a multiple of LEXICON_PARTS. Returns the share of the points'
 * variance that is lost. */
double codes_make(const struct points *points, uint8_t (*codes)[LEXICON_PARTS]);
/* What the codes of the same points stand for: [LEXICON_PARTS][LEXICON_CODES][width / LEXICON_PARTS] places along the part's axes, the points'
 * deviation being 1; 0 for a code that no point has. */
void codes_centres(const struct points *points, const uint8_t (*codes)[LEXICON_PARTS], float *centres);

#endif
