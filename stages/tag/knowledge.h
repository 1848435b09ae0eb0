/* knowledge: a user's file that gives identifiers to names: lines `name TAB id [TAB type]`, `#` begins a comment. The name is matched
 * whole and without case, the type, where given, must be the entity's. The first line that fits wins; unknown stays unlinked. */
#ifndef COPYDESK_KNOWLEDGE_H
#define COPYDESK_KNOWLEDGE_H

#include "base/arena.h"
#include "base/error.h"

struct knowledge;

/* NULL with kb_missing or kb_syntax (file:line). */
struct knowledge *knowledge_open(const char *path, struct error *error);
void knowledge_close(struct knowledge **knowledge);
/* The id, SLICE_NONE for the unknown; valid until close. `type` as in messages. NULL knowledge knows nothing. */
struct slice knowledge_find(const struct knowledge *knowledge, struct arena *arena, struct slice name, const char *type);

#endif
