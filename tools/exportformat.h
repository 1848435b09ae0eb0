/* exportformat: one article as text of another format. A table row and a function each. */
#ifndef COPYDESK_EXPORTFORMAT_H
#define COPYDESK_EXPORTFORMAT_H

#include "base/buf.h"
#include "json/reader.h"

struct export_format {
	const char *name, *extension;
	const char *head; /* begins each file; NULL: nothing */
	/* Appends the article, line ends and all. `value` is the message as it is. */
	void (*write)(struct arena *arena, struct slice value, const struct json *article, struct buf *out);
};

/* NULL: there is none of that name. */
const struct export_format *export_format_find(const char *name);

/* One file each. */
void ninjs_write(struct arena *arena, struct slice value, const struct json *article, struct buf *out);
void conll_write(struct arena *arena, struct slice value, const struct json *article, struct buf *out);
void spacy_write(struct arena *arena, struct slice value, const struct json *article, struct buf *out);

#endif
