/* train: makes a model file from annotated articles and word lists; `build` beside it is the one command that runs it.
 *
 * The second pass must learn from first-pass labels that are as wrong as they will be on new text, so the articles are cut into folds
 * and each fold is labelled by a first pass that was trained on the others. The first pass that ships is trained on all. The network learns
 * beside them, from the articles and from silver (--silver): plain text that a transformer labelled (teacher.py). Its scores join theirs when
 * the file is used. */
#include "tag/decode.h"
#include "tag/train/corpus.h"
#include "tag/train/figures.h"
#include "tag/train/need.h"
#include "tag/train/nettrain.h"
#include "tag/train/pack.h"
#include "tag/train/prepared.h"
#include "tag/train/settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCALE (1.0f / 24)

static void fail_with(const char *why)
{
	fprintf(stderr, "tag-train: %s\n", why);
	exit(71);
}

static void fail(const struct error *error)
{
	fprintf(stderr, "tag-train: %s\n", error->text);
	exit(66);
}

/* Memory that processes forked later share; all zero. */
static void *must_share(size_t bytes)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		fail_with("out of memory");
	return memory;
}

/* The features of another word in this place, of the same look and in the same larger groups; one that isn't a name's part is never new, so
 * it stays. */
static void features_of_another(struct document *document, struct sentence sentence, size_t at, uint32_t out[FEATURES_MAX])
{
	struct word *word = &document->words[at], own = *word;

	if (word->token->flags & TOKEN_CAPITAL) {
		word->lower ^= 1;
		word->exact ^= 1;
		word->fine ^= 1;
		word->family = (uint16_t)(own.family > 1 ? own.family - 1 : own.family * 2);
	}
	features_first(document, sentence, at, out);
	*word = own;
}

static void prepare_first(struct prepared *to, const struct corpus *corpus)
{
	uint32_t features[FEATURES_MAX], other[FEATURES_MAX];
	size_t word = 0;

	prepared_begin(to, corpus);
	for (size_t a = 0; a < corpus->count; a++) {
		struct document *document = &corpus->items[a].document;
		for (size_t s = 0; s < document->sentence_count; s++) {
			struct sentence sentence = document->sentences[s];
			prepared_add_sentence(to, corpus, a, sentence, word);
			for (size_t i = sentence.first; i < sentence.last; i++, word++) {
				features_of_another(document, sentence, i, other);
				prepared_add_word(to, features, other, features_first(document, sentence, i, features));
			}
		}
		to->ends[to->article_count++] = to->feature_count;
	}
}

/* Labels of a sentence from scores, decided as the stage decides. */
static void decide(const float (*learned)[CRF_LANES], const float *scores, size_t count, uint8_t *labels)
{
	int32_t(*units)[LABELS] = need(calloc(count + 1, sizeof *units));
	uint8_t(*back)[LABELS] = need(calloc(count + 1, sizeof *back));
	int32_t transitions[LABELS][LABELS];

	for (int y = 0; y < LABELS; y++)
		for (int z = 0; z < LABELS; z++)
			transitions[y][z] = label_allows(y, z) ? (int32_t)lrintf(learned[y][z] / SCALE) : INT32_MIN / 4;
	for (size_t i = 0; i < count; i++)
		for (int y = 0; y < LABELS; y++)
			units[i][y] = (int32_t)lrintf(scores[i * CRF_LANES + (size_t)y] / SCALE);
	decode_path((const int32_t(*)[LABELS])transitions, (const int32_t(*)[LABELS])units, count, back, labels);
	free(units);
	free(back);
}

/* The first pass over all articles but those of `fold`; with `fold` = folds over all. */
static void train_without(struct crf *crf, const struct prepared *first, const struct settings *settings, int fold)
{
	struct crf_sentence *part = need(calloc(first->sentence_count + 1, sizeof *part));
	bool all = fold == settings->folds;
	size_t count = 0;
	char name[32];

	snprintf(name, sizeof name, all ? "first pass" : "fold %d", fold);
	for (size_t s = 0; s < first->sentence_count; s++)
		if (all || (int)(first->article[s] % (uint32_t)settings->folds) != fold)
			part[count++] = first->sentences[s];
	struct crf_options options = {.epochs = all ? settings->epochs : settings->epochs * 3 / 4 + 1, .averaged = settings->epochs / 3 + 1,
		.rate = settings->rate, .dropout = settings->dropout, .forget = settings->forget, .decay = settings->decay, .lasso = settings->lasso, .seed = 1, .name = name};
	crf_forget(crf);
	crf_train(crf, part, count, &options);
	free(part);
}

