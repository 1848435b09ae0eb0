/* shortid: how the index keeps an article's id. Hexadecimal ids, as copydesk-extract makes them, take half their length: a byte
 * 0xFF, which no id begins with since ids are UTF-8, and the bytes they spell. All others are kept as they are. One id has one
 * short form. */
#ifndef COPYDESK_SHORTID_H
#define COPYDESK_SHORTID_H

#include "base/arena.h"

/* Arena memory, or the id itself. */
struct slice shortid_of(struct arena *arena, struct slice id);
/* The id again. */
struct slice shortid_text(struct arena *arena, struct slice kept);

#endif
