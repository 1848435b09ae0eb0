#include "extract/repair.h"

#include "base/utf8.h"
#include "extract/nesting.h"
#include "extract/reference.h"

#define NAME_MAX_BYTES 64
#define ATTRIBUTES_MAX 64
#define DATA_VALUE_MAX 256

struct scanner {
	struct arena *arena;
	struct slice html;
	size_t at;
	struct buf out;
	struct nesting nesting;
	struct repaired *result;
	size_t raw_capacity;
	bool in_body, head_over;
	unsigned pre;              /* open pre elements */
	bool no_end_of[TAG_COUNT]; /* raw elements whose end tag is known not to come any more */
};

struct attribute_span {
	struct slice name, value;
};

struct start_tag {
	enum tag tag;
	struct slice name; /* as written */
	struct attribute_span attributes[ATTRIBUTES_MAX];
	size_t count;
	bool self_closing;
};

static bool is_name_byte(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c) || c == '-' || c == '_' || c == ':' || c == '.';
}

/* ---- output ---- */

static void put_lower(struct buf *out, struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		buf_append_byte(out, byte_lower(name.ptr[i]));
}

/* A code point of text or of an attribute value, so that it is itself after libxml2 has read it. */
static void put_codepoint(struct buf *out, uint32_t c)
{
	if (c == '<')
		buf_append(out, SLICE("&lt;"));
	else if (c == '&')
		buf_append(out, SLICE("&amp;"));
	else if (c == '"')
		buf_append(out, SLICE("&quot;"));
	else if (c >= 0x20 || c == '\t' || c == '\n')
		buf_append_codepoint(out, c);
	else
		buf_append_byte(out, ' ');
}

static bool is_plain(char c)
{
	return (unsigned char)c > ' ' && c != '&' && c != '<' && c != '"' && c != '\x7f';
}

/* References resolved; each run of white space becomes one space or line feed unless `keep_space`. */
static void put_text(struct buf *out, struct slice text, bool in_attribute, bool keep_space)
{
	size_t at = 0;
	while (at < text.len) {
		size_t start = at;
		while (at < text.len && is_plain(text.ptr[at]))
			at++;
		if (at > start)
			buf_append_bytes(out, text.ptr + start, at - start);
		if (at >= text.len)
			break;
		char c = text.ptr[at];
		if (byte_is_space(c) && !keep_space) {
			bool line = false;
			for (; at < text.len && byte_is_space(text.ptr[at]); at++)
				line = line || text.ptr[at] == '\n';
			buf_append_byte(out, line ? '\n' : ' ');
			continue;
		}
		uint32_t resolved = c == '&' ? reference_resolve(text, &at, in_attribute) : 0;
		if (!resolved)
			at++;
		put_codepoint(out, resolved ? resolved : (unsigned char)c);
	}
}

static void put_end(struct scanner *s, struct open_element element)
{
	buf_append(&s->out, SLICE("</"));
	put_lower(&s->out, element.name);
	buf_append_byte(&s->out, '>');
	if (element.tag == TAG_PRE && s->pre)
		s->pre--;
}

static void close_innermost(struct scanner *s, size_t count)
{
	while (count-- && s->nesting.depth)
		put_end(s, nesting_pop(&s->nesting));
}

static void open_body(struct scanner *s)
{
	if (s->in_body)
		return;
	close_innermost(s, s->nesting.depth - 1); /* all but html */
	buf_append(&s->out, SLICE("<body>"));
	nesting_push(&s->nesting, TAG_BODY, SLICE("body"));
	s->in_body = s->head_over = true;
}

/* ---- attributes ---- */

