#include "extractpage.h"

static struct tree *parse(struct arena *arena, const char *html)
{
	struct error error;
	struct tree *tree = tree_parse(arena, slice_of(html), &PARSE_LIMITS_DEFAULT, &error);
	if (!tree)
		fail_msg("%s: %s", error.code, error.text);
	return tree;
}

static size_t count_tag(const struct tree *tree, enum tag tag)
{
	size_t count = 0;
	for (size_t i = 0; i < tree->count; i++)
		count += tree->nodes[i]->tag == tag;
	return count;
}

static struct slice text_of(struct arena *arena, const struct tree *tree, enum tag tag)
{
	const struct node *node = tree_find(tree, tree->root, tag);
	return node ? node_text(arena, tree, node, 0) : SLICE_NONE;
}

static void tag_of_knows_every_tag_by_its_name(void **state)
{
	(void)state;
#define CHECK(symbol, text, flags) assert_int_equal(tag_of(slice_of(text)), TAG_##symbol);
	TREE_TAGS(CHECK)
#undef CHECK
	assert_int_equal(tag_of(SLICE("BlockQuote")), TAG_BLOCKQUOTE);
	assert_int_equal(tag_of(SLICE("h7")), TAG_OTHER);
	assert_int_equal(tag_of(SLICE("zebra")), TAG_OTHER);
}

static void parse_ends_an_item_through_an_open_div(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena, "<ul><li>A <div></li><li>B</ul>");
	const struct node *list = tree_find(tree, tree->root, TAG_UL);
	assert_int_equal(list->first->tag, TAG_LI);
	assert_ptr_equal(list->first->next, list->last);
	assert_slice(node_text(&arena, tree, list->last, 0), "B");
	arena_release(&arena);
}

static void parse_ends_a_paragraph_before_any_block(void **state)
{
	static const char *const blocks[] = {"aside", "article", "section", "figure", "main", "div", "h2", "ul", "table"};
	(void)state;
	for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++) {
		with_arena(arena);
		struct slice html = arena_printf(&arena, "<p>one<%s>two</%s>", blocks[i], blocks[i]);
		struct tree *tree = parse(&arena, arena_cstr(&arena, html));
		assert_slice(text_of(&arena, tree, TAG_P), "one");
		arena_release(&arena);
	}
}

static void parse_lets_void_elements_hold_nothing(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena, "<p>re<wbr>open<source src=a><track>ed <img src=x>now<br>here");
	assert_slice(text_of(&arena, tree, TAG_P), "reopened now here");
	assert_null(tree_find(tree, tree->root, TAG_SOURCE)->first);
	arena_release(&arena);
}

static void parse_hides_comments_and_shows_no_conditional_ones(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(
	        &arena, "<p>a<!-- x > y -->b<!--[if IE]><b>old</b><![endif]-->c<![if !IE]>d<![endif]><?php echo 1 ?>e<!-->f");
	assert_slice(text_of(&arena, tree, TAG_P), "abcdef");
	arena_release(&arena);
}

static void parse_keeps_scripts_apart_from_text(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena, "<p>a<script>if (x < 1) y = '</p><p>';</script>b<style>p > a { }</style>c");
	assert_slice(text_of(&arena, tree, TAG_P), "abc");
	assert_slice(tree_find(tree, tree->root, TAG_SCRIPT)->text, "if (x < 1) y = '</p><p>';");
	arena_release(&arena);
}

static void parse_resolves_references_once_as_browsers_do(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena,
	        "<p title='&quot;q&amp;amp;&copy=1'>&eacute;&hellip;&copy2024 &#150;&#x2019;&apos;&amp;lt; a < b & c &nosuch;");
	const struct node *p = tree_find(tree, tree->root, TAG_P);
	assert_slice(node_text(&arena, tree, p, 0), "é…©2024 –’'&lt; a < b & c &nosuch;");
	assert_slice(node_attribute(p, "title"), "\"q&amp;&copy=1");
	arena_release(&arena);
}

static void parse_takes_text_behind_the_end_into_the_one_body(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena, "<html lang=fi><body class=a><p>one</body></html><p>two<html><body><p>three");
	assert_int_equal(count_tag(tree, TAG_HTML), 1);
	assert_int_equal(count_tag(tree, TAG_BODY), 1);
	assert_slice(node_text(&arena, tree, tree->body, 0), "one two three");
	assert_slice(node_attribute(tree->root, "lang"), "fi");
	assert_slice(tree->body->class, "a");
	arena_release(&arena);
}

static void parse_survives_attributes_of_frameworks(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena, "<a @click='x > y' [b]=\"c>d\" :e href=/f class='g \"h\"'>text</a>");
	const struct node *a = tree_find(tree, tree->root, TAG_A);
	assert_slice(node_attribute(a, "href"), "/f");
	assert_slice(a->class, "g \"h\"");
	assert_slice(node_text(&arena, tree, a, 0), "text");
	arena_release(&arena);
}

