/* exportformat: see exportformat.h. */
#include "tools/exportformat.h"

#include "json/writer.h"

#include <string.h>

/* As it is; a message with line ends in it is written anew on one line. */
static void ndjson_write(struct arena *arena, struct slice value, const struct json *article, struct buf *out)
{
	struct json_writer writer;

	if (slice_find_byte(value, '\n') == SLICE_NOT_FOUND) {
		buf_append(out, value);
	} else {
		json_begin(&writer, arena, out);
		json_put_value(&writer, article);
	}
	buf_append_byte(out, '\n');
}

static const struct export_format FORMATS[] = {
	{"ndjson", "ndjson", NULL, ndjson_write},
	{"ninjs", "json", NULL, ninjs_write},
	{"conll", "conll", "# global.columns = FORM START END NER ENTITY\n", conll_write},
	{"spacy", "jsonl", NULL, spacy_write},
	{NULL},
};

const struct export_format *export_format_find(const char *name)
{
	for (const struct export_format *format = FORMATS; format->name; format++)
		if (strcmp(format->name, name) == 0)
			return format;
	return NULL;
}
