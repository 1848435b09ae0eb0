/* textmodel: small forests of decision trees that say which line of a plain-text page is its headline, where the body begins and ends and what
 * within it is body. Two models of six forests each vote: a page on which one alone would go astray is often one on which the other does not.
 *
 * Integers only: features are integers, thresholds too, a leaf is a log-odds times 1024; so a page gets the same verdict everywhere.
 * The tables (textmodel_data.c) come from bench/plaintext/train.py; docs/models/plaintext.md says from what. */
#ifndef COPYDESK_TEXTMODEL_H
#define COPYDESK_TEXTMODEL_H

#include "extract/textfeature.h"

struct text_split {
	int16_t feature, threshold; /* value <= threshold goes left */
	int16_t left, right;        /* >= 0: split of the same tree; < 0: leaf -1 - index */
};
struct text_tree {
	int32_t splits, leaves; /* where its own begin */
	int16_t split_count;    /* 0: one leaf */
};
struct text_forest {
	const struct text_split *splits;
	const int16_t *leaves;
	const struct text_tree *trees;
	size_t count;
};

enum text_forest_name { TEXT_FOREST_UNIT, TEXT_FOREST_HEADLINE, TEXT_FOREST_INSIDE, TEXT_FOREST_START, TEXT_FOREST_END, TEXT_FOREST_KEEP, TEXT_FOREST_COUNT };
enum text_model_name { TEXT_MODEL_FIRST, TEXT_MODEL_SECOND, TEXT_MODEL_COUNT }; /* docs/models/plaintext.md tells what each has learnt from */
extern const struct text_forest TEXT_FORESTS[TEXT_MODEL_COUNT][TEXT_FOREST_COUNT];

struct text_verdict {
	size_t first, behind; /* the body's extent in units; equal: there is none */
	bool *keep;           /* a unit; false outside the extent */
	size_t headline;      /* the unit most likely to be it; SIZE_MAX: none is likely */
	int confidence;       /* percent */
};

/* Linear in the number of units. */
struct text_verdict text_model_judge(struct arena *arena, const struct text_features *rows, size_t count);

#endif
