/* network: see network.h. A document is taken in windows, so that memory is bounded; what a form's other occurrences say is what those of
 * its window say. In a window each layer is computed for the words that the layers above will look at. */
#include "tag/network.h"

#include "tag/kernels.h"

#include <stdlib.h>

#define WINDOW 8192 /* words */
#define REACH_MAX 8
#define UNNEEDED (-1)

/* --- the section of the file ---------------------------------------------------------------- */

static bool is_network(const struct network_header *header)
{
	if (header->rows != VIEWS_ROWS || header->labels != NETWORK_LABELS || header->width == 0 || header->width % 32 != 0 ||
		header->width > NETWORK_WIDTH_MAX || header->layers == 0 || header->layers > NETWORK_LAYERS_MAX)
		return false;
	for (uint32_t l = 0; l < header->layers; l++)
		if (header->layer[l].reach == 0 || header->layer[l].reach > REACH_MAX || header->layer[l].pool > (l + 1 == header->layers))
			return false;
	return true;
}

static size_t layer_inputs(const struct network_header *header, size_t layer) { return header->width * (3 + (size_t)header->layer[layer].pool); }

size_t network_bytes(const struct network_header *header)
{
	size_t width = header->width;

	if (!is_network(header))
		return 0;
	size_t bytes = sizeof *header + header->rows * width + 3 * width * sizeof(float) + NETWORK_LABELS * (width + 2 * sizeof(float));
	for (size_t l = 0; l < header->layers; l++)
		bytes += width * (layer_inputs(header, l) + 4 * sizeof(float));
	return bytes;
}

/* Takes arrays off the section, one behind the other; remembers whether any number was out of bounds. */
struct taker {
	const char *at;
	bool sound;
};

static const int8_t *take_bytes(struct taker *from, size_t count)
{
	const int8_t *bytes = (const int8_t *)from->at;

	from->at += count;
	return bytes;
}

static const float *take_floats(struct taker *from, size_t count)
{
	const float *values = (const float *)(const void *)from->at;

	from->at += count * sizeof *values;
	for (size_t i = 0; i < count; i++)
		from->sound = from->sound && values[i] >= -NETWORK_VALUE_MAX && values[i] <= NETWORK_VALUE_MAX;
	return values;
}

/* The weights of layers and head, widened and in the kernels' order once for all words: as much memory as the file has of them, doubled. */
static bool pack(struct network *network)
{
	size_t width = network->width, count = NETWORK_LABELS * width;

	for (size_t l = 0; l < network->layer_count; l++)
		count += width * network->layers[l].inputs;
	int16_t *packed = aligned_alloc(64, count * sizeof *packed);
	if (!packed)
		return false;
	network->packed = packed;
	for (size_t l = 0; l < network->layer_count; l++) {
		struct network_layer *layer = &network->layers[l];
		kernel_pack(layer->weights, layer->inputs, width, packed);
		layer->packed = packed;
		packed += width * layer->inputs;
	}
	kernel_pack(network->head, width, NETWORK_LABELS, packed);
	network->head_packed = packed;
	return true;
}

bool network_read(struct network *network, struct slice section, const char **what)
{
	struct network_header header;
	struct taker from = {section.ptr + sizeof header, true};

	*network = (struct network){0};
	if (section.len == 0)
		return true;
	*what = "its network has no sound size";
	if (section.len < sizeof header)
		return false;
	memcpy(&header, section.ptr, sizeof header);
	if (network_bytes(&header) != section.len)
		return false;
	size_t width = header.width;
	struct network read = {.width = width, .layer_count = header.layers, .table_scale = header.table_scale};
	from.sound = header.table_scale >= 0 && header.table_scale <= NETWORK_VALUE_MAX;
	read.table = take_bytes(&from, header.rows * width);
	read.bias = take_floats(&from, width);
	read.gain = take_floats(&from, width);
	read.shift = take_floats(&from, width);
	for (size_t l = 0; l < header.layers; l++) {
		struct network_layer *layer = &read.layers[l];
		*layer = (struct network_layer){.reach = header.layer[l].reach, .inputs = layer_inputs(&header, l), .pool = header.layer[l].pool};
		layer->weights = take_bytes(&from, width * layer->inputs);
		layer->scale = take_floats(&from, width);
		layer->bias = take_floats(&from, width);
		layer->gain = take_floats(&from, width);
		layer->shift = take_floats(&from, width);
	}
	read.head = take_bytes(&from, NETWORK_LABELS * width);
	read.head_scale = take_floats(&from, NETWORK_LABELS);
	read.head_bias = take_floats(&from, NETWORK_LABELS);
	*what = "a number of its network is out of bounds";
	if (!from.sound)
		return false;
	*what = "there is no memory for its network";
	if (!pack(&read))
		return false;
	const struct kernels *kernels[KERNEL_FORMS];
	kernels_list(kernels);
	read.kernels = kernels[0];
	*network = read;
	return true;
}

