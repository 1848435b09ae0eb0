/* pageline: a page as the one line of NDJSON that copydesk-extract --in reads. */
#ifndef COPYDESK_PAGELINE_H
#define COPYDESK_PAGELINE_H

#include "base/buf.h"
#include "tools/source.h"

/* Appends the line, with its end. */
void page_line(struct buf *line, const struct page *page);

#endif
