/* repair: see repair.h. */
#include "extract/repair.h"

#include "extract/nesting.h"
#include "extract/reference.h"

struct scanner {
	struct arena *arena;
	struct slice html;
	size_t at;
	struct buf tags, text;
	struct nesting nesting;
	struct repaired *result;
	size_t start_capacity, tagged_capacity, run_capacity;
	bool in_body, head_over;
	unsigned pre;              /* open pre elements */
	bool no_end_of[TAG_COUNT]; /* raw elements whose end tag is known not to come any more */
};

static void put_end(struct scanner *s, struct open_element element)
{
	buf_append(&s->tags, SLICE("</"));
	buf_append(&s->tags, element.name);
	buf_append_byte(&s->tags, '>');
	if (element.tag == TAG_PRE && s->pre)
		s->pre--;
}

static void close_innermost(struct scanner *s, size_t count)
{
	while (count-- && s->nesting.depth)
		put_end(s, nesting_pop(&s->nesting));
}

/* A start tag that libxml2 will report, in its place in `starts`. */
static void put_start(struct scanner *s, const struct start_tag *tag)
{
	struct repaired *r = s->result;
	buf_append_byte(&s->tags, '<');
	buf_append(&s->tags, tag->name);
	buf_append_byte(&s->tags, '>');
	r->starts = arena_grow(s->arena, r->starts, &s->start_capacity, r->start_count + 1, sizeof(*r->starts));
	r->starts[r->start_count++] = (struct kept_start){tag->tag, 0};
	if (tag->attributes || tag->raw.ptr || tag->tag == TAG_OTHER || tag->id.ptr || tag->class.ptr) {
		r->tagged = arena_grow(s->arena, r->tagged, &s->tagged_capacity, r->tagged_count + 1, sizeof(*r->tagged));
		r->tagged[r->tagged_count++] = *tag;
		r->starts[r->start_count - 1].more = (uint32_t)r->tagged_count;
	}
	r->node_bound++;
	r->attribute_bound += tag->count;
}

static void put_bare_start(struct scanner *s, enum tag tag)
{
	put_start(s, &(struct start_tag){.tag = tag, .name = tag_name(tag)});
}

static void open_body(struct scanner *s)
{
	if (s->in_body)
		return;
	close_innermost(s, s->nesting.depth - 1); /* all but html */
	put_bare_start(s, TAG_BODY);
	nesting_push(&s->nesting, TAG_BODY, SLICE("body"));
	s->in_body = s->head_over = true;
}

/* ---- raw content ---- */

/* The offset of "</name" at or behind `from`, followed by what ends a name; html.len if there is none. */
static size_t find_end_tag(struct slice html, size_t from, struct slice name)
{
	while (from < html.len) {
		const char *mark = memchr(html.ptr + from, '<', html.len - from);
		if (!mark)
			break;
		from = (size_t)(mark - html.ptr) + 1;
		if (from + 1 + name.len > html.len || html.ptr[from] != '/' ||
		        !slice_equal_nocase(slice_sub(html, from + 1, from + 1 + name.len), name))
			continue;
		size_t behind = from + 1 + name.len;
		if (behind == html.len || byte_is_space(html.ptr[behind]) || html.ptr[behind] == '>' || html.ptr[behind] == '/')
			return from - 1;
	}
	return html.len;
}

/* s->at is behind the start tag. Raw content ends at its end tag; where there is none, script and its like take the rest of the
 * page as in a browser, others are left as if they were empty. */
static void raw_element(struct scanner *s, struct start_tag *tag)
{
	size_t start = s->at, stop = start;
	bool empty = (tag->tag == TAG_SVG && tag->self_closing) || s->no_end_of[tag->tag];
	if (!empty) {
		stop = find_end_tag(s->html, start, tag->name);
		if (stop == s->html.len) {
			s->no_end_of[tag->tag] = true;
			if (tag->tag != TAG_SCRIPT && tag->tag != TAG_STYLE && tag->tag != TAG_TEXTAREA)
				stop = start;
		}
		const char *close = stop < s->html.len && stop > start - 1 && !s->no_end_of[tag->tag]
		                            ? memchr(s->html.ptr + stop, '>', s->html.len - stop)
		                            : NULL;
		s->at = close ? (size_t)(close - s->html.ptr) + 1 : stop;
	}
	struct slice content = slice_sub(s->html, start, stop);
	tag->raw = tag->tag == TAG_TITLE ? reference_decode(s->arena, content) : content;
	put_start(s, tag);
	put_end(s, (struct open_element){tag->tag, tag->name});
}

