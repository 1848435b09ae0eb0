/* parts: a run of words that was found as one name and is several that stand beside one another. */
#ifndef COPYDESK_PARTS_H
#define COPYDESK_PARTS_H

#include "tag/mentions.h"

/* Cuts `mention` behind its first name and gives what follows as `rest`, which may be cut again; false if it is one name. */
bool mention_part(const struct document *document, struct mention *mention, struct mention *rest);

#endif
