/* prepared: the sentences of a corpus as rows of one feature set, as crf.h takes them. */
#ifndef COPYDESK_PREPARED_H
#define COPYDESK_PREPARED_H

#include "tag/train/corpus.h"
#include "tag/train/crf.h"

struct prepared {
	uint32_t *features, *starts;
	bool *own; /* of each feature: it tells which word it is of */
	size_t feature_count, feature_room, word_count;
	struct crf_sentence *sentences;
	uint32_t *article; /* of each sentence */
	size_t *ends;      /* of each article among the features */
	size_t article_count;
	size_t *first_word;
	size_t sentence_count;
};

/* Sentences and their words are added in the corpus' order; whoever adds an article's last word sets its end. */
void prepared_begin(struct prepared *to, const struct corpus *corpus);
void prepared_add_sentence(struct prepared *to, const struct corpus *corpus, size_t article, struct sentence sentence, size_t word);
/* `other`: the features of another word in this place, or NULL. */
void prepared_add_word(struct prepared *to, const uint32_t *features, const uint32_t *other, size_t count);
/* Makes the rows of `crf` and replaces hashes by them, leaving out features without one. */
void prepared_end(struct prepared *to, struct crf *crf, struct crf_rows rows);
void prepared_release(struct prepared *prepared);

#endif
