/* textglance: see textglance.h. */
#include "extract/textglance.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/languagewords.h"
#include "extract/wordscan.h"

enum text_ending text_ending_of(struct slice text)
{
	size_t at = text.len;
	bool quoted = false, bracketed = false;
	while (at) {
		uint32_t c = utf8_previous(text, &at);
		switch (c) {
		case '"': case '\'': case 0x201C: case 0x201D: case 0x2019: case 0xBB: case 0xAB: case 0x300D: case 0x300F: case 0x201E: case 0x203A:
			quoted = true;
			continue;
		case ')': case ']': case 0xFF09:
			bracketed = true;
			continue;
		case '.':
			if (at && text.ptr[at - 1] == '.')
				return ENDING_ELLIPSIS;
			return quoted ? ENDING_QUOTE : ENDING_STOP;
		case 0x3002: case 0xFF0E: case 0x964: case 0x6D4: case 0x1362: case 0x589:
			return quoted ? ENDING_QUOTE : ENDING_STOP;
		case '!': case '?': case 0xFF01: case 0xFF1F: case 0x61F: case 0x37E:
			return quoted ? ENDING_QUOTE : ENDING_MARK;
		case ':': case 0xFF1A:
			return ENDING_COLON;
		case 0x2026:
			return ENDING_ELLIPSIS;
		case ',': case ';': case 0x60C: case 0x3001: case 0xFF0C:
			return ENDING_COMMA;
		case ' ': case 0xA0:
			continue;
		default:
			return quoted ? ENDING_QUOTE : bracketed ? ENDING_BRACKET : ENDING_NONE;
		}
	}
	return ENDING_NONE;
}

static void count_stops(struct slice text, struct text_glance *glance)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c == ',') {
			glance->commas++;
		} else if ((c == '.' || c == '!' || c == '?') && i + 2 < text.len && (text.ptr[i + 1] == ' ' || text.ptr[i + 1] == '"') && i > 1 &&
		           text.ptr[i - 2] != ' ' && text.ptr[i - 2] != '.') {
			glance->sentences++;
		} else if (c == 0xE3 && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0x80) {
			glance->sentences += (unsigned char)text.ptr[i + 2] == 0x82;
			glance->commas += (unsigned char)text.ptr[i + 2] == 0x81;
		} else if (c == 0xEF && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xBC && (unsigned char)text.ptr[i + 2] == 0x8C) {
			glance->commas++;
		}
	}
}

/* First pass: words, and which language most function words belong to. */
static void look_at_words(struct arena *arena, const struct text_units *units, struct text_glances *glances)
{
	uint64_t votes[LANGUAGE_WORD_MAX] = {0};
	size_t unspaced = 0, words = 0;
	for (size_t i = 0; i < units->count; i++) {
		const struct text_unit *unit = &units->items[i];
		struct text_glance *glance = &glances->items[i];
		struct word word;
		uint64_t hash = 0;
		for (size_t at = 0; word_next(unit->text, &at, &word);) {
			arena_tick(arena);
			hash = hash_mix(hash ^ word.hash);
			glance->words++;
			glance->letters += word.letters;
			glance->upper += word.upper;
			glance->capitals += word.all_upper;
			glance->digits += word.digits > 0 && word.letters == 0;
			glance->unspaced += word.unspaced;
			uint64_t mask = unit->columns >= 60 ? language_word_mask(word.hash) : 0;
			for (; mask; mask &= mask - 1)
				votes[__builtin_ctzll(mask)]++;
		}
		unspaced += glance->unspaced, words += glance->words;
		glance->hash = hash;
		glance->hits = furniture_find(unit->text);
		glance->ending = text_ending_of(unit->text);
		count_stops(unit->text, glance);
		glance->shorty = unit->columns <= 40 && glance->ending != ENDING_STOP && glance->ending != ENDING_QUOTE;
	}
	glances->unspaced_page = unspaced * 2 > words;
	size_t best = 0;
	for (size_t i = 1; i < LANGUAGE_WORD_MAX; i++)
		if (votes[i] > votes[best])
			best = i;
	glances->language_bit = votes[best] ? UINT64_C(1) << best : 0;
}