/* The weights that the file gets; text that is to be tagged is of no known kind. */
static void blend(struct crf *crf, const struct settings *settings)
{
	crf_blend(crf, (const float[CORPUS_KINDS]){settings->blend, 1 - settings->blend});
}

/* By blended weights, as the second pass will be used. */
static void label_fold(const struct crf *crf, const struct prepared *first, const struct settings *settings, int fold, float *scores,
	uint8_t *labels)
{
	for (size_t s = 0; s < first->sentence_count; s++) {
		struct crf_sentence sentence = first->sentences[s];
		if ((int)(first->article[s] % (uint32_t)settings->folds) != fold || sentence.count == 0)
			continue;
		float *own = scores + first->first_word[s] * CRF_LANES;
		sentence.kind = 0;
		crf_score(crf, &sentence, own);
		decide((const float(*)[CRF_LANES])crf->transition_average, own, sentence.count, labels + first->first_word[s]);
	}
}

static void await(pid_t child)
{
	int status;

	if (waitpid(child, &status, 0) < 0 || status != 0)
		fail_with("a process that learns ended before its time");
}

/* Scores and labels of every word by a first pass that hasn't seen its article; then the first pass over all. Each fold is a process of
 * its own; `scores` and `labels` are shared with them. */
static void train_first(struct crf *crf, struct prepared *first, const struct settings *settings, float *scores, uint8_t *labels)
{
	pid_t *children = need(calloc((size_t)settings->folds, sizeof *children));

	for (int fold = 0; fold < settings->folds; fold++) {
		children[fold] = fork();
		if (children[fold] < 0)
			fail_with("a process for a fold can't be started");
		if (children[fold] > 0)
			continue;
		train_without(crf, first, settings, fold);
		blend(crf, settings);
		label_fold(crf, first, settings, fold, scores, labels);
		_exit(0);
	}
	train_without(crf, first, settings, settings->folds);
	for (int fold = 0; fold < settings->folds; fold++)
		await(children[fold]);
	free(children);
}

static void train_second(struct crf *crf, const struct corpus *corpus, const struct settings *settings, const float *scores,
	const uint8_t *labels)
{
	struct prepared second;
	uint32_t features[FEATURES_MAX];
	size_t word = 0;

	prepared_begin(&second, corpus);
	for (size_t a = 0; a < corpus->count; a++) {
		const struct document *document = &corpus->items[a].document;
		struct first_pass pass;
		struct arena arena;
		arena_init(&arena, 1u << 30);
		first_pass_read(&arena, document, labels + word, &pass);
		for (size_t s = 0; s < document->sentence_count; s++) {
			struct sentence sentence = document->sentences[s];
			prepared_add_sentence(&second, corpus, a, sentence, word);
			for (size_t i = sentence.first; i < sentence.last; i++, word++)
				prepared_add_word(&second, features, NULL, features_second(document, &pass, sentence, i, features));
		}
		second.ends[second.article_count++] = second.feature_count;
		arena_release(&arena);
	}
	prepared_end(&second, crf, (struct crf_rows){.least = 3, .spread = 1, .copies = 1});
	for (size_t s = 0; s < second.sentence_count; s++)
		second.sentences[s].base = scores + second.first_word[s] * CRF_LANES;
	struct crf_options options = {.epochs = 6, .averaged = 3, .rate = settings->rate, .dropout = settings->dropout,
		.decay = settings->decay, .lasso = settings->lasso, .seed = 2, .name = "second pass"};
	crf_train(crf, second.sentences, second.sentence_count, &options);
	prepared_release(&second);
}

/* --- the network ----------------------------------------------------------------------------- */

static struct net_article article_of(const struct example *example, float weight, int kind)
{
	return (struct net_article){.document = &example->document, .allowed = example->allowed, .weight = weight, .kind = kind};
}

static void learn_network(struct net_weights *network, const struct corpus *corpus, const struct corpus *silver,
	const struct settings *settings, const struct net_centres *centres)
{
	struct net_article *articles = need(calloc(corpus->count + silver->count + 1, sizeof *articles));
	struct net_options options = {.epochs = settings->network, .words = 3000, .rate = settings->net_rate, .decay = settings->net_decay,
		.dropout = settings->net_dropout, .rows = settings->net_rows, .centres = *centres, .seed = settings->seed, .name = "network"};

	for (size_t a = 0; a < corpus->count; a++)
		articles[a] = article_of(&corpus->items[a], corpus->items[a].weight, settings->apart ? SOURCES[corpus->items[a].source].kind : 0);
	for (size_t a = 0; a < silver->count; a++) /* its labels are by what learned from worldwide's articles */
		articles[corpus->count + a] = article_of(&silver->items[a], settings->silver_weight, settings->apart ? 1 : 0);
	net_weights_begin(network, settings->seed);
	net_train(network, articles, corpus->count + silver->count, &options);
	if (settings->apart)
		net_weights_blend(network, (const float[CORPUS_KINDS]){settings->blend, 1 - settings->blend});
	free(articles);
}

