/* writer: typed JSON output into a buf, through yajl's generator. Always valid UTF-8 (ill-formed input is repaired), numbers in
 * the shortest form that reads back the same, members in the order they are written: same calls, same bytes. */
#ifndef COPYDESK_WRITER_H
#define COPYDESK_WRITER_H

#include "base/buf.h"
#include "json/reader.h"

#define JSON_WRITER_DEPTH 128 /* yajl's own limit */

struct json_writer {
	struct buf *out;
	void *generator;
	struct arena *arena;
	bool failed; /* wrong nesting: the program is wrong; checked by json_finish */
	size_t depth;
	bool is_object[JSON_WRITER_DEPTH]; /* the open containers */
};

/* Everything but `out` is arena memory: nothing to release. */
void json_begin(struct json_writer *writer, struct arena *arena, struct buf *out);
/* True if the text is complete and everything fitted. */
bool json_finish(struct json_writer *writer);

void json_open_object(struct json_writer *writer);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer);
void json_close_array(struct json_writer *writer);
void json_key(struct json_writer *writer, const char *name);
void json_put_string(struct json_writer *writer, struct slice value);
void json_put_integer(struct json_writer *writer, int64_t value);
/* At most `decimals` digits behind the point, trailing zeros cut; not finite: null. */
void json_put_number(struct json_writer *writer, double value, int decimals);
void json_put_bool(struct json_writer *writer, bool value);
void json_put_null(struct json_writer *writer);
/* A value read before, unchanged (numbers keep their literal). */
void json_put_value(struct json_writer *writer, const struct json *value);

/* Key and value at once. json_add_text leaves the member out when the value is empty. */
void json_add_string(struct json_writer *writer, const char *name, struct slice value);
void json_add_text(struct json_writer *writer, const char *name, struct slice value);
void json_add_integer(struct json_writer *writer, const char *name, int64_t value);
void json_add_number(struct json_writer *writer, const char *name, double value, int decimals);
void json_add_bool(struct json_writer *writer, const char *name, bool value);

#endif
