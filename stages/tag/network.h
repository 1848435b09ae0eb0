/* network: what a small convolutional network says of each word, beside the features (see features.h): labels' scores that decoding adds to theirs.
 *
 * A word is the sum of the rows of one table that views.h names, so a word that training never saw is still its parts, its look and its
 * vector's codes (Jégou, Douze, Schmid 2011). Each layer looks at the words `reach` before and behind within the sentence, the last also
 * at the mean of the form's other occurrences with a capital in the document (of a very long one: nearby). With h of `width` numbers a word:
 *
 *   h ← norm(relu(Σ rows + bias));  each layer: h ← norm(h + relu(W · inputs + bias));  scores = H · h + bias
 *   norm(x) = (x − mean) / sqrt(variance + 1e-5) × gain + shift (Ba, Kiros, Hinton 2016)
 *
 * The sums are of integers and the rest is in an order that is written down, so every machine says the same. */
#ifndef COPYDESK_NETWORK_H
#define COPYDESK_NETWORK_H

#include "base/error.h"
#include "tag/labels.h"
#include "tag/views.h"

#define NETWORK_WIDTH_MAX 256
#define NETWORK_LAYERS_MAX 4
#define NETWORK_LABELS 32 /* labels, padded */
#define NETWORK_UNITS 256 /* of h and of a mean: 1 is so many; what is beyond ±32 is cut off */
#define NETWORK_VALUE_MAX 1e4f /* no number of the file is larger */
#define NETWORK_SCORE_MAX 32767 /* nor any score that it gives, in units of model_header.scale */

/* The section MODEL_NETWORK: this header, then arrays without gaps, `width` being a multiple of 32, so that each is aligned to 16 bytes:
 *
 *   int8  table[rows][width]                      value × table_scale
 *   float bias[width], gain[width], shift[width]
 *   for each layer:
 *     int8  weights[width][inputs]                of each output: value × scale[output]; inputs are, `width` numbers each, h of the
 *                                                 word `reach` before, its own, that of the word `reach` behind, and if pool, the mean
 *     float scale[width], bias[width], gain[width], shift[width]
 *   int8  head[NETWORK_LABELS][width]             value × head_scale[label]
 *   float head_scale[NETWORK_LABELS], head_bias[NETWORK_LABELS]   in units of model_header.scale, the network's share multiplied in
 *
 * What is padded is zero. The section is exactly as long as this says. */
struct network_header {
	uint32_t rows, width, layers, labels; /* VIEWS_ROWS, multiple of 32, 1 to NETWORK_LAYERS_MAX, NETWORK_LABELS */
	float table_scale;
	uint32_t reserved[3];
	struct {
		uint32_t reach; /* 1 to 8 */
		uint32_t pool;  /* 1 for the last layer, else 0; 0 for all of a network without a document's memory */
	} layer[NETWORK_LAYERS_MAX]; /* zero behind the last */
};

/* inputs of a layer: 3 × width, 4 × width with pool */
struct network_layer {
	size_t reach, inputs;
	bool pool;
	const int8_t *weights;
	const int16_t *packed; /* the same as the kernels take them */
	const float *scale, *bias, *gain, *shift;
};

struct network {
	size_t width, layer_count; /* width 0: there is none */
	const int8_t *table;
	float table_scale;
	const float *bias, *gain, *shift;
	struct network_layer layers[NETWORK_LAYERS_MAX];
	const int8_t *head;
	const int16_t *head_packed;
	const float *head_scale, *head_bias;
	const struct kernels *kernels; /* the fastest that this machine has; whichever it is, the scores are the same */
	int16_t *packed; /* what all the others point to; the network's own */
};

/* The bytes of a section of this shape; 0 if there is no such network. */
size_t network_bytes(const struct network_header *header);
/* A section of the model file, aligned to 16, which must outlive the network; an empty one is no network. False, with what is wrong with it
 * in `what`, for anything that can't be used; then there is nothing to release. */
bool network_read(struct network *network, struct slice section, const char **what);
void network_release(struct network *network);
/* Adds the scores of the words that may be a name's: those with a capital and the words beside one, within their sentences. `scores` has
 * an item a word of the document. */
void network_add(struct arena *arena, const struct network *network, const struct document *document, int32_t (*scores)[LABELS]);

#endif
