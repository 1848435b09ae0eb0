/* tokens: one field of an article as tokens and sentences, with exact offsets. Everything the tag stage finds is a run of tokens.
 *
 * Tokens never overlap and cover every character that isn't white space. Hyphens, dashes and slashes between words are tokens of
 * their own ("Jong-un", "US-led", "1996-08-22", "mid-1990s" are three or more each; flag TOKEN_GLUED tells that no space stood
 * before); "'s" and "’s" are split from their word; a blank that a text has behind its apostrophes is part of the token ("King|’ s",
 * "don’ t"); abbreviations and initials keep their full stop ("U.S.", "Jan.", "J."), except that the full stop of an ordinary word is a
 * token. Numbers keep decimal points, thousands separators and clock colons ("1,234.5", "10:35"); a currency sign, a percent sign and a
 * unit that touch a number are tokens of their own, letters too ("5pm" = "5" + "pm", "1990s" = "1990" + "s", "11th" = "11" + "th").
 * Addresses of pages and mail, @names and #tags are one token. Runs of a script without spaces (Han, Kana, Thai…) are one token each,
 * flagged TOKEN_UNSPACED and left alone by everyone.
 * Sentences are marked by sentences.c. Cost is linear in the bytes. */
#ifndef COPYDESK_TOKENS_H
#define COPYDESK_TOKENS_H

#include "base/arena.h"

enum token_flag {
	TOKEN_WORD = 1 << 0,      /* has a letter */
	TOKEN_NUMBER = 1 << 1,    /* begins with a digit: 7, 1,234.5, 10:35 */
	TOKEN_PUNCT = 1 << 2,     /* punctuation or symbol only */
	TOKEN_CAPITAL = 1 << 3,   /* its first letter is upper case */
	TOKEN_UPPER = 1 << 4,     /* no lower-case letter, at least two upper-case ones */
	TOKEN_GLUED = 1 << 5,     /* no white space before it */
	TOKEN_LINE = 1 << 6,      /* first of its line */
	TOKEN_SENTENCE = 1 << 7,  /* first of its sentence */
	TOKEN_DOTTED = 1 << 8,    /* abbreviation or initials with their full stop: "U.S.", "Mr.", "J." */
	TOKEN_ADDRESS = 1 << 9,   /* URL, mail address, @name, #tag */
	TOKEN_UNSPACED = 1 << 10, /* a run of a script without spaces */
	TOKEN_POSSESSIVE = 1 << 11, /* "'s", "’s", or the lone apostrophe behind a plural */
	TOKEN_SHOUTED = 1 << 12,  /* its sentence is all upper case: case tells nothing */
	TOKEN_TITLED = 1 << 13,   /* its sentence capitalises nearly every word, as headlines do */
};

struct token {
	struct slice text;      /* points into the field's text */
	uint32_t byte_start, byte_end;
	uint32_t start, end;    /* code points, end exclusive */
	uint32_t sentence;      /* index into sentences */
	uint32_t flags;
};

struct sentence {
	uint32_t first, last; /* tokens, last exclusive; never empty */
};

struct tokens {
	struct slice text; /* the field */
	struct token *items;
	size_t count;
	struct sentence *sentences;
	size_t sentence_count;
};

/* The tokens of `text` (valid UTF-8, at most 4 GiB), in arena memory; the slices point into `text`. */
void tokens_read(struct arena *arena, struct slice text, struct tokens *tokens);
/* The text from the start of token `first` to the end of token `last` (inclusive), white space and all. */
struct slice tokens_span(const struct tokens *tokens, size_t first, size_t last);

#endif
