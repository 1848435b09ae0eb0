/* rejects: what can't be processed, with every byte of it and the reason. */
#include "run/rejects.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "json/writer.h"

#include <stdlib.h>

struct rejects {
	struct sink *sink;
	struct arena arena;
	unsigned char carry[3]; /* bytes of a part that don't make a group of three */
	size_t carried;
};

struct rejects *rejects_create(struct sink *sink)
{
	struct rejects *rejects = calloc(1, sizeof(*rejects));

	if (!rejects)
		abort();
	rejects->sink = sink;
	arena_init(&rejects->arena, SIZE_MAX / 2);
	return rejects;
}

void rejects_destroy(struct rejects **rejects)
{
	if (!*rejects)
		return;
	arena_release(&(*rejects)->arena);
	free(*rejects);
	*rejects = NULL;
}

static void put_bytes(struct json_writer *writer, struct arena *arena, const char *name, const char *name64, struct slice bytes)
{
	if (!bytes.ptr)
		return;
	if (utf8_valid(bytes) && slice_find_byte(bytes, '\0') == SLICE_NOT_FOUND) {
		json_add_string(writer, name, bytes);
		return;
	}
	char *text = arena_alloc(arena, BASE64_SIZE(bytes.len));
	json_add_string(writer, name64, slice_make(text, base64_encode(bytes.ptr, bytes.len, text)));
}

static void put_reason(struct json_writer *writer, const char *code, const char *message, const char *where)
{
	json_open_object(writer);
	json_add_string(writer, "code", slice_of(code));
	json_add_string(writer, "message", slice_of(message));
	json_add_string(writer, "where", slice_of(where));
}

static void put_message(struct rejects *rejects, const char *code, const char *why, const char *where,
	const struct message *message, struct buf *out)
{
	struct json_writer writer;
	struct arena *arena = &rejects->arena;

	json_begin(&writer, arena, out);
	put_reason(&writer, code, why, where);
	put_bytes(&writer, arena, "key", "keyBase64", message->key);
	put_bytes(&writer, arena, "value", "valueBase64", message->value);
	if (message->header_count) {
		json_key(&writer, "headers");
		json_open_array(&writer);
		for (size_t i = 0; i < message->header_count; i++) {
			json_open_object(&writer);
			json_add_string(&writer, "name", message->headers[i].name);
			put_bytes(&writer, arena, "value", "valueBase64", message->headers[i].value);
			json_close_object(&writer);
		}
		json_close_array(&writer);
	}
	json_close_object(&writer);
	if (!json_finish(&writer))
		arena_escape(arena, ESCAPE_MEMORY);
}

void rejects_message(struct rejects *rejects, const char *code, const char *why, const char *where, const struct message *message)
{
	struct buf out;
	jmp_buf jump;

	if (ARENA_GUARD(&rejects->arena, &jump) == ESCAPE_NONE) {
		buf_init_arena(&out, &rejects->arena, SIZE_MAX / 2);
		put_message(rejects, code, why, where, message, &out);
		sink_put(rejects->sink, buf_slice(&out));
		sink_put_byte(rejects->sink, '\n');
	} else {
		/* No memory for its text: the slow way needs none. */
		rejects_begin(rejects, code, why, where);
		rejects_part(rejects, message->value);
		rejects_end(rejects);
	}
	rejects->arena.escape = NULL;
	arena_reset(&rejects->arena);
}

void rejects_put(struct rejects *rejects, const struct job *job)
{
	rejects_message(rejects, job->task.error.code, job->task.error.text, job->source_name, &job->in);
}

void rejects_begin(struct rejects *rejects, const char *code, const char *message, const char *where)
{
	struct arena arena;
	struct buf out;
	struct json_writer writer;
	jmp_buf jump;

	arena_init(&arena, 1 << 20);
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE)
		abort();
	buf_init_arena(&out, &arena, 1 << 20);
	json_begin(&writer, &arena, &out);
	put_reason(&writer, code, message, where);
	json_close_object(&writer);
	if (!json_finish(&writer))
		abort();
	buf_truncate(&out, out.len - 1);
	sink_put(rejects->sink, buf_slice(&out));
	sink_put(rejects->sink, SLICE(",\"valueBase64\":\""));
	rejects->carried = 0;
	arena_release(&arena);
}

void rejects_part(struct rejects *rejects, struct slice bytes)
{
	char out[4096];
	size_t i = 0;

	while (rejects->carried && rejects->carried < 3 && i < bytes.len)
		rejects->carry[rejects->carried++] = (unsigned char)bytes.ptr[i++];
	if (rejects->carried == 3) {
		sink_put(rejects->sink, slice_make(out, base64_encode(rejects->carry, 3, out)));
		rejects->carried = 0;
	}
	while (bytes.len - i >= 3) {
		size_t n = bytes.len - i < 3072 ? (bytes.len - i) / 3 * 3 : 3072;
		sink_put(rejects->sink, slice_make(out, base64_encode(bytes.ptr + i, n, out)));
		i += n;
	}
	while (i < bytes.len)
		rejects->carry[rejects->carried++] = (unsigned char)bytes.ptr[i++];
}

void rejects_end(struct rejects *rejects)
{
	char out[4];

	if (rejects->carried)
		sink_put(rejects->sink, slice_make(out, base64_encode(rejects->carry, rejects->carried, out)));
	rejects->carried = 0;
	sink_put(rejects->sink, SLICE("\"}\n"));
}
