/* captions: the pictures of an article with their captions, and the credit parted from the caption. */
#ifndef COPYDESK_CAPTIONS_H
#define COPYDESK_CAPTIONS_H

#include "extract/segments.h"

/* Parts "A view of the port. (Reuters)" into caption and credit ("Reuters"); an empty credit if the line names none. Both are
 * parts of `line`. */
void caption_split(struct slice line, struct slice *caption, struct slice *credit);
/* Does the line caption a picture though no name says so: alone with it in an element, or right below it and set as captions are? */
bool caption_beside_picture(const struct outline *outline, const struct segment *segment);
/* Adds the pictures whose captions are among segments [first, behind) to article.images. Fates must be final. */
void captions_collect(struct arena *arena, const struct outline *outline, size_t first, size_t behind, struct article *article);
/* What the page's hints say about pictures: fills captions and credits that are missing, adds pictures that are not there. */
void captions_complete(struct arena *arena, struct article *article);

#endif
