/* decode: labels for each sentence, in two passes over the document (see features.h): the best path, then the likely names (see posterior.h). */
#ifndef COPYDESK_DECODE_H
#define COPYDESK_DECODE_H

#include "tag/model.h"
#include "tag/words.h"

/* One label a word; `scores`, if not NULL, gets the chance of the name that the word is in, 1 for one in none. */
void decode_document(struct arena *arena, const struct model *model, const struct document *document, uint8_t *labels, float *scores);

/* Viterbi over `count` words; only valid transitions. `emissions` has LABELS items a word; `back` is room for as many bytes. */
void decode_path(const int32_t (*transitions)[LABELS], const int32_t (*emissions)[LABELS], size_t count, uint8_t (*back)[LABELS],
	uint8_t *labels);

#endif
