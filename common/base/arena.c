/* arena: chunked bump allocation; see arena.h. The hard thing is to leave cleanly from deep inside a stage: arena_escape() runs
 * the deferred functions first, so that foreign resources don't leak past the jump. */
#include "base/arena.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define ARENA_MAGIC 0xA4E7A001u
#define ARENA_FIRST_CHUNK ((size_t)64 << 10)
#define ARENA_LARGEST_CHUNK ((size_t)4 << 20)
#define ARENA_POOLED_CHUNK ((size_t)1 << 20)
#define ARENA_POOL_CHUNKS 8
#ifndef ARENA_OWN_CHUNK
#define ARENA_OWN_CHUNK ((size_t)1 << 20) /* an array of this size grows in a chunk of its own */
#endif
#define ARENA_ALIGN 16

struct arena_chunk {
	struct arena_chunk *older;
	size_t size; /* bytes behind this header */
	_Alignas(ARENA_ALIGN) char bytes[];
};

struct arena_deferred {
	struct arena_deferred *older;
	void (*run)(void *);
	void *argument;
};

static void arena_check(const struct arena *arena)
{
	if (arena->magic != ARENA_MAGIC) {
		fputs("copydesk: panic: arena used before init or after release\n", stderr);
		abort();
	}
}

void arena_init(struct arena *arena, size_t ceiling)
{
	*arena = (struct arena){.magic = ARENA_MAGIC, .ceiling = ceiling};
}

static void arena_run_deferred(struct arena *arena)
{
	while (arena->deferred) {
		struct arena_deferred *deferred = arena->deferred;
		arena->deferred = deferred->older;
		deferred->run(deferred->argument);
	}
}

/* Large chunks that arenas have given back, most recent first: the next message that outgrows its first chunk gets one whose
 * pages are there and perhaps still in the cache. Few, so that idle memory doesn't grow with the number of arenas. */
static struct {
	pthread_mutex_t lock;
	struct arena_chunk *spare;
	size_t count;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool pool_give(struct arena_chunk *chunk)
{
	bool taken = false;

	if (chunk->size < ARENA_POOLED_CHUNK || chunk->size > ARENA_LARGEST_CHUNK)
		return false;
	pthread_mutex_lock(&pool.lock);
	if (pool.count < ARENA_POOL_CHUNKS) {
		chunk->older = pool.spare;
		pool.spare = chunk;
		pool.count++;
		taken = true;
	}
	pthread_mutex_unlock(&pool.lock);
	return taken;
}

static struct arena_chunk *pool_take(size_t need)
{
	struct arena_chunk *chunk = NULL;

	pthread_mutex_lock(&pool.lock);
	if (pool.spare && pool.spare->size >= need) {
		chunk = pool.spare;
		pool.spare = chunk->older;
		pool.count--;
	}
	pthread_mutex_unlock(&pool.lock);
	return chunk;
}

static void drop_first(struct arena_chunk **list)
{
	struct arena_chunk *chunk = *list;

	*list = chunk->older;
	if (!pool_give(chunk))
		free(chunk);
}

/* The oldest chunk is kept (its size suits the smaller messages); larger ones are returned. */
void arena_reset(struct arena *arena)
{
	arena_check(arena);
	arena_run_deferred(arena);
	while (arena->chunks && arena->chunks->older)
		drop_first(&arena->chunks);
	while (arena->grown)
		drop_first(&arena->grown);
	arena->next = arena->chunks ? arena->chunks->bytes : NULL;
	arena->end = arena->chunks ? arena->chunks->bytes + arena->chunks->size : NULL;
	arena->used = 0;
	arena->escape = NULL;
	arena->cpu_deadline_us = 0;
	arena->ticks = 0;
}

void arena_release(struct arena *arena)
{
	if (arena->magic != ARENA_MAGIC)
		return;
	arena_reset(arena);
	free(arena->chunks);
	*arena = (struct arena){0};
}

static bool arena_add_chunk(struct arena *arena, size_t need)
{
	size_t size = arena->chunks ? arena->chunks->size * 2 : ARENA_FIRST_CHUNK;

	if (size > ARENA_LARGEST_CHUNK)
		size = ARENA_LARGEST_CHUNK;
	if (size < need)
		size = need;
	struct arena_chunk *chunk = arena->chunks ? pool_take(need) : NULL;
	if (!chunk) {
		chunk = malloc(sizeof(*chunk) + size);
		if (!chunk)
			return false;
		chunk->size = size;
	}
	chunk->older = arena->chunks;
	arena->chunks = chunk;
	arena->next = chunk->bytes;
	arena->end = chunk->bytes + chunk->size;
	return true;
}

void *arena_try_alloc(struct arena *arena, size_t size)
{
	arena_check(arena);
	if (size > arena->ceiling || arena->used > arena->ceiling - size)
		return NULL;
	size_t step = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if ((size_t)(arena->end - arena->next) < step && !arena_add_chunk(arena, step))
		return NULL;
	void *memory = arena->next;
	arena->next += step;
	arena->used += step;
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *memory = arena_try_alloc(arena, size);

	if (!memory)
		arena_escape(arena, ESCAPE_MEMORY);
	return memory;
}

void *arena_zalloc(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		arena_escape(arena, ESCAPE_MEMORY);
	void *memory = arena_alloc(arena, count * size);
	memset(memory, 0, count * size);
	return memory;
}

static struct arena_chunk **arena_grown_chunk(struct arena *arena, const void *items)
{
	struct arena_chunk **link = &arena->grown;

