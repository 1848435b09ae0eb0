/* memory: lets yajl allocate from an arena, so that a parse or a text in the making needs no clean-up. Internal to
 * common/json. */
#ifndef COPYDESK_MEMORY_H
#define COPYDESK_MEMORY_H

#include "base/arena.h"

#include <yajl/yajl_common.h>

/* For yajl_alloc(): memory that nobody frees; past the ceiling of the arena it escapes, as everywhere. */
yajl_alloc_funcs json_memory(struct arena *arena);

#endif
