/* tree: a page as the extraction sees it: elements and text nodes in one arena, read-only once parse.c has built them.
 *
 * Invariants: the root is an element (TAG_HTML) with a head (possibly empty) and a body; text nodes have tag TAG_TEXT, no
 * children and are never neighbours; names and attribute names are lower case; all text is valid UTF-8 with character references
 * resolved. Comments are gone. The content of script, style and the like is the `text` of their element, undecoded, not a child.
 * `order` counts nodes in document order from 0, so `a->order < b->order` compares positions, and a node's subtree is the
 * orders [order, end). */
#ifndef COPYDESK_TREE_H
#define COPYDESK_TREE_H

#include "base/arena.h"

/* Every element that some rule knows by name. The list is alphabetical; TREE_TAGS(X) yields X(ENUM, "name", flags). */
#define TREE_TAGS(X) \
	X(A, "a", 0) X(ABBR, "abbr", 0) X(ADDRESS, "address", TAG_BLOCK) X(AMP_IMG, "amp-img", 0) X(ARTICLE, "article", TAG_BLOCK) \
	X(ASIDE, "aside", TAG_BLOCK) X(AUDIO, "audio", 0) X(B, "b", 0) X(BASE, "base", TAG_VOID) \
	X(BLOCKQUOTE, "blockquote", TAG_BLOCK) X(BODY, "body", TAG_BLOCK) X(BR, "br", TAG_VOID) X(BUTTON, "button", 0) \
	X(CANVAS, "canvas", 0) X(CAPTION, "caption", TAG_BLOCK) X(CENTER, "center", TAG_BLOCK) X(CITE, "cite", 0) X(CODE, "code", 0) \
	X(COL, "col", TAG_VOID) X(COLGROUP, "colgroup", 0) X(DATA, "data", 0) X(DD, "dd", TAG_BLOCK) X(DEL, "del", 0) \
	X(DETAILS, "details", TAG_BLOCK) X(DFN, "dfn", 0) X(DIALOG, "dialog", TAG_BLOCK) X(DIR, "dir", TAG_BLOCK) \
	X(DIV, "div", TAG_BLOCK) X(DL, "dl", TAG_BLOCK) X(DT, "dt", TAG_BLOCK) X(EM, "em", 0) X(EMBED, "embed", TAG_VOID) \
	X(FIELDSET, "fieldset", TAG_BLOCK) X(FIGCAPTION, "figcaption", TAG_BLOCK) X(FIGURE, "figure", TAG_BLOCK) X(FONT, "font", 0) \
	X(FOOTER, "footer", TAG_BLOCK) X(FORM, "form", TAG_BLOCK) X(FRAME, "frame", TAG_VOID) X(FRAMESET, "frameset", TAG_BLOCK) \
	X(H1, "h1", TAG_BLOCK) X(H2, "h2", TAG_BLOCK) X(H3, "h3", TAG_BLOCK) X(H4, "h4", TAG_BLOCK) X(H5, "h5", TAG_BLOCK) \
	X(H6, "h6", TAG_BLOCK) X(HEAD, "head", TAG_BLOCK) X(HEADER, "header", TAG_BLOCK) X(HGROUP, "hgroup", TAG_BLOCK) \
	X(HR, "hr", TAG_VOID | TAG_BLOCK) X(HTML, "html", TAG_BLOCK) X(I, "i", 0) X(IFRAME, "iframe", TAG_RAW) X(IMG, "img", TAG_VOID) \
	X(INPUT, "input", TAG_VOID) X(INS, "ins", 0) X(KBD, "kbd", 0) X(LABEL, "label", 0) X(LEGEND, "legend", TAG_BLOCK) \
	X(LI, "li", TAG_BLOCK) X(LINK, "link", TAG_VOID) X(MAIN, "main", TAG_BLOCK) X(MAP, "map", 0) X(MARK, "mark", 0) \
	X(MATH, "math", 0) X(MENU, "menu", TAG_BLOCK) X(META, "meta", TAG_VOID) X(NAV, "nav", TAG_BLOCK) X(NOEMBED, "noembed", TAG_RAW) \
	X(NOFRAMES, "noframes", TAG_RAW) X(NOSCRIPT, "noscript", 0) X(OBJECT, "object", 0) X(OL, "ol", TAG_BLOCK) \
	X(OPTGROUP, "optgroup", 0) X(OPTION, "option", 0) X(OUTPUT, "output", 0) X(P, "p", TAG_BLOCK) X(PARAM, "param", TAG_VOID) \
	X(PICTURE, "picture", 0) X(PRE, "pre", TAG_BLOCK) X(PROGRESS, "progress", 0) X(Q, "q", 0) X(S, "s", 0) X(SAMP, "samp", 0) \
	X(SCRIPT, "script", TAG_RAW) X(SECTION, "section", TAG_BLOCK) X(SELECT, "select", 0) X(SMALL, "small", 0) \
	X(SOURCE, "source", TAG_VOID) X(SPAN, "span", 0) X(STRIKE, "strike", 0) X(STRONG, "strong", 0) X(STYLE, "style", TAG_RAW) \
	X(SUB, "sub", 0) X(SUMMARY, "summary", TAG_BLOCK) X(SUP, "sup", 0) X(SVG, "svg", TAG_RAW) X(TABLE, "table", TAG_BLOCK) \
	X(TBODY, "tbody", TAG_BLOCK) X(TD, "td", TAG_BLOCK) X(TEMPLATE, "template", TAG_RAW) X(TEXTAREA, "textarea", TAG_RAW) \
	X(TFOOT, "tfoot", TAG_BLOCK) X(TH, "th", TAG_BLOCK) X(THEAD, "thead", TAG_BLOCK) X(TIME, "time", 0) X(TITLE, "title", TAG_RAW) \
	X(TR, "tr", TAG_BLOCK) X(TRACK, "track", TAG_VOID) X(TT, "tt", 0) X(U, "u", 0) X(UL, "ul", TAG_BLOCK) X(VAR, "var", 0) \
	X(VIDEO, "video", 0) X(WBR, "wbr", TAG_VOID) X(XMP, "xmp", TAG_RAW)