/* ---- tags ---- */

static bool belongs_in_head(enum tag tag)
{
	switch (tag) {
	case TAG_BASE:
	case TAG_LINK:
	case TAG_META:
	case TAG_NOSCRIPT:
	case TAG_SCRIPT:
	case TAG_STYLE:
	case TAG_TEMPLATE:
	case TAG_TITLE: return true;
	default: return false;
	}
}

/* html, head and body are written by open_page() and open_body(); only the attributes of the first body survive. */
static bool page_part(struct scanner *s, const struct start_tag *tag)
{
	if (tag->tag == TAG_HTML || tag->tag == TAG_HEAD)
		return true;
	if (tag->tag != TAG_BODY)
		return false;
	if (!s->in_body) {
		close_innermost(s, s->nesting.depth - 1);
		put_start(s, tag);
		nesting_push(&s->nesting, TAG_BODY, SLICE("body"));
		s->in_body = s->head_over = true;
	}
	return true;
}

/* A template with a declarative shadow tree is visible. */
static void show_shadow_tree(struct start_tag *tag)
{
	for (const struct attribute *a = tag->attributes; a; a = a->next)
		if (slice_starts(a->name, SLICE("shadowroot"))) {
			tag->tag = TAG_DIV;
			tag->name = tag_name(TAG_DIV);
		}
}

static void take_start(struct scanner *s, struct start_tag *tag)
{
	if (page_part(s, tag))
		return;
	if (!s->in_body && (s->head_over || !belongs_in_head(tag->tag)) &&
	        s->nesting.open[s->nesting.depth - 1].tag != TAG_NOSCRIPT)
		open_body(s);
	if (tag->tag == TAG_TEMPLATE)
		show_shadow_tree(tag);
	unsigned flags = tag_flags(tag->tag);
	close_innermost(s, nesting_closed_by_start(&s->nesting, tag->tag));
	if (flags & TAG_RAW) {
		raw_element(s, tag);
		return;
	}
	if (flags & TAG_VOID) {
		if (tag->tag == TAG_WBR)
			return;
		put_start(s, tag);
		if (tag->tag == TAG_SOURCE || tag->tag == TAG_TRACK) /* unknown to libxml2 as void */
			put_end(s, (struct open_element){tag->tag, tag->name});
		return;
	}
	if (!nesting_push(&s->nesting, tag->tag, tag->name))
		return;
	put_start(s, tag);
	if (tag->tag == TAG_PRE)
		s->pre++;
}

static void take_end(struct scanner *s, struct slice name)
{
	enum tag tag = tag_of(name);
	if (tag == TAG_HEAD) {
		s->head_over = true;
		return;
	}
	if (tag == TAG_BODY || tag == TAG_HTML || (tag_flags(tag) & TAG_RAW))
		return;
	if (tag == TAG_BR) {
		put_bare_start(s, TAG_BR);
		return;
	}
	if (tag_flags(tag) & TAG_VOID)
		return;
	if (s->nesting.surplus) {
		s->nesting.surplus--;
		return;
	}
	if (tag == TAG_TEMPLATE)
		tag = TAG_DIV;
	close_innermost(s, nesting_closed_by_end(&s->nesting, tag, name));
}

static size_t behind(struct slice html, size_t from, char byte)
{
	const char *found = from < html.len ? memchr(html.ptr + from, byte, html.len - from) : NULL;
	return found ? (size_t)(found - html.ptr) + 1 : html.len;
}

/* "<!--" at `at`. Ends at "-->" or "--!>"; "<!-->" and "<!--->" are whole comments. */
static size_t behind_comment(struct slice html, size_t at)
{
	size_t i = at + 4;
	if (slice_starts(slice_sub(html, i, html.len), SLICE(">")))
		return i + 1;
	if (slice_starts(slice_sub(html, i, html.len), SLICE("->")))
		return i + 2;
	for (const char *mark; i < html.len && (mark = memchr(html.ptr + i, '>', html.len - i)) != NULL;) {
		struct slice before = slice_sub(html, at + 4, (size_t)(mark - html.ptr));
		i = (size_t)(mark - html.ptr) + 1;
		if (slice_ends(before, SLICE("--")) || slice_ends(before, SLICE("--!")))
			return i;
	}
	return html.len;
}

