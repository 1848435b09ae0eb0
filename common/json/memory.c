/* memory: see memory.h. Each block remembers its size, because yajl's realloc doesn't tell it. */
#include "json/memory.h"

#define BLOCK_HEADER 16 /* keeps the alignment of the arena */

static void *block_alloc(void *context, size_t size)
{
	if (size > SIZE_MAX - BLOCK_HEADER)
		arena_escape(context, ESCAPE_MEMORY);
	char *block = arena_alloc(context, size + BLOCK_HEADER);
	memcpy(block, &size, sizeof(size));
	return block + BLOCK_HEADER;
}

static void *block_realloc(void *context, void *old, size_t size)
{
	size_t old_size;

	if (!old)
		return block_alloc(context, size);
	memcpy(&old_size, (char *)old - BLOCK_HEADER, sizeof(old_size));
	if (size <= old_size)
		return old;
	void *block = block_alloc(context, size);
	memcpy(block, old, old_size);
	return block;
}

static void block_free(void *context, void *block)
{
	(void)context;
	(void)block;
}

yajl_alloc_funcs json_memory(struct arena *arena)
{
	return (yajl_alloc_funcs){block_alloc, block_realloc, block_free, arena};
}