/* Handlers, styles and the lists of picture sizes make up most of some pages and tell nothing. Style stays where it hides something. */
static bool attribute_tells(struct slice name, struct slice value)
{
	if (name.len > 2 && (name.ptr[0] | 32) == 'o' && (name.ptr[1] | 32) == 'n')
		return false;
	if (slice_equal_nocase(name, SLICE("style")))
		return value.len < 4096 && (slice_find_nocase(value, SLICE("none")) != SLICE_NOT_FOUND ||
		                                   slice_find_nocase(value, SLICE("hidden")) != SLICE_NOT_FOUND);
	if (slice_starts_nocase(name, SLICE("data-")))
		return value.len <= DATA_VALUE_MAX;
	return !slice_equal_nocase(name, SLICE("srcset")) && !slice_equal_nocase(name, SLICE("sizes")) &&
	       !slice_equal_nocase(name, SLICE("jsaction")) && !slice_equal_nocase(name, SLICE("d"));
}

static bool name_is_sound(struct slice name)
{
	if (!name.len || name.len > NAME_MAX_BYTES || !(byte_is_alpha(name.ptr[0]) || name.ptr[0] == '_'))
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!is_name_byte(name.ptr[i]))
			return false;
	return true;
}

/* The value behind '=', at *at. */
static struct slice scan_value(struct slice html, size_t *at)
{
	size_t i = *at;
	while (i < html.len && byte_is_space(html.ptr[i]))
		i++;
	if (i < html.len && (html.ptr[i] == '"' || html.ptr[i] == '\'')) {
		const char *end = memchr(html.ptr + i + 1, html.ptr[i], html.len - i - 1);
		size_t stop = end ? (size_t)(end - html.ptr) : html.len;
		*at = stop + (end != NULL);
		return slice_sub(html, i + 1, stop);
	}
	size_t start = i;
	while (i < html.len && !byte_is_space(html.ptr[i]) && html.ptr[i] != '>')
		i++;
	*at = i;
	return slice_sub(html, start, i);
}

/* Reads the attributes from *at, behind the name, to behind '>'. False if the tag never ends. */
static bool scan_attributes(struct slice html, size_t *at, struct start_tag *tag)
{
	size_t i = *at;
	tag->count = 0;
	tag->self_closing = false;
	for (;;) {
		while (i < html.len && (byte_is_space(html.ptr[i]) || html.ptr[i] == '/')) {
			tag->self_closing = html.ptr[i] == '/';
			i++;
		}
		if (i >= html.len)
			return false;
		if (html.ptr[i] == '>') {
			*at = i + 1;
			return true;
		}
		tag->self_closing = false;
		size_t start = i++;
		while (i < html.len && !byte_is_space(html.ptr[i]) && html.ptr[i] != '=' && html.ptr[i] != '>' &&
		        html.ptr[i] != '/')
			i++;
		struct attribute_span span = {.name = slice_sub(html, start, i), .value = SLICE("")};
		size_t behind = i;
		while (behind < html.len && byte_is_space(html.ptr[behind]))
			behind++;
		if (behind < html.len && html.ptr[behind] == '=') {
			i = behind + 1;
			span.value = scan_value(html, &i);
		}
		if (tag->count < ATTRIBUTES_MAX && name_is_sound(span.name) && attribute_tells(span.name, span.value))
			tag->attributes[tag->count++] = span;
	}
}

