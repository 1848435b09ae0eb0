/* nesting: see nesting.h. */
#include "extract/nesting.h"

void nesting_init(struct nesting *nesting, size_t limit)
{
	nesting->depth = 0;
	nesting->paragraphs = 0;
	nesting->surplus = 0;
	nesting->limit = limit < NESTING_DEPTH_MAX ? limit : NESTING_DEPTH_MAX;
}

/* "Scope" in the standard's sense: no search for an open element looks through these. */
static bool bounds_scope(enum tag tag)
{
	switch (tag) {
	case TAG_HTML:
	case TAG_BODY:
	case TAG_HEAD:
	case TAG_TABLE:
	case TAG_TD:
	case TAG_TH:
	case TAG_CAPTION:
	case TAG_OBJECT:
	case TAG_TEMPLATE: return true;
	default: return false;
	}
}

/* The elements that close an open p. */
static bool closes_paragraph(enum tag tag)
{
	switch (tag) {
	case TAG_ADDRESS:
	case TAG_ARTICLE:
	case TAG_ASIDE:
	case TAG_BLOCKQUOTE:
	case TAG_CENTER:
	case TAG_DETAILS:
	case TAG_DIALOG:
	case TAG_DIR:
	case TAG_DIV:
	case TAG_DL:
	case TAG_FIELDSET:
	case TAG_FIGCAPTION:
	case TAG_FIGURE:
	case TAG_FOOTER:
	case TAG_HEADER:
	case TAG_HGROUP:
	case TAG_MAIN:
	case TAG_MENU:
	case TAG_NAV:
	case TAG_OL:
	case TAG_P:
	case TAG_SECTION:
	case TAG_SUMMARY:
	case TAG_UL:
	case TAG_H1:
	case TAG_H2:
	case TAG_H3:
	case TAG_H4:
	case TAG_H5:
	case TAG_H6:
	case TAG_PRE:
	case TAG_FORM:
	case TAG_TABLE:
	case TAG_HR:
	case TAG_LI:
	case TAG_DD:
	case TAG_DT:
	case TAG_XMP: return true;
	default: return false;
	}
}

static bool is_heading(enum tag tag)
{
	return tag >= TAG_H1 && tag <= TAG_H6;
}
static bool is_cell(enum tag tag)
{
	return tag == TAG_TD || tag == TAG_TH;
}
static bool is_row_group(enum tag tag)
{
	return tag == TAG_TBODY || tag == TAG_THEAD || tag == TAG_TFOOT;
}
static bool is_item(enum tag tag)
{
	return tag == TAG_LI || tag == TAG_DD || tag == TAG_DT;
}

/* Elements up to and including the innermost open `tag`; 0 if a scope ends first. */
static size_t count_to(const struct nesting *nesting, enum tag tag)
{
	for (size_t i = nesting->depth; i-- > 0;) {
		if (nesting->open[i].tag == tag)
			return nesting->depth - i;
		if (bounds_scope(nesting->open[i].tag) || (tag == TAG_P && nesting->open[i].tag == TAG_BUTTON))
			return 0;
	}
	return 0;
}

/* An item closes the item before it, through div, p, address and formatting but through no other block. */
static size_t count_to_item(const struct nesting *nesting, enum tag tag)
{
	for (size_t i = nesting->depth; i-- > 0;) {
		enum tag open = nesting->open[i].tag;
		if (tag == TAG_LI ? open == TAG_LI : open == TAG_DD || open == TAG_DT)
			return nesting->depth - i;
		if ((tag_flags(open) & TAG_BLOCK) && open != TAG_DIV && open != TAG_P && open != TAG_ADDRESS)
			return 0;
	}
	return 0;
}

