/* terminal: what people read: colours, wrapping by display width, and text of strangers made harmless.
 *
 * Page text can hold escape sequences and bidirectional overrides that would drive the reader's terminal: everything printed
 * through here loses them. Colours are for terminals only, NO_COLOR is honoured. */
#ifndef COPYDESK_TERMINAL_H
#define COPYDESK_TERMINAL_H

#include "base/buf.h"

#include <stdio.h>

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_RED, STYLE_GREEN, STYLE_YELLOW, STYLE_BLUE, STYLE_MAGENTA, STYLE_CYAN };

struct terminal {
	FILE *file;
	bool is_tty, colours;
	int width; /* columns; 100 where there is no terminal */
};

void terminal_init(struct terminal *terminal, FILE *file);
/* Looks the width up again: windows change. */
void terminal_measure(struct terminal *terminal);
/* The sequences around styled text, "" without colours. */
const char *terminal_on(const struct terminal *terminal, enum style style);
const char *terminal_off(const struct terminal *terminal, enum style style);
/* Columns a code point takes: 0, 1 or 2. */
int codepoint_width(uint32_t codepoint);
/* True for what a terminal would obey instead of show: C0, C1, bidirectional controls, line and paragraph separators. */
bool codepoint_is_control(uint32_t codepoint);
/* Prints text that may be anything, harmless, on one line, cut with "…" past `columns` (0: never). */
void terminal_put(const struct terminal *terminal, enum style style, struct slice text, int columns);
/* "1,234,567" */
const char *format_count(int64_t n, char out[32]);
/* "3.4 MB", decimal units */
const char *format_bytes(double n, char out[32]);
/* "0:07", "12:03", "3:04:05" */
const char *format_seconds(double seconds, char out[32]);

#endif
