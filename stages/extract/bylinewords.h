/* bylinewords: what stands before and beside names in bylines of many languages: "By", "Von", "Автор:", and words for jobs. */
#ifndef COPYDESK_BYLINEWORDS_H
#define COPYDESK_BYLINEWORDS_H

#include "base/slice.h"
#include "extract/wordscan.h"

/* Bytes of the longest opener ("By", "Ein Bericht von", "文／") that `s` begins with, 0 if none. *doubtful: it may as well be
 * part of a name ("Di", "Von"). */
size_t byline_opener(struct slice s, bool *doubtful);
/* Names a job or a desk: "Correspondent", "Redakteurin", "Desk". */
bool byline_is_job(const struct word *word);
/* Belongs to the page's furniture, not to a name: "Share", "Read". */
bool byline_is_furniture(const struct word *word);

#endif
