/* sink: buffered output to a file or standard output. The first failure sticks; who writes checks it at the end, or now and
 * then. */
#ifndef COPYDESK_SINK_H
#define COPYDESK_SINK_H

#include "base/error.h"
#include "base/slice.h"

struct sink;

/* `path` "-" is standard output; else the file is created if there is none. NULL with code no_output. */
struct sink *sink_open(const char *path, struct error *error);
/* Cuts a regular file to nothing, once it is sure that it isn't the input (sink_is_file()). */
bool sink_empty(struct sink *sink, struct error *error);
void sink_put(struct sink *sink, struct slice bytes);
void sink_put_byte(struct sink *sink, char byte);
bool sink_flush(struct sink *sink, struct error *error);
/* False once a write has failed: code write_failed. */
bool sink_good(const struct sink *sink, struct error *error);
/* Flushes, closes, frees and nulls; the file is complete only if this answers true. */
bool sink_close(struct sink **sink, struct error *error);
/* True if both are the same file: reading and writing it at once would lose it. */
/* See sink_empty(). */
bool sink_is_file(const struct sink *sink, int fd);

#endif
