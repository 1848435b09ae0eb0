/* views: see views.h. */
#include "tag/views.h"

struct collector {
	uint32_t *rows;
	size_t count;
};

static inline void put(struct collector *to, uint32_t row)
{
	if (to->count < VIEWS_MAX)
		to->rows[to->count++] = row;
}

static inline uint32_t slot(uint32_t hash, uint32_t rows) { return (uint32_t)(hash * 0x9E3779B97F4A7C15u >> 40) % rows; }

static void put_affixes(struct collector *to, const struct word *word)
{
	for (size_t i = 1; i < WORD_AFFIXES; i++) {
		if (word->prefix[i] && i >= 2)
			put(to, VIEWS_AFFIX + slot(word->prefix[i], VIEWS_AFFIX_ROWS));
		if (word->suffix[i])
			put(to, VIEWS_AFFIX + slot(word->suffix[i] ^ 0x55, VIEWS_AFFIX_ROWS)); /* not the rows of a prefix of the same bytes */
	}
}

static void put_groups(struct collector *to, const struct word *word)
{
	put(to, VIEWS_SHAPE + slot(word->shape, VIEWS_SHAPE_ROWS));
	put(to, VIEWS_FINE + word->fine % VIEWS_FINE_ROWS);
	for (uint32_t part = 0; word->codes && part < LEXICON_PARTS; part++)
		put(to, VIEWS_CODE + part * LEXICON_CODES + word->codes[part]);
}

static inline uint32_t bucket(size_t count) { return count > 2 ? 2 : (uint32_t)count; }

static void put_facts(struct collector *to, const struct document *document, size_t at)
{
	const struct word *word = &document->words[at];
	struct elsewhere elsewhere = document_elsewhere(document, at);

	for (uint32_t flags = word->token->flags & ((1u << VIEWS_FLAGS) - 1); flags; flags &= flags - 1)
		put(to, VIEWS_FLAG + (uint32_t)__builtin_ctz(flags));
	put(to, VIEWS_CAPITAL + bucket(elsewhere.capital));
	put(to, VIEWS_SMALL + bucket(elsewhere.small));
	for (uint32_t inside = word->inside & 3; inside; inside &= inside - 1)
		put(to, VIEWS_INSIDE + (uint32_t)__builtin_ctz(inside));
	for (uint64_t bits = word->names; bits; bits &= bits - 1)
		put(to, VIEWS_NAMES + (uint32_t)__builtin_ctzll(bits));
}

bool views_same(const struct word *a, const struct word *b)
{
	uint32_t flags = (a->token->flags ^ b->token->flags) & ((1u << VIEWS_FLAGS) - 1);

	return !flags && a->entry == b->entry && a->shape == b->shape && a->fine == b->fine && a->codes == b->codes && a->names == b->names &&
		a->inside == b->inside && memcmp(a->prefix, b->prefix, sizeof a->prefix) == 0 && memcmp(a->suffix, b->suffix, sizeof a->suffix) == 0;
}

size_t views_read(const struct document *document, size_t at, uint32_t rows[VIEWS_MAX])
{
	struct collector to = {.rows = rows};
	const struct word *word = &document->words[at];

	put_affixes(&to, word);
	put_groups(&to, word);
	put_facts(&to, document, at);
	return to.count;
}
