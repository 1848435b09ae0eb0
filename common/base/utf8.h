/* utf8: Unicode text as stages need it. Offsets in messages are code points; offsets in memory are bytes; this file converts.
 *
 * Decoding follows Unicode 15 table 3-7 (no overlong forms, no surrogates, at most U+10FFFF). Properties, NFC and case folding
 * come from utf8proc. */
#ifndef COPYDESK_UTF8_H
#define COPYDESK_UTF8_H

#include "base/arena.h"

#define UTF8_INVALID 0xFFFFFFFFu

/* Decodes the code point at s.ptr[*at] and moves *at behind it. At an invalid byte: UTF8_INVALID, *at moves one byte on.
 * The caller ensures *at < s.len. */
uint32_t utf8_next(struct slice s, size_t *at);
/* The code point that ends at *at (exclusive); *at moves to its start. The text is valid and *at > 0. */
uint32_t utf8_previous(struct slice s, size_t *at);
/* Writes 1–4 bytes; returns their number. Invalid code points become U+FFFD. */
size_t utf8_encode(uint32_t codepoint, char out[4]);

bool utf8_valid(struct slice s);
/* Code points of valid text. */
size_t utf8_length(struct slice s);
/* s with each maximal ill-formed part replaced by U+FFFD and NUL bytes dropped; s itself if it is clean. */
struct slice utf8_repair(struct arena *arena, struct slice s);
/* NFC of valid text; s itself if it already is (ASCII and quick-check cases cost a scan). */
struct slice utf8_nfc(struct arena *arena, struct slice s);
/* The letter without its marks: e for é, l for ł; 0 for a combining mark, c itself for what has none. */
uint32_t utf8_plain(uint32_t c);
/* Full case folding (Unicode CaseFolding C+F), then NFC. */
struct slice utf8_fold(struct arena *arena, struct slice s);
/* Runs of white space (Unicode, and zero-width characters) as one space, none at the ends. */
struct slice utf8_squeeze(struct arena *arena, struct slice s);

/* Bytes of `word` (lower case) that s begins with in any case, 0 if it doesn't. Both are valid text. */
size_t utf8_begins(struct slice s, const char *word);
/* The first byte of s in lower case, 0 of empty text: a word of a list that begins with another one needn't be compared. */
char utf8_lead(struct slice s);

bool utf8_is_space(uint32_t c);  /* White_Space, ZWSP, BOM */
bool utf8_is_letter(uint32_t c); /* L* and M* */
bool utf8_is_digit(uint32_t c);  /* Nd */
bool utf8_is_upper(uint32_t c);  /* Lu, Lt */
bool utf8_is_lower(uint32_t c);  /* Ll */
uint32_t utf8_to_lower(uint32_t c);
uint32_t utf8_to_upper(uint32_t c);
/* Scripts written without spaces between words: Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar. */
bool utf8_is_unspaced(uint32_t c);

#endif