void network_release(struct network *network)
{
	free(network->packed);
	*network = (struct network){0};
}

/* --- a document ------------------------------------------------------------------------------ */

/* Words [first, first + count) of the document. */
struct window {
	const struct network *network;
	const struct document *document;
	size_t first, count;
	uint32_t *begin, *end; /* of each word's sentence, as far as it is in the window */
	int8_t *need;          /* of each word: the last layer that is computed for it, 0 for h of the word alone, UNNEEDED for nothing */
	uint32_t *row;         /* of each word that is needed: its place in h */
	int16_t *h, *next;     /* width numbers a row; what goes into a layer and what comes out of it */
	size_t h_room, next_room;
	uint32_t *twin;        /* of each form of the document: its last word in the window that h was computed for, + 1; 0: none */
	uint32_t *group;       /* of each form of the document: its place among sums, + 1; 0: it has none */
	int32_t *sums;         /* of h over a form's occurrences, width each */
	uint32_t *members;     /* occurrences in a sum */
	size_t sum_room;
};

static const struct word *word_of(const struct window *window, size_t at) { return &window->document->words[window->first + at]; }

static bool has_capital(const struct word *word) { return (word->token->flags & TOKEN_CAPITAL) != 0; }

/* The words that a mean is of: those of the chain of their form. */
static bool is_member(const struct word *word) { return has_capital(word) && !(word->token->flags & TOKEN_SHOUTED); }

static void window_init(struct window *window, struct arena *arena, const struct network *network, const struct document *document)
{
	size_t room = document->count < WINDOW ? document->count : WINDOW;

	*window = (struct window){.network = network, .document = document};
	window->begin = arena_array(arena, uint32_t, room);
	window->end = arena_array(arena, uint32_t, room);
	window->need = arena_alloc(arena, room);
	window->row = arena_array(arena, uint32_t, room);
	window->twin = arena_array(arena, uint32_t, document->form_count + 1);
	window->group = arena_array(arena, uint32_t, document->form_count + 1);
	window->members = arena_array(arena, uint32_t, room / 2 + 1);
}

/* The sentences behind the window, as many as fit; of one that is longer than any window, what fits. False at the document's end. */
static bool window_move(struct window *window, size_t *sentence)
{
	const struct document *document = window->document;
	size_t at = window->first + window->count;

	window->first = at;
	window->count = 0;
	while (*sentence < document->sentence_count) {
		size_t last = document->sentences[*sentence].last, end = last - window->first;
		if (end > WINDOW && window->count > 0)
			break;
		end = end < WINDOW ? end : WINDOW;
		for (size_t i = window->count; i < end; i++) {
			window->begin[i] = (uint32_t)window->count;
			window->end[i] = (uint32_t)end;
		}
		window->count = end;
		if (window->first + end < last)
			break;
		(*sentence)++;
	}
	return window->count > 0;
}

/* The word `reach` away in a direction, SIZE_MAX if that is outside of the sentence. */
static size_t before(const struct window *window, size_t at, size_t reach) { return at - window->begin[at] >= reach ? at - reach : SIZE_MAX; }
static size_t behind(const struct window *window, size_t at, size_t reach) { return window->end[at] - at > reach ? at + reach : SIZE_MAX; }

