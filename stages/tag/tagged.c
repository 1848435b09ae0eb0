/* tagged: see tagged.h. */
#include "tag/tagged.h"

#include "run/stopwatch.h"
#include "tag/countrynames.h"
#include "tag/taggedmessage.h"

#include <stdlib.h>

struct tagger {
	struct model model;
	struct knowledge *knowledge;
};

struct tagger *tagger_create(const char *model, const char *kb, struct error *error)
{
	struct tagger *tagger = calloc(1, sizeof *tagger);
	char path[4096];

	if (!tagger) {
		error_set(error, "no_memory", "no memory for the model");
		return NULL;
	}
	if (!model_find(model, path)) {
		error_set(error, "model_missing", "no model `%s`: it is neither installed in %s nor beside the program; -X model=PATH names a file", model,
			COPYDESK_MODEL_DIR);
		goto failed;
	}
	if (!model_open(&tagger->model, path, error))
		goto failed;
	if (kb[0] && !(tagger->knowledge = knowledge_open(kb, error)))
		goto failed;
	return tagger;
failed:
	tagger_destroy(&tagger);
	return NULL;
}

void tagger_destroy(struct tagger **tagger)
{
	if (!*tagger)
		return;
	model_close(&(*tagger)->model);
	knowledge_close(&(*tagger)->knowledge);
	free(*tagger);
	*tagger = NULL;
}

/* --- reading ------------------------------------------------------------------------------- */

static void add_field(struct article *article, const char *name, int64_t image, struct slice text)
{
	if (text.len == 0 || text.len > UINT32_MAX)
		return;
	struct tokens *tokens = &article->tokens[article->field_count];
	article->fields[article->field_count++] = (struct field){.name = name, .image = image, .text = text};
	tokens_read(article->arena, text, tokens);
}

static void read_fields(struct article *article, const struct json *root)
{
	const struct json *images = json_array(root, "image");
	size_t room = 2 + (images ? images->count : 0);
	int64_t index = 0;

	article->fields = arena_array(article->arena, struct field, room);
	article->tokens = arena_array(article->arena, struct tokens, room);
	add_field(article, "headline", -1, json_string(root, "headline"));
	add_field(article, "articleBody", -1, json_string(root, "articleBody"));
	for json_each(image, images)
		add_field(article, "caption", index++, json_string(image, "caption"));
}

/* An article's "today" is the day at its desk, not in Greenwich. */
static void read_anchor(struct article *article, const struct json *root)
{
	static const char *const names[] = {"datePublished", "fetchedAt"};
	int64_t ms;
	int offset;

	article->anchor = (struct time_anchor){.ms = CLOCK_NONE};
	for (size_t i = 0; i < sizeof names / sizeof *names && article->anchor.ms == CLOCK_NONE; i++) {
		struct slice text = json_string(root, names[i]);
		article->anchor.name = names[i];
		if (clock_parse_offset(text, &ms, &offset))
			article->anchor.ms = ms + (int64_t)offset * 60000;
	}
}

static bool is_english(struct slice language)
{
	return language.len == 0 || slice_equal_nocase(language, SLICE("en")) || slice_starts_nocase(language, SLICE("en-")) ||
	       slice_equal_nocase(language, SLICE("und"));
}

/* --- finding ------------------------------------------------------------------------------- */

/* What each entity rests on: its mentions with the model's certainty, and the place it was taken for. */
static void note_names(const struct article *article)
{
	static const char *const KINDS[] = {"", "country", "nationality", "subdivision", "city"};
	const struct document *document = &article->document;

	if (!article->trace)
		return;
	trace_note(article->trace, "names", LOG_SLICE("language", article->language), LOG_STR("way", is_english(article->language) ? "model" : "country names"),
		LOG_INT("words", document->count), LOG_INT("mentions", article->mentions.count), LOG_INT("entities", article->entities.count));
	for (size_t m = 0; m < article->mentions.count; m++) {
		const struct mention *mention = &article->mentions.items[m];
		const struct field *field = article_field_of(article, mention->first);
		trace_note(article->trace, "mention", LOG_INT("entity", mention->entity + 1),
			LOG_SLICE("text", document_span(document, mention->first, mention->last)),
			LOG_SLICE("title", mention->title < mention->first ? document_span(document, mention->title, mention->first) : SLICE_NONE),
			LOG_STR("type", ENTITY_TYPE_NAMES[mention->type]), LOG_NUM("score", (double)mention->score), LOG_STR("field", field->name),
			LOG_INT("start", document->words[mention->first].token->start));
	}
	for (size_t e = 0; e < article->entities.count; e++) {
		const struct entity *entity = &article->entities.items[e];
		const struct mention *longest = &article->mentions.items[entity->longest];
		const struct place_record *place = article->places[e];
		trace_note(article->trace, "entity", LOG_INT("entity", e + 1), LOG_SLICE("name", document_span(document, longest->first, longest->last)),
			LOG_STR("type", ENTITY_TYPE_NAMES[entity->type]), LOG_INT("mentions", entity->mentions), LOG_NUM("weight", (double)entity->weight),
			LOG_STR("place", place ? KINDS[place->kind] : ""), LOG_SLICE("country", place ? slice_make(place->country, 2) : SLICE_NONE));
	}
}

