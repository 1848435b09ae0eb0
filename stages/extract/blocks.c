/* blocks: see blocks.h. */
#include "extract/blocks.h"

const char *block_kind_name(enum block_kind kind)
{
	static const char *const names[BLOCK_KINDS] = {
	        "paragraph", "subheading", "quote", "listItem", "table", "preformatted", "liveEntry"};
	return names[kind];
}

void block_list_init(struct block_list *list, struct arena *arena)
{
	*list = (struct block_list){.arena = arena};
}

struct block *block_list_add(struct block_list *list, enum block_kind kind, struct slice text)
{
	list->items = arena_grow(list->arena, list->items, &list->capacity, list->count + 1, sizeof(*list->items));
	struct block *block = &list->items[list->count++];
	*block = (struct block){.kind = kind, .text = text};
	return block;
}
