/* netbatch: words of whole articles, one behind the other, as a network takes them. */
#ifndef COPYDESK_NETBATCH_H
#define COPYDESK_NETBATCH_H

#include "tag/train/layers.h"
#include "tag/views.h"

/* An article that is learned from, or labelled. */
struct net_article {
	const struct document *document;
	const uint32_t *allowed; /* set of labels, by word */
	float weight;
	int kind;                /* of its sentences: which head they use beside the shared one; 0: none */
};

struct net_batch {
	size_t count, room; /* words */
	uint32_t *starts;   /* of each word's rows, count + 1 of them */
	uint32_t *rows;     /* of the table */
	uint32_t *groups;   /* of each word: LAYERS_ALONE for one that a document's other occurrences of the form say nothing of */
	uint32_t *allowed;
	struct layers_run *sentences;
	float *weights;     /* of each sentence */
	int *kinds;
	size_t rows_room, sentence_count, group_count;
};

/* Begin with all zero. */
void net_batch_clear(struct net_batch *batch);
void net_batch_release(struct net_batch *batch);
void net_batch_add(struct net_batch *batch, const struct net_article *article);
/* The parts of it: a word in the sentence that was begun last. `group` is LAYERS_ALONE or below `group_count`, which the caller keeps. */
void net_batch_begin_sentence(struct net_batch *batch, float weight, int kind);
void net_batch_add_word(struct net_batch *batch, const uint32_t *rows, size_t count, uint32_t group, uint32_t allowed);

#endif
