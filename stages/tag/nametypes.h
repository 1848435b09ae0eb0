/* nametypes: one type for one name. The mentions of a name vote, each with its certainty; what an article says of a name overrules them
 * ("Vola, a startup"; see appositions.h); a place's or a thing's name that is somebody's in the article, too, calls that person; a seat of
 * power ("the Kremlin") is an organisation where it acts and a facility where an article only ever speaks of the house. */
#ifndef COPYDESK_NAMETYPES_H
#define COPYDESK_NAMETYPES_H

#include "tag/names.h"

/* Sets each mention's type; `names` by mention. */
void name_types_settle(struct arena *arena, const struct document *document, struct mentions *mentions, const struct name *names);

#endif
