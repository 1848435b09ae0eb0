/* figures: see figures.h. */
#include "tag/train/figures.h"

#include <stdio.h>

#define COARSE 4

struct counts {
	size_t right[COARSE], found[COARSE], wanted[COARSE];
};

static int coarse(enum name_type type)
{
	return type == NAME_PERSON ? 0 : type == NAME_ORGANIZATION ? 1 : type == NAME_PLACE || type == NAME_FACILITY ? 2 : 3;
}

/* Marks where a name of 4 coarse types begins: (end << 2 | type) + 1 at its first word. */
static void spans(const uint8_t *labels, size_t count, uint32_t *out)
{
	memset(out, 0, (count + 1) * sizeof *out);
	for (size_t i = 0; i < count; i++) {
		if (!label_begins(labels[i]))
			continue;
		size_t end = label_name_last(labels, i, count);
		out[i] = (uint32_t)((end << 2 | (size_t)coarse(label_type(labels[i]))) + 1);
	}
}

static void count_article(struct counts *counts, const struct example *example, figures_labeller *label, void *state)
{
	size_t count = example->document.count;
	struct arena arena;

	arena_init(&arena, (size_t)1 << 30);
	uint8_t *labels = arena_array(&arena, uint8_t, count + 1);
	uint32_t *gold = arena_array(&arena, uint32_t, count + 1), *got = arena_array(&arena, uint32_t, count + 1);
	label(state, &arena, example, labels);
	spans(example->gold, count, gold);
	spans(labels, count, got);
	for (size_t i = 0; i < count; i++) {
		counts->wanted[(gold[i] - 1) & 3] += gold[i] != 0;
		counts->found[(got[i] - 1) & 3] += got[i] != 0;
		counts->right[(got[i] - 1) & 3] += got[i] != 0 && got[i] == gold[i];
	}
	arena_release(&arena);
}

void figures_print(const struct corpus *corpus, int source, const char *name, figures_labeller *label, void *state)
{
	struct counts counts = {0};

	for (size_t a = 0; a < corpus->count; a++)
		if (source < 0 || corpus->items[a].source == source)
			count_article(&counts, &corpus->items[a], label, state);
	for (int all = 0; all < 2; all++) {
		size_t r = 0, f = 0, w = 0;
		for (int t = 0; t < 3 + all; t++) {
			r += counts.right[t];
			f += counts.found[t];
			w += counts.wanted[t];
		}
		double precision = f ? (double)r / (double)f : 0, recall = w ? (double)r / (double)w : 0;
		printf("%s %s: precision %.4f recall %.4f F1 %.4f\n", name, all ? "four types" : "core", precision, recall,
			precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0);
	}
}
