/* textmarks: a line of a plain-text page without Markdown's inline marks: links, images, emphasis, escapes. Marks at the head of a line (lists,
 * headings, quotes) are for textunit.c. */
#ifndef COPYDESK_TEXTMARKS_H
#define COPYDESK_TEXTMARKS_H

#include "base/arena.h"
#include "base/slice.h"

struct text_marks {
	uint32_t link_columns; /* code points inside links */
	bool image;            /* an image and nothing else: the text is its alternative text */
	bool emphasis;         /* wholly bold or italic */
};

/* The text without its marks, white space squeezed, in arena memory; *marks: what they said. Linear. */
struct slice text_strip_marks(struct arena *arena, struct slice text, struct text_marks *marks);

#endif
