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
/* Does any word of the text name a job, or belong to the furniture? */
bool byline_names_job(struct slice s);
bool byline_names_furniture(struct slice s);
/* "Staff Reporter", "News Desk": a job or desk and nobody's name. */
bool byline_is_only_job(struct slice s);

#endif