/* Markup at '<'. False if the '<' is text. */
static bool scan_markup(struct scanner *s)
{
	struct slice html = s->html;
	size_t at = s->at + 1;
	if (at >= html.len)
		return false;
	char c = html.ptr[at];
	if (c == '!' || c == '?') {
		s->at = slice_starts(slice_sub(html, at, html.len), SLICE("!--")) ? behind_comment(html, s->at)
		                                                                  : behind(html, at, '>');
		return true;
	}
	bool end = c == '/';
	at += end;
	if (at >= html.len || !byte_is_alpha(html.ptr[at])) {
		if (!end)
			return false;
		s->at = behind(html, at, '>');
		return true;
	}
	if (end) {
		struct slice name = tag_scan_name(html, &at);
		s->at = behind(html, at, '>');
		take_end(s, name);
		return true;
	}
	struct start_tag tag;
	if (!start_tag_scan(s->arena, html, &at, &tag)) {
		s->at = html.len;
		return true;
	}
	s->at = at;
	take_start(s, &tag);
	return true;
}

/* The text itself goes to `text`; among the tags a letter stands for it. A '<' that is text ends one run and starts another, but
 * they are one node. */
static void put_text(struct scanner *s, struct slice text)
{
	struct repaired *r = s->result;
	if (s->tags.ptr[s->tags.len - 1] == '>') {
		buf_append_byte(&s->tags, 'x');
		r->runs = arena_grow(s->arena, r->runs, &s->run_capacity, r->run_count + 1, sizeof(*r->runs));
		r->runs[r->run_count++] = s->text.len;
		r->node_bound++;
	}
	reference_append_text(&s->text, text, s->pre > 0);
}

static void scan_text(struct scanner *s)
{
	size_t from = s->at;
	const char *next = memchr(s->html.ptr + from + 1, '<', s->html.len - from - 1);
	size_t stop = next ? (size_t)(next - s->html.ptr) : s->html.len;
	struct slice text = slice_sub(s->html, from, stop);
	s->at = stop;
	if (!s->in_body) {
		if (!slice_trim(text).len)
			return;
		open_body(s);
	}
	put_text(s, text);
}

/* The attributes of the page's html element (its language), wherever its tag stands in the first bytes. */
static void open_page(struct scanner *s)
{
	struct slice head = slice_sub(s->html, 0, 16384);
	size_t at = slice_find_nocase(head, SLICE("<html"));
	struct start_tag tag = {.tag = TAG_HTML, .name = SLICE("html")}, written;
	if (at != SLICE_NOT_FOUND) {
		at++;
		if (start_tag_scan(s->arena, s->html, &at, &written) && written.tag == TAG_HTML)
			tag = written;
	}
	put_start(s, &tag);
	nesting_push(&s->nesting, TAG_HTML, SLICE("html"));
	put_bare_start(s, TAG_HEAD);
	nesting_push(&s->nesting, TAG_HEAD, SLICE("head"));
	s->result->node_bound++; /* room for one that libxml2 implies */
}

void repair_markup(struct arena *arena, struct slice html, size_t depth_limit, struct repaired *repaired)
{
	struct scanner *s = arena_new(arena, struct scanner);
	*repaired = (struct repaired){0};
	s->arena = arena;
	s->html = html;
	s->result = repaired;
	nesting_init(&s->nesting, depth_limit);
	/* A hostile page's tags grow by their implied ends, eight times at the very worst. */
	buf_init_arena(&s->tags, arena, html.len * 8 + 4096);
	buf_reserve(&s->tags, html.len / 8 + 1024);
	buf_init_arena(&s->text, arena, html.len + 16);
	buf_reserve(&s->text, html.len / 4 + 16);
	s->start_capacity = s->tagged_capacity = html.len / 256 + 64;
	repaired->starts = arena_alloc(arena, s->start_capacity * sizeof(*repaired->starts));
	repaired->tagged = arena_alloc(arena, s->tagged_capacity * sizeof(*repaired->tagged));
	open_page(s);
	while (s->at < html.len) {
		if (html.ptr[s->at] != '<' || !scan_markup(s))
			scan_text(s);
		arena_tick(arena);
	}
	open_body(s);
	close_innermost(s, s->nesting.depth);
	repaired->tags = buf_slice(&s->tags);
	repaired->text = buf_slice(&s->text);
}