/* "1,1,2": the reach of each layer. */
static void read_reaches(struct net_shape *shape, const char *text)
{
	for (shape->layers = 0; *text && shape->layers < NETWORK_LAYERS_MAX; text += *text == ',') {
		char *end;
		shape->reach[shape->layers++] = strtoul(text, &end, 10);
		if (end == text)
			fail_with("--reach wants numbers, parted by commas");
		text = end;
	}
}

/* Starts a process that learns the network, which is shared with it; -1: there is to be none. */
static pid_t begin_network(struct net_weights *network, const struct corpus *corpus, const struct corpus *silver,
	const struct settings *settings)
{
	struct net_shape shape = {.rows = VIEWS_ROWS, .width = settings->width, .pool = true, .heads = settings->apart ? 1 + CORPUS_KINDS : 1};

	struct net_centres centres = {0};
	struct error error;

	if (settings->network == 0)
		return -1;
	read_reaches(&shape, settings->reach);
	if (settings->centres && !net_centres_read(&centres, settings->centres, &error))
		fail(&error);
	shape.dimensions = LEXICON_PARTS * centres.each;
	net_weights_place(network, &shape, must_share(net_weights_count(&shape) * sizeof(float)));
	pid_t child = fork();
	if (child < 0)
		fail_with("a process for the network can't be started");
	if (child > 0)
		return child;
	learn_network(network, corpus, silver, settings, &centres);
	_exit(0);
}

/* --- figures on articles that weren't trained on ------------------------------------------- */

static void label_by_model(void *state, struct arena *arena, const struct example *example, uint8_t *labels)
{
	decode_document(arena, state, &example->document, labels, NULL);
}

/* The network alone, in floats. */
static void label_by_network(void *state, struct arena *arena, const struct example *example, uint8_t *labels)
{
	const struct net_weights *network = state;
	struct net_batch batch = {0};
	struct net_pass pass = {0};

	(void)arena;
	if (example->document.count == 0)
		return;
	net_batch_add(&batch, &(struct net_article){.document = &example->document, .weight = 1});
	net_pass_forward(&pass, network, &batch, NULL);
	for (size_t s = 0; s < batch.sentence_count; s++) {
		size_t first = batch.sentences[s].first;
		decide((const float(*)[CRF_LANES])network->transitions, pass.scores + first * CRF_LANES, batch.sentences[s].last - first,
			labels + first);
	}
	net_pass_release(&pass);
	net_batch_release(&batch);
}

/* Of the model and, if it has one, of its network alone. */
static void evaluate(struct model *model, struct net_weights *network, const struct corpus *corpus, int source, const char *name)
{
	char alone[4096];

	figures_print(corpus, source, name, label_by_model, model);
	snprintf(alone, sizeof alone, "%s, network alone,", name);
	if (network)
		figures_print(corpus, source, alone, label_by_network, network);
}

static void evaluate_file(struct model *model, struct net_weights *network, const struct lexicon *lexicon, const char *path)
{
	struct corpus dev;
	struct error error;

	corpus_init(&dev);
	if (!corpus_add(&dev, lexicon, path, -1, &error)) {
		fprintf(stderr, "tag-train: %s\n", error.text);
		exit(66);
	}
	evaluate(model, network, &dev, -1, path);
	corpus_release(&dev);
}

/* Takes every fifth article of the corpus out, beginning with the `which`-th: what is left is trained on, these are scored. */
static void hold_out(struct corpus *corpus, size_t which, struct corpus *held)
{
	size_t kept = 0;

	held->items = need(malloc((corpus->count + 1) * sizeof *held->items));
	corpus->words = 0;
	for (size_t a = 0; a < corpus->count; a++) {
		if (a % SETTINGS_HELD == which) {
			held->items[held->count++] = corpus->items[a];
			continue;
		}
		corpus->words += corpus->items[a].tokens.count;
		corpus->items[kept++] = corpus->items[a];
	}
	corpus->count = kept;
}

/* --- the program --------------------------------------------------------------------------- */

static struct slice read_card(struct arena *arena, const char *path)
{
	char text[16384];
	FILE *file = path ? fopen(path, "rb") : NULL;
	size_t length = file ? fread(text, 1, sizeof text, file) : 0;

	if (file)
		fclose(file);
	if (length == 0)
		return SLICE_NONE;
	return arena_copy(arena, slice_make(text, length));
}

