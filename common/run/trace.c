/* trace: see trace.h. Each note is written to one buffer as a JSON text; they become an array when they are asked for. */
#include "run/trace.h"

#include <stdlib.h>

#define NOTES_BYTES ((size_t)64 << 20)
#define NOTE_BYTES ((size_t)1 << 20)

struct trace {
	struct arena arena; /* of one note */
	struct buf notes;   /* JSON texts, a line each */
	size_t count, left_out;
};

struct trace *trace_create(void)
{
	struct trace *trace = calloc(1, sizeof(*trace));

	if (!trace)
		abort();
	arena_init(&trace->arena, 2 * NOTE_BYTES);
	buf_init(&trace->notes, NOTES_BYTES);
	return trace;
}

void trace_destroy(struct trace **trace)
{
	if (!*trace)
		return;
	arena_release(&(*trace)->arena);
	buf_release(&(*trace)->notes);
	free(*trace);
	*trace = NULL;
}

void trace_clear(struct trace *trace)
{
	buf_clear(&trace->notes);
	trace->count = trace->left_out = 0;
}

/* At most TRACE_TEXT_MAX bytes, whole characters, with a mark where something is missing. */
static struct slice cut(struct arena *arena, struct slice text)
{
	size_t end = TRACE_TEXT_MAX;

	if (text.len <= TRACE_TEXT_MAX)
		return text;
	while (end > TRACE_TEXT_MAX - 4 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
		end--;
	return arena_printf(arena, "%.*s…", (int)end, text.ptr);
}

static void put_field(struct json_writer *writer, const struct log_field *field)
{
	switch (field->kind) {
	case LOG_FIELD_TEXT: json_add_text(writer, field->key, cut(writer->arena, field->text)); break;
	case LOG_FIELD_INT: json_add_integer(writer, field->key, field->integer); break;
	case LOG_FIELD_NUMBER: json_add_number(writer, field->key, field->number, 3); break;
	}
}

/* Within a guard of the trace's arena. False if the note doesn't fit. */
static bool write_note(struct arena *arena, const char *step, const struct log_field *fields, struct buf *note)
{
	struct json_writer writer;

	buf_init_arena(note, arena, NOTE_BYTES);
	json_begin(&writer, arena, note);
	json_open_object(&writer);
	json_add_string(&writer, "step", slice_of(step));
	for (; fields->key; fields++)
		put_field(&writer, fields);
	json_close_object(&writer);
	return json_finish(&writer);
}

void trace_write(struct trace *trace, const char *step, const struct log_field *fields)
{
	struct buf note;
	jmp_buf jump;

	if (trace->count == TRACE_NOTES_MAX || trace->notes.len > NOTES_BYTES - NOTE_BYTES) {
		trace->left_out++;
		return;
	}
	if (ARENA_GUARD(&trace->arena, &jump) == ESCAPE_NONE && write_note(&trace->arena, step, fields, &note)) {
		buf_append(&trace->notes, buf_slice(&note));
		buf_append_byte(&trace->notes, '\n');
		trace->count++;
	}
	trace->arena.escape = NULL;
	arena_reset(&trace->arena);
}

void trace_put(const struct trace *trace, struct json_writer *out)
{
	struct slice rest = buf_slice(&trace->notes), line;

	json_open_array(out);
	while (slice_split(&rest, '\n', &line)) {
		const struct json *note = json_parse(out->arena, line, NULL, NULL);
		if (note)
			json_put_value(out, note);
	}
	if (trace->left_out) {
		json_open_object(out);
		json_add_string(out, "step", SLICE("cut"));
		json_add_integer(out, "notes", (int64_t)trace->left_out);
		json_close_object(out);
	}
	json_close_array(out);
}