static bool ends_sentence(enum text_ending ending)
{
	return ending == ENDING_STOP || ending == ENDING_MARK || ending == ENDING_QUOTE || ending == ENDING_COLON || ending == ENDING_ELLIPSIS;
}

/* Running text: words enough for a sentence, and an end or a length like one's. */
static void look_for_prose(const struct text_units *units, struct text_glances *glances)
{
	for (size_t i = 0; i < units->count; i++) {
		struct text_glance *g = &glances->items[i];
		uint32_t columns = units->items[i].columns;
		g->prose = (g->words >= 12 && (ends_sentence(g->ending) || columns >= 160)) ||
		           (g->unspaced * 2 > g->words && columns >= 35 && (ends_sentence(g->ending) || columns >= 80));
		if (units->items[i].link_columns * 2 > columns)
			g->prose = false;
	}
}

/* Content words of prose and in how many units they occur: a unit about the same matter shares them. */
struct vocabulary {
	struct entry {
		uint32_t hash, units, last;
	} * slots;
	size_t mask;
};

static struct entry *vocabulary_slot(struct vocabulary *vocabulary, uint32_t hash)
{
	size_t i = hash_mix(hash) & vocabulary->mask;
	while (vocabulary->slots[i].units && vocabulary->slots[i].hash != hash)
		i = (i + 1) & vocabulary->mask;
	return &vocabulary->slots[i];
}

static bool is_content(uint64_t language_bit, const struct word *word)
{
	if (word->unspaced)
		return false;
	return word->letters >= 4 && !(language_word_mask(word->hash) & (language_bit | 1));
}

static struct vocabulary vocabulary_make(struct arena *arena, const struct text_units *units, const struct text_glances *glances)
{
	struct vocabulary vocabulary = {.mask = 63};
	size_t words = 0;
	for (size_t i = 0; i < units->count; i++)
		words += glances->items[i].words;
	while (vocabulary.mask < words * 2)
		vocabulary.mask = vocabulary.mask * 2 + 1;
	vocabulary.slots = arena_array(arena, struct entry, vocabulary.mask + 1);
	return vocabulary;
}

static void learn_words(struct arena *arena, struct vocabulary *vocabulary, struct slice text, uint64_t language_bit, uint32_t unit)
{
	struct word word;
	for (size_t at = 0; word_next(text, &at, &word);) {
		arena_tick(arena);
		if (!is_content(language_bit, &word))
			continue;
		struct entry *entry = vocabulary_slot(vocabulary, word.hash);
		entry->hash = word.hash;
		if (entry->last != unit)
			entry->units++, entry->last = unit;
	}
}

static void look_at_topic(struct arena *arena, struct vocabulary *vocabulary, struct slice text, uint64_t language_bit, struct text_glance *glance)
{
	struct word word;
	for (size_t at = 0; word_next(text, &at, &word);) {
		arena_tick(arena);
		glance->function += (language_word_mask(word.hash) & language_bit) != 0;
		if (!is_content(language_bit, &word))
			continue;
		uint32_t others = vocabulary_slot(vocabulary, word.hash)->units - glance->prose;
		glance->content++;
		glance->known += others > 0;
		glance->on_topic += others > 1;
	}
}

struct text_glances text_glances_take(struct arena *arena, const struct text_units *units)
{
	struct text_glances glances = {.items = arena_array(arena, struct text_glance, units->count + 1)};
	look_at_words(arena, units, &glances);
	look_for_prose(units, &glances);
	struct vocabulary vocabulary = vocabulary_make(arena, units, &glances);
	for (size_t i = 0; i < units->count; i++)
		if (glances.items[i].prose)
			learn_words(arena, &vocabulary, units->items[i].text, glances.language_bit, (uint32_t)i + 1);
	for (size_t i = 0; i < units->count; i++)
		look_at_topic(arena, &vocabulary, units->items[i].text, glances.language_bit, &glances.items[i]);
	return glances;
}
