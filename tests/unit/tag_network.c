/* Networks small enough to work out by hand: the first half of h goes up or down against the second, and a norm makes that +1 and −1. */
#include "grouparena.h"

#include "tag/decode.h"
#include "tag/kernels.h"

#include <math.h>
#include <stdlib.h>

#define WIDTH 32
#define HALF (WIDTH / 2)
#define WIDEST 64

/* A section and the network in it, whose arrays the tests fill in. */
static _Alignas(64) char section[(size_t)4 << 20];
static size_t section_bytes;
static struct network network;

struct shape {
	uint32_t width, layers, reach[NETWORK_LAYERS_MAX], pool;
};

static int8_t *bytes_of(const int8_t *array) { return (int8_t *)(uintptr_t)array; }
static float *floats_of(const float *array) { return (float *)(uintptr_t)array; }

static struct network_header header_of(const struct shape *shape)
{
	struct network_header header = {.rows = VIEWS_ROWS, .width = shape->width, .layers = shape->layers, .labels = NETWORK_LABELS,
		.table_scale = 1};

	for (uint32_t l = 0; l < shape->layers; l++)
		header.layer[l].reach = shape->reach[l];
	header.layer[shape->layers - 1].pool = shape->pool;
	return header;
}

static void read_section(void)
{
	const char *what = "";

	network_release(&network);
	if (!network_read(&network, slice_make(section, section_bytes), &what))
		fail_msg("%s", what);
}

static void fill(const float *array, size_t count, float value)
{
	for (size_t i = 0; i < count; i++)
		floats_of(array)[i] = value;
}

/* All zero but for norms that leave their input as it is. */
static void make(const struct shape *shape)
{
	struct network_header header = header_of(shape);

	section_bytes = network_bytes(&header);
	assert_in_range(section_bytes, sizeof header, sizeof section);
	memset(section, 0, section_bytes);
	memcpy(section, &header, sizeof header);
	read_section();
	fill(network.gain, shape->width, 1);
	for (size_t l = 0; l < shape->layers; l++)
		fill(network.layers[l].gain, shape->width, 1);
}

/* A row of the table: one value in the first half, one in the second. */
static void set_row(uint32_t row, int8_t first, int8_t second)
{
	for (size_t i = 0; i < WIDTH; i++)
		bytes_of(network.table)[row * WIDTH + i] = i < HALF ? first : second;
}

static uint32_t flag_row(uint32_t flag) { return VIEWS_FLAG + (uint32_t)__builtin_ctz(flag); }

/* A word without a capital is (−1, +1), one with a capital (+1, −1), one with a capital that begins a sentence (−1, +1), a mark (0, 0). The
 * first half of what comes out of the layer goes up by 4 where the first number of input block `block` is +1. The score of LABEL_S is 10,
 * and 4 more or less for h. */
static void make_simple(uint32_t reach, uint32_t pool, size_t block)
{
	make(&(struct shape){.width = WIDTH, .layers = 1, .reach = {reach}, .pool = pool});
	set_row(flag_row(TOKEN_WORD), 0, 50);
	set_row(flag_row(TOKEN_CAPITAL), 100, 0);
	set_row(flag_row(TOKEN_SENTENCE), 0, 100);
	for (size_t o = 0; o < HALF; o++) {
		bytes_of(network.layers[0].weights)[o * network.layers[0].inputs + block * WIDTH] = 2;
		floats_of(network.layers[0].scale)[o] = 2;
	}
	for (size_t i = 0; i < HALF; i++)
		bytes_of(network.head)[LABEL_S * WIDTH + i] = 1;
	floats_of(network.head_scale)[LABEL_S] = .25f;
	floats_of(network.head_bias)[LABEL_S] = 10;
}

static struct document document;
static int32_t (*scores)[LABELS];

/* Forms of the arithmetic: the fastest of this machine, unless a test says which. */
static const struct kernels *forms[KERNEL_FORMS], *form;
static size_t form_count;

static void score(struct slice text)
{
	static const struct lexicon no_lexicon = {0};
	struct tokens *tokens = arena_new(&arena, struct tokens);

	if (network.width > 0)
		read_section(); /* with what was filled in since */
	if (form)
		network.kernels = form;
	tokens_read(&arena, text, tokens);
	document_read(&arena, &no_lexicon, tokens, 1, &document);
	scores = arena_zalloc(&arena, document.count, sizeof *scores);
	network_add(&arena, &network, &document, scores);
}

