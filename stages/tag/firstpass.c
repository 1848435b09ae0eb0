/* firstpass: see firstpass.h. */
#include "tag/firstpass.h"

static void count_name(struct name_votes *votes, int type, size_t length)
{
	votes->types[type]++;
	if (length > votes->longest) {
		votes->longest = (uint8_t)(length > 255 ? 255 : length);
		votes->longest_type = (uint8_t)type;
	}
}

/* Whole names are counted in a table by the hash of their forms. */
struct phrase_slot {
	uint64_t hash;
	struct name_votes votes;
};

static struct phrase_slot *phrase_of(struct phrase_slot *slots, size_t mask, uint64_t hash)
{
	size_t at = (size_t)hash & mask;

	while (slots[at].hash != 0 && slots[at].hash != hash)
		at = (at + 1) & mask;
	slots[at].hash = hash;
	return &slots[at];
}

/* The end (exclusive) of the name that begins at `first`. */
static size_t name_end(const uint8_t *labels, size_t first, size_t count)
{
	size_t last = label_name_last(labels, first, count);

	return last < count ? last + 1 : count;
}

void first_pass_read(struct arena *arena, const struct document *document, const uint8_t *labels, struct first_pass *pass)
{
	size_t count = document->count, slots = 16, names = 0;
	struct name_votes *votes = arena_array(arena, struct name_votes, document->form_count + 1);
	const struct name_votes **by_word = arena_array(arena, const struct name_votes *, count + 1);

	for (size_t i = 0; i < count; i++)
		names += label_begins(labels[i]);
	while (slots < names * 2 + 1)
		slots *= 2;
	struct phrase_slot *phrases = arena_array(arena, struct phrase_slot, slots);
	for (size_t i = 0; i < count;) {
		if (!label_begins(labels[i])) {
			votes[document->words[i++].entry].outside++;
			continue;
		}
		size_t end = name_end(labels, i, count);
		uint64_t hash = 0;
		for (size_t k = i; k < end; k++) {
			hash = lexicon_extend(hash, document->words[k].form);
			count_name(&votes[document->words[k].entry], (int)label_type(labels[i]), end - i);
		}
		struct phrase_slot *slot = phrase_of(phrases, slots - 1, hash | 1);
		count_name(&slot->votes, (int)label_type(labels[i]), end - i);
		for (; i < end; i++)
			by_word[i] = &slot->votes;
	}
	*pass = (struct first_pass){.labels = labels, .votes = votes, .phrase_votes = by_word};
}
