/* blocks: the pieces of which an article's body consists, in reading order. HTML and plain text both end as a list of these. */
#ifndef COPYDESK_BLOCKS_H
#define COPYDESK_BLOCKS_H

#include "base/arena.h"

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_SUBHEADING,
	BLOCK_QUOTE,
	BLOCK_LIST_ITEM,
	BLOCK_TABLE,      /* one row: cells parted by a tab */
	BLOCK_PREFORMATTED,
	BLOCK_LIVE_ENTRY, /* the heading or time line that opens an entry of a live blog */
	BLOCK_KINDS
};

/* As in the article message: "paragraph", "subheading", "quote", "listItem", "table", "preformatted", "liveEntry". */
const char *block_kind_name(enum block_kind kind);

struct block {
	enum block_kind kind;
	struct slice text; /* one line, squeezed, NFC, not empty (BLOCK_PREFORMATTED may hold line feeds) */
	size_t start, end; /* in code points of articleBody, end exclusive; set by article_set_blocks() */
};

/* Growing list in an arena. */
struct block_list {
	struct arena *arena;
	struct block *items;
	size_t count, capacity;
};
void block_list_init(struct block_list *list, struct arena *arena);
/* The new block, at the end; `text` is not copied. Valid until the next one is added. */
struct block *block_list_add(struct block_list *list, enum block_kind kind, struct slice text);

#endif
