#include "extract/parse.h"

#include "extract/repair.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

/* honoured by the HTML parser though its enum lacks it: no cut at depth 256 or at 10,000,000 bytes */
#define PARSE_HUGE (1 << 19)

const struct parse_limits PARSE_LIMITS_DEFAULT = {.bytes = (size_t)16 << 20, .nodes = 1000000, .depth = 512};

/* All memory is laid out before libxml2 starts: its callbacks must not escape, for libxml2 holds heap memory while it calls them. */
struct builder {
	struct tree *tree;
	struct node *nodes;
	size_t node_capacity;
	struct attribute *attributes;
	size_t attribute_count, attribute_capacity;
	char *text; /* every text and attribute value, one behind the other */
	size_t text_used, text_capacity;
	size_t text_start; /* where the text node being collected starts */
	struct node *current;
	const struct repaired *repaired;
	size_t raw_next;
	bool overflow;
};

static struct slice keep_bytes(struct builder *b, const char *bytes, size_t len)
{
	if (b->text_capacity - b->text_used < len) {
		b->overflow = true;
		return SLICE("");
	}
	char *to = b->text + b->text_used;
	memcpy(to, bytes, len);
	b->text_used += len;
	return slice_make(to, len);
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
		node->depth = parent->depth + 1;
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
	if (b->text_used == b->text_start)
		return;
	struct node *node = add_node(b, TAG_TEXT);
	if (node)
		node->text = slice_make(b->text + b->text_start, b->text_used - b->text_start);
	b->text_start = b->text_used;
}

static void add_attribute(struct builder *b, struct node *node, struct attribute **tail, const char *name, const char *value)
{
	if (b->attribute_count >= b->attribute_capacity)
		return;
	struct attribute *attribute = &b->attributes[b->attribute_count++];
	attribute->name = keep_bytes(b, name, strlen(name));
	attribute->value = keep_bytes(b, value ? value : "", value ? strlen(value) : 0);
	attribute->next = NULL;
	*tail = attribute;
	if (slice_is(attribute->name, "id"))
		node->id = attribute->value;
	else if (slice_is(attribute->name, "class"))
		node->class = attribute->value;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
	struct builder *b = context;
	struct slice label = slice_of((const char *)name);
	flush_text(b);
	enum tag tag = tag_of(label);
	struct node *node = add_node(b, tag);
	if (!node)
		return;
	node->name = keep_bytes(b, label.ptr, label.len);
	struct attribute **tail = &node->attributes;
	for (; attributes && attributes[0]; attributes += 2) {
		add_attribute(b, node, tail, (const char *)attributes[0], (const char *)attributes[1]);
		if (*tail)
			tail = &(*tail)->next;
	}
	b->text_start = b->text_used;
	if ((tag_flags(tag) & TAG_RAW) && b->raw_next < b->repaired->raw_count)
		node->text = b->repaired->raw[b->raw_next++];
	b->current = node;
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

static void on_text(void *context, const xmlChar *text, int len)
{
	if (len > 0)
		keep_bytes(context, (const char *)text, (size_t)len);
}

static bool feed(struct builder *b, struct slice markup)
{
	static const htmlSAXHandler handler = {.startElement = on_start,
	        .endElement = on_end,
	        .characters = on_text,
	        .ignorableWhitespace = on_text,
	        .cdataBlock = on_text};
	/* The handler is only read; libxml2's signature wants it writable. */
	htmlSAXHandler own = handler;
	htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(markup.ptr, (int)markup.len);
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
	b.attribute_capacity = repaired.attribute_bound;
	b.attributes = arena_alloc(arena, (b.attribute_capacity + 1) * sizeof(*b.attributes));
	b.text_capacity = repaired.markup.len;
	b.text = arena_alloc(arena, b.text_capacity + 1);
	if (!feed(&b, repaired.markup) || !b.tree->count) {
		error_set(error, "no_memory", "libxml2 can't allocate a parser");
		return NULL;
	}
	finish(&b);
	if (!b.tree->body || !b.tree->head || b.overflow) {
		error_set(error, "parse_failed", "the page's repaired markup isn't what it was meant to be");
		return NULL;
	}
	return b.tree;
}
