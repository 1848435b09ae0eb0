/* What the trainer learns as floats and what the stage reads as bytes must say the same of a document. */
#include "grouparena.h"

#include "tag/train/netpack.h"
#include "tag/train/netpass.h"
#include "tag/train/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FACTOR 24.0f /* units of a score of 1 */
#define WORDS 64

static const struct net_shape SHAPE = {.rows = VIEWS_ROWS, .width = 64, .layers = 2, .reach = {1, 2}, .pool = true, .heads = 2};
static const char TEXT[] = "Ana Ruiz met Kenji Mori of Harbour Bank in Lisbon on Monday. They said that Ruiz had left the bank's board. In Lisbon, "
	"Mori's office was closed.\nRUIZ LEAVES BANK\nA third Ruiz, born in 1971, lives \"near Lisbon\" now.";

static struct net_weights begun(void)
{
	struct net_weights weights;
	size_t bytes = (net_weights_count(&SHAPE) * sizeof(float) + 63) / 64 * 64;
	float *block = aligned_alloc(64, bytes);
	uint64_t random = 3;

	memset(block, 0, bytes);
	net_weights_place(&weights, &SHAPE, block);
	net_weights_begin(&weights, 1);
	for (size_t i = 0; i < SHAPE.rows * SHAPE.width; i++)
		weights.table[i] *= 4;
	for (size_t i = 0; i < SHAPE.width; i++) { /* none is 0 or 1 */
		weights.bias[i] = (float)(random_next(&random) % 100) / 200;
		weights.gain[i] = (float)(random_next(&random) % 100) / 100 + 0.5f;
		weights.shift[i] = (float)(random_next(&random) % 100) / 100 - 0.5f;
		for (size_t l = 0; l < SHAPE.layers; l++) {
			weights.layers[l].gain[i] = (float)(random_next(&random) % 100) / 100 + 0.5f;
			weights.layers[l].shift[i] = (float)(random_next(&random) % 100) / 100 - 0.5f;
		}
	}
	return weights;
}

static void packed_network_says_what_was_learned(void **state)
{
	struct net_weights weights = begun();
	struct tokens tokens;
	struct document document;
	struct lexicon lexicon = {0};
	struct net_batch batch = {0};
	struct net_pass pass = {0};
	struct network network;
	const char *what = "";
	int32_t scores[WORDS][LABELS] = {{0}};
	struct buf out;
	size_t compared = 0;
	double most = 0, all = 0;

	(void)state;
	tokens_read(&arena, slice_of(TEXT), &tokens);
	document_read(&arena, &lexicon, &tokens, 1, &document);
	assert_in_range(document.count, 30, WORDS);
	net_batch_add(&batch, &(struct net_article){.document = &document, .weight = 1});
	assert_int_equal(batch.count, document.count);
	assert_int_equal(batch.sentence_count, document.sentence_count);
	net_pass_forward(&pass, &weights, &batch, NULL);
	buf_init(&out, 8 << 20);
	netpack_append(&out, &weights, FACTOR);
	if (!network_read(&network, slice_make(out.ptr, out.len), &what))
		fail_msg("%s", what);
	network_add(&arena, &network, &document, scores);
	for (size_t w = 0; w < document.count; w++)
		for (int y = 0; y < LABELS && document.words[w].token->flags & TOKEN_CAPITAL; y++, compared++) {
			double want = (double)(pass.scores[w * CHAIN_LANES + (size_t)y] * FACTOR), off = fabs(want - scores[w][y]);
			most = off > most ? off : most;
			all += fabs(want);
		}
	all /= (double)compared;
	assert_true(all > 8);
	if (most > 1.5) /* what rounding does, of which half a unit is the score's own */
		fail_msg("scores are %g on average, one is %g off", all, most);
	network_release(&network);
	net_batch_release(&batch);
	net_pass_release(&pass);
	buf_release(&out);
	free(weights.block);
}

static double lost(const float *values, size_t count, float scale)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		float units = rintf(values[i] / scale);
		double off = (double)(values[i] - (units > 127 ? 127 : units < -127 ? -127 : units) * scale);
		sum += off * off;
	}
	return sum;
}

static void scale_cuts_off_a_value_far_from_the_rest(void **state)
{
	enum { COUNT = 100000 };
	float *values = malloc(COUNT * sizeof *values);
	uint64_t random = 1;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		values[i] = (float)(random_next(&random) % 2001) / 1000 - 1;
	float scale = netpack_scale(values, COUNT);
	assert_true(scale > 0.99f / 127 && scale < 1.01f / 127);
	values[500] = 1.4f;
	scale = netpack_scale(values, COUNT);
	assert_true(scale < 1.2f / 127);
	assert_true(lost(values, COUNT, scale) < 0.8 * lost(values, COUNT, 1.4f / 127));
	free(values);
}

static void scale_of_nothing_is_0(void **state)
{
	(void)state;
	assert_true(netpack_scale((const float[]){0, 0}, 2) == 0);
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
		cmocka_unit_test(packed_network_says_what_was_learned),
		cmocka_unit_test(scale_cuts_off_a_value_far_from_the_rest),
		cmocka_unit_test(scale_of_nothing_is_0),
	};
	return cmocka_run_group_tests(tests, open_group, close_arena);
}
