/* fuzz: what every target needs: an arena with the limits of a message and a guard, so that running out of either is no finding. */
#ifndef COPYDESK_FUZZ_H
#define COPYDESK_FUZZ_H

#include "base/arena.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_MEMORY ((size_t)512 << 20)

/* A property that must hold whatever the input: stays on in every build. */
#define fuzz_require(condition)                                                                                                        \
	do {                                                                                                                           \
		if (!(condition))                                                                                                      \
			abort();                                                                                                       \
	} while (0)

/* Runs `body(arena, input)` on a fresh arena. */
static inline void fuzz_guarded(void (*body)(struct arena *, struct slice), const uint8_t *data, size_t size)
{
	struct arena arena;
	jmp_buf jump;
	arena_init(&arena, FUZZ_MEMORY);
	if (ARENA_GUARD(&arena, &jump) == ESCAPE_NONE)
		body(&arena, slice_make((const char *)data, size));
	arena.escape = NULL;
	arena_release(&arena);
}

#endif