/* Cells, rows and row groups close their like within the innermost table. */
static size_t count_to_table_part(const struct nesting *nesting, enum tag tag)
{
	size_t closed = 0;
	for (size_t i = nesting->depth; i-- > 0;) {
		enum tag open = nesting->open[i].tag;
		if (open == TAG_TABLE || open == TAG_HTML || open == TAG_BODY)
			break;
		bool same_level = is_cell(open) || open == TAG_CAPTION;
		if (tag == TAG_TR || is_row_group(tag))
			same_level = same_level || open == TAG_TR;
		if (is_row_group(tag))
			same_level = same_level || is_row_group(open);
		if (same_level)
			closed = nesting->depth - i;
	}
	return closed;
}

/* Formatting and unknown elements end only if no block has been opened inside them since. */
static size_t count_to_inline(const struct nesting *nesting, enum tag tag, struct slice name)
{
	for (size_t i = nesting->depth; i-- > 0;) {
		const struct open_element *open = &nesting->open[i];
		if (open->tag == tag && (tag != TAG_OTHER || slice_equal_nocase(open->name, name)))
			return nesting->depth - i;
		if ((tag_flags(open->tag) & TAG_BLOCK) || bounds_scope(open->tag))
			return 0;
	}
	return 0;
}

size_t nesting_closed_by_start(const struct nesting *nesting, enum tag tag)
{
	size_t closed = 0;
	if (!nesting->depth)
		return 0;
	enum tag innermost = nesting->open[nesting->depth - 1].tag;
	if (is_item(tag))
		closed = count_to_item(nesting, tag);
	else if (tag == TAG_A || tag == TAG_BUTTON)
		closed = count_to_inline(nesting, tag, SLICE_NONE);
	else if (tag == TAG_OPTION || tag == TAG_OPTGROUP)
		closed = innermost == TAG_OPTION;
	else if (is_cell(tag) || tag == TAG_TR || is_row_group(tag))
		return count_to_table_part(nesting, tag);
	else if (is_heading(tag) && is_heading(innermost))
		closed = 1;
	if (!closed && nesting->paragraphs && closes_paragraph(tag)) /* mostly there is none to look for */
		closed = count_to(nesting, TAG_P);
	return closed;
}

size_t nesting_closed_by_end(const struct nesting *nesting, enum tag tag, struct slice name)
{
	if (is_heading(tag)) { /* any heading's end tag ends any heading */
		for (size_t i = nesting->depth; i-- > 0;) {
			if (is_heading(nesting->open[i].tag))
				return nesting->depth - i;
			if (bounds_scope(nesting->open[i].tag))
				return 0;
		}
		return 0;
	}
	if (tag == TAG_LI) { /* list item scope */
		for (size_t i = nesting->depth; i-- > 0;) {
			enum tag open = nesting->open[i].tag;
			if (open == TAG_LI)
				return nesting->depth - i;
			if (open == TAG_UL || open == TAG_OL || bounds_scope(open))
				return 0;
		}
		return 0;
	}
	if (tag == TAG_TABLE || is_cell(tag) || tag == TAG_TR || is_row_group(tag)) { /* table scope */
		for (size_t i = nesting->depth; i-- > 0;) {
			enum tag open = nesting->open[i].tag;
			if (open == tag)
				return nesting->depth - i;
			if (open == TAG_TABLE || open == TAG_HTML || open == TAG_BODY)
				return 0;
		}
		return 0;
	}
	if (tag_flags(tag) & TAG_BLOCK || tag == TAG_BUTTON || tag == TAG_OBJECT)
		return count_to(nesting, tag);
	return count_to_inline(nesting, tag, name);
}

bool nesting_push(struct nesting *nesting, enum tag tag, struct slice name)
{
	if (nesting->depth >= nesting->limit) {
		nesting->surplus++;
		return false;
	}
	nesting->open[nesting->depth++] = (struct open_element){tag, name};
	nesting->paragraphs += tag == TAG_P;
	return true;
}

struct open_element nesting_pop(struct nesting *nesting)
{
	struct open_element element = nesting->open[--nesting->depth];
	nesting->paragraphs -= element.tag == TAG_P;
	return element;
}
