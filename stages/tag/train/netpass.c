/* netpass: see netpass.h. */
#include "tag/train/netpass.h"

#include "tag/train/matrix.h"
#include "tag/train/need.h"
#include "tag/train/random.h"

#include <stdlib.h>
#include <string.h>

static float *again(float **array, size_t items)
{
	free(*array);
	return *array = need(aligned_alloc(64, (items * sizeof(float) + 127) / 64 * 64));
}

static void fit_norm(struct layers_norm *norm, size_t words, size_t width)
{
	again(&norm->standard, words * width);
	again(&norm->inverse, words);
}

static void fit_words(struct net_pass *pass, const struct net_shape *shape, size_t count)
{
	size_t width = shape->width, words = pass->room = count + count / 2;

	again(&pass->begin, words * width);
	again(&pass->begin_gradient, words * width);
	fit_norm(&pass->begin_norm, words, width);
	for (size_t l = 0; l < shape->layers; l++) {
		again(&pass->layers[l].factors, words * width);
		again(&pass->layers[l].inputs, words * width * 4);
		again(&pass->layers[l].sums, words * width);
		fit_norm(&pass->layers[l].norm, words, width);
	}
	again(&pass->factors, words * width);
	again(&pass->hidden, words * width);
	again(&pass->hidden_gradient, words * width);
	again(&pass->wide, words * width * 4);
	again(&pass->narrow, words * width);
	again(&pass->heads, words * shape->heads * CHAIN_LANES);
	again(&pass->scores, words * CHAIN_LANES);
	pass->kept_starts = need(realloc(pass->kept_starts, (words + 1) * sizeof *pass->kept_starts));
}

static void fit(struct net_pass *pass, const struct net_shape *shape, const struct net_batch *batch)
{
	if (batch->count > pass->room)
		fit_words(pass, shape, batch->count);
	if (batch->group_count >= pass->group_room) {
		pass->group_room = batch->group_count * 2 + 16;
		again(&pass->group_sums, pass->group_room * (shape->width + 1));
	}
	if (batch->starts[batch->count] > pass->kept_room) {
		pass->kept_room = batch->starts[batch->count] * (size_t)2;
		pass->kept = need(realloc(pass->kept, pass->kept_room * sizeof *pass->kept));
	}
}

void net_pass_release(struct net_pass *pass)
{
	float *arrays[] = {pass->begin, pass->begin_gradient, pass->begin_norm.standard, pass->begin_norm.inverse, pass->factors, pass->hidden,
		pass->hidden_gradient, pass->wide, pass->narrow, pass->heads, pass->scores, pass->group_sums};

	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
		free(arrays[i]);
	for (size_t l = 0; l < NETWORK_LAYERS_MAX; l++) {
		free(pass->layers[l].factors);
		free(pass->layers[l].inputs);
		free(pass->layers[l].sums);
		free(pass->layers[l].norm.standard);
		free(pass->layers[l].norm.inverse);
	}
	free(pass->kept);
	free(pass->kept_starts);
	chain_release(&pass->chain);
	memset(pass, 0, sizeof *pass);
}

/* --- forward ------------------------------------------------------------------------------- */

static bool is_code(uint32_t row) { return row >= VIEWS_CODE && row < VIEWS_CODE + VIEWS_CODE_ROWS; }

/* A word without the codes of its vector looks like one that has none. */
static void keep_rows(struct net_pass *pass, const struct net_batch *batch, const struct net_drops *drops)
{
	uint32_t limit = drops ? (uint32_t)(drops->rows * 65536.0f) : 0, kept = 0;

	for (size_t w = 0; w < batch->count; w++) {
		bool coded = limit == 0 || (random_next(drops->random) & 0xFFFF) >= limit;
		pass->kept_starts[w] = kept;
		for (uint32_t i = batch->starts[w]; i < batch->starts[w + 1]; i++) {
			uint32_t row = batch->rows[i];
			if (is_code(row) ? coded : limit == 0 || (random_next(drops->random) & 0xFFFF) >= limit)
				pass->kept[kept++] = row;
		}
	}
	pass->kept_starts[batch->count] = kept;
}

static void sum_rows(struct net_pass *pass, const struct net_weights *weights, size_t count)
{
	size_t width = weights->shape.width;

	for (size_t w = 0; w < count; w++) {
		float *own = pass->begin + w * width;
		memcpy(own, weights->bias, width * sizeof *own);
		for (uint32_t i = pass->kept_starts[w]; i < pass->kept_starts[w + 1]; i++)
			layers_add(own, weights->table + pass->kept[i] * width, width, 1);
	}
}

