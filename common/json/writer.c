/* writer: see writer.h. yajl_gen keeps the nesting and the escapes; numbers are formatted here, because yajl's %.20g isn't what
 * anybody wants to read. */
#include "json/writer.h"

#include "base/digits.h"
#include "base/utf8.h"
#include "json/memory.h"

#include <math.h>
#include <stdio.h>
#include <yajl/yajl_gen.h>

static void print(void *context, const char *ptr, size_t len) { buf_append_bytes(context, ptr, len); }

static void check(struct json_writer *writer, yajl_gen_status status)
{
	if (status != yajl_gen_status_ok)
		writer->failed = true;
}

void json_begin(struct json_writer *writer, struct arena *arena, struct buf *out)
{
	yajl_alloc_funcs memory = json_memory(arena);
	yajl_gen generator = yajl_gen_alloc(&memory);

	yajl_gen_config(generator, yajl_gen_print_callback, print, out);
	writer->out = out;
	writer->generator = generator;
	writer->arena = arena;
	writer->failed = false;
	writer->depth = 0;
}

/* yajl doesn't notice an array closed as an object, nor tell whether a text is complete: the open containers are counted here. */
static bool enter(struct json_writer *writer, bool is_object)
{
	if (writer->depth == JSON_WRITER_DEPTH)
		writer->failed = true;
	else
		writer->is_object[writer->depth++] = is_object;
	return !writer->failed;
}

static bool leave(struct json_writer *writer, bool is_object)
{
	if (writer->depth == 0 || writer->is_object[--writer->depth] != is_object)
		writer->failed = true;
	return !writer->failed;
}

bool json_finish(struct json_writer *writer)
{
	return !writer->failed && !writer->out->failed && writer->depth == 0 && writer->out->len > 0;
}

void json_open_object(struct json_writer *writer)
{
	if (enter(writer, true))
		check(writer, yajl_gen_map_open(writer->generator));
}

void json_close_object(struct json_writer *writer)
{
	if (leave(writer, true))
		check(writer, yajl_gen_map_close(writer->generator));
}

void json_open_array(struct json_writer *writer)
{
	if (enter(writer, false))
		check(writer, yajl_gen_array_open(writer->generator));
}

void json_close_array(struct json_writer *writer)
{
	if (leave(writer, false))
		check(writer, yajl_gen_array_close(writer->generator));
}

void json_key(struct json_writer *writer, const char *name) { json_put_string(writer, slice_of(name)); }
void json_put_bool(struct json_writer *writer, bool value) { check(writer, yajl_gen_bool(writer->generator, value)); }
void json_put_null(struct json_writer *writer) { check(writer, yajl_gen_null(writer->generator)); }

void json_put_string(struct json_writer *writer, struct slice value)
{
	struct slice clean = utf8_valid(value) ? value : utf8_repair(writer->arena, value);

	check(writer, yajl_gen_string(writer->generator, (const unsigned char *)(clean.len ? clean.ptr : ""), clean.len));
}

static void put_literal(struct json_writer *writer, struct slice literal)
{
	check(writer, yajl_gen_number(writer->generator, literal.ptr, literal.len));
}

void json_put_integer(struct json_writer *writer, int64_t value)
{
	char text[DIGITS_MAX];

	put_literal(writer, (struct slice){text, (size_t)(digits_decimal(text, value) - text)});
}

void json_put_number(struct json_writer *writer, double value, int decimals)
{
	char text[400];

	if (!isfinite(value)) {
		json_put_null(writer);
		return;
	}
	int len = snprintf(text, sizeof(text), "%.*f", decimals < 0 ? 0 : decimals > 17 ? 17 : decimals, value);
	if (strchr(text, '.')) {
		while (text[len - 1] == '0')
			len--;
		if (text[len - 1] == '.')
			len--;
	}
	struct slice literal = {text, (size_t)len};
	put_literal(writer, slice_is(literal, "-0") ? SLICE("0") : literal);
}

static void put_scalar(struct json_writer *writer, const struct json *value)
{
	switch (value->kind) {
	case JSON_NULL: json_put_null(writer); break;
	case JSON_BOOL: json_put_bool(writer, value->truth); break;
	case JSON_NUMBER: put_literal(writer, value->text); break;
	case JSON_STRING: json_put_string(writer, value->text); break;
	case JSON_ARRAY: json_open_array(writer); break;
	case JSON_OBJECT: json_open_object(writer); break;
	}
}

static bool is_container(const struct json *value) { return value->kind == JSON_ARRAY || value->kind == JSON_OBJECT; }

void json_put_value(struct json_writer *writer, const struct json *value)
{
	const struct json *open[JSON_WRITER_DEPTH];
	size_t depth = 0;

	for (const struct json *at = value; at;) {
		arena_tick(writer->arena);
		if (depth && open[depth - 1]->kind == JSON_OBJECT)
			json_put_string(writer, at->name);
		put_scalar(writer, at);
		if (is_container(at)) {
			if (depth == JSON_WRITER_DEPTH) {
				writer->failed = true;
				return;
			}
			open[depth++] = at;
			if (at->first) {
				at = at->first;
				continue;
			}
		}
		/* close what ends here, then go to the next sibling */
		for (;;) {
			const struct json *done = at;
			if (depth && open[depth - 1] == at) {
				if (at->kind == JSON_OBJECT)
					json_close_object(writer);
				else
					json_close_array(writer);
				depth--;
			}
			if (depth == 0)
				return;
			if (done->next) {
				at = done->next;
				break;
			}
			at = open[depth - 1];
		}
	}
}

void json_add_string(struct json_writer *writer, const char *name, struct slice value)
{
	json_key(writer, name);
	json_put_string(writer, value);
}

void json_add_text(struct json_writer *writer, const char *name, struct slice value)
{
	if (value.len)
		json_add_string(writer, name, value);
}

void json_add_integer(struct json_writer *writer, const char *name, int64_t value)
{
	json_key(writer, name);
	json_put_integer(writer, value);
}

void json_add_number(struct json_writer *writer, const char *name, double value, int decimals)
{
	json_key(writer, name);
	json_put_number(writer, value, decimals);
}

void json_add_bool(struct json_writer *writer, const char *name, bool value)
{
	json_key(writer, name);
	json_put_bool(writer, value);
}
