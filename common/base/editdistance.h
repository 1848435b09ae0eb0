/* editdistance: how far two words are apart, for telling what a mistyped name was meant to be. */
#ifndef COPYDESK_EDITDISTANCE_H
#define COPYDESK_EDITDISTANCE_H

#include "base/slice.h"

/* The number of edits (insert, delete, replace a byte, swap neighbours) between two names: optimal string alignment distance.
 * SIZE_MAX if one is longer than 96 bytes. */
size_t edit_distance(struct slice a, struct slice b);

#endif