static void set_rows(float *to, const float *row, size_t count, size_t width)
{
	for (size_t w = 0; w < count; w++)
		memcpy(to + w * width, row, width * sizeof *to);
}

/* Dropout of what the next layer or the head sees; `factors` tells its gradient what it did. */
static void drop(float *hidden, float *factors, size_t items, const struct net_drops *drops)
{
	if (drops && drops->hidden > 0)
		layers_draw_dropout(factors, items, drops->hidden, drops->random);
	else
		for (size_t i = 0; i < items; i++)
			factors[i] = 1;
	layers_drop(hidden, factors, items);
}

static void forward_layer(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch, size_t l,
	const struct net_drops *drops)
{
	size_t width = weights->shape.width, inputs = weights->layers[l].inputs, count = batch->count;
	float *in = pass->layers[l].inputs, *sums = pass->layers[l].sums, *hidden = pass->hidden;

	drop(hidden, pass->layers[l].factors, count * width, drops);
	layers_window(hidden, batch->sentences, batch->sentence_count, weights->shape.reach[l], width, in, inputs);
	if (inputs == 4 * width)
		layers_others(hidden, batch->groups, count, batch->group_count, width, pass->group_sums, in + 3 * width, inputs);
	set_rows(sums, weights->layers[l].bias, count, width);
	matrix_add_product(sums, width, (struct matrix){in, inputs, false}, (struct matrix){weights->layers[l].weights, inputs, true}, count, width,
		inputs);
	layers_relu(sums, count * width, pass->narrow);
	layers_add(hidden, pass->narrow, count * width, 1);
	layers_norm(hidden, weights->layers[l].gain, weights->layers[l].shift, count, width, &pass->layers[l].norm, hidden);
}

/* Which of the heads a sentence has beside the shared one; 0: none. */
static size_t head_of(const struct net_shape *shape, int kind) { return kind > 0 && (size_t)kind < shape->heads ? (size_t)kind : 0; }

static void forward_head(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch)
{
	size_t width = weights->shape.width, outputs = weights->shape.heads * CHAIN_LANES;

	set_rows(pass->heads, weights->head_bias, batch->count, outputs);
	matrix_add_product(pass->heads, outputs, (struct matrix){pass->hidden, width, false}, (struct matrix){weights->head, width, true},
		batch->count, outputs, width);
	for (size_t s = 0; s < batch->sentence_count; s++)
		for (size_t w = batch->sentences[s].first, h = head_of(&weights->shape, batch->kinds[s]); w < batch->sentences[s].last; w++) {
			memcpy(pass->scores + w * CHAIN_LANES, pass->heads + w * outputs, CHAIN_LANES * sizeof(float));
			if (h > 0)
				layers_add(pass->scores + w * CHAIN_LANES, pass->heads + w * outputs + h * CHAIN_LANES, CHAIN_LANES, 1);
		}
}

void net_pass_forward(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch, const struct net_drops *drops)
{
	size_t width = weights->shape.width, count = batch->count;

	fit(pass, &weights->shape, batch);
	keep_rows(pass, batch, drops);
	sum_rows(pass, weights, count);
	layers_relu(pass->begin, count * width, pass->hidden);
	layers_norm(pass->hidden, weights->gain, weights->shift, count, width, &pass->begin_norm, pass->hidden);
	for (size_t l = 0; l < weights->shape.layers; l++)
		forward_layer(pass, weights, batch, l, drops);
	drop(pass->hidden, pass->factors, count * width, drops);
	forward_head(pass, weights, batch);
}

/* --- backward ------------------------------------------------------------------------------ */

/* The loss, its gradient by all heads' scores in pass->heads, and by transitions. */
static double backward_chain(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch,
	struct net_weights *gradient)
{
	size_t outputs = weights->shape.heads * CHAIN_LANES;
	double loss = 0, total = 0;

