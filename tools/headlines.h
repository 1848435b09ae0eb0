/* headlines: a memory from article id to headline, so that a copy can be shown with the headline of its original. Bounded: when it
 * is full, all is forgotten. */
#ifndef COPYDESK_HEADLINES_H
#define COPYDESK_HEADLINES_H

#include "base/slice.h"

struct headlines;

/* NULL without memory; the calls below take NULL: nothing is remembered then. */
struct headlines *headlines_create(void);
void headlines_destroy(struct headlines **headlines);
/* Both are copied; the first headline of an id stays. */
void headlines_add(struct headlines *headlines, struct slice id, struct slice headline);
/* SLICE_NONE if unknown. */
struct slice headlines_find(const struct headlines *headlines, struct slice id);

#endif
