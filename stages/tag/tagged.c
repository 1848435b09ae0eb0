/* tagged: see tagged.h. */
#include "tag/tagged.h"

#include "base/utf8.h"
#include "json/writer.h"
#include "run/stopwatch.h"
#include "tag/entities.h"
#include "tag/knowledge.h"
#include "tag/places.h"
#include "tag/quantities.h"
#include "tag/roles.h"
#include "tag/times.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MESSAGE_MAX ((size_t)256 << 20)

struct tagger {
	struct model model;
	struct knowledge *knowledge;
};

/* A text that mentions point into. */
struct field {
	const char *name;
	int64_t image; /* index into image[], of captions; -1 */
	struct slice text;
	struct time_mention *times;
	size_t time_count;
	struct quantity *quantities;
	size_t quantity_count;
	uint32_t first_word; /* of the document */
};

struct article {
	struct arena *arena;
	struct field *fields;
	struct tokens *tokens; /* by field */
	size_t field_count;
	struct time_anchor anchor;
	struct slice language;
	struct place_origin origin;
	struct document document;
	struct mentions mentions;
	struct entities entities;
	const struct place_record **places; /* by entity */
	struct trace *trace;
};

/* --- the model's place --------------------------------------------------------------------- */

static bool readable(char path[4096], const char *folder, const char *below, const char *name)
{
	int length = snprintf(path, 4096, "%s%s/%s.model", folder, below, name);

	return length > 0 && length < 4096 && access(path, R_OK) == 0;
}

bool tagger_find_model(const char *name, char path[4096])
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);

	if (strchr(name, '/'))
		return snprintf(path, 4096, "%s", name) < 4096; /* model_open() says what is wrong with it */
	if (length > 0) {
		program[length] = '\0';
		char *slash = strrchr(program, '/');
		*slash = '\0';
		if (readable(path, program, "/../share/copydesk", name) || readable(path, program, "", name))
			return true;
	}
	return readable(path, COPYDESK_MODEL_SOURCE, "", name) || readable(path, COPYDESK_MODEL_DIR, "", name) ||
		readable(path, "/usr/share/copydesk", "", name); /* of a package, where /proc isn't mounted */
}

struct tagger *tagger_create(const char *model, const char *kb, struct error *error)
{
	struct tagger *tagger = calloc(1, sizeof *tagger);
	char path[4096];