static void want(struct window *window, size_t at, int layer)
{
	if (at != SIZE_MAX && window->need[at] < layer)
		window->need[at] = (int8_t)layer;
}

/* From the words whose scores are wanted down to those that they depend on. */
static void find_needed(struct window *window)
{
	int layers = (int)window->network->layer_count;

	memset(window->need, UNNEEDED, window->count);
	for (size_t i = 0; i < window->count; i++) {
		if (!has_capital(word_of(window, i)))
			continue;
		want(window, i, layers);
		want(window, before(window, i, 1), layers);
		want(window, behind(window, i, 1), layers);
	}
	for (int layer = layers; layer > 0; layer--) {
		size_t reach = window->network->layers[layer - 1].reach;
		for (size_t i = 0; i < window->count; i++) {
			if (window->need[i] < layer)
				continue;
			want(window, before(window, i, reach), layer - 1);
			want(window, behind(window, i, reach), layer - 1);
		}
	}
}

/* Rows for the words that are needed. */
static void give_rows(struct window *window, struct arena *arena)
{
	size_t count = 0, bytes = window->network->width * sizeof(int16_t);

	for (size_t i = 0; i < window->count; i++)
		if (window->need[i] != UNNEEDED)
			window->row[i] = (uint32_t)count++;
	window->h = arena_grow(arena, window->h, &window->h_room, count, bytes);
	if (window->network->layer_count > 1)
		window->next = arena_grow(arena, window->next, &window->next_room, count, bytes);
}

static int16_t *h_of(const struct window *window, size_t at) { return window->h + window->row[at] * window->network->width; }

/* Half of all words look like the one of their form before: its h is theirs. */
static void read_words(struct window *window, struct arena *arena)
{
	size_t bytes = window->network->width * sizeof(int16_t);
	uint32_t rows[VIEWS_MAX];

	for (size_t i = 0; i < window->count; i++) {
		arena_tick(arena);
		if (window->need[i] == UNNEEDED)
			continue;
		const struct word *word = word_of(window, i);
		uint32_t *twin = &window->twin[word->entry];
		if (*twin && views_same(word, word_of(window, *twin - 1)))
			memcpy(h_of(window, i), h_of(window, *twin - 1), bytes);
		else
			window->network->kernels->word(window->network, rows, views_read(window->document, window->first + i, rows), h_of(window, i));
		*twin = (uint32_t)i + 1;
	}
	for (size_t i = 0; i < window->count; i++)
		window->twin[word_of(window, i)->entry] = 0;
}

/* A place among the sums for each form that has two occurrences in the window; returns their number. */
static size_t find_groups(struct window *window)
{
	uint32_t count = 0;

	for (size_t i = 0; i < window->count; i++) {
		const struct word *word = word_of(window, i);
		if (is_member(word) && window->group[word->entry] == 0 && word->next < window->first + window->count) {
			window->members[count] = 0;
			window->group[word->entry] = ++count;
		}
	}
	return count;
}

static uint32_t group_of(const struct window *window, const struct word *word) { return is_member(word) ? window->group[word->entry] : 0; }

static void sum_groups(struct window *window, struct arena *arena)
{
	size_t width = window->network->width, count = find_groups(window);

	if (count == 0)
		return;
	window->sums = arena_grow(arena, window->sums, &window->sum_room, count, width * sizeof *window->sums);
	memset(window->sums, 0, count * width * sizeof *window->sums);
	for (size_t i = 0; i < window->count; i++) {
		uint32_t group = group_of(window, word_of(window, i));
		if (group == 0)
			continue;
		int32_t *sum = window->sums + (group - 1) * width;
		const int16_t *h = h_of(window, i);
		for (size_t k = 0; k < width; k++)
			sum[k] += h[k];
		window->members[group - 1]++;
	}
}

static void forget_groups(struct window *window)
{
	for (size_t i = 0; i < window->count; i++)
		window->group[word_of(window, i)->entry] = 0;
}

static void put_h(const struct window *window, size_t at, int16_t *out)
{
	size_t bytes = window->network->width * sizeof *out;

	if (at == SIZE_MAX)
		memset(out, 0, bytes);
	else
		memcpy(out, h_of(window, at), bytes);
}

