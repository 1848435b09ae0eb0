/* marks: text with marked spans, wrapped to a width. Offsets are code points, as in messages. */
#ifndef COPYDESK_MARKS_H
#define COPYDESK_MARKS_H

#include "tools/terminal.h"

struct mark {
	int64_t start, end;
	enum style style;
	const char *label; /* shown as [text|label] where there are no colours; may be NULL */
};

/* Sorts the marks in place; of two that overlap the first (then longer) one is shown. At most `lines` lines (0: all), each behind
 * `indent` spaces; a blank line between paragraphs. Returns false if something was left out. */
bool marks_print(const struct terminal *terminal, struct slice text, struct mark *marks, size_t count, int indent, int lines);

#endif
