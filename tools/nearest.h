/* nearest: what a mistyped name was meant to be. */
#ifndef COPYDESK_NEAREST_H
#define COPYDESK_NEAREST_H

#include <stddef.h>

/* The candidate that takes fewest edits from `name`, or NULL if none is near. `candidate(i)` returns NULL at the end. */
const char *nearest_name(const char *name, const char *(*candidate)(size_t i, const void *of), const void *of);

#endif
