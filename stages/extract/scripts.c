/* scripts: see scripts.h. The hard thing is the length of scripts: one pass, and nothing is decoded that isn't long enough to be
 * an article. */
#include "extract/scripts.h"

#include "base/utf8.h"

#define TEXT_MIN 400

/* Four hex digits at `at`, or UTF8_INVALID. */
static uint32_t hex4(struct slice s, size_t at)
{
	uint32_t value = 0;
	if (at + 4 > s.len)
		return UTF8_INVALID;
	for (size_t i = at; i < at + 4; i++) {
		int digit = byte_hex(s.ptr[i]);
		if (digit < 0)
			return UTF8_INVALID;
		value = value << 4 | (uint32_t)digit;
	}
	return value;
}

static size_t decode_unicode(struct slice s, size_t *at, char *out)
{
	uint32_t c = hex4(s, *at), low;
	if (c == UTF8_INVALID)
		return 0;
	*at += 4;
	if (c >= 0xD800 && c < 0xDC00 && *at + 6 <= s.len && s.ptr[*at] == '\\' && s.ptr[*at + 1] == 'u' &&
	        (low = hex4(s, *at + 2)) >= 0xDC00 && low < 0xE000) {
		c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
		*at += 6;
	}
	return c ? utf8_encode(c, out) : 0;
}

/* RFC 8259 §7 escapes; unknown ones stand for themselves, as in JavaScript. */
static struct slice decode_string(struct arena *arena, struct slice s)
{
	char *out = arena_alloc(arena, s.len + 4);
	size_t len = 0;
	for (size_t at = 0; at < s.len;) {
		char c = s.ptr[at++];
		if (c != '\\' || at >= s.len) {
			out[len++] = c;
			continue;
		}
		c = s.ptr[at++];
		if (c == 'u')
			len += decode_unicode(s, &at, out + len);
		else
			out[len++] = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\n' : c == 'b' || c == 'f' ? ' ' : c;
	}
	return slice_make(out, len);
}

/* Behind the string's end quote; s.len if it never ends. `start` is behind the opening quote. */
static size_t string_end(struct slice s, size_t start)
{
	for (size_t at = start; at < s.len; at++) {
		if (s.ptr[at] == '\\')
			at++;
		else if (s.ptr[at] == '"')
			return at;
	}
	return s.len;
}

/* Running text has words and sentences and few of the signs that programs and styles are made of. Wide scripts need no spaces. */
static size_t prose_points(struct slice s)
{
	size_t spaces = 0, signs = 0, wide = 0;
	bool tag = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '<')
			tag = true;
		if (tag) {
			tag = c != '>';
			continue;
		}
		spaces += c == ' ';
		signs += c == '{' || c == '}' || c == ';' || c == '=' || c == '\\' || c == '|';
		wide += (c & 0x80) != 0;
	}
	size_t weight = spaces * 6 + wide;
	return signs * 40 > spaces + wide / 3 ? 0 : weight < s.len / 4 ? 0 : weight;
}

struct best {
	struct slice text;
	size_t points;
};

static void consider(struct best *best, struct slice decoded)
{
	size_t points = decoded.len >= TEXT_MIN ? prose_points(decoded) : 0;
	if (points > best->points) {
		best->points = points;
		best->text = decoded;
	}
}

static void scan(struct arena *arena, struct slice script, bool nested, struct best *best)
{
	size_t at = 0;
	while (at < script.len) {
		const char *quote = memchr(script.ptr + at, '"', script.len - at);
		if (!quote)
			return;
		size_t start = (size_t)(quote - script.ptr) + 1, end = string_end(script, start);
		arena_tick(arena);
		if (end >= script.len) /* the quotes don't pair up: this is no JSON */
			return;
		if (end - start >= TEXT_MIN) {
			struct slice decoded = decode_string(arena, slice_sub(script, start, end));
			consider(best, decoded);
			if (!nested && slice_contains(decoded, SLICE("\":\"")))
				scan(arena, decoded, true, best);
		}
		at = end + 1;
	}
}

static bool may_hold_text(const struct node *script)
{
	return script->tag == TAG_SCRIPT && script->text.len >= TEXT_MIN &&
	       !slice_is(node_attribute(script, "type"), "application/ld+json");
}

struct slice scripts_longest_text(struct arena *arena, const struct tree *tree)
{
	struct best best = {SLICE(""), 0};
	for
		tree_each(node, tree, tree->root) if (may_hold_text(node)) scan(arena, node->text, false, &best);
	return utf8_repair(arena, best.text);
}
