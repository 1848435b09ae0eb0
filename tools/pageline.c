/* pageline: see pageline.h. */
#include "tools/pageline.h"

#include "base/base64.h"
#include "json/writer.h"

/* A value that is JSON already, without line ends in it. */
static void value_line(struct buf *line, struct slice value)
{
	for (size_t i = 0; i < value.len; i++) /* a line break between members is white space, in strings there is none */
		buf_append_byte(line, value.ptr[i] == '\n' || value.ptr[i] == '\r' ? ' ' : value.ptr[i]);
	buf_append_byte(line, '\n');
}

void page_line(struct buf *line, const struct page *page)
{
	struct json_writer writer;
	struct arena arena;
	struct buf body;

	if (page->json) {
		value_line(line, page->body);
		return;
	}
	arena_init(&arena, SIZE_MAX);
	buf_init(&body, SIZE_MAX);
	base64_append(&body, page->body);
	json_begin(&writer, &arena, line);
	json_open_object(&writer);
	json_add_text(&writer, "url", page->url);
	json_add_text(&writer, "fetchedAt", page->fetched_at);
	json_add_text(&writer, "contentType", page->content_type);
	json_add_string(&writer, "bodyBase64", buf_slice(&body));
	json_close_object(&writer);
	json_finish(&writer);
	buf_append_byte(line, '\n');
	buf_release(&body);
	arena_release(&arena);
}
