/* bylines: see bylines.h. The hard thing is that the words of one line may stand in many elements, and times and addresses among them. */
#include "extract/bylines.h"

#include "base/utf8.h"
#include "extract/agencies.h"
#include "extract/authors.h"
#include "extract/email.h"
#include "extract/surroundings.h"

/* A link to the page of a person who writes. */
static bool leads_to_author(const struct node *node)
{
	static const char *const PATHS[] = {"/author", "/autor", "/auteur", "/redakteur", "/journalist", "/reporter", "/writers/", "/contributor", "/staff/", "/by/", "/profile/", "/people/", "/skribent", "/redaktion/"};
	struct slice href = node->tag == TAG_A ? node_attribute(node, "href") : SLICE_NONE;
	return href.len && names_hold_any(href, PATHS, sizeof PATHS / sizeof *PATHS);
}

static bool is_author_element(const struct node *node)
{
	static const char *const NAMES[] = {"byline", "author", "autor", "auteur", "writer", "reporter", "journalist", "credit-name"};
	static const char *const PICTURES[] = {"bildautor", "photo", "image", "caption"};
	if (NODE_IS_NAMED_ANY(node, PICTURES))
		return false;
	return NODE_IS_NAMED_ANY(node, NAMES) || leads_to_author(node) || tokens_contain(node_attribute(node, "rel"), "author");
}

/* A link to an address that its own words don't show. */
static struct slice hidden_address(const struct node *node)
{
	struct slice href = node->tag == TAG_A ? node_attribute(node, "href") : SLICE_NONE;
	if (!slice_starts_nocase(href, SLICE("mailto:")) || (node->first && node->first->tag == TAG_TEXT && slice_find_byte(node->first->text, '@') != SLICE_NOT_FOUND))
		return SLICE_NONE;
	struct slice email = email_find(href);
	return slice_sub(email, 0, 80);
}

/* An inline element right behind another one that says two words or more: "<span>By Ana Brandt</span> <span>Valley Post</span>". */
static bool begins_part(const struct tree *tree, const struct node *item)
{
	static const char *const FAMILY_NAMES[] = {"last", "surname", "family"}; /* of the one whose given names stand before */
	if (item->tag == TAG_TEXT || item->tag == TAG_BR || node_is_block(item) || NODE_IS_NAMED_ANY(item, FAMILY_NAMES))
		return false;
	const struct node *before = item->order > 0 ? tree->nodes[item->order - 1] : NULL;
	while (before && before->tag == TAG_TEXT && before->parent == item->parent && !slice_trim(before->text).len && before->order > 0)
		before = tree->nodes[before->order - 1];
	while (before && before->parent != item->parent)
		before = before->parent;
	if (!before || before == item || before->tag == TAG_TEXT || before->tag == TAG_TIME || node_is_block(before))
		return false;
	size_t words = 0;
	for tree_each (inner, tree, before)
		for (size_t i = 0; inner->tag == TAG_TEXT && i < inner->text.len; i++)
			words += !byte_is_space(inner->text.ptr[i]) && (i == 0 || byte_is_space(inner->text.ptr[i - 1]));
	return words >= 2;
}

/* The words of a byline: '|' parts lines and parts of one, and stands for what an element for times says; the address that a name's link leads to
 * follows the name. */
static struct slice byline_text(const struct candidates *candidates, const struct node *node, size_t limit)
{
	const struct tree *tree = candidates->tree;
	struct arena *arena = candidates->arena;
	uint32_t line_end = node->end, link_end = UINT32_MAX;
	struct slice email = SLICE_NONE;
	struct buf out;
	buf_init_arena(&out, arena, limit + 512);
	for (uint32_t order = node->order; order < node->end && out.len < limit; order++) {
		const struct node *item = tree->nodes[order];
		if (order >= link_end)
			buf_printf(&out, " %.*s ", SLICE_ARG(email)), link_end = UINT32_MAX;
		if (order > node->order && begins_part(tree, item))
			buf_append(&out, SLICE(" | "));
		if (order >= line_end || (order > node->order && (item->tag == TAG_BR || node_is_block(item))))
			buf_append(&out, SLICE(" | ")), line_end = node_is_block(item) ? item->end : node->end;
		if (item->tag == TAG_TIME) {
			buf_append(&out, SLICE(" | "));
			order = item->end - 1;
		} else if (item->tag == TAG_TEXT) {
			buf_append(&out, slice_sub(item->text, 0, limit));
		} else if ((email = hidden_address(item)).len) {
			link_end = item->end;
		}
	}
	if (link_end != UINT32_MAX)
		buf_printf(&out, " %.*s", SLICE_ARG(email));
	return utf8_nfc(arena, utf8_squeeze(arena, buf_slice(&out)));
}

/* The words of an element that calls itself a byline: near the headline only. */
static void take_byline(struct candidates *candidates, const struct node *node)
{
	struct slice text = byline_text(candidates, node, 800);
	if (text.len < 3 || utf8_length(text) > 200 || node_stands_aside(node))
		return;
	bool link = tokens_contain(node_attribute(node, "rel"), "author") || (node->tag == TAG_A && is_author_element(node));
	candidate_add(candidates, FIELD_AUTHOR, ORIGIN_BYLINE, link ? 0 : node_is_named(node, "name") ? 1 : 2, text, node);
}

static bool holds_block(const struct candidates *candidates, const struct node *node)
{
	for tree_each (inner, candidates->tree, node)
		if (inner != node && node_is_block(inner))
			return true;
	return false;
}

#define PLAIN_BYLINE_MAX 120 /* code points */

/* A short paragraph that reads like a byline, whatever it is called. */
static void take_plain_byline(struct candidates *candidates, const struct node *node)
{
	size_t length = 0;
	if (node->end - node->order > 14 || node->end - node->order < 2)
		return;
	for tree_each (inner, candidates->tree, node) {
		length += inner->tag == TAG_TEXT ? inner->text.len : 0;
		if (length > 4 * PLAIN_BYLINE_MAX || (length > 2 * PLAIN_BYLINE_MAX && inner->tag == TAG_TEXT && utf8_length(inner->text) > 2 * PLAIN_BYLINE_MAX))
			return; /* a paragraph; blanks are still to be squeezed */
	}
	struct slice text = byline_text(candidates, node, 4 * PLAIN_BYLINE_MAX);
	if (text.len < 5 || utf8_length(text) > PLAIN_BYLINE_MAX)
		return;
	struct slice agency = agency_credited(text);
	if (agency.len && !node_stands_aside(node))
		candidate_add(candidates, FIELD_CREDIT, ORIGIN_TEXT, 0, agency, node);
	while (text.len && !author_is_byline(text)) { /* "Source: Valley News | By Ana Brandt" */
		size_t bar = holds_block(candidates, node) ? SLICE_NOT_FOUND : slice_find_byte(text, '|');
		text = slice_sub(text, bar == SLICE_NOT_FOUND ? text.len : bar + 1, text.len);
	}
	if (text.len && !node_stands_aside(node))
		candidate_add(candidates, FIELD_AUTHOR, ORIGIN_BYLINE, 3, text, node);
}

void bylines_take(struct candidates *candidates, const struct node *node)
{
	if (node->tag != TAG_TEXT && (node->class.len || node->attributes) && is_author_element(node))
		take_byline(candidates, node);
	else if (node_is_block(node))
		take_plain_byline(candidates, node);
}
