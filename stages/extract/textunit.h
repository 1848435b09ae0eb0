/* textunit: a page that is already plain text, cut into units: what was one block element before the markup was thrown away.
 *
 * Crawlers' renderers differ, so no form is taken for granted: list items may start with "*", "-", "•" or be indented, headings
 * may carry "#" or nothing, links may be Markdown, paragraphs may be wrapped at a column. A unit is one line without its marks;
 * lines of a paragraph that was wrapped are joined again. What the marks said is kept beside the text. */
#ifndef COPYDESK_TEXTUNIT_H
#define COPYDESK_TEXTUNIT_H

#include "base/arena.h"

struct text_unit {
	struct slice text;      /* without marks, white space squeezed; never empty */
	uint32_t line;          /* number of its first line, from 1 */
	uint32_t columns;       /* code points of the text */
	uint32_t link_columns;  /* of these, inside Markdown links */
	uint16_t indent;        /* columns before the mark or text; a tab counts to the next multiple of 8 */
	uint8_t blanks;         /* empty lines before it, at most 9 */
	uint8_t heading;        /* 1–6 from "#" marks or an underline, else 0 */
	bool bullet;            /* had a list mark */
	bool numbered;          /* its list mark was a number */
	bool quote;             /* ">" */
	bool image;             /* consists of a Markdown image: text is its alternative text */
	bool rule;              /* a horizontal rule stands between it and the unit before */
	bool cells;             /* a table row: cells parted by tabs or bars */
	bool emphasis;          /* wholly bold or italic */
	uint8_t bare_bullets;   /* list marks without text before it: icons, at most 9 */
};

/* Lines with text that are read. The text of 2 MB of prose in lines of 70 bytes has as many; what goes on behind them is a dump, and
 * judging its lines would cost some microseconds each. */
#define TEXT_LINES_MAX 30000

struct text_units {
	struct text_unit *items;
	size_t count;
	size_t wrapped_at; /* column at which the page was wrapped, 0 if it was not */
	size_t unread;     /* lines with text behind the last that was read */
};

/* Units of `text` (valid UTF-8) in order, of its first TEXT_LINES_MAX lines; memory is the arena's. Linear in the length. */
struct text_units text_units_cut(struct arena *arena, struct slice text);

#endif
