/* grouparena: one arena for all checks of a test program. Using it up ends the program. */
#ifndef COPYDESK_GROUPARENA_H
#define COPYDESK_GROUPARENA_H

#include "unit.h"

static struct arena arena;
static jmp_buf arena_jump;

/* For the group's setup. */
static inline void open_arena(size_t ceiling)
{
	arena_init(&arena, ceiling);
	arena.escape = &arena_jump;
}

/* The group's teardown, or the end of one. */
static inline int close_arena(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

#endif
