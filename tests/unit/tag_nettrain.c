#include "grouparena.h"

#include "tag/train/nettrain.h"
#include "tag/train/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 40
#define FREE ((1u << LABELS) - 1)
#define O 1u

static const struct net_shape SHAPE = {.rows = ROWS, .width = 16, .layers = 2, .reach = {1, 2}, .pool = true, .heads = 3};

static struct net_weights begun(const struct net_shape *shape, uint64_t seed)
{
	struct net_weights weights;
	size_t bytes = (net_weights_count(shape) * sizeof(float) + 63) / 64 * 64;
	float *block = aligned_alloc(64, bytes);

	memset(block, 0, bytes);
	net_weights_place(&weights, shape, block);
	net_weights_begin(&weights, seed);
	return weights;
}

/* --- gradients of the whole ---------------------------------------------------------------- */

/* Sentences of all kinds with known, partly known and unknown labels, whose words have companions in other sentences. */
static void fill(struct net_batch *batch)
{
	static const uint32_t single = 1u << LABEL_S, begin = 1u << LABEL_B, end = 1u << LABEL_E;
	uint32_t allowed[] = {O, single | single << 2, O, begin, end, O, FREE, begin << 1, 1u << (LABEL_I + 1), end << 1, O, single << 2};
	uint64_t random = 7;

	for (size_t w = 0; w < sizeof allowed / sizeof *allowed; w++) {
		uint32_t rows[5];
		for (int i = 0; i < 5; i++)
			rows[i] = (uint32_t)(random_next(&random) % ROWS);
		if (w == 0 || w == 3 || w == 6)
			net_batch_begin_sentence(batch, w == 3 ? 0.5f : 1, w == 0 ? 1 : w == 3 ? 2 : 0);
		net_batch_add_word(batch, rows, 5, w % 4 == 3 ? LAYERS_ALONE : (uint32_t)(w % 4), allowed[w]);
	}
	batch->group_count = 3;
}

/* The loss with the same things dropped each time. */
static double loss_of(struct net_pass *pass, const struct net_weights *weights, const struct net_batch *batch, struct net_weights *gradient)
{
	uint64_t random = 11;

	net_pass_forward(pass, weights, batch, &(struct net_drops){.hidden = 0.2f, .rows = 0.1f, .random = &random});
	return net_pass_backward(pass, weights, batch, gradient);
}

struct whole {
	struct net_weights weights, gradient, waste;
	struct net_batch batch;
	struct net_pass pass;
};

/* How the loss changes along a direction of some weights, and what the gradient says of it. Along the gradient itself the change is
 * greatest, beside it what has no gradient must not change anything. */
static void check_along(struct whole *whole, const char *name, float *weights, const float *gradient, size_t count, bool random, uint64_t seed)
{
	float *direction = malloc(count * sizeof *direction), *own = malloc(count * sizeof *own);
	double length = 0, says = 0, losses[2];

	for (size_t i = 0; i < count; i++) {
		direction[i] = random ? (random_next(&seed) & 1 ? 1.0f : -1.0f) : gradient[i];
		length += (double)direction[i] * (double)direction[i];
	}
	length = sqrt(length) + 1e-30;
	memcpy(own, weights, count * sizeof *own);
	for (size_t i = 0; i < count; i++)
		says += (double)gradient[i] * (double)direction[i] / length;
	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < count; i++)
			weights[i] = own[i] + (float)((side ? -1e-3 : 1e-3) / length) * direction[i];
		losses[side] = loss_of(&whole->pass, &whole->weights, &whole->batch, &whole->waste);
	}
	memcpy(weights, own, count * sizeof *own);
	double is = (losses[0] - losses[1]) / 2e-3;
	if (fabs(is - says) > 1e-3 + 0.01 * fabs(is) || (!random && says < 1e-3))
		fail_msg("%s: the gradient says %g, it is %g", name, says, is);
	free(direction);
	free(own);
}

static void check(struct whole *whole, const char *name, float *weights, size_t count)
{
	const float *gradient = whole->gradient.block + (weights - whole->weights.block);

	check_along(whole, name, weights, gradient, count, false, 0);
	for (uint64_t seed = 1; seed < 5; seed++)
		check_along(whole, name, weights, gradient, count, true, seed);
}

