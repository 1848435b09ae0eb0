/* prepared: see prepared.h. */
#include "tag/train/prepared.h"

#include "tag/train/need.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void prepared_add_word(struct prepared *to, const uint32_t *features, const uint32_t *other, size_t count)
{
	if (to->feature_count + count > to->feature_room) {
		to->feature_room = to->feature_room * 3 / 2 + 65536;
		to->features = need(realloc(to->features, to->feature_room * sizeof *to->features));
		to->own = need(realloc(to->own, to->feature_room * sizeof *to->own));
	}
	memcpy(to->features + to->feature_count, features, count * sizeof *features);
	for (size_t i = 0; i < count; i++)
		to->own[to->feature_count + i] = other && features[i] != other[i];
	to->feature_count += count;
	to->starts[++to->word_count] = (uint32_t)to->feature_count;
}

void prepared_begin(struct prepared *to, const struct corpus *corpus)
{
	*to = (struct prepared){0};
	to->starts = need(calloc(corpus->words + 1, sizeof *to->starts));
	size_t sentences = 0;
	for (size_t a = 0; a < corpus->count; a++)
		sentences += corpus->items[a].document.sentence_count;
	to->sentences = need(calloc(sentences + 1, sizeof *to->sentences));
	to->article = need(calloc(sentences + 1, sizeof *to->article));
	to->first_word = need(calloc(sentences + 1, sizeof *to->first_word));
	to->ends = need(calloc(corpus->count + 1, sizeof *to->ends));
}

void prepared_add_sentence(struct prepared *to, const struct corpus *corpus, size_t article, struct sentence sentence, size_t word)
{
	const struct example *example = &corpus->items[article];

	to->article[to->sentence_count] = (uint32_t)article;
	to->first_word[to->sentence_count] = word;
	to->sentences[to->sentence_count++] = (struct crf_sentence){
		.allowed = example->allowed + sentence.first, .count = sentence.last - sentence.first, .weight = example->weight};
}

void prepared_end(struct prepared *to, struct crf *crf, struct crf_rows rows)
{
	size_t kept = 0, at = 0;

	crf_init(crf, &(struct crf_articles){to->features, to->ends, to->article_count}, &rows);
	for (size_t w = 0; w < to->word_count; w++) {
		size_t end = to->starts[w + 1];
		to->starts[w] = (uint32_t)kept;
		for (; at < end; at++) {
			uint32_t row = crf_row(crf, to->features[at]);
			if (row != UINT32_MAX)
				to->features[kept++] = row | (to->own[at] ? CRF_OWN : 0);
		}
	}
	to->starts[to->word_count] = (uint32_t)kept;
	to->feature_count = kept;
	for (size_t s = 0; s < to->sentence_count; s++) {
		to->sentences[s].starts = to->starts + to->first_word[s];
		to->sentences[s].features = to->features + to->starts[to->first_word[s]];
	}
	fprintf(stderr, "train: %zu sentences, %zu words, %zu rows, %zu features a word\n", to->sentence_count, to->word_count, crf->row_count,
		kept / (to->word_count + 1));
}

void prepared_release(struct prepared *prepared)
{
	free(prepared->features);
	free(prepared->own);
	free(prepared->starts);
	free(prepared->sentences);
	free(prepared->article);
	free(prepared->first_word);
	free(prepared->ends);
	*prepared = (struct prepared){0};
}
