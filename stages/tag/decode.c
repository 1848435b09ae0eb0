/* decode: see decode.h. Viterbi is split along the shape of BIOES: behind the end of a name any of 15 labels may follow, inside a
 * name only its own I and E; so a word costs 15 × 15 + 28 steps instead of 29 × 29, and mostly 15 + 28: behind a plain word O is so far
 * ahead that no other label can be the best source of anything. */
#include "tag/decode.h"

#include "tag/features.h"
#include "tag/posterior.h"

#define OUTSIDE 15 /* labels that may end a sentence: O, S, E */

typedef int32_t lanes __attribute__((vector_size(64)));

static const uint8_t outside[OUTSIDE] = {0, 1, 2, 3, 4, 5, 6, 7, 15, 16, 17, 18, 19, 20, 21};

/* Transitions from the i-th of `outside` to labels 0–14, and by how much that label must be ahead of O to be the best source of any. */
struct sources {
	lanes packed[OUTSIDE];
	int32_t ahead[OUTSIDE];
};

static void pack(const int32_t (*transitions)[LABELS], struct sources *sources)
{
	for (int i = 0; i < OUTSIDE; i++) {
		sources->ahead[i] = INT32_MAX;
		for (int to = 0; to < 16; to++) {
			sources->packed[i][to] = to < LABEL_FOLLOWERS ? transitions[outside[i]][to] : INT32_MIN / 4;
			int32_t less = to < LABEL_FOLLOWERS ? transitions[LABEL_O][to] - transitions[outside[i]][to] : INT32_MAX;
			sources->ahead[i] = less < sources->ahead[i] ? less : sources->ahead[i];
		}
	}
}

static void step(const struct sources *sources, const int32_t (*transitions)[LABELS], const int32_t *before, const int32_t *emission,
	int32_t *after, uint8_t *back)
{
	lanes best, from = {0};

	best = sources->packed[0] + before[outside[0]];
	for (int i = 1; i < OUTSIDE; i++) {
		if (before[outside[i]] - before[LABEL_O] <= sources->ahead[i])
			continue;
		lanes candidate = sources->packed[i] + before[outside[i]];
		lanes better = candidate > best;
		best = (better & candidate) | (~better & best);
		from = (better & outside[i]) | (~better & from);
	}
	for (int to = 0; to < LABEL_FOLLOWERS; to++) {
		after[to] = best[to] + emission[to];
		back[to] = (uint8_t)from[to];
	}
	for (int type = 0; type < NAME_TYPES; type++) {
		int b = LABEL_B + type, i = LABEL_I + type, e = LABEL_E + type;
		bool begun = before[b] + transitions[b][e] >= before[i] + transitions[i][e];
		after[e] = (begun ? before[b] + transitions[b][e] : before[i] + transitions[i][e]) + emission[e];
		back[e] = (uint8_t)(begun ? b : i);
		begun = before[b] + transitions[b][i] >= before[i] + transitions[i][i];
		after[i] = (begun ? before[b] + transitions[b][i] : before[i] + transitions[i][i]) + emission[i];
		back[i] = (uint8_t)(begun ? b : i);
	}
}

/* Keeps scores near zero, so that no sentence is long enough to overflow them. */
static void settle(int32_t *scores)
{
	int32_t most = scores[0];

	for (int i = 1; i < LABELS; i++)
		if (scores[i] > most)
			most = scores[i];
	for (int i = 0; i < LABELS; i++) {
		scores[i] -= most;
		if (scores[i] < INT32_MIN / 8)
			scores[i] = INT32_MIN / 8;
	}
}

void decode_path(const int32_t (*transitions)[LABELS], const int32_t (*emissions)[LABELS], size_t count, uint8_t (*back)[LABELS],
	uint8_t *labels)
{
	struct sources sources;
	int32_t scores[2][LABELS];

	if (count == 0)
		return;
	pack(transitions, &sources);
	for (int to = 0; to < LABELS; to++) /* a sentence begins as behind an O */
		scores[0][to] = to < LABEL_FOLLOWERS ? transitions[LABEL_O][to] + emissions[0][to] : INT32_MIN / 8;
	for (size_t i = 1; i < count; i++) {
		if (i % 1024 == 0)
			settle(scores[(i - 1) & 1]);
		step(&sources, transitions, scores[(i - 1) & 1], emissions[i], scores[i & 1], back[i]);
	}
	const int32_t *last = scores[(count - 1) & 1];
	uint8_t best = LABEL_O;
	for (int i = 0; i < OUTSIDE; i++)
		if (last[outside[i]] > last[best])
			best = outside[i];
	for (size_t i = count; i-- > 0;) {
		labels[i] = best;
		if (i > 0)
			best = back[i][best];
	}
}

/* Adds the second pass's weights. */
static void add_second(const struct model *model, const struct document *document, const struct first_pass *pass, int32_t (*emissions)[LABELS])
{
	uint32_t features[FEATURES_MAX];
	int32_t bare[LABELS] = {0};
	bool known = false;

	for (size_t s = 0; s < document->sentence_count; s++) {
		struct sentence sentence = document->sentences[s];
		for (size_t i = sentence.first; i < sentence.last; i++) {
			bool is_bare = features_are_bare(document, pass, sentence, i);
			if (!is_bare || !known)
				model_add(model, features, features_second(document, pass, sentence, i, features), is_bare ? bare : emissions[i]);
			known |= is_bare;
			for (size_t y = 0; y < LABELS && is_bare; y++)
				emissions[i][y] += bare[y];
		}
	}
}

void decode_document(struct arena *arena, const struct model *model, const struct document *document, uint8_t *labels, float *scores)
{
	size_t longest = 0;
	uint32_t features[FEATURES_MAX];
	struct first_pass pass;

	for (size_t s = 0; s < document->sentence_count; s++) {
		size_t length = document->sentences[s].last - document->sentences[s].first;
		longest = length > longest ? length : longest;
	}
	int32_t(*emissions)[LABELS] = arena_zalloc(arena, document->count + 1, sizeof *emissions);
	uint8_t(*back)[LABELS] = arena_zalloc(arena, longest + 1, sizeof *back);
	uint8_t *first = arena_array(arena, uint8_t, document->count + 1);
	network_add(arena, &model->network, document, emissions);
	for (size_t s = 0; s < document->sentence_count; s++) {
		struct sentence sentence = document->sentences[s];
		for (size_t i = sentence.first; i < sentence.last; i++) {
			arena_tick(arena);
			model_add(model, features, features_first(document, sentence, i, features), emissions[i]);
		}
		decode_path(model->transitions[0], (const int32_t(*)[LABELS])&emissions[sentence.first], sentence.last - sentence.first, back,
			first + sentence.first);
	}
	first_pass_read(arena, document, first, &pass);
	add_second(model, document, &pass, emissions);
	struct posterior *posterior = posterior_create(arena, model->transitions[1], model->scale / model->temperature);
	for (size_t s = 0; s < document->sentence_count; s++) {
		struct sentence sentence = document->sentences[s];
		posterior_names(posterior, (const int32_t(*)[LABELS])&emissions[sentence.first], sentence.last - sentence.first, labels + sentence.first,
			scores ? scores + sentence.first : NULL);
	}
}
