/* lines: NDJSON input as lines, without copying and with memory that doesn't grow with the input.
 *
 * A line is a slice of a block that is read at once; it stays valid until its block is released. A line past the ceiling isn't
 * held: its parts are handed out one after the other. */
#ifndef COPYDESK_LINES_H
#define COPYDESK_LINES_H

#include "base/error.h"
#include "base/slice.h"

struct lines;
struct block; /* some read bytes, counted by the lines that point into it */

enum line_kind {
	LINE_WHOLE,   /* a line without its end (LF or CRLF); release its block */
	LINE_PART,    /* the next part of a line past the ceiling; valid until the next call */
	LINE_PART_END, /* its last part, maybe empty */
	LINE_WOULD_BLOCK, /* nothing there yet; lines_wait() */
	LINE_END,     /* end of input */
	LINE_FAILED,  /* read error */
};

struct line {
	struct slice text;
	struct block *block; /* of LINE_WHOLE */
	uint64_t number;     /* from 1 */
};

/* `path` "-" is standard input. NULL with code no_input. */
struct lines *lines_open(const char *path, size_t ceiling, struct error *error);
void lines_close(struct lines **lines);
/* Never waits for input from pipes and terminals (that is LINE_WOULD_BLOCK). Lines of white space are passed over. */
enum line_kind lines_next(struct lines *lines, struct line *line, struct error *error);
/* Waits until there is input or `wake_fd` (-1: none) is readable. */
void lines_wait(struct lines *lines, int wake_fd);
void lines_release(struct lines *lines, struct block *block);
/* "standard input" or the path, for messages. */
const char *lines_name(const struct lines *lines);
int lines_fd(const struct lines *lines);

#endif
