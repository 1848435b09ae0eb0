/* jsonmend: see jsonmend.h. One pass over the tokens that are there; the marks between them are written anew, so it doesn't matter
 * which of them the page has. The hard thing is where a string ends: at the quote behind which the text goes on like JSON. */
#include "extract/jsonmend.h"

#include "base/buf.h"
#include "extract/reference.h"

#define DEPTH_MAX 64
#define NAME_BYTES_MAX 80 /* how far the end of a member's name is looked for */

enum last { LAST_OPEN, LAST_NAME, LAST_COLON, LAST_VALUE };

struct mender {
	struct arena *arena;
	struct slice text;
	size_t at;
	struct buf out;
	char open[DEPTH_MAX]; /* the brackets that are open */
	size_t depth;
	enum last last;
	bool too_deep;
};

static size_t skip_space(struct slice s, size_t at)
{
	while (at < s.len && byte_is_space(s.ptr[at]))
		at++;
	return at;
}

static bool in_object(const struct mender *m) { return m->open[m->depth - 1] == '{'; }

static bool is_bare(char c) { return c && (byte_is_alpha(c) || byte_is_digit(c) || strchr("_$+-.@", c)); }

/* Does a member's name with its colon stand at `at`? One without quotes has its colon right behind it. */
static bool name_stands(struct slice s, size_t at)
{
	size_t end = at;
	while (end < s.len && end - at <= NAME_BYTES_MAX && is_bare(s.ptr[end]))
		end++;
	if (end > at || end == s.len)
		return end < s.len && s.ptr[end] == ':';
	char quote = s.ptr[end++];
	if (quote != '"' && quote != '\'')
		return false;
	while (end < s.len && end - at <= NAME_BYTES_MAX && s.ptr[end] != quote && (unsigned char)s.ptr[end] >= 0x20)
		end++;
	if (end >= s.len || s.ptr[end] != quote)
		return false;
	end = skip_space(s, end + 1);
	return end < s.len && s.ptr[end] == ':';
}

/* Does an array go on at `at`? */
static bool item_stands(struct slice s, size_t at)
{
	static const struct slice WORDS[] = {SLICE_INIT("true"), SLICE_INIT("false"), SLICE_INIT("null")};
	if (at >= s.len)
		return true;
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if (slice_starts(slice_sub(s, at, s.len), WORDS[i]))
			return true;
	return s.ptr[at] && strchr("\"'{[]}-0123456789", s.ptr[at]);
}

/* Is the quote at `at` the end of its string? */
static bool quote_closes(const struct mender *m, size_t at, bool is_name)
{
	struct slice s = m->text;
	size_t next = skip_space(s, at + 1);
	if (next == s.len)
		return true;
	if (is_name)
		return s.ptr[next] == ':';
	if (s.ptr[next] == '}' || s.ptr[next] == ']')
		return true;
	bool comma = s.ptr[next] == ',';
	if (comma)
		while (next < s.len && (s.ptr[next] == ',' || byte_is_space(s.ptr[next])))
			next++;
	if (in_object(m))
		return name_stands(s, next) || (comma && (next == s.len || s.ptr[next] == '}' || s.ptr[next] == '/'));
	if (comma)
		return item_stands(s, next);
	return s.ptr[next] == s.ptr[at] && memchr(s.ptr + at, '\n', next - at); /* ["a"\n"b"] */
}

static void copy_escape(struct mender *m, char next)
{
	if (next && strchr("\"\\/bfnrtu", next)) {
		buf_append_byte(&m->out, '\\');
		buf_append_byte(&m->out, next);
	} else if ((unsigned char)next >= 0x20) {
		buf_append_byte(&m->out, next);
	}
}

/* Four figures must follow \u, else the reader gives up. */
static bool is_broken_unicode(struct slice s, size_t at)
{
	if (at >= s.len || s.ptr[at] != 'u')
		return false;
	for (size_t i = 1; i <= 4; i++)
		if (at + i >= s.len || !(byte_is_digit(s.ptr[at + i]) || strchr("abcdef", byte_lower(s.ptr[at + i]))))
			return true;
	return false;
}

/* The string that begins at the quote; raw control characters become spaces, wrong escapes lose their backslash. */
static void mend_string(struct mender *m, bool is_name)
{
	struct slice s = m->text;
	char quote = s.ptr[m->at];
	buf_append_byte(&m->out, '"');
	for (m->at++; m->at < s.len; m->at++) {
		arena_tick(m->arena);
		char c = s.ptr[m->at];
		if (c == quote && quote_closes(m, m->at, is_name)) {
			m->at++;
			break;
		}
		if (c == '"')
			buf_append(&m->out, SLICE("\\\""));
		else if (c == '\\' && m->at + 1 < s.len && !is_broken_unicode(s, m->at + 1))
			copy_escape(m, s.ptr[++m->at]);
		else if (c != '\\')
			buf_append(&m->out, (unsigned char)c >= 0x20 ? slice_sub(s, m->at, m->at + 1)
					    : c == '\n'              ? SLICE("\\n")
								     : SLICE(" "));
	}
	buf_append_byte(&m->out, '"');
}

/* The mark that must stand before the next token. Is the token a member's name? */
static bool begin(struct mender *m)
{
	if (m->last == LAST_VALUE)
		buf_append_byte(&m->out, ',');
	else if (m->last == LAST_NAME)
		buf_append_byte(&m->out, ':');
	return in_object(m) && (m->last == LAST_OPEN || m->last == LAST_VALUE);
}