	for (size_t s = 0; s < batch->sentence_count; s++)
		total += (double)batch->weights[s] * (batch->sentences[s].last - batch->sentences[s].first);
	chain_follow(&pass->chain, (const float(*)[CHAIN_LANES])weights->transitions);
	memset(pass->heads, 0, batch->count * outputs * sizeof(float));
	for (size_t s = 0; s < batch->sentence_count; s++) {
		size_t first = batch->sentences[s].first, count = batch->sentences[s].last - first, h = head_of(&weights->shape, batch->kinds[s]);
		float share = (float)((double)batch->weights[s] / total);
		struct chain *chain = &pass->chain;
		if (count == 0)
			continue;
		loss += (double)batch->weights[s] / total * chain_loss(chain, pass->scores + first * CHAIN_LANES, batch->allowed + first, count);
		for (size_t w = 0; w < count; w++) {
			float *own = pass->heads + (first + w) * outputs;
			layers_add(own, chain->free_marginal + w * CHAIN_LANES, CHAIN_LANES, share);
			layers_add(own, chain->bound_marginal + w * CHAIN_LANES, CHAIN_LANES, -share);
			if (h > 0)
				memcpy(own + h * CHAIN_LANES, own, CHAIN_LANES * sizeof *own);
		}
		layers_add(gradient->transitions, chain->pair_free[0], CHAIN_LANES * CHAIN_LANES, share);
		layers_add(gradient->transitions, chain->pair_bound[0], CHAIN_LANES * CHAIN_LANES, -share);
	}
	return loss;
}

static void add_columns(float *to, const float *values, size_t count, size_t width)
{
	for (size_t w = 0; w < count; w++)
		layers_add(to, values + w * width, width, 1);
}

/* out = in · weightsᵀ + bias: gradients by weights and bias are added, that by `in` is put into `din`. */
static void backward_matrix(const float *dout, const float *in, const float *weights, size_t count, size_t outputs, size_t inputs, float *din,
	float *dweights, float *dbias)
{
	add_columns(dbias, dout, count, outputs);
	matrix_add_product(dweights, inputs, (struct matrix){dout, outputs, true}, (struct matrix){in, inputs, false}, outputs, inputs, count);
	memset(din, 0, count * inputs * sizeof *din);
	matrix_add_product(din, inputs, (struct matrix){dout, outputs, false}, (struct matrix){weights, inputs, false}, count, inputs, outputs);
}

static void backward_layer(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch, size_t l,
	struct net_weights *gradient)
{
	size_t width = weights->shape.width, inputs = weights->layers[l].inputs, count = batch->count;
	float *dhidden = pass->hidden_gradient, *dsums = pass->narrow, *din = pass->wide;

	layers_norm_gradient(dhidden, &pass->layers[l].norm, weights->layers[l].gain, count, width, dhidden, gradient->layers[l].gain,
		gradient->layers[l].shift);
	memcpy(dsums, dhidden, count * width * sizeof *dsums);
	layers_relu_gradient(pass->layers[l].sums, count * width, dsums);
	backward_matrix(dsums, pass->layers[l].inputs, weights->layers[l].weights, count, width, inputs, din, gradient->layers[l].weights,
		gradient->layers[l].bias);
	layers_window_gradient(din, inputs, batch->sentences, batch->sentence_count, weights->shape.reach[l], width, dhidden);
	if (inputs == 4 * width)
		layers_others_gradient(din + 3 * width, inputs, batch->groups, count, batch->group_count, width, pass->group_sums, dhidden);
	layers_drop(dhidden, pass->layers[l].factors, count * width);
}

static void backward_rows(struct net_pass *pass, const struct net_weights *weights, size_t count, struct net_weights *gradient)
{
	size_t width = weights->shape.width;
	float *dbegin = pass->begin_gradient;

	layers_norm_gradient(pass->hidden_gradient, &pass->begin_norm, weights->gain, count, width, dbegin, gradient->gain, gradient->shift);
	layers_relu_gradient(pass->begin, count * width, dbegin);
	add_columns(gradient->bias, dbegin, count, width);
	for (size_t w = 0; w < count; w++)
		for (uint32_t i = pass->kept_starts[w]; i < pass->kept_starts[w + 1]; i++)
			layers_add(gradient->table + pass->kept[i] * width, dbegin + w * width, width, 1);
}

double net_pass_backward(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch,
	struct net_weights *gradient)
{
	size_t width = weights->shape.width, count = batch->count;
	double loss = backward_chain(pass, weights, batch, gradient);

	backward_matrix(pass->heads, pass->hidden, weights->head, count, weights->shape.heads * CHAIN_LANES, width, pass->hidden_gradient,
		gradient->head, gradient->head_bias);
	layers_drop(pass->hidden_gradient, pass->factors, count * width);
	for (size_t l = weights->shape.layers; l-- > 0;)
		backward_layer(pass, weights, batch, l, gradient);
	backward_rows(pass, weights, count, gradient);
	return loss;
}
