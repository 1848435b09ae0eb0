/* tagchain: scores of a short chain of labels, at random. */
#ifndef COPYDESK_TAGCHAIN_H
#define COPYDESK_TAGCHAIN_H

#include "tag/labels.h"

#define WORDS 4

static int32_t transitions[LABELS][LABELS]; /* what isn't valid is forbidden */
static int32_t emissions[WORDS][LABELS];

/* -50 to 49 */
static int32_t noise(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (int32_t)(*seed >> 33) % 100 - 50;
}

static void fill_with_noise(uint64_t *seed)
{
	for (int y = 0; y < LABELS; y++)
		for (int z = 0; z < LABELS; z++)
			transitions[y][z] = label_allows(y, z) ? noise(seed) : INT32_MIN / 4;
	for (int i = 0; i < WORDS; i++)
		for (int y = 0; y < LABELS; y++)
			emissions[i][y] = noise(seed);
}

#endif
