/* scripts: see scripts.h. The hard thing is the length of scripts: one pass, and nothing is decoded that isn't long enough to be
 * an article. */
#include "extract/scripts.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "json/reader.h"

#define TEXT_MIN 400
#define PAYLOAD_BYTES_MAX ((size_t)4 << 20)
#define PAYLOAD_DEPTH_MAX 100
#define PARAGRAPH_BYTES_MIN 40
#define PARAGRAPH_BYTES_MAX 4000
#define PARAGRAPHS_MIN 3

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

/* --- payloads: JSON whose arrays hold the paragraphs (Next.js and its like) ------------------------------------------------------ */

/* Members that hold what is read, or what holds it. Others are names, addresses, captions, dates. */
static bool is_text_member(struct slice name)
{
	static const struct slice names[] = {SLICE_INIT("text"), SLICE_INIT("value"), SLICE_INIT("html"), SLICE_INIT("content"), SLICE_INIT("contents"),
		SLICE_INIT("body"), SLICE_INIT("paragraph"), SLICE_INIT("children"), SLICE_INIT("nodes"), SLICE_INIT("elements"), SLICE_INIT("items"),
		SLICE_INIT("model"), SLICE_INIT("data"), SLICE_INIT("markup"), SLICE_INIT("fragments")};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (slice_equal(name, names[i]))
			return true;
	return false;
}

/* The strings of an item, one after the other: inline pieces carry their own spaces. */
static void put_item(struct buf *out, const struct json *item)
{
	if (item->kind == JSON_STRING)
		buf_append(out, item->text);
	for (const struct json *child = item->first; child; child = child->next)
		if (item->kind == JSON_ARRAY || is_text_member(child->name))
			put_item(out, child);
}

static size_t item_bytes(const struct json *item)
{
	size_t bytes = item->kind == JSON_STRING ? item->text.len : 0;
	for (const struct json *child = item->first; child; child = child->next)
		if (item->kind == JSON_ARRAY || is_text_member(child->name))
			bytes += item_bytes(child);
	return bytes;
}

static struct slice item_text(struct arena *arena, const struct json *item)
{
	struct buf out;
	size_t bytes = item_bytes(item);
	if (bytes < PARAGRAPH_BYTES_MIN || bytes > PARAGRAPH_BYTES_MAX)
		return SLICE_NONE;
	buf_init_arena(&out, arena, bytes + 1);
	put_item(&out, item);
	return buf_slice(&out);
}

/* The bytes of the paragraphs that an array's items are, if enough of them are. */
static size_t array_prose(struct arena *arena, const struct json *array)
{
	size_t prose = 0, paragraphs = 0;
	if (array->count < PARAGRAPHS_MIN) /* this keeps copying linear too: what is copied again on the next level is a third at most */
		return 0;
	for (const struct json *item = array->first; item; item = item->next) {
		struct slice text = item_text(arena, item);
		arena_tick(arena);
		if (text.len && prose_points(text)) {
			prose += text.len;
			paragraphs++;
		}
	}
	return paragraphs >= PARAGRAPHS_MIN ? prose : 0;
}

struct best_array {
	const struct json *array;
	size_t prose;
};

static void find_array(struct arena *arena, const struct json *value, struct best_array *best)
{
	size_t prose = value->kind == JSON_ARRAY ? array_prose(arena, value) : 0;
	if (prose > best->prose)
		*best = (struct best_array){value, prose};
	if (prose) /* what is in its items is in it */
		return;
	for (const struct json *child = value->first; child; child = child->next)
		if (child->kind == JSON_ARRAY || child->kind == JSON_OBJECT)
			find_array(arena, child, best);
}

static bool is_payload(const struct node *script)
{
	return script->tag == TAG_SCRIPT && slice_is(node_attribute(script, "type"), "application/json") && script->text.len <= PAYLOAD_BYTES_MAX;
}

/* "heading", "h2", "header-two" */
static bool is_heading(const struct json *item)
{
	struct slice type = json_string(item, "type");
	if (!type.len)
		type = json_string(item, "name");
	return slice_starts_nocase(type, SLICE("head")) || slice_starts_nocase(type, SLICE("subhead")) || slice_is(type, "h2") || slice_is(type, "h3");
}

/* Text without markup, or markup, as a block of HTML. */
static void put_block(struct buf *out, struct slice text, bool heading)
{
	bool markup = slice_contains(text, SLICE("</")) || slice_contains(text, SLICE("<br"));
	buf_append(out, heading ? SLICE("<h2>") : SLICE("<p>"));
	for (size_t i = 0; !markup && i < text.len; i++) {
		if (text.ptr[i] == '<')
			buf_append(out, SLICE("&lt;"));
		else if (text.ptr[i] == '&')
			buf_append(out, SLICE("&amp;"));
		else
			buf_append_byte(out, text.ptr[i]);
	}
	if (markup)
		buf_append(out, text);
	buf_append(out, heading ? SLICE("</h2>") : SLICE("</p>"));
}

static struct slice array_as_html(struct arena *arena, const struct best_array *best)
{
	struct buf out;
	buf_init_arena(&out, arena, PAYLOAD_BYTES_MAX * 6);
	for (const struct json *item = best->array->first; item; item = item->next) {
		bool heading = is_heading(item);
		size_t bytes = item_bytes(item);
		struct slice text = SLICE_NONE;
		if (heading && bytes && bytes < PARAGRAPH_BYTES_MAX) {
			struct buf piece;
			buf_init_arena(&piece, arena, bytes + 1);
			put_item(&piece, item);
			text = buf_slice(&piece);
		} else if (!heading) {
			text = item_text(arena, item);
			text = text.len && prose_points(text) ? text : SLICE_NONE;
		}
		if (text.len)
			put_block(&out, text, heading);
	}
	return buf_slice(&out);
}

struct slice scripts_payload_html(struct arena *arena, const struct tree *tree)
{
	const struct json_limits limits = {.bytes = PAYLOAD_BYTES_MAX, .depth = PAYLOAD_DEPTH_MAX, .nodes = 200000, .allow_duplicates = true, .allow_garbage = true};
	struct best_array best = {NULL, 0};
	struct error error;
	for
		tree_each(node, tree, tree->root)
		{
			const struct json *root = is_payload(node) ? json_parse(arena, node->text, &limits, &error) : NULL;
			if (root)
				find_array(arena, root, &best);
		}
	return best.array ? array_as_html(arena, &best) : SLICE_NONE;
}

struct slice scripts_longest_text(struct arena *arena, const struct tree *tree)
{
	struct best best = {SLICE(""), 0};
	for
		tree_each(node, tree, tree->root) if (may_hold_text(node)) scan(arena, node->text, false, &best);
	return utf8_repair(arena, best.text);
}