/* The scores of LABEL_S, one a word; "0" is that of a word that wasn't computed. */
static const char *scores_of(const char *text)
{
	static char out[400];
	size_t length = 0;

	score(slice_of(text));
	for (size_t i = 0; i < document.count; i++)
		length += (size_t)snprintf(out + length, sizeof out - length, i ? " %d" : "%d", scores[i][LABEL_S]);
	return out;
}

static void network_scores_what_may_be_a_name_and_what_stands_beside(void **state)
{
	(void)state;
	make_simple(1, 0, 0);
	/* "here" stands behind a word with a capital: (−1 + 4, +1) becomes (+1, −1) */
	assert_string_equal(scores_of("she met Ana here now ."), "0 6 14 14 0 0");
	assert_string_equal(scores_of("she met him ."), "0 0 0 0");
	for (size_t i = 0; i < document.count; i++)
		assert_int_equal(scores[i][LABEL_O], 0);
}

static void network_adds_to_the_scores_that_are_there(void **state)
{
	(void)state;
	make_simple(1, 0, 0);
	score(SLICE("she met Ana"));
	network_add(&arena, &network, &document, scores);
	assert_int_equal(scores[2][LABEL_S], 28);
}

static void network_sees_nothing_beyond_the_sentence(void **state)
{
	(void)state;
	make_simple(1, 0, 0);
	assert_string_equal(scores_of("she met Ana\n\nhere it was"), "0 6 14 0 0 0");
	assert_string_equal(scores_of("she met Ana\n\nhere Bo was"), "0 6 14 6 14 14"); /* "here" is the first of its sentence */
	make_simple(1, 0, 2);
	assert_string_equal(scores_of("she met Ana\n\nbut Bo was"), "0 14 14 14 14 6");
}

static void network_reaches_as_far_as_it_says(void **state)
{
	(void)state;
	make_simple(2, 0, 0);
	assert_string_equal(scores_of("so Ana and then Bo there"), "6 14 6 14 14 6"); /* two behind "Ana" is "then" */
	make_simple(2, 0, 2);
	assert_string_equal(scores_of("so Ana and then Bo there"), "6 14 14 6 14 6");
}

static void network_remembers_other_occurrences(void **state)
{
	(void)state;
	make_simple(1, 1, 3);
	assert_string_equal(scores_of("Ana saw it"), "6 6 0"); /* a capital at the beginning tells nothing, */
	assert_string_equal(scores_of("Ana saw Ana"), "14 6 14"); /* but elsewhere there is one that tells */
	assert_string_equal(scores_of("Ana saw it\n\nTODAY ANA WENT HOME"), "6 6 0 6 14 14 14"); /* none of those of a sentence that shouts, */
	assert_string_equal(scores_of("Ana saw it\n\nit was ana"), "6 6 0 0 0 0"); /* nor without a capital */
}

static void network_decides_where_features_say_nothing(void **state)
{
	(void)state;
	static const uint32_t no_weights = MODEL_EMPTY;
	struct model model = {.scale = 1, .temperature = 1, .slots = &no_weights};
	uint8_t labels[6];

	for (int from = 0; from < LABELS; from++)
		for (int to = 0; to < LABELS; to++)
			model.transitions[0][from][to] = model.transitions[1][from][to] = label_allows(from, to) ? 0 : INT32_MIN / 4;
	make_simple(1, 0, 0);
	floats_of(network.head_bias)[LABEL_S] = 0; /* scores are −4 and 4 */
	score(SLICE("she met Ana here now ."));
	model.network = network;
	decode_document(&arena, &model, &document, labels, NULL);
	assert_memory_equal(labels, ((uint8_t[]){LABEL_O, LABEL_O, LABEL_S, LABEL_S, LABEL_O, LABEL_O}), 6);
	model.network = (struct network){0};
	decode_document(&arena, &model, &document, labels, NULL);
	assert_memory_equal(labels, ((uint8_t[6]){LABEL_O}), 6);
}

static void network_without_a_section_says_nothing(void **state)
{
	(void)state;
	const char *what = NULL;

	network_release(&network);
	assert_true(network_read(&network, SLICE_NONE, &what));
	assert_string_equal(scores_of("she met Ana"), "0 0 0");
	assert_null(what);
}

/* --- any network against its definition ----------------------------------------------------- */

static uint64_t seed;

static float noise(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (float)(seed >> 40) / (float)(1 << 23) - 1;
}

static void fill_with_noise(const float *array, size_t count, float middle, float spread)
{
	for (size_t i = 0; i < count; i++)
		floats_of(array)[i] = middle + spread * noise();
}

