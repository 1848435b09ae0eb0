/* reader: see reader.h. yajl calls back in document order; the tree is built on a stack of open containers.
 *
 * The one hard thing: yajl turns a lone surrogate escape into '?' and \u0000 into a NUL byte. A text that has such escapes at all
 * (a quick scan tells) gets its escaped strings decoded here, from the raw text that yajl has just consumed. */
#include "json/reader.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "json/memory.h"
#include "json/strings.h"

#include <stdlib.h>
#include <yajl/yajl_parse.h>

const struct json_limits JSON_LIMITS_DEFAULT = {.bytes = (size_t)32 << 20, .depth = 64, .nodes = 1000000};

struct open_container {
	struct json *value;
	struct json *last;
};

struct json_reader {
	struct arena *arena;
	struct slice text;
	const struct json_limits *limits;
	struct error *error;
	yajl_handle handle;
	struct open_container *stack;
	size_t depth, capacity, nodes;
	struct slice name; /* of the member whose value comes next */
	struct json *root;
	bool odd_escapes;
	struct json_strings cut;
	size_t cut_next;
};

static struct json *add(struct json_reader *reader, enum json_kind kind)
{
	arena_tick(reader->arena);
	if (++reader->nodes > reader->limits->nodes) {
		error_set(reader->error, "json_too_many_nodes", "JSON with more than %zu values", reader->limits->nodes);
		return NULL;
	}
	struct json *value = arena_new(reader->arena, struct json);
	value->kind = kind;
	if (reader->depth == 0) {
		reader->root = value;
		return value;
	}
	struct open_container *parent = &reader->stack[reader->depth - 1];
	if (parent->value->kind == JSON_OBJECT)
		value->name = reader->name;
	if (parent->last)
		parent->last->next = value;
	else
		parent->value->first = value;
	parent->last = value;
	parent->value->count++;
	return value;
}

/* The raw string whose closing quote yajl has just consumed: back to the quote that an even number of backslashes precedes. */
static struct slice raw_string(struct json_reader *reader)
{
	size_t end = yajl_get_bytes_consumed(reader->handle);

	while (end > 0 && reader->text.ptr[end - 1] != '"')
		end--;
	size_t start = end ? end - 1 : 0, closing = start;
	while (start > 0) {
		size_t slashes = 0;
		start--;
		while (reader->text.ptr[start] == '"' && slashes < start && reader->text.ptr[start - 1 - slashes] == '\\')
			slashes++;
		if (reader->text.ptr[start] == '"' && slashes % 2 == 0)
			return slice_sub(reader->text, start + 1, closing);
	}
	return SLICE_NONE;
}

/* What yajl hands over lies in the text itself, or in a buffer of yajl's that it will use again. */
static bool in_text(const struct json_reader *reader, const char *ptr)
{
	return ptr >= reader->text.ptr && ptr < reader->text.ptr + reader->text.len;
}

/* The string that yajl hands over, in memory that stays; false if yajl took for UTF-8 what isn't (overlong forms, surrogates). */
static bool take_string(struct json_reader *reader, const unsigned char *ptr, size_t len, struct slice *string)
{
	const struct json_strings *cut = &reader->cut;

	*string = (struct slice){(const char *)ptr, len};
	if (in_text(reader, string->ptr)) {
		if (reader->cut_next < cut->count && string->ptr == reader->text.ptr + cut->places[reader->cut_next]) {
			*string = cut->values[reader->cut_next++];
			return true;
		}
	} else {
		*string = reader->odd_escapes ? json_string_decode(reader->arena, raw_string(reader)) : arena_copy(reader->arena, *string);
	}
	if (utf8_valid(*string))
		return true;
	return error_set(reader->error, "json_bad_utf8", "JSON not valid at byte %zu: a string is no UTF-8",
		yajl_get_bytes_consumed(reader->handle));
}

static int on_null(void *context)
{
	return add(context, JSON_NULL) != NULL;
}

static int on_bool(void *context, int truth)
{
	struct json *value = add(context, JSON_BOOL);

	if (value)
		value->truth = truth != 0;
	return value != NULL;
}

static int on_number(void *context, const char *ptr, size_t len)
{
	struct json_reader *reader = context;
	struct json *value = add(reader, JSON_NUMBER);

	if (value)
		value->text =
			in_text(reader, ptr) ? (struct slice){ptr, len} : arena_copy(reader->arena, (struct slice){ptr, len});
	return value != NULL;
}

static int on_string(void *context, const unsigned char *ptr, size_t len)
{
	struct json_reader *reader = context;
	struct json *value = add(reader, JSON_STRING);

	return value && take_string(reader, ptr, len, &value->text);
}

static int on_key(void *context, const unsigned char *ptr, size_t len)
{
	struct json_reader *reader = context;

	return take_string(reader, ptr, len, &reader->name);
}

static int on_open(struct json_reader *reader, enum json_kind kind)
{
	struct json *value = add(reader, kind);

	if (!value)
		return 0;
	if (reader->depth >= reader->limits->depth) {
		error_set(reader->error, "json_too_deep", "JSON nested deeper than %zu levels", reader->limits->depth);
		return 0;
	}
	reader->stack = arena_grow(reader->arena, reader->stack, &reader->capacity, reader->depth + 1, sizeof(*reader->stack));
	reader->stack[reader->depth++] = (struct open_container){value, NULL};
	return 1;
}

static int on_open_object(void *context) { return on_open(context, JSON_OBJECT); }
static int on_open_array(void *context) { return on_open(context, JSON_ARRAY); }

static int compare_hashes(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return left < right ? -1 : left > right;
}

