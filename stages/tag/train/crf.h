/* crf: a linear-chain conditional random field with partly known labels, trained by AdaGrad (Duchi, Hazan, Singer 2011).
 *
 * The loss of a sentence is chain.h's. Features are dropped at random while training, and the weights of the last epochs are averaged. */
#ifndef COPYDESK_CRF_H
#define COPYDESK_CRF_H

#include "tag/train/chain.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CRF_LANES CHAIN_LANES
#define CRF_OWN (1u << 31) /* on a row of a sentence: it tells which word this is, and all such rows of a word are forgotten together */

struct crf {
	uint32_t *keys; /* of features; open addressing, by row: rows[i] - 1 */
	uint32_t *rows;
	size_t mask, row_count;
	int copies;     /* of every row: the one that all sentences share, then one for each kind of sentence */
	float *weights, *squares, *average; /* CRF_LANES a row, copy after copy */
	float transitions[CRF_LANES][CRF_LANES], transition_squares[CRF_LANES][CRF_LANES], transition_average[CRF_LANES][CRF_LANES];
	size_t averaged;
};

/* One sentence. `base` are scores that are given and not trained (of the first pass), CRF_LANES a word, or NULL. */
struct crf_sentence {
	const uint32_t *features;  /* rows of all words, one behind the other, some with CRF_OWN */
	const uint32_t *starts;    /* of each word's rows, count + 1 of them */
	const float *base;
	const uint32_t *allowed;
	size_t count;
	float weight;
	int kind; /* which copy of the rows it uses beside the shared one; 0: none */
};

struct crf_options {
	int epochs, averaged;
	float rate, dropout, decay, lasso; /* decay: L2, lasso: L1, per touch */
	float forget; /* share of words that are seen as if they were new */
	uint64_t seed;
	const char *name; /* for progress */
};

/* Features of the articles that are learned from, as hashes, one article behind the other. */
struct crf_articles {
	const uint32_t *features;
	const size_t *ends; /* of each article among the features */
	size_t count;
};

/* Which features get a row: those seen at least `least` times and in at least `spread` articles. What is seen in one article only tells
 * of that article, and a row for it would keep the others from learning what new names look like. */
struct crf_rows {
	int least, spread;
	int copies; /* with more than one, sentences of different kinds share what they agree on and keep apart what they don't (Daumé 2007,
	             * "Frustratingly easy domain adaptation") */
};

void crf_init(struct crf *crf, const struct crf_articles *articles, const struct crf_rows *rows);
/* Sets all weights to zero, to learn anew. */
void crf_forget(struct crf *crf);
void crf_release(struct crf *crf);
/* The row of a feature, UINT32_MAX for none. */
uint32_t crf_row(const struct crf *crf, uint32_t feature);
void crf_train(struct crf *crf, const struct crf_sentence *sentences, size_t count, const struct crf_options *options);
/* Scores of a sentence under the averaged weights: CRF_LANES a word. */
void crf_score(const struct crf *crf, const struct crf_sentence *sentence, float *scores);

/* Adds `share[kind - 1]` of each kind's averaged weights to the shared ones, for text whose kind isn't known. Call it once. */
void crf_blend(struct crf *crf, const float *share);

#endif
