/* repeats: see repeats.h. Whole names are kept by the hash of their words; a walk over the words asks for those that begin as a name does. */
#include "tag/repeats.h"

#include "tag/labels.h"
#include "tag/mentions.h"
#include "tag/titles.h"
#include "tag/wordlist.h"

#define NAME_WORDS_MAX 8

struct repeat_slot {
	uint64_t key;
	uint32_t votes[NAME_TYPES];
};

struct repeats {
	const struct document *document;
	struct repeat_slot *slots;
	size_t mask;
	uint8_t *longest; /* by form: the words of the longest name that begins with it; 0: none does */
};

static struct repeat_slot *slot_of(const struct repeats *repeats, uint64_t key)
{
	size_t at = (size_t)(key >> 8) & repeats->mask;

	key |= 1;
	while (repeats->slots[at].key != 0 && repeats->slots[at].key != key)
		at = (at + 1) & repeats->mask;
	return &repeats->slots[at];
}

/* By the words as they are written. */
static uint64_t key_of(const struct document *document, size_t first, size_t last)
{
	uint64_t key = 0;

	for (size_t i = first; i < last; i++)
		key = lexicon_extend(key, document->words[i].exact);
	return key;
}

/* "Imam": somebody's name here, an office there. */
static bool is_title(struct slice word)
{
	bool female = false, male = false;

	return word_is_title(word, &female, &male);
}

static void count_names(struct repeats *repeats, const uint8_t *labels)
{
	const struct document *document = repeats->document;

	for (size_t i = 0; i < document->count; i++) {
		if (!label_begins(labels[i]))
			continue;
		size_t last = label_name_last(labels, i, document->count) + 1, length = last - i;
		enum name_type type = label_type(labels[i]);
		if (last > document->count || length > NAME_WORDS_MAX || type == NAME_PRODUCT || type == NAME_OTHER ||
			document->words[i].token->text.len < 2)
			continue;
		if (length == 1 && is_title(document->words[i].token->text))
			continue;
		uint64_t key = key_of(document, i, last);
		struct repeat_slot *slot = slot_of(repeats, key);
		slot->key = key | 1;
		slot->votes[type]++;
		uint8_t *longest = &repeats->longest[document->words[i].entry];
		*longest = *longest < length ? (uint8_t)length : *longest;
	}
}

/* True for a capital that isn't only that of a sentence's first word: "At Orla Tidewater" begins with a word that the article has small, too. */
static bool is_proper(const struct document *document, size_t word)
{
	unsigned flags = document->words[word].token->flags;

	return flags & TOKEN_CAPITAL && !(flags & TOKEN_SENTENCE && document->forms[document->words[word].entry].small > 0);
}

/* True if a capital, a hyphen or a sum of money beside the words says that they are part of something else. */
static bool is_part(const struct document *document, size_t first, size_t last)
{
	static const char *const units[] = {"$", "dollar", "dollars"};

	if (first > 0 && !(document->words[first].token->flags & TOKEN_SENTENCE)) {
		if (is_proper(document, first - 1) || (slice_is(document_text(document, first - 1), "-") && document->words[first].token->flags & TOKEN_GLUED))
			return true;
	}
	if (last == document->count || document->words[last].token->flags & TOKEN_SENTENCE)
		return false;
	const struct token *behind = document->words[last].token;
	return behind->flags & TOKEN_CAPITAL || (slice_is(behind->text, "-") && behind->flags & TOKEN_GLUED) ||
		wordlist_has(WORDLIST(units), behind->text);
}

/* The length of the known name that begins at `first` in words without labels, and its type; 0 if none does. */
static size_t known_at(const struct repeats *repeats, const uint8_t *labels, size_t first, enum name_type *type)
{
	const struct document *document = repeats->document;
	size_t length = repeats->longest[document->words[first].entry];

	for (; length > 0; length--) {
		size_t last = first + length, free = first;
		while (free < last && free < document->count && labels[free] == LABEL_O &&
			(free == first || !(document->words[free].token->flags & TOKEN_SENTENCE)))
			free++;
		if (free < last || is_part(document, first, last) ||
			(length == 1 && document->forms[document->words[first].entry].small > 0))
			continue;
		const struct repeat_slot *slot = slot_of(repeats, key_of(document, first, last));
		if (slot->key == 0)
			continue;
		*type = NAME_PERSON;
		for (int t = 0; t < NAME_TYPES; t++)
			*type = slot->votes[t] > slot->votes[*type] ? (enum name_type)t : *type;
		return length;
	}
	return 0;
}

void repeats_label(struct arena *arena, const struct document *document, uint8_t *labels, float *scores)
{
	struct repeats repeats = {.document = document};
	size_t names = 0, slots = 16;
	enum name_type type;

	for (size_t i = 0; i < document->count; i++)
		names += label_begins(labels[i]);
	if (names == 0)
		return;
	while (slots < names * 2)
		slots *= 2;
	repeats.slots = arena_array(arena, struct repeat_slot, slots);
	repeats.mask = slots - 1;
	repeats.longest = arena_array(arena, uint8_t, document->form_count);
	count_names(&repeats, labels);
	for (size_t i = 0; i < document->count; i++) {
		arena_tick(arena);
		size_t length = labels[i] == LABEL_O ? known_at(&repeats, labels, i, &type) : 0;
		for (size_t k = i; k < i + length; k++) {
			labels[k] = label_within(k, i, i + length, type);
			scores[k] = 0.5f;
		}
	}
}
