/* datetokens: see datetokens.h. The hard thing is scripts without spaces: each character is a word, unless two together mean
 * something. */
#include "extract/datetokens.h"

#include "base/utf8.h"
#include "extract/wordscan.h"

static int digit_value(uint32_t c)
{
	static const uint32_t zeros[] = {'0', 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10};

	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
		if (c >= zeros[i] && c <= zeros[i] + 9)
			return (int)(c - zeros[i]);
	return -1;
}

/* `digit` is the first one, *at is behind it. */
static void read_number(struct slice text, size_t *at, int digit, struct date_token *token)
{
	size_t next = *at;

	token->kind = TOKEN_NUMBER;
	while (digit >= 0) {
		if (token->digits++ < 15)
			token->value = token->value * 10 + digit;
		*at = next;
		digit = next < text.len ? digit_value(utf8_next(text, &next)) : -1;
	}
}

static size_t letters_end(struct slice text, size_t at)
{
	for (size_t next = at; next < text.len; at = next) {
		uint32_t c = utf8_next(text, &next);
		if (!utf8_is_letter(c) || utf8_is_unspaced(c))
			break;
	}
	return at;
}

/* 上午, 午後: two characters make a word. */
static size_t pair_end(struct slice text, size_t start, size_t at)
{
	size_t next = at;

	if (at < text.len && utf8_is_unspaced(utf8_next(text, &next)) && date_word(word_hash(slice_sub(text, start, next))))
		return next;
	return at;
}

static bool is_thai(uint32_t c) { return c >= 0xE01 && c <= 0xE4E; }

static size_t thai_end(struct slice text, size_t at)
{
	for (size_t next = at; next < text.len && is_thai(utf8_next(text, &next)); at = next)
		;
	return at;
}

/* Thai is written without spaces, but dates have them around their words; a short month is two letters with a point between:
 * "พ.ค". */
static size_t thai_word_end(struct slice text, size_t start, size_t at)
{
	size_t end = thai_end(text, at), behind = end < text.len && text.ptr[end] == '.' ? thai_end(text, end + 1) : end;
	return behind > end + 1 && date_word(word_hash(slice_sub(text, start, behind))) ? behind : end;
}

/* `first` is the first letter, *at is behind it. */
static void read_word(struct slice text, size_t *at, uint32_t first, struct date_token *token)
{
	uint32_t hash = word_hash(SLICE(""));

	token->kind = TOKEN_WORD;
	*at = is_thai(first)                                    ? thai_word_end(text, token->start, *at)
		: first >= 0x2E80 && utf8_is_unspaced(first) ? pair_end(text, token->start, *at)
							     : letters_end(text, *at);
	for (size_t i = token->start; i < *at;)
		hash = (hash ^ utf8_to_lower(utf8_next(text, &i))) * 16777619u;
	token->word = date_word(hash);
}

static bool is_gap(uint32_t c)
{
	return c == UTF8_INVALID || utf8_is_space(c) || c == 0x200E || c == 0x200F; /* marks of direction */
}

void date_tokenize(struct date_tokens *tokens, struct slice text)
{
	bool spaced = false;

	tokens->text = text;
	tokens->count = 0;
	for (size_t at = 0; at < text.len && tokens->count < DATE_TOKENS_MAX;) {
		struct date_token token = {.kind = TOKEN_SIGN, .start = at, .spaced = spaced};
		uint32_t c = utf8_next(text, &at);
		spaced = is_gap(c);
		if (spaced)
			continue;
		int digit = digit_value(c);
		if (digit >= 0)
			read_number(text, &at, digit, &token);
		else if (utf8_is_letter(c))
			read_word(text, &at, c, &token);
		else
			token.sign = c;
		token.end = at;
		tokens->items[tokens->count++] = token;
	}
}
