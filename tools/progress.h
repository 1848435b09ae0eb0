/* progress: one line that says how far a long job is: a bar with rate and time left on a terminal, a plain line every few seconds
 * elsewhere. Written to standard error, never into the data. */
#ifndef COPYDESK_PROGRESS_H
#define COPYDESK_PROGRESS_H

#include "tools/terminal.h"

struct progress {
	struct terminal terminal;
	const char *verb, *noun; /* "sent", "pages" */
	int64_t total;           /* of `done`, 0: unknown */
	int64_t started_us, drawn_us;
	bool quiet, drawn;
};

/* `verb` and `noun` as in "sent 12 pages"; `total` 0: not known, no bar. `quiet`: nothing is ever drawn. */
void progress_init(struct progress *progress, const char *verb, const char *noun, int64_t total, bool quiet);
/* `done` of `total` steers the bar (bytes of input, say); `count` things with `bytes` bytes went through. Draws at most ten times
 * a second on a terminal, every five seconds elsewhere. */
void progress_update(struct progress *progress, int64_t done, int64_t count, int64_t bytes);
/* Takes the line away, so that something else can be printed. */
void progress_clear(struct progress *progress);
/* The last line, with the average rate. */
void progress_finish(struct progress *progress, int64_t count, int64_t bytes, const char *more);

#endif
