/* pagetype: what kind of page this is, so that a stub or an index page is never passed on as an article. */
#ifndef COPYDESK_PAGETYPE_H
#define COPYDESK_PAGETYPE_H

#include "extract/segments.h"

/* Sets page_type, page_type_confidence and confidence of the article. After the body and the metadata; fates must be final. */
void page_type_decide(struct arena *arena, const struct outline *outline, struct article *article);

#endif
