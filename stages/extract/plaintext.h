/* plaintext: an article from a page whose markup is gone. */
#ifndef COPYDESK_PLAINTEXT_H
#define COPYDESK_PLAINTEXT_H

#include "extract/article.h"

/* `text`: valid UTF-8, any renderer's lines. Fills body, blocks, images, removed, mode, confidence, page type, and the metadata
 * that the text shows. False if it holds no body at all (the page type says why). */
bool plaintext_extract(struct arena *arena, struct slice text, struct article *article);

#endif