static bool is_listed(const char *list, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
		if (strncmp(at, name, length) == 0 && (at[length] == ',' || at[length] == '\0'))
			return true;
	return false;
}

static bool is_taken(const struct settings *settings, int source)
{
	return (!settings->open || SOURCES[source].open) && !is_listed(settings->without, SOURCES[source].name);
}

static void print_sources(const struct settings *settings)
{
	for (int i = 0; i < SOURCE_COUNT; i++)
		if (is_taken(settings, i))
			puts(SOURCES[i].name);
}

static void read_lists(struct lists *lists, struct arena *arena, const struct settings *settings)
{
	struct error error;

	if ((settings->names && !lists_read_names(lists, arena, settings->names, &error)) ||
		(settings->clusters && !lists_read_clusters(lists, arena, settings->clusters, &error)) ||
		(settings->families && !lists_read_families(lists, arena, settings->families, &error)) ||
		(settings->places && !lists_read_places(lists, arena, settings->places, &error)))
		fail(&error);
}

static void read_sources(struct corpus *corpus, struct arena *arena, const struct lexicon *lexicon, const struct settings *settings)
{
	struct error error;

	for (int i = 0; i < SOURCE_COUNT; i++) {
		struct slice path = arena_printf(arena, "%s/%s.jsonl.gz", settings->data, SOURCES[i].name);
		if (is_taken(settings, i) && !corpus_add(corpus, lexicon, arena_cstr(arena, path), i, &error))
			fail(&error);
	}
}

/* Both passes and the network from a corpus, into the file. */
static void make_model(const struct corpus *corpus, const struct corpus *silver, const struct lists *lists, const struct settings *settings,
	struct slice card, struct net_weights *network)
{
	struct prepared prepared;
	struct crf first, second;
	struct error error;

	pid_t child = begin_network(network, corpus, silver, settings);
	prepare_first(&prepared, corpus);
	if (settings->apart)
		for (size_t i = 0; i < prepared.sentence_count; i++)
			prepared.sentences[i].kind = SOURCES[corpus->items[prepared.article[i]].source].kind;
	prepared_end(&prepared, &first, (struct crf_rows){settings->least, settings->spread, settings->apart ? 1 + CORPUS_KINDS : 1});
	float *scores = must_share((corpus->words + 1) * CRF_LANES * sizeof(float));
	uint8_t *labels = must_share(corpus->words + 1);
	train_first(&first, &prepared, settings, scores, labels);
	train_second(&second, corpus, settings, scores, labels);
	blend(&first, settings);
	if (child > 0)
		await(child);
	struct learned learned = {.first = &first, .second = &second, .network = child > 0 ? network : NULL, .share = settings->share,
		.temperature = settings->temperature > 0 ? settings->temperature : 1};
	if (!model_pack(settings->out, card, &learned, SCALE, lists, &error))
		fail(&error);
}

static void report(const struct corpus *held, const struct lexicon *lexicon, const struct settings *settings, struct net_weights *network)
{
	struct model model;
	struct error error;

	if (!model_open(&model, settings->out, &error))
		fail(&error);
	for (size_t i = 0; i < settings->dev_count; i++)
		evaluate_file(&model, network, lexicon, settings->dev[i]);
	for (int i = 0; i < SOURCE_COUNT && held->count > 0; i++)
		if (is_taken(settings, i))
			evaluate(&model, network, held, i, SOURCES[i].name);
	model_close(&model);
}

int main(int argc, char **argv)
{
	struct settings settings = settings_read(argc, argv);
	struct lists lists = {0};
	struct arena arena;
	struct corpus corpus, silver, held = {0};
	struct net_weights network = {0};
	struct error error;

	arena_init(&arena, (size_t)8 << 30);
	if (settings.sources) {
		print_sources(&settings);
		return 0;
	}
	struct slice card = read_card(&arena, settings.card);
	if (!settings.data) {
		if (!model_amend(settings.out, card, settings.temperature, &error))
			fail(&error);
		return 0;
	}
	read_lists(&lists, &arena, &settings);
	corpus_init(&corpus);
	read_sources(&corpus, &arena, &lists.lexicon, &settings);
	corpus_init(&silver);
	if (settings.silver && !corpus_add(&silver, &lists.lexicon, settings.silver, -1, &error))
		fail(&error);
	if (settings.hold >= 0)
		hold_out(&corpus, (size_t)settings.hold, &held);
	make_model(&corpus, &silver, &lists, &settings, card, &network);
	report(&held, &lists.lexicon, &settings, settings.network > 0 ? &network : NULL);
	return 0;
}