/* A few words, on their way through a layer. */
struct batch {
	_Alignas(64) int16_t inputs[KERNEL_WORDS * KERNEL_INPUTS_MAX];
	int16_t h[KERNEL_WORDS * NETWORK_WIDTH_MAX];
	int32_t scores[KERNEL_WORDS][NETWORK_LABELS];
	size_t words[KERNEL_WORDS], count;
};

/* A pass over the words of one layer; of those with a mean of other occurrences, or of those without, for which a part of the weights is idle. */
struct pass {
	struct window *window;
	size_t layer;
	bool mean;
	int32_t (*scores)[LABELS]; /* of the window's words; where the last layer leads */
};

static bool is_last(const struct pass *pass) { return pass->layer + 1 == pass->window->network->layer_count; }

static void put_inputs(const struct pass *pass, size_t at, int16_t *out)
{
	const struct window *window = pass->window;
	size_t width = window->network->width, reach = window->network->layers[pass->layer].reach;

	put_h(window, before(window, at, reach), out);
	put_h(window, at, out + width);
	put_h(window, behind(window, at, reach), out + 2 * width);
	if (pass->mean) {
		uint32_t group = group_of(window, word_of(window, at));
		kernel_mean(window->sums + (group - 1) * width, h_of(window, at), window->members[group - 1] - 1, width, out + 3 * width);
	}
}

static void run_batch(const struct pass *pass, struct batch *batch, size_t inputs)
{
	const struct window *window = pass->window;
	const struct network *network = window->network;
	size_t width = network->width;

	network->kernels->layer(network, &network->layers[pass->layer], batch->inputs, inputs, batch->count, batch->h);
	if (is_last(pass))
		network->kernels->head(network, batch->h, batch->count, batch->scores);
	for (size_t w = 0; w < batch->count; w++) {
		size_t at = batch->words[w];
		if (!is_last(pass))
			memcpy(window->next + window->row[at] * width, batch->h + w * width, width * sizeof *batch->h);
		for (size_t y = 0; y < LABELS && is_last(pass); y++)
			pass->scores[at][y] += batch->scores[w][y];
	}
	batch->count = 0;
}

static void run_pass(const struct pass *pass, struct arena *arena, struct batch *batch)
{
	const struct window *window = pass->window;
	size_t inputs = window->network->width * (pass->mean ? 4 : 3);

	for (size_t i = 0; i < window->count; i++) {
		arena_tick(arena);
		if (window->need[i] <= (int)pass->layer || (group_of(window, word_of(window, i)) != 0) != pass->mean)
			continue;
		put_inputs(pass, i, batch->inputs + batch->count * inputs);
		batch->words[batch->count++] = i;
		if (batch->count == KERNEL_WORDS)
			run_batch(pass, batch, inputs);
	}
	if (batch->count > 0)
		run_batch(pass, batch, inputs);
}

static void run_layer(struct window *window, struct arena *arena, size_t layer, struct batch *batch, int32_t (*scores)[LABELS])
{
	struct pass pass = {.window = window, .layer = layer, .scores = scores + window->first};
	int16_t *h = window->h;

	if (window->network->layers[layer].pool)
		sum_groups(window, arena);
	run_pass(&pass, arena, batch);
	if (window->network->layers[layer].pool) {
		pass.mean = true;
		run_pass(&pass, arena, batch);
		forget_groups(window);
	}
	if (!is_last(&pass)) {
		window->h = window->next;
		window->next = h;
	}
}

void network_add(struct arena *arena, const struct network *network, const struct document *document, int32_t (*scores)[LABELS])
{
	struct window window;
	struct batch batch = {.count = 0};
	size_t sentence = 0;

	if (network->width == 0 || document->count == 0)
		return;
	window_init(&window, arena, network, document);
	while (window_move(&window, &sentence)) {
		find_needed(&window);
		give_rows(&window, arena);
		read_words(&window, arena);
		for (size_t layer = 0; layer < network->layer_count; layer++)
			run_layer(&window, arena, layer, &batch, scores);
	}
}
