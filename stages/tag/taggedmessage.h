/* taggedmessage: a tagged article as the message that goes out. */
#ifndef COPYDESK_TAGGEDMESSAGE_H
#define COPYDESK_TAGGEDMESSAGE_H

#include "tag/knowledge.h"
#include "tag/taggedarticle.h"

/* The members of `root` as they were, but for those of an earlier run, then entities, times and quantities; arena memory. Entities that
 * `knowledge` (NULL: nothing is known) has get `sameAs`. A message over 256 MiB escapes from the arena as out of memory. */
struct slice tagged_message_write(const struct knowledge *knowledge, const struct article *article, const struct json *root);

#endif
