/* corpus: see corpus.h. */
#include "tag/train/corpus.h"

#include "json/reader.h"

#include <stdlib.h>
#include <zlib.h>

#define TYPE(name) (1u << NAME_##name)

const struct source SOURCES[] = {
	{"worldwide", 1.0f, 1, false, 0},
	{"conll2003", 1.0f, 2, false, 0},
	{"gum_news", 1.0f, 1, true, TYPE(NATIONALITY)},
	{"gum_other", 0.7f, 2, false, TYPE(NATIONALITY)},
	{"wikigold", 1.0f, 2, true, 0},
	{"wikineural_en", 0.5f, 2, false, 0},
	{"btc", 0.4f, 2, true, TYPE(NATIONALITY) | TYPE(PRODUCT) | TYPE(OTHER)},
	{"wnut17", 0.4f, 2, true, TYPE(NATIONALITY)},
	{"crossner_politics", 0.5f, 2, false, TYPE(NATIONALITY)},
	{"dwie", 1.0f, 2, false, 0},
	{"finer", 0.7f, 2, false, TYPE(NATIONALITY) | TYPE(PRODUCT) | TYPE(OTHER)},
	{"uner_pud", 0.7f, 2, false, TYPE(NATIONALITY) | TYPE(PRODUCT) | TYPE(OTHER)},
	{"crossner_politics_more", 0.5f, 2, false, TYPE(NATIONALITY)},
};
const int SOURCE_COUNT = sizeof SOURCES / sizeof *SOURCES;

static const struct {
	const char *name;
	uint32_t types;
} type_names[] = {
	{"PER", TYPE(PERSON)}, {"Person", TYPE(PERSON)}, {"person", TYPE(PERSON)}, {"politician", TYPE(PERSON)},
	{"ORG", TYPE(ORGANIZATION)}, {"Organization", TYPE(ORGANIZATION)}, {"Organisation", TYPE(ORGANIZATION)},
	{"organisation", TYPE(ORGANIZATION)}, {"politicalparty", TYPE(ORGANIZATION)}, {"group", TYPE(ORGANIZATION)},
	{"corporation", TYPE(ORGANIZATION)},
	{"LOC", TYPE(PLACE) | TYPE(FACILITY)}, {"location", TYPE(PLACE) | TYPE(FACILITY)}, {"country", TYPE(PLACE)},
	{"Location", TYPE(PLACE)}, {"Facility", TYPE(FACILITY)},
	{"NORP", TYPE(NATIONALITY)}, {"Nationality", TYPE(NATIONALITY)},
	{"Product", TYPE(PRODUCT)}, {"PRODUCT", TYPE(PRODUCT)}, {"product", TYPE(PRODUCT)}, {"Weapon", TYPE(PRODUCT)},
	{"MilitaryPlatform", TYPE(PRODUCT)},
	{"MISC", TYPE(NATIONALITY) | TYPE(PRODUCT) | TYPE(OTHER)}, {"misc", TYPE(NATIONALITY) | TYPE(PRODUCT) | TYPE(OTHER)},
	{"Misc", TYPE(OTHER)}, {"EVENT", TYPE(OTHER)}, {"WORK_OF_ART", TYPE(OTHER)}, {"creative-work", TYPE(OTHER)},
	{"event", TYPE(OTHER)}, {"election", TYPE(OTHER)},
	{"ethnicity", TYPE(NATIONALITY)}, {"other", TYPE(NATIONALITY) | TYPE(PRODUCT) | TYPE(OTHER)}, {"organization", TYPE(ORGANIZATION)},
};

static uint32_t types_of(struct slice name)
{
	for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
		if (slice_is(name, type_names[i].name))
			return type_names[i].types;
	return 0;
}

/* All labels that begin at `base` (LABEL_S …) for these types. */
static uint32_t labels_for(uint32_t types, int base) { return types << base; }

static bool is_article(struct slice text) { return slice_is(text, "the") || slice_is(text, "a") || slice_is(text, "an"); }

