/* posterior: the names of a sentence by their chances, instead of by the one path of labels that is best.
 *
 * A name's chance is the share that the paths with just this name, these words and this type, have of the weight of all paths
 * (forward-backward; Rabiner 1989). The best path takes a doubtful name where a hair speaks for it, and one name of two readings though
 * neither is likely. The most of precision and recall is had by taking the names whose chance is above half of the F1 that can be reached
 * (Lipton, Elkan, Narayanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure").
 *
 * A model's scores may sound surer than they are; divided by its temperature they say what is true (Guo et al. 2017, "On calibration of
 * modern neural networks"). All of it is computed in an order that is written down, so every machine says the same. */
#ifndef COPYDESK_POSTERIOR_H
#define COPYDESK_POSTERIOR_H

#include "base/arena.h"
#include "tag/labels.h"

#define POSTERIOR_LEAST 0.435f /* chance of a name that is taken */
#define POSTERIOR_NONE 0.04f   /* chance of a word to be in none below which the likeliest name is taken, too */

struct posterior;

/* `transitions` and later emissions are scores in units of `scale`, which is positive; forbidden transitions are hugely negative. In arena
 * memory, of a fixed size. */
struct posterior *posterior_create(struct arena *arena, const int32_t (*transitions)[LABELS], float scale);
/* Sets a label for each of a sentence's `count` words and, if `scores` isn't NULL, how sure it is: a name's chance for each of its words, 1 for
 * a word of none. */
void posterior_names(struct posterior *posterior, const int32_t (*emissions)[LABELS], size_t count, uint8_t *labels, float *scores);

#endif
