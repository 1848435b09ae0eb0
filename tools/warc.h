/* warc: reads WARC 1.0 and 1.1 files (ISO 28500), plain or as gzip with a member a record, as crawls such as Common Crawl's
 * publish them.
 *
 * Such files are damaged now and then: cut downloads, broken members, wrong lengths. The reader never gives up on a file: it
 * drops the record at hand, counts it, and goes on at the next member or the next line that begins with "WARC/". Memory is
 * bounded by the ceiling of a block whatever the lengths claim. */
#ifndef COPYDESK_WARC_H
#define COPYDESK_WARC_H

#include "base/slice.h"

struct warc;

/* Like read(2): bytes got, 0 at the end, -1 on failure (the file ends there). */
typedef int64_t (*warc_read)(void *context, void *bytes, size_t size);

struct warc_record {
	struct slice type;   /* "response" */
	struct slice target; /* WARC-Target-URI without angle brackets, or empty */
	struct slice date;   /* WARC-Date */
	struct slice id;     /* WARC-Record-ID */
	struct slice content_type;
	struct slice block;
	bool cut; /* the block is longer than the ceiling; what is here is its start */
};

struct warc_counts {
	int64_t records, damaged; /* damaged: records or stretches that were dropped */
};

/* NULL without memory. */
struct warc *warc_create(warc_read read, void *context, size_t block_ceiling);
void warc_destroy(struct warc **warc);
/* False at the end. The record's slices are valid until the next call. */
bool warc_next(struct warc *warc, struct warc_record *record);
struct warc_counts warc_counts(const struct warc *warc);

#endif