/* By hash: two names of one object with one 64-bit hash are the same name for all that matters. */
static bool has_duplicates(struct json_reader *reader, const struct json *object)
{
	uint64_t few[32], *hashes = few;
	size_t count = 0;

	if (object->count > 32)
		hashes = arena_array(reader->arena, uint64_t, object->count);
	for json_each (member, object)
		hashes[count++] = hash64(member->name);
	qsort(hashes, count, sizeof(*hashes), compare_hashes);
	for (size_t i = 1; i < count; i++)
		if (hashes[i] == hashes[i - 1])
			return true;
	return false;
}

static int on_close_object(void *context)
{
	struct json_reader *reader = context;
	const struct json *object = reader->stack[--reader->depth].value;

	if (!reader->limits->allow_duplicates && has_duplicates(reader, object)) {
		error_set(reader->error, "json_duplicate_key", "JSON object that ends at byte %zu names a member twice",
			yajl_get_bytes_consumed(reader->handle));
		return 0;
	}
	return 1;
}

static int on_close_array(void *context)
{
	struct json_reader *reader = context;

	reader->depth--;
	return 1;
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_bool,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_open_object,
	.yajl_map_key = on_key,
	.yajl_end_map = on_close_object,
	.yajl_start_array = on_open_array,
	.yajl_end_array = on_close_array,
};

/* \ud…, \uD… or \u0000 anywhere: surrogates, whole or lone, and NUL. */
static bool has_odd_escapes(struct slice text)
{
	const char *at = text.ptr, *end = text.ptr + text.len;

	while ((at = memmem(at, (size_t)(end - at), "\\u", 2)) != NULL) {
		at += 2;
		if (end - at >= 4 && (byte_lower(*at) == 'd' || memcmp(at, "0000", 4) == 0))
			return true;
	}
	return false;
}

/* yajl's own words, without its quotation of the text (pages don't belong in logs). */
static void describe_syntax(struct json_reader *reader, yajl_handle handle)
{
	char *words = (char *)yajl_get_error(handle, 0, NULL, 0);
	struct slice line = slice_trim(slice_of(words ? words : ""));
	bool utf8 = slice_contains(line, SLICE("UTF8"));

	error_set(reader->error, utf8 ? "json_bad_utf8" : "json_syntax", "JSON not valid at byte %zu: %.*s",
		yajl_get_bytes_consumed(handle), SLICE_ARG(line));
}

static bool read_text(struct json_reader *reader)
{
	yajl_alloc_funcs memory = json_memory(reader->arena);

	reader->odd_escapes = has_odd_escapes(reader->text);
	reader->handle = yajl_alloc(&callbacks, &memory, reader);
	yajl_config(reader->handle, yajl_allow_trailing_garbage, reader->limits->allow_garbage ? 1 : 0);
	yajl_status status = yajl_parse(reader->handle, (const unsigned char *)reader->text.ptr, reader->text.len);
	if (status == yajl_status_ok)
		status = yajl_complete_parse(reader->handle);
	if (status == yajl_status_error)
		describe_syntax(reader, reader->handle);
	return status == yajl_status_ok;
}

const struct json *json_parse(struct arena *arena, struct slice text, const struct json_limits *limits, struct error *error)
{
	struct error unwanted;
	struct json_reader reader = {.arena = arena, .limits = limits ? limits : &JSON_LIMITS_DEFAULT};

	reader.error = error ? error : &unwanted;
	if (text.len > reader.limits->bytes) {
		error_set(reader.error, "json_too_large", "JSON of %zu bytes, the limit is %zu", text.len, reader.limits->bytes);
		return NULL;
	}
	if (slice_trim(text).len == 0) {
		error_set(reader.error, "json_syntax", "JSON expected, found nothing");
		return NULL;
	}
	if (json_strings_cut(arena, text, &reader.cut)) {
		reader.text = reader.cut.text;
		if (read_text(&reader))
			return reader.root;
		/* Once more, so that the error counts the bytes of the text that the caller knows. */
		reader = (struct json_reader){.arena = arena, .limits = reader.limits, .error = reader.error};
	}
	reader.text = text;
	return read_text(&reader) ? reader.root : NULL;
}

const struct json *json_get(const struct json *object, const char *name)
{
	const struct json *found = NULL;
	struct slice wanted = slice_of(name);

	if (object && object->kind == JSON_OBJECT)
		for json_each (member, object)
			if (slice_equal(member->name, wanted))
				found = member;
	return found;
}

static const struct json *get_kind(const struct json *object, const char *name, enum json_kind kind)
{
	const struct json *member = json_get(object, name);
	return member && member->kind == kind ? member : NULL;
}

struct slice json_string(const struct json *object, const char *name)
{
	const struct json *member = get_kind(object, name, JSON_STRING);
	return member ? member->text : SLICE_NONE;
}

const struct json *json_array(const struct json *object, const char *name) { return get_kind(object, name, JSON_ARRAY); }
const struct json *json_object(const struct json *object, const char *name) { return get_kind(object, name, JSON_OBJECT); }

int64_t json_integer(const struct json *object, const char *name, int64_t otherwise)
{
	const struct json *member = get_kind(object, name, JSON_NUMBER);
	int64_t value;

	return member && slice_to_int64(member->text, &value) ? value : otherwise;
}

double json_number(const struct json *object, const char *name, double otherwise)
{
	const struct json *member = get_kind(object, name, JSON_NUMBER);
	double value;

	return member && slice_to_double(member->text, &value) ? value : otherwise;
}

bool json_truth(const struct json *object, const char *name, bool otherwise)
{
	const struct json *member = get_kind(object, name, JSON_BOOL);
	return member ? member->truth : otherwise;
}