static void network_has_its_gradients(void **state)
{
	struct whole whole = {.weights = begun(&SHAPE, 3), .gradient = begun(&SHAPE, 0), .waste = begun(&SHAPE, 0)};
	struct net_weights *w = &whole.weights;
	uint64_t random = 5;

	(void)state;
	for (size_t i = 0; i < w->count; i++) /* nothing is 0 or 1 as at the beginning */
		w->block[i] += (float)(random_next(&random) % 1000) / 2500 - 0.2f;
	memset(whole.gradient.block, 0, w->count * sizeof(float));
	fill(&whole.batch);
	loss_of(&whole.pass, w, &whole.batch, &whole.gradient);
	check(&whole, "table", w->table, ROWS * SHAPE.width);
	check(&whole, "bias", w->bias, SHAPE.width);
	check(&whole, "gain", w->gain, SHAPE.width);
	check(&whole, "shift", w->shift, SHAPE.width);
	for (size_t l = 0; l < SHAPE.layers; l++) {
		check(&whole, "layer's weights", w->layers[l].weights, SHAPE.width * w->layers[l].inputs);
		check(&whole, "layer's bias", w->layers[l].bias, SHAPE.width);
		check(&whole, "layer's gain", w->layers[l].gain, SHAPE.width);
		check(&whole, "layer's shift", w->layers[l].shift, SHAPE.width);
	}
	check(&whole, "shared head", w->head, LABELS * SHAPE.width);
	for (size_t h = 1; h < SHAPE.heads; h++)
		check(&whole, "kind's head", w->head + h * CHAIN_LANES * SHAPE.width, LABELS * SHAPE.width);
	check(&whole, "heads' bias", w->head_bias, LABELS);
	check(&whole, "transitions", w->transitions, CHAIN_LANES * CHAIN_LANES);
	net_batch_release(&whole.batch);
	net_pass_release(&whole.pass);
	free(whole.weights.block);
	free(whole.gradient.block);
	free(whole.waste.block);
}

/* --- learning ------------------------------------------------------------------------------ */

/* Three words: a person if the neighbours of the middle one differ, which no sum of what each of them says can tell. */
static void fill_toy(struct net_batch *batch)
{
	net_batch_clear(batch);
	for (uint32_t i = 0; i < 4; i++) {
		uint32_t left = 1 + (i & 1), right = 1 + (i >> 1), middle = 3;
		net_batch_begin_sentence(batch, 1, 0);
		net_batch_add_word(batch, &left, 1, LAYERS_ALONE, O);
		net_batch_add_word(batch, &middle, 1, LAYERS_ALONE, left != right ? 1u << LABEL_S : O);
		net_batch_add_word(batch, &right, 1, LAYERS_ALONE, O);
	}
}

/* Words alone in their sentences; what they are only another occurrence tells: one with a row of its own. */
static void fill_companions(struct net_batch *batch)
{
	net_batch_clear(batch);
	for (uint32_t i = 0; i < 4; i++) {
		uint32_t rows[2] = {4, 5 + (i & 1)};
		net_batch_begin_sentence(batch, 1, 0);
		net_batch_add_word(batch, rows, i < 2 ? 2 : 1, i & 1, i < 2 ? FREE : i & 1 ? 1u << LABEL_S : O);
	}
	batch->group_count = 2;
}

static int best_label(const float *scores)
{
	int best = 0;

	for (int y = 1; y < LABELS; y++)
		best = scores[y] > scores[best] ? y : best;
	return best;
}

/* Learns a batch by heart, then says the scores of a word. */
static void learn(void (*fill_batch)(struct net_batch *), const size_t *words, const int *labels, size_t count)
{
	struct net_weights weights = begun(&SHAPE, 1);
	struct net_options options = {.rate = 0.01f, .decay = 0.01f, .dropout = 0.1f};
	struct net_batch batch = {0};
	struct net_learner learner;

	net_learner_init(&learner, &weights, 1);
	fill_batch(&batch);
	for (int i = 0; i < 300; i++)
		net_learner_step(&learner, &batch, &options, options.rate);
	net_pass_forward(&learner.pass, &weights, &batch, NULL);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(best_label(learner.pass.scores + words[i] * CHAIN_LANES), labels[i]);
	net_batch_release(&batch);
	net_learner_release(&learner);
	free(weights.block);
}

static void network_learns_that_neighbours_differ(void **state)
{
	(void)state;
	learn(fill_toy, (const size_t[]){1, 4, 7, 10}, (const int[]){LABEL_O, LABEL_S, LABEL_S, LABEL_O}, 4);
}

