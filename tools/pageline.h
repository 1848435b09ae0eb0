/* pageline: a page as the one line of NDJSON that copydesk-extract --in reads. */
#ifndef COPYDESK_PAGELINE_H
#define COPYDESK_PAGELINE_H

#include "base/buf.h"
#include "tools/source.h"

/* Appends the line, with its end. */
void page_line(struct buf *line, const struct page *page);
/* Appends a value that is JSON already, without line ends in it. */
void value_line(struct buf *line, struct slice value);

#endif