enum tag {
	TAG_TEXT,
	TAG_OTHER, /* an element with a name of its own: look at node.name */
#define TREE_ENUM(symbol, text, flags) TAG_##symbol,
	TREE_TAGS(TREE_ENUM)
#undef TREE_ENUM
	TAG_COUNT
};

enum tag_flag {
	TAG_BLOCK = 1, /* starts a new line of text */
	TAG_VOID = 2,  /* has no content and no end tag */
	TAG_RAW = 4,   /* its content is text for the browser's machinery, kept in node.text (title's is decoded) */
};

struct attribute {
	struct slice name, value; /* value: references resolved, white space as it stands */
	struct attribute *next;
};

struct node {
	enum tag tag : 16;
	uint16_t depth;      /* 0 = root */
	uint32_t order, end; /* see above */
	uint32_t mark;       /* for whoever works on the tree: 0 after parsing */
	struct slice name;   /* of an element */
	struct slice text;   /* of a text node, or raw content */
	struct slice id, class; /* attribute values as they stand, empty if absent */
	struct attribute *attributes; /* in document order */
	struct node *parent, *first, *last, *next, *previous;
};

struct tree {
	struct arena *arena;
	struct node *root, *head, *body;
	struct node **nodes; /* by order; the root is nodes[0] */
	size_t count;
};

/* TAG_OTHER if unknown. `name` in any case. */
enum tag tag_of(struct slice name);
/* In lower case; empty for TAG_TEXT and TAG_OTHER. */
struct slice tag_name(enum tag tag);
unsigned tag_flags(enum tag tag);
static inline bool node_is_block(const struct node *node) { return (tag_flags(node->tag) & TAG_BLOCK) != 0; }

/* SLICE_NONE if absent; present but empty has a non-NULL ptr. `name` in lower case. */
struct slice node_attribute(const struct node *node, const char *name);
bool node_has_attribute(const struct node *node, const char *name);
/* Does the white-space separated list `tokens` hold `token`, ASCII case ignored? */
bool tokens_contain(struct slice tokens, const char *token);

/* Document order. NULL behind the last node of `within` (a subtree's root, itself included). */
static inline const struct node *node_following(const struct tree *tree, const struct node *node, const struct node *within)
{
	uint32_t at = node->order + 1;
	return at < within->end ? tree->nodes[at] : NULL;
}
#define tree_each(item, tree, within) \
	(const struct node *item = (within); item; item = node_following((tree), item, (within)))
static inline bool node_contains(const struct node *outer, const struct node *inner)
{
	return outer->order <= inner->order && inner->order < outer->end;
}
/* The nearest ancestor-or-self with that tag, or NULL. */
const struct node *node_closest(const struct node *node, enum tag tag);
/* The first element with that tag inside `within` (itself included), or NULL. */
const struct node *tree_find(const struct tree *tree, const struct node *within, enum tag tag);

/* The text of a subtree as a reader sees it: white space squeezed to single spaces, trimmed, a space where a block or br parts
 * words; without raw content. At most `limit` bytes are collected (0: no limit). NFC, in `arena`. */
struct slice node_text(struct arena *arena, const struct tree *tree, const struct node *node, size_t limit);

#endif