static void make_noisy(const struct shape *shape)
{
	size_t width = shape->width;

	make(shape);
	for (size_t i = 0; i < VIEWS_ROWS * width; i++)
		bytes_of(network.table)[i] = (int8_t)(noise() * 127);
	network.table_scale = .02f;
	fill_with_noise(network.bias, width, 0, .5f);
	fill_with_noise(network.gain, width, 1, .3f);
	fill_with_noise(network.shift, width, 0, .3f);
	for (size_t l = 0; l < shape->layers; l++) {
		const struct network_layer *layer = &network.layers[l];
		for (size_t i = 0; i < width * layer->inputs; i++)
			bytes_of(layer->weights)[i] = (int8_t)(noise() * 127);
		fill_with_noise(layer->scale, width, .003f, .001f);
		fill_with_noise(layer->bias, width, 0, .3f);
		fill_with_noise(layer->gain, width, 1, .3f);
		fill_with_noise(layer->shift, width, 0, .3f);
	}
	for (size_t i = 0; i < LABELS * width; i++)
		bytes_of(network.head)[i] = (int8_t)(noise() * 127);
	fill_with_noise(network.head_scale, LABELS, .2f, .05f);
	fill_with_noise(network.head_bias, LABELS, 0, 50);
}

static void norm(const double *x, const float *gain, const float *shift, double *h)
{
	size_t width = network.width;
	double mean = 0, variance = 0;

	for (size_t i = 0; i < width; i++)
		mean += x[i] / (double)width;
	for (size_t i = 0; i < width; i++)
		variance += (x[i] - mean) * (x[i] - mean) / (double)width;
	for (size_t i = 0; i < width; i++)
		h[i] = (x[i] - mean) / sqrt(variance + 1e-5) * (double)gain[i] + (double)shift[i];
}

typedef double row[WIDEST];

static void define_words(row *h)
{
	uint32_t rows[VIEWS_MAX];

	for (size_t t = 0; t < document.count; t++) {
		size_t count = views_read(&document, t, rows);
		row x;
		for (size_t i = 0; i < network.width; i++) {
			double sum = 0;
			for (size_t r = 0; r < count; r++)
				sum += network.table[rows[r] * network.width + i];
			x[i] = fmax(0, sum * (double)network.table_scale + (double)network.bias[i]);
		}
		norm(x, network.gain, network.shift, h[t]);
	}
}

static bool is_counted(size_t t) { return (document.words[t].token->flags & (TOKEN_CAPITAL | TOKEN_SHOUTED)) == TOKEN_CAPITAL; }

static double mean_of_others(row *h, size_t t, size_t i)
{
	double sum = 0, count = 0;

	for (size_t o = 0; o < document.count && is_counted(t); o++)
		if (o != t && is_counted(o) && document.words[o].entry == document.words[t].entry) {
			sum += h[o][i];
			count++;
		}
	return count > 0 ? sum / count : 0;
}

static double input(row *h, const struct network_layer *layer, struct sentence sentence, size_t t, size_t block, size_t i)
{
	switch (block) {
	case 0: return t >= sentence.first + layer->reach ? h[t - layer->reach][i] : 0;
	case 1: return h[t][i];
	case 2: return t + layer->reach < sentence.last ? h[t + layer->reach][i] : 0;
	default: return mean_of_others(h, t, i);
	}
}

static void define_word(row *h, const struct network_layer *layer, struct sentence sentence, size_t t, double *next)
{
	size_t width = network.width;
	double inputs[4 * WIDEST];
	row x;

	for (size_t k = 0; k < layer->inputs; k++)
		inputs[k] = input(h, layer, sentence, t, k / width, k % width);
	for (size_t o = 0; o < width; o++) {
		double sum = 0;
		for (size_t k = 0; k < layer->inputs; k++)
			sum += layer->weights[o * layer->inputs + k] * inputs[k];
		x[o] = h[t][o] + fmax(0, sum * (double)layer->scale[o] + (double)layer->bias[o]);
	}
	norm(x, layer->gain, layer->shift, next);
}

/* h of every word behind the last layer, in doubles. */
static row *define(void)
{
	row *h = arena_zalloc(&arena, document.count, sizeof *h), *next = arena_zalloc(&arena, document.count, sizeof *next);

	define_words(h);
	for (size_t l = 0; l < network.layer_count; l++) {
		for (size_t s = 0; s < document.sentence_count; s++)
			for (size_t t = document.sentences[s].first; t < document.sentences[s].last; t++)
				define_word(h, &network.layers[l], document.sentences[s], t, next[t]);
		row *swapped = h;
		h = next;
		next = swapped;
	}
	return h;
}