static void open_bracket(struct mender *m, char bracket)
{
	if (begin(m))
		buf_append(&m->out, SLICE("\"\":"));
	m->too_deep |= m->depth >= DEPTH_MAX;
	if (m->too_deep)
		return;
	m->open[m->depth++] = bracket;
	buf_append_byte(&m->out, bracket);
	m->last = LAST_OPEN;
}

/* A name without a value gets one. */
static void end_member(struct mender *m)
{
	if (m->last != LAST_NAME && m->last != LAST_COLON)
		return;
	buf_append(&m->out, m->last == LAST_NAME ? SLICE(":null") : SLICE("null"));
	m->last = LAST_VALUE;
}

static void close_last(struct mender *m)
{
	end_member(m);
	buf_append_byte(&m->out, in_object(m) ? '}' : ']');
	m->depth--;
	m->last = LAST_VALUE;
}

/* Closes up to the bracket that is meant; one that was never opened is passed over. */
static void close_bracket(struct mender *m, char opener)
{
	size_t level = m->depth;
	while (level > 1 && m->open[level - 1] != opener)
		level--;
	if (level <= 1)
		return;
	while (m->depth >= level)
		close_last(m);
}

static bool is_number(struct slice s)
{
	size_t at = slice_starts(s, SLICE("-")), start = at;
	while (at < s.len && byte_is_digit(s.ptr[at]))
		at++;
	if (at == start || (s.ptr[start] == '0' && at > start + 1))
		return false;
	if (at < s.len && s.ptr[at] == '.') {
		start = ++at;
		while (at < s.len && byte_is_digit(s.ptr[at]))
			at++;
		if (at == start)
			return false;
	}
	return at == s.len;
}

/* A number, true, false, null; a name without quotes; any other word stands for nothing. */
static void mend_word(struct mender *m)
{
	size_t start = m->at;
	while (m->at < m->text.len && is_bare(m->text.ptr[m->at]))
		m->at++;
	struct slice word = slice_sub(m->text, start, m->at);
	size_t next = skip_space(m->text, m->at);
	bool named = next < m->text.len && m->text.ptr[next] == ':';
	if (in_object(m) && m->last != LAST_NAME && m->last != LAST_COLON && !named)
		return; /* a word between members */
	if (begin(m)) {
		buf_printf(&m->out, "\"%.*s\"", SLICE_ARG(word));
		m->last = LAST_NAME;
		return;
	}
	bool known = slice_is(word, "true") || slice_is(word, "false") || is_number(word);
	buf_append(&m->out, known ? word : SLICE("null"));
	m->last = LAST_VALUE;
}

/* A comment's end, or the start itself if there is none. */
static size_t skip_comment(struct slice s, size_t at)
{
	struct slice rest = slice_sub(s, at, s.len), end = SLICE("\n");
	if (slice_starts(rest, SLICE("/*")))
		end = SLICE("*/");
	else if (!slice_starts(rest, SLICE("//")))
		return at + 1;
	size_t found = slice_find(rest, end);
	return found == SLICE_NOT_FOUND ? s.len : at + found + end.len;
}

static void mend_token(struct mender *m)
{
	char c = m->text.ptr[m->at];
	if (c == '"' || c == '\'') {
		bool is_name = begin(m);
		mend_string(m, is_name);
		m->last = is_name ? LAST_NAME : LAST_VALUE;
	} else if (c == '{' || c == '[') {
		open_bracket(m, c);
		m->at++;
	} else if (c == '}' || c == ']') {
		close_bracket(m, c == '}' ? '{' : '[');
		m->at++;
	} else if (c == ',') {
		end_member(m); /* {"a":,"b":1} */
		m->at++;
	} else if (c == ':') {
		if (m->last == LAST_NAME) {
			buf_append_byte(&m->out, ':');
			m->last = LAST_COLON;
		}
		m->at++;
	} else if (c == '/') {
		m->at = skip_comment(m->text, m->at);
	} else if (m->depth > 1 && is_bare(c)) {
		mend_word(m);
	} else {
		m->at++;
	}
}

/* The first bracket of the data: what stands before it is an assignment, a comment's start or a CDATA section's. */
static size_t find_start(struct slice s)
{
	size_t at = 0;
	while (at < s.len && s.ptr[at] != '{' && s.ptr[at] != '[')
		at++;
	if (slice_starts(slice_sub(s, at, s.len), SLICE("[CDATA[")))
		for (at += 7; at < s.len && s.ptr[at] != '{' && s.ptr[at] != '[';)
			at++;
	return at;
}

struct slice json_mend(struct arena *arena, struct slice text)
{
	if (!memchr(text.ptr, '"', text.len) && slice_find(text, SLICE("&quot;")) != SLICE_NOT_FOUND)
		text = reference_decode(arena, text);
	struct mender m = {.arena = arena, .text = text, .at = find_start(text), .depth = 1, .open = "[", .last = LAST_OPEN};
	if (m.at == text.len)
		return SLICE_NONE;
	buf_init_arena(&m.out, arena, text.len * 6 + 64);
	buf_append_byte(&m.out, '[');
	while (m.at < text.len && !m.too_deep) {
		arena_tick(arena);
		mend_token(&m);
	}
	while (m.depth)
		close_last(&m);
	return m.too_deep ? SLICE_NONE : buf_slice(&m.out);
}
