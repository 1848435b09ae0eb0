/* amounts: numbers in figures and words, as quantities are made of, and how the tokens around one are looked at. */
#ifndef COPYDESK_AMOUNTS_H
#define COPYDESK_AMOUNTS_H

#include "tag/tokens.h"

/* A number and the tokens that it takes. */
struct amount {
	size_t first, last;
	double value, factor; /* factor: of the magnitudes behind it, 1 without */
	bool figures;
};

static inline struct slice text_at(const struct tokens *tokens, size_t index)
{
	return index < tokens->count ? tokens->items[index].text : SLICE_NONE;
}

static inline bool is_at(const struct tokens *tokens, size_t index, const char *word)
{
	return slice_equal_nocase(text_at(tokens, index), slice_of(word));
}

static inline bool is_glued(const struct tokens *tokens, size_t index)
{
	return index < tokens->count && tokens->items[index].flags & TOKEN_GLUED;
}

static inline bool same_sentence(const struct tokens *tokens, size_t a, size_t b)
{
	return b < tokens->count && tokens->items[a].sentence == tokens->items[b].sentence;
}

/* A hyphen or dash that touches what stands on both its sides. */
static inline bool joins_at(const struct tokens *tokens, size_t index)
{
	struct slice text = text_at(tokens, index);

	return is_glued(tokens, index) && is_glued(tokens, index + 1) && (slice_is(text, "-") || slice_is(text, "–") || slice_is(text, "‑"));
}

/* The amount that begins at token `at`; false if none does. "half a" is one even without a magnitude: a unit must follow then. */
bool amount_read(const struct tokens *tokens, size_t at, struct amount *amount);
/* Multiplies by the magnitudes behind it ("million", "bn"), which it takes along. */
void amount_multiply(const struct tokens *tokens, struct amount *amount);
/* The number of a token of figures, with its separators. */
bool amount_figures(struct slice text, double *value);
/* True for a token of digits only, at least and at most so many. */
bool amount_is_digits(const struct tokens *tokens, size_t at, size_t least, size_t most);

#endif
