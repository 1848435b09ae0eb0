/* layers: the parts that a network of words is put together from, each with its gradient. All take rows of `width` floats, one a word,
 * `width` being a multiple of 8; gradients by weights are added up, those by inputs too where it says so. */
#ifndef COPYDESK_LAYERS_H
#define COPYDESK_LAYERS_H

#include <stddef.h>
#include <stdint.h>

#define LAYERS_ALONE UINT32_MAX /* the group of a word that has none */

/* Words next to each other, [first, last): what is outside can't be seen from within. */
struct layers_run {
	uint32_t first, last;
};

/* What a norm keeps for its gradient. */
struct layers_norm {
	float *standard; /* (x − mean) / deviation, `width` a word */
	float *inverse;  /* 1 / deviation, one a word */
};

/* out = (x − mean) / sqrt(variance + 1e-5) × gain + shift, over each word's numbers (Ba, Kiros, Hinton 2016). */
void layers_norm(const float *x, const float *gain, const float *shift, size_t count, size_t width, struct layers_norm *norm, float *out);
/* `dx` may be `dout`. */
void layers_norm_gradient(const float *dout, const struct layers_norm *norm, const float *gain, size_t count, size_t width, float *dx,
	float *dgain, float *dshift);

/* out = x, negative ones as 0. Where out is 0, so is the gradient, which is changed in place. */
void layers_relu(const float *x, size_t items, float *out);
void layers_relu_gradient(const float *x, size_t items, float *dx);

/* A factor an item: 0 for `share` of them at random, 1 / (1 − share) for the rest (Srivastava et al. 2014). */
void layers_draw_dropout(float *factors, size_t items, float share, uint64_t *random);
/* values × factors; factors NULL: nothing is dropped. */
void layers_drop(float *values, const float *factors, size_t items);

/* Of each word three blocks: the word `reach` before, its own, the word `reach` behind, zero outside of its run. `out` has `stride` floats a
 * word, these the first. */
void layers_window(const float *x, const struct layers_run *runs, size_t run_count, size_t reach, size_t width, float *out, size_t stride);
/* Adds to `dx`. */
void layers_window_gradient(const float *dout, size_t stride, const struct layers_run *runs, size_t run_count, size_t reach, size_t width,
	float *dx);

/* Of each word the mean over the other words of its group; zero for the only one and for LAYERS_ALONE. `groups` are numbered from 0 to
 * `group_count`; `sums` is room for width + 1 floats a group. */
void layers_others(const float *x, const uint32_t *groups, size_t count, size_t group_count, size_t width, float *sums, float *out,
	size_t stride);
/* Adds to `dx`. */
void layers_others_gradient(const float *dout, size_t stride, const uint32_t *groups, size_t count, size_t group_count, size_t width,
	float *sums, float *dx);

/* to += from × factor */
void layers_add(float *to, const float *from, size_t items, float factor);

#endif