	if (!tagger) {
		error_set(error, "no_memory", "no memory for the model");
		return NULL;
	}
	if (!tagger_find_model(model, path)) {
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

/* In a language without a model only names of countries that are written as in English come out, where they aren't a sentence's first
 * word: nothing wrong is better than something wrong. */
static void find_countries(const struct model *model, const struct document *document, uint8_t *labels)
{
	for (size_t i = 0; i < document->count; i++) {
		const struct word *word = &document->words[i];
		size_t end = i, count;
		uint64_t phrase = 0;
		if (word->token->flags & (TOKEN_SENTENCE | TOKEN_SHOUTED | TOKEN_TITLED) || word->token->text.len < 4 ||
			!(word->names & ((uint64_t)3 << (LEXICON_COUNTRY * 4))))
			continue;
		for (size_t j = i; j < document->count && j < i + LEXICON_LONGEST && !(j > i && document->words[j].token->flags & TOKEN_SENTENCE); j++) {
			phrase = lexicon_extend(phrase, document->words[j].form);
			const struct place_record *record = places_find(model, phrase, &count);
			if (record && count == 1 && record->kind == PLACE_COUNTRY)
				end = j + 1;
		}
		bool in_longer_name = (i > 0 && document->words[i - 1].token->flags & TOKEN_CAPITAL && !(word->token->flags & TOKEN_SENTENCE)) ||
			(end < document->count && document->words[end].token->flags & TOKEN_CAPITAL);
		if (end == i || in_longer_name)
			continue;
		for (size_t k = i; k < end; k++)
			labels[k] = (uint8_t)((end - i == 1 ? LABEL_S : k == i ? LABEL_B : k + 1 == end ? LABEL_E : LABEL_I) + NAME_PLACE);
		i = end - 1;
	}
}

static const struct field *field_of(const struct article *article, uint32_t word)
{
	size_t f = 0;

	while (f + 1 < article->field_count && article->fields[f + 1].first_word <= word)
		f++;
	return &article->fields[f];
}

/* The text of words [first, last), all of one field. */
static struct slice words_text(const struct article *article, uint32_t first, uint32_t last)
{
	const struct field *field = field_of(article, first);
	const struct word *words = article->document.words;

	return slice_sub(field->text, words[first].token->byte_start, words[last - 1].token->byte_end);
}

/* What each entity rests on: its mentions with the model's certainty, and the place it was taken for. */
static void note_names(const struct article *article)
{
	static const char *const KINDS[] = {"", "country", "nationality", "subdivision", "city"};

	if (!article->trace)
		return;
	trace_note(article->trace, "names", LOG_SLICE("language", article->language), LOG_STR("way", is_english(article->language) ? "model" : "country names"),
		LOG_INT("words", article->document.count), LOG_INT("mentions", article->mentions.count), LOG_INT("entities", article->entities.count));
	for (size_t m = 0; m < article->mentions.count; m++) {
		const struct mention *mention = &article->mentions.items[m];
		const struct field *field = field_of(article, mention->first);
		trace_note(article->trace, "mention", LOG_INT("entity", mention->entity + 1), LOG_SLICE("text", words_text(article, mention->first, mention->last)),
			LOG_SLICE("title", mention->title < mention->first ? words_text(article, mention->title, mention->first) : SLICE_NONE),
			LOG_STR("type", ENTITY_TYPE_NAMES[mention->type]), LOG_NUM("score", (double)mention->score), LOG_STR("field", field->name),
			LOG_INT("start", article->document.words[mention->first].token->start));
	}
	for (size_t e = 0; e < article->entities.count; e++) {
		const struct entity *entity = &article->entities.items[e];
		const struct mention *longest = &article->mentions.items[entity->longest];
		const struct place_record *place = article->places[e];
		trace_note(article->trace, "entity", LOG_INT("entity", e + 1), LOG_SLICE("name", words_text(article, longest->first, longest->last)),
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
		find_countries(&tagger->model, document, labels);
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

/* --- writing ------------------------------------------------------------------------------- */

static void write_mention(struct json_writer *writer, const struct article *article, const struct mention *mention)
{
	const struct field *field = field_of(article, mention->first);

	json_open_object(writer);
	json_add_string(writer, "text", words_text(article, mention->first, mention->last));
	json_add_integer(writer, "start", article->document.words[mention->first].token->start);
	json_add_integer(writer, "end", article->document.words[mention->last - 1].token->end);
	json_add_string(writer, "field", slice_of(field->name));
	if (field->image >= 0)
		json_add_integer(writer, "image", field->image);
	json_add_number(writer, "score", (double)mention->score, 3);
	json_close_object(writer);
}

static void write_place(struct json_writer *writer, const struct place_record *place)
{
	json_add_string(writer, "countryCode", slice_make(place->country, 2));
	if (place->subdivision[0]) {
		char code[8];
		int length = snprintf(code, sizeof code, "%.2s-%.3s", place->country, place->subdivision);
		json_add_string(writer, "subdivisionCode", slice_make(code, (size_t)length));
	}
	if (place->kind == PLACE_CITY && (place->latitude || place->longitude)) {
		json_key(writer, "geo");
		json_open_object(writer);
		json_add_number(writer, "latitude", place->latitude / 100.0, 2);
		json_add_number(writer, "longitude", place->longitude / 100.0, 2);
		json_close_object(writer);
	}
}

/* The first role phrase that stands beside one of a person's mentions. */
static struct slice role_of(const struct article *article, const uint32_t *next, uint32_t mention)
{
	uint32_t first, last;

	for (; mention != MENTION_ALONE; mention = next[mention])
		if (role_beside(&article->document, &article->mentions, mention, &first, &last))
			return words_text(article, first, last);
	return SLICE_NONE;
}

/* Each mention's next one of the same entity; `heads` by entity. */
static void chain(const struct article *article, uint32_t *heads, uint32_t *next)
{
	for (size_t e = 0; e < article->entities.count; e++)
		heads[e] = MENTION_ALONE;
	for (size_t m = article->mentions.count; m-- > 0;) {
		uint32_t entity = article->mentions.items[m].entity;
		next[m] = heads[entity];
		heads[entity] = (uint32_t)m;
	}
}

static void write_entity(struct json_writer *writer, const struct tagger *tagger, const struct article *article, size_t index, float most,
	const uint32_t *next, uint32_t head)
{
	const struct entity *entity = &article->entities.items[index];
	const struct mention *longest = &article->mentions.items[entity->longest];
	const char *type = ENTITY_TYPE_NAMES[entity->type];
	struct slice name = utf8_squeeze(article->arena, words_text(article, longest->first, longest->last));
	struct slice known = knowledge_find(tagger->knowledge, article->arena, name, type);
	char id[24];

	snprintf(id, sizeof id, "e%zu", index + 1);
	json_open_object(writer);
	json_add_string(writer, "id", slice_of(id));
	json_add_string(writer, "type", slice_of(type));
	json_add_string(writer, "name", name);
	json_add_number(writer, "salience", (double)(entity->weight / most), 3);
	if (article->places[index])
		write_place(writer, article->places[index]);
	json_add_text(writer, "sameAs", known);
	if (entity->type == ENTITY_PERSON)
		json_add_text(writer, "role", utf8_squeeze(article->arena, role_of(article, next, head)));
	json_key(writer, "mentions");
	json_open_array(writer);
	for (uint32_t m = head; m != MENTION_ALONE; m = next[m])
		write_mention(writer, article, &article->mentions.items[m]);
	json_close_array(writer);
	json_close_object(writer);
}

static void write_entities(struct json_writer *writer, const struct tagger *tagger, const struct article *article)
{
	uint32_t *heads = arena_array(article->arena, uint32_t, article->entities.count + 1);
	uint32_t *next = arena_array(article->arena, uint32_t, article->mentions.count + 1);
	float most = 0;

	chain(article, heads, next);
	for (size_t e = 0; e < article->entities.count; e++)
		most = article->entities.items[e].weight > most ? article->entities.items[e].weight : most;
	json_key(writer, "entities");
	json_open_array(writer);
	for (size_t e = 0; e < article->entities.count; e++)
		write_entity(writer, tagger, article, e, most, next, heads[e]);
	json_close_array(writer);
}

static void write_figures(struct json_writer *writer, const struct article *article)
{
	json_key(writer, "times");
	json_open_array(writer);
	for (size_t f = 0; f < article->field_count; f++) {
		const struct field *field = &article->fields[f];
		times_write(writer, field->text, field->name, field->image, &article->anchor, field->times, field->time_count);
	}
	json_close_array(writer);
	json_key(writer, "quantities");
	json_open_array(writer);
	for (size_t f = 0; f < article->field_count; f++) {
		const struct field *field = &article->fields[f];
		quantities_write(writer, &article->tokens[f], field->name, field->image, field->quantities, field->quantity_count);
	}
	json_close_array(writer);
}

static struct slice write_message(const struct tagger *tagger, const struct article *article, const struct json *root)
{
	struct json_writer writer;
	struct buf out;

	buf_init_arena(&out, article->arena, MESSAGE_MAX);
	json_begin(&writer, article->arena, &out);
	json_open_object(&writer);
	for json_each(member, root) {
		if (slice_is(member->name, "entities") || slice_is(member->name, "times") || slice_is(member->name, "quantities"))
			continue; /* of an earlier run */
		json_key(&writer, arena_cstr(article->arena, member->name));
		json_put_value(&writer, member);
	}
	write_entities(&writer, tagger, article);
	write_figures(&writer, article);
	json_close_object(&writer);
	if (!json_finish(&writer))
		arena_escape(article->arena, ESCAPE_MEMORY); /* over MESSAGE_MAX: the only way to fail */
	return buf_slice(&out);
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
	return write_message(tagger, &article, root);
}
