/* surroundings: see surroundings.h. */
#include "extract/surroundings.h"

#define LABEL_BYTES_MAX 90
#define LABEL_REACH 10 /* nodes */

bool names_hold_any(struct slice text, const char *const *words, size_t count)
{
	uint32_t first = 0;
	for (size_t w = 0; w < count; w++)
		first |= UINT32_C(1) << (words[w][0] & 31);
	for (size_t i = 0; i < text.len; i++) {
		char c = byte_lower(text.ptr[i]);
		if (!(first >> (c & 31) & 1))
			continue;
		for (size_t w = 0; w < count; w++)
			if (words[w][0] == c && slice_starts_nocase(slice_sub(text, i, text.len), slice_of(words[w])))
				return true;
	}
	return false;
}

bool node_is_named(const struct node *node, const char *word)
{
	return names_hold_any(node->class, &word, 1) || names_hold_any(node->id, &word, 1);
}

bool node_stands_aside(const struct node *node)
{
	static const char *const ASIDE[] = {"comment", "related", "recommend", "teaser", "sidebar", "most-read", "trending", "latest", "carousel"};
	int depth = 0;
	for (const struct node *at = node; at && depth < 12; at = at->parent, depth++) {
		if (at->tag == TAG_ASIDE || at->tag == TAG_FOOTER || at->tag == TAG_NAV)
			return true;
		if (NODE_IS_NAMED_ANY(at, ASIDE))
			if (at->tag != TAG_BODY && at->tag != TAG_HTML && at->tag != TAG_MAIN && at->tag != TAG_ARTICLE)
				return true;
	}
	return false;
}

enum date_label node_date_label(const struct tree *tree, const struct node *node)
{
	for (uint32_t order = node->order, steps = 0; order-- > 0 && steps < LABEL_REACH; steps++) {
		const struct node *at = tree->nodes[order];
		struct slice text = at->tag == TAG_TEXT ? slice_trim(at->text) : SLICE_NONE;
		if (!text.len)
			continue;
		if (at->parent && at->parent->tag >= TAG_H1 && at->parent->tag <= TAG_H6)
			break;
		for (size_t i = text.len; i-- > 0;) /* behind another date */
			if (byte_is_digit(text.ptr[i]))
				return date_label_of(slice_sub(text, i + 1, text.len));
		return text.len <= LABEL_BYTES_MAX ? date_label_of(text) : DATE_LABEL_NONE;
	}
	return DATE_LABEL_NONE;
}
