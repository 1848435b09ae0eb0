/* datetokens: a text as the row of numbers, words and signs in which dates are looked for. */
#ifndef COPYDESK_DATETOKENS_H
#define COPYDESK_DATETOKENS_H

#include "base/slice.h"
#include "extract/datewords.h"

enum date_token_kind { TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN };

struct date_token {
	enum date_token_kind kind;
	size_t start, end;            /* bytes of the text */
	int64_t value;                /* of a number; of a longer one its first 15 digits */
	int digits;                   /* of a number, leading zeros too */
	uint32_t sign;                /* code point; white space is no token */
	bool spaced;                  /* white space before it */
	const struct date_word *word; /* what a word means in dates, or NULL */
};

#define DATE_TOKENS_MAX 160
struct date_tokens {
	struct slice text;
	struct date_token items[DATE_TOKENS_MAX];
	size_t count;
};

/* The first DATE_TOKENS_MAX tokens of `text`, which must outlive them. */
void date_tokenize(struct date_tokens *tokens, struct slice text);

/* Past the end: a sign that is none, never NULL. */
static inline const struct date_token *token_at(const struct date_tokens *tokens, size_t at)
{
	static const struct date_token nothing = {.kind = TOKEN_SIGN};

	return at < tokens->count ? &tokens->items[at] : &nothing;
}

static inline bool token_is_number(const struct date_token *token, int min_digits, int max_digits)
{
	return token->kind == TOKEN_NUMBER && token->digits >= min_digits && token->digits <= max_digits;
}

static inline bool token_is_sign(const struct date_token *token, uint32_t sign)
{
	return token->kind == TOKEN_SIGN && token->sign == sign;
}

/* One of `signs`, which end with 0. */
static inline bool token_is_one_of(const struct date_token *token, const uint32_t *signs)
{
	while (*signs && !token_is_sign(token, *signs))
		signs++;
	return *signs != 0;
}

static inline bool token_means(const struct date_token *token, enum date_word_kind kind)
{
	return token->word && token->word->kind == kind;
}

static inline size_t token_bytes(const struct date_token *token)
{
	return token->end - token->start;
}

#endif
