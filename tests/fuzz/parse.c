/* Any text gives a tree that keeps its invariants (tree.h). */
#include "base/utf8.h"
#include "extract/parse.h"
#include "fuzz.h"

static void check_node(const struct tree *tree, const struct node *node)
{
	fuzz_require(tree->nodes[node->order] == node);
	fuzz_require(node->end > node->order && node->end <= tree->count);
	fuzz_require(utf8_valid(node->text));
	if (node->tag == TAG_TEXT) {
		fuzz_require(node->text.len && !node->first);
		fuzz_require(!node->next || node->next->tag != TAG_TEXT);
	} else {
		fuzz_require(node->name.len);
	}
	if (node->parent) {
		fuzz_require(node_contains(node->parent, node) && node->depth == node->parent->depth + 1);
		fuzz_require(node->previous ? node->previous->next == node : node->parent->first == node);
	}
}

static void parse(struct arena *arena, struct slice input)
{
	struct error error;
	struct tree *tree = tree_parse(arena, utf8_repair(arena, input), &PARSE_LIMITS_DEFAULT, &error);
	if (!tree) {
		fuzz_require(!strcmp(error.code, "too_large") || !strcmp(error.code, "too_many_nodes"));
		return;
	}
	fuzz_require(tree->root == tree->nodes[0] && tree->head && tree->body && tree->root->end == tree->count);
	for (size_t i = 0; i < tree->count; i++)
		check_node(tree, tree->nodes[i]);
	fuzz_require(utf8_valid(node_text(arena, tree, tree->root, 0)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(parse, data, size);
	return 0;
}