	while (*link && (*link)->bytes != items)
		link = &(*link)->older;
	return link;
}

/* A large array in a chunk of its own, which the system can make larger without a copy and of which nothing is left behind: doubled in the
 * other chunks, an array would leave as much again there. */
static void *arena_grow_chunk(struct arena *arena, const void *items, size_t held, size_t size)
{
	struct arena_chunk **link = arena_grown_chunk(arena, items), *old = *link;
	size_t others = arena->used - (old ? old->size : 0);
	struct arena_chunk *chunk = NULL;

	arena_check(arena);
	if (size > arena->ceiling || others > arena->ceiling - size)
		arena_escape(arena, ESCAPE_MEMORY);
	if (!old)
		chunk = pool_take(size);
	if (!chunk)
		chunk = realloc(old, sizeof(*chunk) + size);
	if (!chunk)
		arena_escape(arena, ESCAPE_MEMORY);
	if (!old) {
		chunk->older = NULL;
		if (held)
			memcpy(chunk->bytes, items, held);
	}
	chunk->size = size;
	*link = chunk;
	arena->used = others + size;
	return chunk->bytes;
}

void *arena_grow(struct arena *arena, void *items, size_t *capacity, size_t need, size_t size)
{
	if (need <= *capacity)
		return items;
	size_t wanted = *capacity ? *capacity : 8;
	while (wanted < need)
		wanted = wanted > SIZE_MAX / 4 ? need : wanted * 2;
	if (wanted > SIZE_MAX / 2 / size)
		arena_escape(arena, ESCAPE_MEMORY);
	size_t held = *capacity * size;
	*capacity = wanted;
	if (wanted * size >= ARENA_OWN_CHUNK)
		return arena_grow_chunk(arena, items, held, wanted * size);
	void *larger = arena_alloc(arena, wanted * size);
	if (held)
		memcpy(larger, items, held);
	return larger;
}

struct slice arena_copy(struct arena *arena, struct slice s)
{
	char *copy = arena_alloc(arena, s.len);

	if (s.len)
		memcpy(copy, s.ptr, s.len);
	return (struct slice){copy, s.len};
}

char *arena_cstr(struct arena *arena, struct slice s)
{
	char *copy = arena_alloc(arena, s.len + 1);

	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}

__attribute__((format(printf, 2, 0))) static struct slice arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		return SLICE_NONE;
	char *text = arena_alloc(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return (struct slice){text, (size_t)len};
}

struct slice arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct slice text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void arena_defer(struct arena *arena, void (*run)(void *), void *argument)
{
	struct arena_deferred *deferred = arena_try_alloc(arena, sizeof(*deferred));

	if (!deferred) {
		run(argument);
		arena_escape(arena, ESCAPE_MEMORY);
	}
	*deferred = (struct arena_deferred){arena->deferred, run, argument};
	arena->deferred = deferred;
}

void arena_escape(struct arena *arena, enum escape_reason reason)
{
	arena_check(arena);
	if (!arena->escape) {
		fprintf(stderr, "copydesk: panic: arena of %zu bytes exhausted (reason %d) with no guard set\n", arena->ceiling,
			(int)reason);
		abort();
	}
	arena_run_deferred(arena);
	jmp_buf *escape = arena->escape;
	arena->escape = NULL;
	longjmp(*escape, (int)reason);
}

void arena_check_clock(struct arena *arena)
{
	if (arena->cpu_deadline_us && clock_thread_cpu_us() > arena->cpu_deadline_us)
		arena_escape(arena, ESCAPE_CPU);
}