#define CLOSE 3 /* units, of scores of some hundreds: what h in whole units of 1/256 comes to */

static void network_computes_what_its_definition_says(void **state)
{
	(void)state;
	static const struct shape shapes[] = {
		{.width = 32, .layers = 1, .reach = {1}, .pool = 0},
		{.width = 64, .layers = 2, .reach = {1, 1}, .pool = 1},
		{.width = 64, .layers = 4, .reach = {1, 2, 8, 1}, .pool = 1},
		{.width = 32, .layers = 3, .reach = {3, 1, 2}, .pool = 0},
	};
	size_t computed = 0;

	for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
		seed = k + 1;
		make_noisy(&shapes[k]);
		score(SLICE("Ana Ruiz of Lund met the Harbour Board on Monday, and the board said that Ruiz was late. \"It was the rain,\" she told "
			"the board (and Lund, too). Nobody believed that in Lund.\n\nBOARD SACKS RUIZ\n\nRuiz wants to sue the Harbour Board; her "
			"lawyer, Bo Falk of Falk & Falk, wouldn't say when or where it is going to be or who would pay for all of it in the end."));
		row *h = define();
		for (size_t t = 0; t < document.count; t++)
			for (size_t y = 0; y < LABELS && scores[t][LABEL_O] != 0; y++) {
				double sum = 0;
				for (size_t i = 0; i < network.width; i++)
					sum += network.head[y * network.width + i] * h[t][i];
				double want = sum * (double)network.head_scale[y] + (double)network.head_bias[y];
				if (fabs(want - scores[t][y]) > CLOSE)
					fail_msg("shape %zu, word %zu, label %zu: got %d, want %.1f", k, t, y, scores[t][y], want);
				computed++;
			}
	}
	assert_in_range(computed, 4 * 40 * LABELS, 4 * 80 * LABELS);
}

/* Networks whose widths are an odd and an even number of blocks, words in batches that are full and not. */
static void network_says_the_same_in_registers_of_any_width(void **state)
{
	(void)state;
	static const struct shape shapes[] = {
		{.width = 32, .layers = 2, .reach = {1, 2}, .pool = 1},
		{.width = 160, .layers = 2, .reach = {1, 1}, .pool = 1},
		{.width = NETWORK_WIDTH_MAX, .layers = 1, .reach = {1}, .pool = 0},
	};
	static const char *const texts[] = {"Ana met Bo and Cy and Al.", "she met Ana", "Ana Ruiz of Lund met the Harbour Board on Monday, and the board said that Ruiz was late. \"It was the rain,\" she "
		"told the board (and Lund, too). Nobody believed that in Lund.\n\nRuiz wants to sue the Harbour Board; her lawyer, Bo Falk of "
		"Falk & Falk, wouldn't say when or where it is going to be or who would pay for all of it in the end."};

	for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
		seed = k + 11;
		make_noisy(&shapes[k]);
		for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
			form = forms[form_count - 1];
			score(slice_of(texts[t]));
			int32_t(*want)[LABELS] = scores;
			for (size_t f = 0; f + 1 < form_count; f++) {
				form = forms[f];
				score(slice_of(texts[t]));
				for (size_t i = 0; i < document.count; i++)
					if (memcmp(scores[i], want[i], sizeof *want) != 0)
						fail_msg("%s: width %u, text %zu, word %zu differs from %s", form->name, shapes[k].width, t, i, forms[form_count - 1]->name);
			}
		}
	}
	form = NULL;
}

static void network_cuts_scores_off(void **state)
{
	(void)state;
	make_simple(1, 0, 0);
	floats_of(network.head_bias)[LABEL_S] = NETWORK_VALUE_MAX;
	floats_of(network.head_scale)[LABEL_S] = NETWORK_VALUE_MAX;
	score(SLICE("she met Ana"));
	assert_int_equal(scores[1][LABEL_S], -NETWORK_SCORE_MAX);
	assert_int_equal(scores[2][LABEL_S], NETWORK_SCORE_MAX);
	make_simple(1, 0, 0);
	fill(network.layers[0].gain, WIDTH, NETWORK_VALUE_MAX); /* h is cut off at 32: 16 × 32 × .25 */
	assert_string_equal(scores_of("she met Ana"), "0 -118 138");
}