static void parse_flattens_what_is_nested_too_deep(void **state)
{
	(void)state;
	with_arena(arena);
	struct buf html;
	buf_init_arena(&html, &arena, 1 << 20);
	for (int i = 0; i < 20000; i++)
		buf_append(&html, SLICE("<div>"));
	buf_append(&html, SLICE("deep"));
	buf_append_byte(&html, '\0');
	struct tree *tree = parse(&arena, html.ptr);
	assert_slice(node_text(&arena, tree, tree->body, 0), "deep");
	for (size_t i = 0; i < tree->count; i++)
		assert_true(tree->nodes[i]->depth <= PARSE_LIMITS_DEFAULT.depth);
	arena_release(&arena);
}

static void parse_refuses_what_is_past_its_limits(void **state)
{
	struct parse_limits limits = {.bytes = 100, .nodes = 10, .depth = 20};
	struct error error;
	(void)state;
	with_arena(arena);
	assert_null(tree_parse(&arena, SLICE("<b><b><b><b><b><b><b><b><b><b><b><b>"), &limits, &error));
	assert_string_equal(error.code, "too_many_nodes");
	limits.bytes = 10;
	assert_null(tree_parse(&arena, SLICE("<p>eleven bytes"), &limits, &error));
	assert_string_equal(error.code, "too_large");
	arena_release(&arena);
}

static void parse_takes_a_run_of_bare_signs_as_one_text(void **state)
{
	struct parse_limits limits = {.bytes = 1000, .nodes = 20, .depth = 20};
	struct error error;
	(void)state;
	with_arena(arena);
	struct tree *tree = tree_parse(&arena, SLICE("<p>< < < < < < < < < < < < < < < < < < < < < <"), &limits, &error);
	assert_non_null(tree);
	assert_slice(text_of(&arena, tree, TAG_P), "< < < < < < < < < < < < < < < < < < < < < <");
	arena_release(&arena);
}

static void parse_closes_cells_and_rows(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena, "<table><tr><td>a<td>b<tr><td><p>c<table><tr><td>d</table>e</table>");
	const struct node *table = tree_find(tree, tree->root, TAG_TABLE);
	assert_slice(node_text(&arena, tree, table->first, 0), "a b");
	assert_slice(node_text(&arena, tree, table->last, 0), "c d e");
	arena_release(&arena);
}

static void parse_takes_the_first_of_two_attributes_in_any_case(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena, "<p Class='one &amp; \r\"two\"' class=other ID=a>x");
	const struct node *p = tree_find(tree, tree->root, TAG_P);
	assert_slice(p->class, "one &  \"two\"");
	assert_slice(p->id, "a");
	assert_slice(p->attributes->name, "class");
	assert_slice(p->attributes->next->name, "id");
	assert_null(p->attributes->next->next);
	arena_release(&arena);
}

static void parse_gives_each_element_its_own_attributes_and_text(void **state)
{
	(void)state;
	with_arena(arena);
	/* the second a ends the first; the p within the button stays open until the button's end */
	struct tree *tree = parse(&arena, "<a id=a>one<a id=b>two</a><button id=c><p id=d>three</button><x-Card id=e>four</X-card>five");
	static const char *const expected[][2] = {{"a", "one"}, {"b", "two"}, {"c", "three"}, {"d", "three"}, {"e", "four"}};
	size_t found = 0;
	for (size_t i = 0; i < tree->count; i++) {
		if (!tree->nodes[i]->id.len)
			continue;
		assert_slice(tree->nodes[i]->id, expected[found][0]);
		assert_slice(node_text(&arena, tree, tree->nodes[i], 0), expected[found++][1]);
	}
	assert_int_equal(found, 5);
	arena_release(&arena);
}

static void parse_drops_what_is_no_character(void **state)
{
	(void)state;
	with_arena(arena);
	struct tree *tree = parse(&arena, "<p>a\xEF\xBF\xBE" "b&#xFFFF;c\xEF\xBF\xBD</p><h2>\xEF\xBF\xBF</h2>");
	assert_slice(text_of(&arena, tree, TAG_P), "abc\xEF\xBF\xBD");
	assert_null(tree_find(tree, tree->root, TAG_H2)->first);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(tag_of_knows_every_tag_by_its_name),
	        cmocka_unit_test(parse_ends_an_item_through_an_open_div),
	        cmocka_unit_test(parse_ends_a_paragraph_before_any_block),
	        cmocka_unit_test(parse_lets_void_elements_hold_nothing),
	        cmocka_unit_test(parse_hides_comments_and_shows_no_conditional_ones),
	        cmocka_unit_test(parse_keeps_scripts_apart_from_text),
	        cmocka_unit_test(parse_resolves_references_once_as_browsers_do),
	        cmocka_unit_test(parse_takes_text_behind_the_end_into_the_one_body),
	        cmocka_unit_test(parse_survives_attributes_of_frameworks),
	        cmocka_unit_test(parse_flattens_what_is_nested_too_deep),
	        cmocka_unit_test(parse_refuses_what_is_past_its_limits),
	        cmocka_unit_test(parse_takes_a_run_of_bare_signs_as_one_text),
	        cmocka_unit_test(parse_takes_the_first_of_two_attributes_in_any_case),
	        cmocka_unit_test(parse_gives_each_element_its_own_attributes_and_text),
	        cmocka_unit_test(parse_drops_what_is_no_character),
	        cmocka_unit_test(parse_closes_cells_and_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
