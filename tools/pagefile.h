/* pagefile: the pages of one open file: lines of NDJSON, records of a WARC, or the file itself. Which files, and in which order, is
 * source.c's. */
#ifndef COPYDESK_PAGEFILE_H
#define COPYDESK_PAGEFILE_H

#include "base/buf.h"
#include "tools/source.h"

/* Emits the file's pages, read as source->format says; SOURCE_AUTO: by its name, else its first bytes. `path` names it in origins
 * and complaints. False with code io or memory if it can't be read; what is damaged in it is a complaint. */
bool pagefile_read(struct source *source, int fd, const char *path, struct error *error);
/* The file as one page, whose address, time and type stand beside it. Where empty, the time is the file's and the type its
 * name's. A name that ends in .json: a raw-page object. */
bool pagefile_page(struct source *source, int fd, const char *path, struct slice url, struct slice fetched_at,
	struct slice content_type, struct error *error);
/* Appends all bytes, counted; longer ones than the buffer takes make it fail. Code io. */
bool pagefile_bytes(struct source *source, int fd, const char *path, struct buf *bytes, struct error *error);
/* Counts and tells that something was left out because it is broken. */
__attribute__((format(printf, 2, 3))) void pagefile_complain(struct source *source, const char *format, ...);

#endif
