/* corpus: annotated articles for the trainer, each token with the set of labels that its source allows.
 *
 * Sources differ in what they annotate. Where one leaves a type out (tweets have no nationalities), words outside its names may be
 * of that type; where one has a coarser type (CoNLL's LOC), a name may be of any finer one. The trainer sums over what is allowed. */
#ifndef COPYDESK_CORPUS_H
#define COPYDESK_CORPUS_H

#include "base/error.h"
#include "tag/features.h"

#define CORPUS_KINDS 2 /* 1: worldwide's, 2: the others' */

struct example {
	struct slice id;
	struct tokens tokens;
	struct document document;
	uint32_t *allowed; /* set of labels, by word */
	uint8_t *gold;     /* the label where `allowed` is one, else the first of the set */
	float weight;
	int source;
};

struct corpus {
	struct arena arena;
	struct example *items;
	size_t count, capacity, words;
};

struct source {
	const char *name;   /* of its file, NAME.jsonl.gz */
	float weight;
	int kind;           /* of conventions, for crf_sentence.kind */
	bool open;          /* its licence allows any use */
	uint32_t unmarked;  /* types it leaves out, a set */
};
extern const struct source SOURCES[];
extern const int SOURCE_COUNT;

void corpus_init(struct corpus *corpus);
void corpus_release(struct corpus *corpus);
/* Adds the articles of a JSON-lines file, gzipped or not. */
bool corpus_add(struct corpus *corpus, const struct lexicon *lexicon, const char *path, int source, struct error *error);

#endif