/* The first token that ends behind `start`. */
static size_t token_at(const struct tokens *tokens, size_t start)
{
	size_t low = 0, high = tokens->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (tokens->items[middle].end <= start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void mark_name(struct example *example, size_t start, size_t end, uint32_t types)
{
	const struct token *items = example->tokens.items;
	size_t first = token_at(&example->tokens, start), last = first;
	while (last < example->tokens.count && items[last].start < end)
		last++;
	while (first + 1 < last && is_article(items[first].text))
		first++;
	while (last > first + 1 && items[last - 1].flags & TOKEN_POSSESSIVE && items[last - 1].end > end)
		last--;
	for (size_t i = first; i < last; i++) {
		if (items[i].sentence != items[first].sentence) {
			last = i;
			break;
		}
		if (example->gold[i] != LABEL_O)
			return; /* nested: the first one stands */
	}
	for (size_t i = first; i < last; i++) {
		example->allowed[i] = labels_for(types, label_part(i, first, last));
		example->gold[i] = (uint8_t)__builtin_ctz(example->allowed[i]);
	}
}

/* What the words are that a span of code points touches isn't known: any label will do. */
static void mark_unsure(struct example *example, size_t start, size_t end)
{
	for (size_t i = token_at(&example->tokens, start); i < example->tokens.count && example->tokens.items[i].start < end; i++) {
		example->allowed[i] = (1u << LABELS) - 1;
		example->gold[i] = LABEL_O;
	}
}

static void add_article(struct corpus *corpus, const struct lexicon *lexicon, const struct json *row, int source)
{
	struct arena *arena = &corpus->arena;
	struct example example = {.id = json_string(row, "id"), .source = source};
	uint32_t unmarked = source >= 0 ? SOURCES[source].unmarked : 0;

	example.weight = source >= 0 ? SOURCES[source].weight : 1;
	tokens_read(arena, arena_copy(arena, json_string(row, "text")), &example.tokens);
	document_read(arena, lexicon, &example.tokens, 1, &example.document);
	example.allowed = arena_array(arena, uint32_t, example.tokens.count + 1);
	example.gold = arena_array(arena, uint8_t, example.tokens.count + 1);
	for (size_t i = 0; i < example.tokens.count; i++)
		example.allowed[i] = 1u << LABEL_O | (example.tokens.items[i].flags & TOKEN_CAPITAL ? labels_for(unmarked, LABEL_S) |
			labels_for(unmarked, LABEL_B) | labels_for(unmarked, LABEL_I) | labels_for(unmarked, LABEL_E) : 0);
	for json_each(entity, json_array(row, "entities")) {
		uint32_t types = types_of(json_string(entity, "type"));
		if (types)
			mark_name(&example, (size_t)json_integer(entity, "start", 0), (size_t)json_integer(entity, "end", 0), types);
	}
	for json_each(span, json_array(row, "unsure"))
		mark_unsure(&example, (size_t)json_integer(span, "start", 0), (size_t)json_integer(span, "end", 0));
	if (corpus->count == corpus->capacity)
		corpus->items = arena_grow(arena, corpus->items, &corpus->capacity, corpus->count + 1, sizeof *corpus->items);
	corpus->words += example.tokens.count;
	corpus->items[corpus->count++] = example;
}

void corpus_init(struct corpus *corpus)
{
	*corpus = (struct corpus){0};
	arena_init(&corpus->arena, (size_t)16 << 30);
}

void corpus_release(struct corpus *corpus) { arena_release(&corpus->arena); }

bool corpus_add(struct corpus *corpus, const struct lexicon *lexicon, const char *path, int source, struct error *error)
{
	gzFile file = gzopen(path, "rb");
	size_t size = 64 << 20;
	char *line = malloc(size);
	struct json_limits limits = JSON_LIMITS_DEFAULT;
	bool fine = false;

	limits.nodes = 10000000;
	limits.bytes = size;
	if (!file || !line) {
		error_set(error, "corpus_missing", "%s can't be read", path);
		goto out;
	}
	while (gzgets(file, line, (int)size)) {
		struct slice text = arena_copy(&corpus->arena, slice_trim(slice_of(line)));
		const struct json *row = text.len ? json_parse(&corpus->arena, text, &limits, error) : NULL;
		if (text.len && !row) {
			error_context(error, "%s", path);
			goto out;
		}
		if (row)
			add_article(corpus, lexicon, row, source);
	}
	fine = true;
out:
	if (file)
		gzclose(file);
	free(line);
	return fine;
}
