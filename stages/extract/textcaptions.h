/* textcaptions: the captions of a text page: lines with a credit, texts of pictures, and what stands twice because it was both. */
#ifndef COPYDESK_TEXTCAPTIONS_H
#define COPYDESK_TEXTCAPTIONS_H

#include "extract/article.h"
#include "extract/textmodel.h"
#include "extract/textunit.h"

/* Is the unit a picture's text, or a line with a credit behind it? */
bool text_is_caption(const struct text_unit *unit);
/* Adds captions from the headline (its unit, SIZE_MAX: none) to the body's end to article.images, without pictures' addresses. why[i] becomes
 * REMOVED_CAPTION, or REMOVED_DUPLICATE for a picture's text before its caption, of units that are taken. */
void text_captions_read(struct arena *arena, const struct text_units *units, const struct text_verdict *verdict, size_t headline,
	enum removed_kind *why, struct article *article);

#endif