static void network_takes_a_sentence_of_any_length(void **state)
{
	(void)state;
	static const char phrase[] = "so Ana Ruiz and the rest of them went away ";
	struct shape shape = {.width = 32, .layers = 2, .reach = {1, 2}, .pool = 0};
	size_t times = 2500, period = 10, words = times * period;
	char *text = arena_alloc(&arena, times * (sizeof phrase - 1));

	seed = 7;
	make_noisy(&shape);
	for (size_t i = 0; i < times; i++)
		memcpy(text + i * (sizeof phrase - 1), phrase, sizeof phrase - 1);
	score(slice_make(text, times * (sizeof phrase - 1)));
	assert_int_equal(document.count, words);
	size_t differ = 0;
	for (size_t i = 2 * period; i + 2 * period < words; i++)
		differ += memcmp(scores[i], scores[i - period], sizeof *scores) != 0;
	assert_true(scores[11][LABEL_O] != 0);
	assert_in_range(differ, 0, 2 * 2 * 6); /* only where a window ends in the middle of the sentence */
}

/* --- sections that are refused --------------------------------------------------------------- */

static void expect_refused(const char *why)
{
	struct network refused;
	const char *what = NULL;

	if (network_read(&refused, slice_make(section, section_bytes), &what))
		fail_msg("a network with %s was read", why);
	assert_non_null(what);
	assert_int_equal(refused.width, 0);
}

static void network_of_another_shape_is_refused(void **state)
{
	(void)state;
	struct shape shape = {.width = WIDTH, .layers = 2, .reach = {1, 1}, .pool = 1};
	const struct network_header good = header_of(&shape);
	struct network_header headers[10];

	make(&shape);
	for (size_t i = 0; i < 10; i++)
		headers[i] = good;
	headers[0].rows++;
	headers[1].width = 0;
	headers[2].width = 48;
	headers[3].width = NETWORK_WIDTH_MAX * 2;
	headers[4].layers = 0;
	headers[5].layers = NETWORK_LAYERS_MAX + 1;
	headers[6].labels = LABELS;
	headers[7].layer[0].reach = 9;
	headers[8].layer[0].pool = 1; /* only the last layer may */
	headers[9].layer[1].pool = 0; /* makes the section too long */
	for (size_t i = 0; i < 10; i++) {
		memcpy(section, &headers[i], sizeof good);
		expect_refused("a wrong header");
	}
	memcpy(section, &good, sizeof good);
	section_bytes--;
	expect_refused("a byte less");
	section_bytes += 2;
	expect_refused("a byte more");
	section_bytes = sizeof good - 1;
	expect_refused("half a header");
}

static void network_with_a_number_out_of_bounds_is_refused(void **state)
{
	(void)state;
	struct shape shape = {.width = WIDTH, .layers = 2, .reach = {1, 1}, .pool = 1};
	const float bad[] = {NAN, INFINITY, -INFINITY, 2 * NETWORK_VALUE_MAX};

	make(&shape);
	const struct network_layer *layer = &network.layers[1];
	const char *table_scale = section + offsetof(struct network_header, table_scale);
	const float *arrays[] = {network.bias, network.gain + WIDTH - 1, network.shift, layer->scale, layer->bias + WIDTH - 1, layer->gain,
		layer->shift, network.head_scale, network.head_bias + NETWORK_LABELS - 1, (const float *)(const void *)table_scale};
	for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
		for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
			float was = *arrays[a];
			*floats_of(arrays[a]) = bad[b];
			expect_refused("a number out of bounds");
			*floats_of(arrays[a]) = was;
		}
	read_section();
}

static int setup(void **state)
{
	(void)state;
	open_arena((size_t)256 << 20);
	form_count = kernels_list(forms);
	return 0;
}

static int teardown(void **state)
{
	network_release(&network);
	return close_arena(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(network_scores_what_may_be_a_name_and_what_stands_beside),
		cmocka_unit_test(network_adds_to_the_scores_that_are_there),
		cmocka_unit_test(network_sees_nothing_beyond_the_sentence),
		cmocka_unit_test(network_reaches_as_far_as_it_says),
		cmocka_unit_test(network_remembers_other_occurrences),
		cmocka_unit_test(network_decides_where_features_say_nothing),
		cmocka_unit_test(network_without_a_section_says_nothing),
		cmocka_unit_test(network_computes_what_its_definition_says),
		cmocka_unit_test(network_says_the_same_in_registers_of_any_width),
		cmocka_unit_test(network_cuts_scores_off),
		cmocka_unit_test(network_takes_a_sentence_of_any_length),
		cmocka_unit_test(network_of_another_shape_is_refused),
		cmocka_unit_test(network_with_a_number_out_of_bounds_is_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
