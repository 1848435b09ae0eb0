/* source: raw pages from files, folders, standard input, NDJSON and WARC, one after the other, in a fixed order.
 *
 * A page is either a raw-page object (JSON, passed on byte for byte) or a body with its address, time and type beside it. A
 * folder is walked in byte order of names; a `manifest.ndjson` in it names its files, in that order, with url, fetchedAt and
 * contentType. A damaged file costs what is damaged, never the rest; every loss is reported and counted. */
#ifndef COPYDESK_SOURCE_H
#define COPYDESK_SOURCE_H

#include "base/error.h"
#include "base/slice.h"

enum source_format { SOURCE_AUTO, SOURCE_NDJSON, SOURCE_WARC, SOURCE_PAGE };

struct page {
	struct slice body;
	bool json;                             /* body is a raw-page object; the three below are then empty */
	struct slice url, fetched_at, content_type;
	struct slice key;                      /* the URL if there is one */
	const char *origin;                    /* "pages.ndjson:12", for messages */
};

struct source {
	/* set by the caller */
	enum source_format format;
	size_t body_max;       /* longer pages are left out */
	bool all_statuses;     /* WARC: also responses other than 200 */
	struct slice url, fetched_at, content_type; /* for single pages without a manifest; empty: from name and file time */
	bool (*emit)(void *context, const struct page *page); /* false: stop */
	void (*complain)(void *context, const char *text);    /* something was left out because it is broken */
	void *context;
	/* counted */
	int64_t read_bytes;    /* as they stand in the files: food for progress */
	int64_t pages, broken, skipped; /* skipped: in order but no news page, such as an image in a WARC */
	bool stopped;
};

/* Reads a file, folder or "-". False with error only if it can't be opened at all. */
bool source_read(struct source *source, const char *path, struct error *error);
/* Bytes under a path, -1 if that can't be known (standard input). */
int64_t source_size(const char *path);

#endif
