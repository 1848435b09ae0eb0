/* messagejson: see messagejson.h. */
#include "tools/messagejson.h"

#include "base/base64.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "json/writer.h"

const struct json *message_object(const rd_kafka_message_t *message, struct arena *arena)
{
	struct slice value = {message->payload, message->len};
	jmp_buf jump;
	const struct json *volatile object = NULL;
	if (ARENA_GUARD(arena, &jump) == ESCAPE_NONE)
		object = json_parse(arena, value, NULL, NULL);
	arena->escape = NULL;
	return object && object->kind == JSON_OBJECT ? object : NULL;
}

static void bytes_add(
	struct json_writer *writer, struct arena *arena, const char *name, const char *base64_name, struct slice bytes)
{
	if (utf8_valid(bytes)) {
		json_add_string(writer, name, bytes);
		return;
	}
	struct buf out;
	buf_init_arena(&out, arena, SIZE_MAX);
	base64_append(&out, bytes);
	json_add_string(writer, base64_name, buf_slice(&out));
}

void message_put_json(struct arena *arena, const rd_kafka_message_t *message, FILE *out)
{
	struct buf line;
	struct json_writer writer;
	rd_kafka_headers_t *headers;
	char when[32];
	const struct json *value = message_object(message, arena);
	jmp_buf jump;
	if (ARENA_GUARD(arena, &jump) != ESCAPE_NONE)
		return;
	buf_init_arena(&line, arena, SIZE_MAX);
	json_begin(&writer, arena, &line);
	json_open_object(&writer);
	json_add_string(&writer, "topic", slice_of(rd_kafka_topic_name(message->rkt)));
	json_add_integer(&writer, "partition", message->partition);
	json_add_integer(&writer, "offset", message->offset);
	if (message_time(message) != CLOCK_NONE) {
		clock_format(message_time(message), when);
		json_add_string(&writer, "timestamp", slice_of(when));
	}
	if (message->key)
		bytes_add(&writer, arena, "key", "keyBase64", slice_make(message->key, message->key_len));
	json_key(&writer, "headers");
	json_open_array(&writer);
	if (!rd_kafka_message_headers(message, &headers)) {
		const char *name;
		const void *bytes;
		size_t size;
		for (size_t i = 0; !rd_kafka_header_get_all(headers, i, &name, &bytes, &size); i++) {
			json_open_object(&writer);
			json_add_string(&writer, "name", slice_of(name));
			bytes_add(&writer, arena, "value", "valueBase64", slice_make(bytes ? bytes : "", size));
			json_close_object(&writer);
		}
	}
	json_close_array(&writer);
	if (value) {
		json_key(&writer, "value");
		json_put_value(&writer, value);
	} else if (message->payload) {
		bytes_add(&writer, arena, "text", "valueBase64", slice_make(message->payload, message->len));
	}
	json_close_object(&writer);
	if (json_finish(&writer)) {
		buf_append_byte(&line, '\n');
		fwrite(line.ptr, 1, line.len, out);
	}
	arena->escape = NULL;
}
