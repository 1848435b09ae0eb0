/* witharena: an arena that each check of a test begins for itself and releases; the test fails when its memory is spent. */
#ifndef COPYDESK_WITHARENA_H
#define COPYDESK_WITHARENA_H

#include "unit.h"

static struct arena arena;
static jmp_buf escape;

/* Statements of the function whose frame lives as long as the arena is used: the escape comes back here. */
#define WITH_ARENA() \
	arena_init(&arena, (size_t)64 << 20); \
	if (ARENA_GUARD(&arena, &escape) != ESCAPE_NONE) \
		fail_msg("out of memory")

#endif
