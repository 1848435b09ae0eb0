/* acronyms: capitals in brackets that the article itself spells out. What it spells out in words that are no name, as "liquefied natural gas
 * (LNG)" or "the memorandum of understanding (MoU)", is none either, though acronyms mostly stand for organisations. */
#ifndef COPYDESK_ACRONYMS_H
#define COPYDESK_ACRONYMS_H

#include "tag/words.h"

/* Takes the labels off such acronyms, wherever they stand alone. */
void acronyms_unlabel(struct arena *arena, const struct document *document, uint8_t *labels);

#endif