static void find_names(const struct tagger *tagger, struct article *article)
{
	struct document *document = &article->document;
	size_t headline = 0;

	document_read(article->arena, &tagger->model.lexicon, article->tokens, article->field_count, document);
	document->trace = article->trace;
	for (size_t f = 0, word = 0; f < article->field_count; f++) {
		article->fields[f].first_word = (uint32_t)word;
		word += article->tokens[f].count;
		if (f == 0 && strcmp(article->fields[f].name, "headline") == 0)
			headline = word;
	}
	uint8_t *labels = arena_array(article->arena, uint8_t, document->count + 1);
	float *scores = arena_array(article->arena, float, document->count + 1);
	if (is_english(article->language)) {
		decode_document(article->arena, &tagger->model, document, labels, scores);
	} else {
		country_names_find(&tagger->model, document, labels);
		for (size_t i = 0; i < document->count; i++)
			scores[i] = 1;
	}
	mentions_read(article->arena, document, labels, scores, &article->mentions);
	entities_join(article->arena, document, &article->mentions, headline, &article->entities);
	article->places = places_resolve(article->arena, &tagger->model, document, &article->origin, &article->mentions, &article->entities);
	note_names(article);
}

/* Which countries the words name: by word of the document, and each country of the article once. */
static void read_countries(const struct article *article, struct country_code *words, struct quantity_places *places)
{
	struct country_code *countries = arena_array(article->arena, struct country_code, article->entities.count + 1);

	for (size_t e = 0; e < article->entities.count; e++) {
		const struct place_record *place = article->places[e];
		if (place && (place->kind == PLACE_COUNTRY || place->kind == PLACE_NATIONALITY))
			memcpy(countries[places->article_count++].letters, place->country, 2);
	}
	bool unnamed = places->article_count == 0; /* then its cities tell */
	for (size_t e = 0; unnamed && e < article->entities.count; e++) {
		if (article->places[e])
			memcpy(countries[places->article_count++].letters, article->places[e]->country, 2);
	}
	for (size_t m = 0; m < article->mentions.count; m++) {
		const struct mention *mention = &article->mentions.items[m];
		const struct place_record *place = article->places[mention->entity];
		for (uint32_t w = mention->first; place && place->kind <= PLACE_NATIONALITY && w < mention->last; w++)
			memcpy(words[w].letters, place->country, 2);
	}
	places->article = countries;
}

static bool in_name(const struct article *article, uint32_t first, uint32_t last)
{
	size_t low = 0, high = article->mentions.count;

	while (low < high) { /* the first mention that ends behind `first` */
		size_t middle = (low + high) / 2;
		if (article->mentions.items[middle].last <= first)
			low = middle + 1;
		else
			high = middle;
	}
	return low < article->mentions.count && article->mentions.items[low].first < last;
}

/* An ordinal that is part of a name ("First Amendment") or of a time ("the 20th century") is no quantity of its own, and a year that
 * counts something ("2000 yuan") no time. */
static void part_figures(const struct article *article, struct field *field, const struct tokens *tokens)
{
	size_t times = 0, quantities = 0, t = 0;

	for (size_t q = 0; q < field->quantity_count; q++) {
		const struct quantity *quantity = &field->quantities[q];
		size_t start = tokens->items[quantity->first].byte_start, end = tokens->items[quantity->last - 1].byte_end;
		bool dropped = quantity->type == QUANTITY_ORDINAL &&
			in_name(article, field->first_word + quantity->first, field->first_word + quantity->last);
		for (; t < field->time_count && field->times[t].start < end; t++) {
			const struct time_mention *time = &field->times[t];
			bool within = time->start >= start && time->end <= end && quantity->type != QUANTITY_ORDINAL;
			if (!within)
				field->times[times++] = *time;
			if (!within && time->end > start)
				dropped = true;
		}
		if (times > 0 && field->times[times - 1].end > start)
			dropped = true;
		if (!dropped)
			field->quantities[quantities++] = *quantity;
	}
	for (; t < field->time_count; t++)
		field->times[times++] = field->times[t];
	field->time_count = times;
	field->quantity_count = quantities;
}

static void find_in_fields(struct article *article)
{
	struct country_code *words = arena_array(article->arena, struct country_code, article->document.count + 1);
	struct quantity_places places = {0};

	read_countries(article, words, &places);
	for (size_t f = 0; f < article->field_count; f++) {
		struct field *field = &article->fields[f];
		field->time_count = times_find(article->arena, field->text, article->language, &article->anchor, &field->times);
		if (!is_english(article->language))
			continue;
		places.tokens = words + field->first_word;
		field->quantity_count = quantities_find(article->arena, &article->tokens[f], &places, &field->quantities);
		part_figures(article, field, &article->tokens[f]);
	}
}

struct slice tagger_tag(const struct tagger *tagger, struct arena *arena, const struct json *root, struct tagged_counts *counts,
	struct trace *trace)
{
	struct article article = {.arena = arena};
	const struct json *language = json_get(root, "inLanguage");

	article.language = language && language->kind == JSON_STRING ? language->text : json_string(language, "tag");
	read_fields(&article, root);
	read_anchor(&article, root);
	article.origin = (struct place_origin){json_string(root, "url"), json_string(root, "dateline")};
	article.trace = trace;
	step_begin(arena, STEP_NAMES);
	find_names(tagger, &article);
	step_begin(arena, STEP_FIGURES);
	find_in_fields(&article);
	step_begin(arena, STEP_WRITE);
	*counts = (struct tagged_counts){.entities = article.entities.count, .mentions = article.mentions.count};
	for (size_t f = 0; f < article.field_count; f++)
		counts->times += article.fields[f].time_count, counts->quantities += article.fields[f].quantity_count;
	return tagged_message_write(tagger->knowledge, &article, root);
}
