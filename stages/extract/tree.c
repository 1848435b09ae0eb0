/* tree: see tree.h. */
#include "extract/tree.h"

#include "base/buf.h"
#include "base/utf8.h"

static const struct {
	struct slice name;
	unsigned flags;
} tags[TAG_COUNT] = {
#define TAG_ROW(symbol, text, flags) [TAG_##symbol] = {SLICE_INIT(text), flags},
        TREE_TAGS(TAG_ROW)
#undef TAG_ROW
};

#define TAG_NAME_MAX 10

/* The tags are in the order of their names, so those of one first letter are neighbours. */
enum tag tag_of(struct slice name)
{
	static const uint8_t first[27] = {TAG_A, TAG_B, TAG_CANVAS, TAG_DATA, TAG_EM, TAG_FIELDSET, TAG_H1, TAG_H1, TAG_I,
	        TAG_KBD, TAG_KBD, TAG_LABEL, TAG_MAIN, TAG_NAV, TAG_OBJECT, TAG_P, TAG_Q, TAG_S, TAG_S, TAG_TABLE, TAG_U, TAG_VAR,
	        TAG_WBR, TAG_XMP, TAG_COUNT, TAG_COUNT, TAG_COUNT};
	char lower[TAG_NAME_MAX];
	if (!name.len || name.len > TAG_NAME_MAX || !byte_is_alpha(name.ptr[0]))
		return TAG_OTHER;
	for (size_t i = 0; i < name.len; i++)
		lower[i] = byte_lower(name.ptr[i]);
	size_t letter = (size_t)(lower[0] - 'a');
	for (unsigned tag = first[letter]; tag < TAG_COUNT && tags[tag].name.ptr[0] == lower[0]; tag++)
		if (tags[tag].name.len == name.len && memcmp(tags[tag].name.ptr, lower, name.len) == 0)
			return (enum tag)tag;
	return TAG_OTHER;
}

struct slice tag_name(enum tag tag)
{
	return tags[tag].name;
}

unsigned tag_flags(enum tag tag)
{
	return tags[tag].flags;
}

struct slice node_attribute(const struct node *node, const char *name)
{
	size_t len = strlen(name);
	for (const struct attribute *a = node->attributes; a; a = a->next)
		if (a->name.len == len && memcmp(a->name.ptr, name, len) == 0)
			return a->value;
	return SLICE_NONE;
}

bool node_has_attribute(const struct node *node, const char *name)
{
	return node_attribute(node, name).ptr != NULL;
}

bool tokens_contain(struct slice tokens, const char *token)
{
	struct slice want = slice_of(token);
	size_t at = 0;
	while (at < tokens.len) {
		while (at < tokens.len && byte_is_space(tokens.ptr[at]))
			at++;
		size_t start = at;
		while (at < tokens.len && !byte_is_space(tokens.ptr[at]))
			at++;
		if (at - start == want.len && slice_equal_nocase(slice_sub(tokens, start, at), want))
			return want.len > 0;
	}
	return false;
}

const struct node *node_closest(const struct node *node, enum tag tag)
{
	while (node && node->tag != tag)
		node = node->parent;
	return node;
}

const struct node *tree_find(const struct tree *tree, const struct node *within, enum tag tag)
{
	for
		tree_each(node, tree, within) if (node->tag == tag) return node;
	return NULL;
}

struct slice node_text(struct arena *arena, const struct tree *tree, const struct node *node, size_t limit)
{
	struct buf text;
	size_t ceiling = 0;
	const struct node *only = node;
	while (only && only->tag != TAG_TEXT && only->first && only->first == only->last)
		only = only->first;
	if (only && only->tag == TAG_TEXT) /* the common case needs no copy */
		return utf8_nfc(arena, utf8_squeeze(arena, limit ? slice_sub(only->text, 0, limit) : only->text));
	for
		tree_each(item, tree, node) ceiling += item->tag == TAG_TEXT ? item->text.len : 2;
	buf_init_arena(&text, arena, ceiling + 16);
	uint32_t block_end = 0;
	for
		tree_each(item, tree, node)
		{
			arena_tick(arena);
			if (block_end && item->order >= block_end) {
				buf_append_byte(&text, ' ');
				block_end = 0;
			}
			if (item->tag == TAG_TEXT)
				buf_append(&text, item->text);
			else if (item->tag == TAG_BR || node_is_block(item)) {
				buf_append_byte(&text, ' ');
				block_end = item->end;
			}
			if (limit && text.len >= limit)
				break;
		}
	struct slice all = buf_slice(&text);
	if (limit && all.len > limit) {
		while (limit && ((unsigned char)all.ptr[limit] & 0xC0) == 0x80)
			limit--;
		all.len = limit;
	}
	return utf8_nfc(arena, utf8_squeeze(arena, all));
}