static void network_learns_from_other_occurrences(void **state)
{
	(void)state;
	learn(fill_companions, (const size_t[]){2, 3}, (const int[]){LABEL_O, LABEL_S}, 2);
}

static void network_learns_the_same_again(void **state)
{
	struct net_weights weights[2] = {begun(&SHAPE, 1), begun(&SHAPE, 1)};
	struct net_options options = {.rate = 0.01f, .dropout = 0.3f, .rows = 0.1f};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct net_learner learner;
		struct net_batch batch = {0};
		net_learner_init(&learner, &weights[i], 9);
		fill(&batch);
		for (int step = 0; step < 5; step++)
			net_learner_step(&learner, &batch, &options, options.rate);
		net_batch_release(&batch);
		net_learner_release(&learner);
	}
	assert_memory_equal(weights[0].block, weights[1].block, weights[0].count * sizeof(float));
	free(weights[0].block);
	free(weights[1].block);
}

static void network_blends_the_heads_of_kinds(void **state)
{
	struct net_weights weights = begun(&SHAPE, 1);
	size_t width = SHAPE.width, at = 3 * width + 5, head = CHAIN_LANES * width;
	float want = weights.head[at] + 0.6f * weights.head[head + at] + 0.4f * weights.head[2 * head + at];
	float want_bias = weights.head_bias[3] + 0.6f * weights.head_bias[CHAIN_LANES + 3] + 0.4f * weights.head_bias[2 * CHAIN_LANES + 3];

	(void)state;
	net_weights_blend(&weights, (const float[]){0.6f, 0.4f});
	assert_true(fabsf(weights.head[at] - want) < 1e-6f);
	assert_true(fabsf(weights.head_bias[3] - want_bias) < 1e-6f);
	free(weights.block);
}

/* An article whose words with a capital are persons. */
static struct net_article article_of(const char *text)
{
	struct tokens *tokens = arena_array(&arena, struct tokens, 1);
	struct document *document = arena_array(&arena, struct document, 1);
	struct lexicon lexicon = {0};

	tokens_read(&arena, slice_of(text), tokens);
	document_read(&arena, &lexicon, tokens, 1, document);
	uint32_t *allowed = arena_array(&arena, uint32_t, document->count);
	for (size_t i = 0; i < document->count; i++)
		allowed[i] = tokens->items[i].flags & TOKEN_CAPITAL ? 1u << LABEL_S : O;
	return (struct net_article){.document = document, .allowed = allowed, .weight = 1, .kind = 1};
}

static void network_learns_articles(void **state)
{
	struct net_article articles[] = {article_of("we met Ana there. and Kenji was late"), article_of("it is Ruiz and not Mori who went"), article_of("")};
	struct net_article unseen = article_of("then came Obi with a friend");
	struct net_shape shape = {.rows = VIEWS_ROWS, .width = 16, .layers = 1, .reach = {1}, .pool = true, .heads = 2};
	struct net_options options = {.epochs = 60, .words = 5, .rate = 0.01f, .dropout = 0.1f, .rows = 0.1f, .seed = 2, .name = "toy"};
	struct net_weights weights[2] = {begun(&shape, 1), begun(&shape, 1)};
	struct net_batch batch = {0};
	struct net_pass pass = {0};

	(void)state;
	for (int i = 0; i < 2; i++)
		net_train(&weights[i], articles, 3, &options);
	assert_memory_equal(weights[0].block, weights[1].block, weights[0].count * sizeof(float));
	net_batch_add(&batch, &unseen);
	net_pass_forward(&pass, &weights[0], &batch, NULL);
	for (size_t w = 0; w < batch.count; w++)
		assert_int_equal(best_label(pass.scores + w * CHAIN_LANES), w == 2 ? LABEL_S : LABEL_O);
	net_batch_release(&batch);
	net_pass_release(&pass);
	free(weights[0].block);
	free(weights[1].block);
}

static int open_group(void **state)
{
	(void)state;
	open_arena((size_t)64 << 20);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(network_has_its_gradients),
		cmocka_unit_test(network_learns_that_neighbours_differ),
		cmocka_unit_test(network_learns_from_other_occurrences),
		cmocka_unit_test(network_learns_the_same_again),
		cmocka_unit_test(network_blends_the_heads_of_kinds),
		cmocka_unit_test(network_learns_articles),
	};
	return cmocka_run_group_tests(tests, open_group, close_arena);
}