static void put_start(struct scanner *s, const struct start_tag *tag)
{
	buf_append_byte(&s->out, '<');
	put_lower(&s->out, tag->name);
	for (size_t i = 0; i < tag->count; i++) {
		buf_append_byte(&s->out, ' ');
		put_lower(&s->out, tag->attributes[i].name);
		buf_append(&s->out, SLICE("=\""));
		put_text(&s->out, tag->attributes[i].value, true, true);
		buf_append_byte(&s->out, '"');
	}
	buf_append_byte(&s->out, '>');
	s->result->node_bound++;
	s->result->attribute_bound += tag->count;
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

static void keep_raw(struct scanner *s, struct slice content)
{
	struct repaired *r = s->result;
	r->raw = arena_grow(s->arena, r->raw, &s->raw_capacity, r->raw_count + 1, sizeof(*r->raw));
	r->raw[r->raw_count++] = content;
}

/* s->at is behind the start tag. Raw content ends at its end tag; where there is none, script and its like take the rest of the page as
 * in a browser, others are left as if they were empty. */
static void raw_element(struct scanner *s, const struct start_tag *tag)
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
	put_start(s, tag);
	keep_raw(s, tag->tag == TAG_TITLE ? reference_decode(s->arena, content) : content);
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

static void start_tag(struct scanner *s, struct start_tag *tag)
{
	if (page_part(s, tag))
		return;
	if (!s->in_body && (s->head_over || !belongs_in_head(tag->tag)) &&
	        s->nesting.open[s->nesting.depth - 1].tag != TAG_NOSCRIPT)
		open_body(s);
	if (tag->tag == TAG_TEMPLATE) {
		for (size_t i = 0; i < tag->count; i++)
			if (slice_starts_nocase(
			            tag->attributes[i].name, SLICE("shadowroot"))) { /* declarative shadow tree: visible */
				tag->tag = TAG_DIV;
				tag->name = SLICE("div");
			}
	}
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

static void end_tag(struct scanner *s, struct slice name)
{
	enum tag tag = tag_of(name);
	if (tag == TAG_HEAD) {
		s->head_over = true;
		return;
	}
	if (tag == TAG_BODY || tag == TAG_HTML || (tag_flags(tag) & TAG_RAW))
		return;
	if (tag == TAG_BR) {
		buf_append(&s->out, SLICE("<br>"));
		s->result->node_bound++;
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
	size_t start = at;
	while (at < html.len && is_name_byte(html.ptr[at]))
		at++;
	struct start_tag tag;
	tag.name = slice_sub(html, start, at < start + NAME_MAX_BYTES ? at : start + NAME_MAX_BYTES);
	if (end) {
		s->at = behind(html, at, '>');
		end_tag(s, tag.name);
		return true;
	}
	if (!scan_attributes(html, &at, &tag)) {
		s->at = html.len;
		return true;
	}
	s->at = at;
	tag.tag = tag_of(tag.name);
	if (slice_equal_nocase(tag.name, SLICE("image"))) {
		tag.tag = TAG_IMG;
		tag.name = SLICE("img");
	}
	start_tag(s, &tag);
	return true;
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
	/* A '<' that is text ends one run and starts another, but they are one node. */
	s->result->node_bound += !s->out.len || s->out.ptr[s->out.len - 1] == '>';
	put_text(&s->out, text, false, s->pre > 0);
}

/* The attributes of the page's html element (its language), wherever its tag stands in the first bytes. */
static void open_page(struct scanner *s)
{
	struct slice head = slice_sub(s->html, 0, 16384);
	size_t at = slice_find_nocase(head, SLICE("<html"));
	struct start_tag tag = {.tag = TAG_HTML, .name = SLICE("html")};
	if (at != SLICE_NOT_FOUND && at + 5 < s->html.len && !is_name_byte(s->html.ptr[at + 5])) {
		at += 5;
		if (!scan_attributes(s->html, &at, &tag))
			tag.count = 0;
	}
	put_start(s, &tag);
	nesting_push(&s->nesting, TAG_HTML, SLICE("html"));
	buf_append(&s->out, SLICE("<head>"));
	nesting_push(&s->nesting, TAG_HEAD, SLICE("head"));
	s->result->node_bound += 3; /* head and body too, and room for one that libxml2 implies */
}

void repair_markup(struct arena *arena, struct slice html, size_t depth_limit, struct repaired *repaired)
{
	struct scanner *s = arena_new(arena, struct scanner);
	*repaired = (struct repaired){0};
	s->arena = arena;
	s->html = html;
	s->result = repaired;
	nesting_init(&s->nesting, depth_limit);
	/* A hostile page grows by its implied ends and quoting, eight times at the very worst. */
	buf_init_arena(&s->out, arena, html.len * 8 + 4096);
	buf_reserve(&s->out, html.len / 2 + 1024);
	open_page(s);
	while (s->at < html.len) {
		if (html.ptr[s->at] != '<' || !scan_markup(s))
			scan_text(s);
		arena_tick(arena);
	}
	open_body(s);
	close_innermost(s, s->nesting.depth);
	repaired->markup = buf_slice(&s->out);
}
