/* arena: all memory of one message. Steps allocate and free nothing; the runner resets the arena when the message is done.
 *
 * Invariant: an arena that hands out memory has an escape. arena_alloc() therefore never returns NULL: past the ceiling, or when
 * the system has no memory, it leaves through arena_escape() to where the runner called ARENA_GUARD(), and that message becomes a
 * dead letter. Code that holds something other than arena memory (a libxml2 parser, an iconv handle) across allocations uses
 * arena_try_alloc() there, or parks the handle with arena_defer(), which runs at reset and at escape. */
#ifndef COPYDESK_ARENA_H
#define COPYDESK_ARENA_H

#include "base/slice.h"

#include <setjmp.h>
#include <stdarg.h>

enum escape_reason { ESCAPE_NONE, ESCAPE_MEMORY, ESCAPE_CPU, ESCAPE_NODES };

struct arena_chunk;
struct arena_deferred;
struct stopwatch;

struct arena {
	uint32_t magic;
	size_t used;    /* bytes handed out since the last reset */
	size_t ceiling; /* `used` never exceeds it */
	struct arena_chunk *chunks;
	struct arena_chunk *grown; /* each holds one large array of arena_grow() */
	char *next, *end;
	struct arena_deferred *deferred;
	jmp_buf *escape; /* set by ARENA_GUARD */
	int64_t cpu_deadline_us; /* on the thread's CPU clock; 0 = none */
	uint32_t ticks;
	struct stopwatch *watch; /* the runner's (run/stopwatch.h); NULL: nobody measures */
};

void arena_init(struct arena *arena, size_t ceiling);
/* Forgets everything allocated; keeps one chunk of memory for the next message. Runs deferred functions, newest first. */
void arena_reset(struct arena *arena);
void arena_release(struct arena *arena);

/* `size` bytes aligned for any type, not cleared. Never NULL (see above). */
void *arena_alloc(struct arena *arena, size_t size);
/* Likewise, but NULL past the ceiling. */
void *arena_try_alloc(struct arena *arena, size_t size);
/* `count` zeroed items of `size` bytes; multiplication is checked. */
void *arena_zalloc(struct arena *arena, size_t count, size_t size);
#define arena_new(arena, type) ((type *)arena_zalloc((arena), 1, sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_zalloc((arena), (count), sizeof(type)))
/* Grows an array of `*capacity` items to hold at least `need`, doubling; the items' address changes, and what was at the old one is gone. */
void *arena_grow(struct arena *arena, void *items, size_t *capacity, size_t need, size_t size);
struct slice arena_copy(struct arena *arena, struct slice s);
/* NUL-terminated copy for C libraries. */
char *arena_cstr(struct arena *arena, struct slice s);
struct slice arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_defer(struct arena *arena, void (*run)(void *), void *argument);

/* Leaves to the guard. Without a guard the program is wrong: it says so and aborts. */
_Noreturn void arena_escape(struct arena *arena, enum escape_reason reason);
/* To be called from every loop whose length an input decides: about one tick per node, line or token. Escapes with ESCAPE_CPU
 * when the thread has used the CPU time the runner granted. Costs an increment; the clock is read every 4096 ticks. */
void arena_check_clock(struct arena *arena);
static inline void arena_tick(struct arena *arena)
{
	if ((++arena->ticks & 4095) == 0)
		arena_check_clock(arena);
}

/* if (ARENA_GUARD(arena, &jump) == ESCAPE_NONE) { …work… } else { …the message failed… }  Clear with arena->escape = NULL. */
#define ARENA_GUARD(arena, jump) ((arena)->escape = (jump), (enum escape_reason)setjmp(*(jump)))

#endif
