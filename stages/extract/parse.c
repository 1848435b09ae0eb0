/* parse: see parse.h. The hard thing is libxml2's memory: nothing may escape while it is at work, so all of the tree's memory is
 * laid out before. */
#include "extract/parse.h"

#include "extract/repair.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

/* honoured by the HTML parser though its enum lacks it: no cut at depth 256 or at 10,000,000 bytes */
#define PARSE_HUGE (1 << 19)

const struct parse_limits PARSE_LIMITS_DEFAULT = {.bytes = (size_t)16 << 20, .nodes = 1000000, .depth = 512};

/* All memory is laid out before libxml2 starts: its callbacks must not escape, for libxml2 holds heap memory while it calls
 * them. */
struct builder {
	struct tree *tree;
	struct node *nodes;
	size_t node_capacity;
	struct node *current;
	const struct repaired *repaired;
	size_t start_next, run_next; /* of the repaired page, to be reported next */
	size_t text_start;           /* where the text node being collected starts */
	bool overflow;
};

/* The bytes of text that libxml2 has reported. */
static size_t text_end(const struct builder *b)
{
	const struct repaired *r = b->repaired;
	return b->run_next < r->run_count ? r->runs[b->run_next] : r->text.len;
}

static struct node *add_node(struct builder *b, enum tag tag)
{
	struct tree *tree = b->tree;
	if (tree->count >= b->node_capacity) {
		b->overflow = true;
		return NULL;
	}
	struct node *node = &b->nodes[tree->count];
	memset(node, 0, sizeof(*node));
	node->tag = tag;
	node->order = (uint32_t)tree->count;
	node->end = node->order + 1;
	tree->nodes[tree->count++] = node;
	struct node *parent = b->current;
	if (parent) {
		node->parent = parent;
		node->depth = (uint16_t)(parent->depth + 1);
		node->previous = parent->last;
		if (parent->last)
			parent->last->next = node;
		else
			parent->first = node;
		parent->last = node;
	}
	return node;
}

static void flush_text(struct builder *b)
{
	size_t end = text_end(b);
	if (end == b->text_start)
		return;
	struct node *node = add_node(b, TAG_TEXT);
	if (node)
		node->text = slice_sub(b->repaired->text, b->text_start, end);
	b->text_start = end;
}

/* The start tag that the scan has kept aside, or one that libxml2 implies. */
static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
	struct builder *b = context;
	struct slice label = slice_of((const char *)name);
	const struct repaired *r = b->repaired;
	const struct kept_start *kept = b->start_next < r->start_count ? &r->starts[b->start_next] : NULL;
	const struct start_tag *more = kept && kept->more ? &r->tagged[kept->more - 1] : NULL;
	bool implied = !kept || !slice_equal(more ? more->name : tag_name(kept->tag), label);
	(void)attributes;
	flush_text(b);
	enum tag tag = implied ? tag_of(label) : kept->tag;
	struct node *node = add_node(b, tag);
	if (!node)
		return;
	b->current = node;
	if (implied) {
		node->name = tag_name(tag);
		b->overflow = b->overflow || !node->name.len;
		return;
	}
	b->start_next++;
	node->name = more ? more->name : tag_name(tag);
	if (!more)
		return;
	node->attributes = more->attributes;
	node->id = more->id;
	node->class = more->class;
	node->text = more->raw;
}

static void on_end(void *context, const xmlChar *name)
{
	struct builder *b = context;
	flush_text(b);
	for (struct node *open = b->current; open; open = open->parent) {
		if (!slice_is(open->name, (const char *)name))
			continue;
		for (struct node *closed = b->current;; closed = closed->parent) {
			closed->end = (uint32_t)b->tree->count;
			if (closed == open)
				break;
		}
		if (open->parent)
			b->current = open->parent;
		return;
	}
}

/* One letter for each text. */
static void on_text(void *context, const xmlChar *text, int len)
{
	struct builder *b = context;
	(void)text;
	for (; len > 0 && b->run_next < b->repaired->run_count; len--)
		b->run_next++;
}

static bool feed(struct builder *b, struct slice tags)
{
	static const htmlSAXHandler handler = {.startElement = on_start,
	        .endElement = on_end,
	        .characters = on_text,
	        .ignorableWhitespace = on_text,
	        .cdataBlock = on_text};
	/* The handler is only read; libxml2's signature wants it writable. */
	htmlSAXHandler own = handler;
	htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(tags.ptr, (int)tags.len);
	if (!parser)
		return false;
	htmlSAXHandlerPtr theirs = parser->sax;
	parser->sax = &own;
	parser->userData = b;
	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
	                                   HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC | PARSE_HUGE);
	xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
	htmlParseDocument(parser);
	parser->sax = theirs;
	if (parser->myDoc)
		xmlFreeDoc(parser->myDoc);
	htmlFreeParserCtxt(parser);
	return true;
}

static void finish(struct builder *b)
{
	struct tree *tree = b->tree;
	flush_text(b);
	for (struct node *open = b->current; open; open = open->parent)
		open->end = (uint32_t)tree->count;
	tree->root = tree->nodes[0];
	for (struct node *child = tree->root->first; child; child = child->next) {
		if (child->tag == TAG_HEAD && !tree->head)
			tree->head = child;
		if (child->tag == TAG_BODY && !tree->body)
			tree->body = child;
	}
}

void parse_init(void)
{
	xmlInitParser();
}

struct tree *tree_parse(struct arena *arena, struct slice html, const struct parse_limits *limits, struct error *error)
{
	if (html.len > limits->bytes) {
		error_set(error, "too_large", "the page has %zu bytes, at most %zu are read", html.len, limits->bytes);
		return NULL;
	}
	struct repaired repaired;
	repair_markup(arena, html, limits->depth, &repaired);
	if (repaired.node_bound + repaired.attribute_bound > limits->nodes) {
		error_set(error, "too_many_nodes", "the page has %zu elements, texts and attributes, at most %zu are read",
		        repaired.node_bound + repaired.attribute_bound, limits->nodes);
		return NULL;
	}
	struct builder b = {.repaired = &repaired};
	b.tree = arena_new(arena, struct tree);
	b.tree->arena = arena;
	b.node_capacity = repaired.node_bound + 8;
	b.nodes = arena_alloc(arena, b.node_capacity * sizeof(*b.nodes));
	b.tree->nodes = arena_alloc(arena, b.node_capacity * sizeof(*b.tree->nodes));
	if (!feed(&b, repaired.tags) || !b.tree->count) {
		error_set(error, "no_memory", "libxml2 can't allocate a parser");
		return NULL;
	}
	finish(&b);
	if (!b.tree->body || !b.tree->head || b.overflow || b.start_next != repaired.start_count ||
	        b.run_next != repaired.run_count) {
		error_set(error, "parse_failed", "the page's repaired markup isn't what it was meant to be");
		return NULL;
	}
	return b.tree;
}
