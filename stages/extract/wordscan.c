/* wordscan: see wordscan.h. */
#include "extract/wordscan.h"

#include "base/utf8.h"

#define HASH_START 2166136261u
static uint32_t hash_step(uint32_t hash, uint32_t c) { return (hash ^ c) * 16777619u; }

static bool is_word_ascii(unsigned char c) { return byte_is_alpha((char)c) || byte_is_digit((char)c); }

/* An apostrophe or hyphen between letters belongs to the word: "l'eau", "don’t", "so-called". */
static bool joins(uint32_t c) { return c == '\'' || c == 0x2019 || c == '-' || c == 0x2010 || c == 0x2011; }

bool word_next(struct slice text, size_t *at, struct word *word)
{
	size_t i = *at, start, pending = 0;
	uint32_t pending_char = 0;
	*word = (struct word){.hash = HASH_START};
	bool lower = false, begun = false;
	size_t capitals = 0;
	for (start = i; i < text.len;) {
		size_t before = i;
		uint32_t c = (unsigned char)text.ptr[i];
		bool letter, digit = false;
		if (c < 0x80) {
			i++;
			digit = byte_is_digit((char)c);
			letter = is_word_ascii((unsigned char)c) && !digit;
		} else {
			c = utf8_next(text, &i);
			letter = utf8_is_letter(c);
			digit = !letter && utf8_is_digit(c);
		}
		if (!letter && !digit) {
			if (!begun)
				continue;
			if (pending || !joins(c))
				break;
			pending = before, pending_char = c == 0x2019 ? '\'' : c > 0x80 ? '-' : c;
			continue;
		}
		if (letter && c >= 0x0E00 && utf8_is_unspaced(c)) {
			if (begun) {
				if (!pending)
					pending = before;
				break;
			}
			*word = (struct word){slice_sub(text, before, i), hash_step(HASH_START, c), 1, 0, false, false, true};
			*at = i;
			return true;
		}
		if (!begun)
			start = before, begun = true;
		if (pending)
			word->hash = hash_step(word->hash, pending_char), pending = 0;
		uint32_t small = c < 0x80 ? (uint32_t)(unsigned char)byte_lower((char)c) : utf8_to_lower(c);
		if (small != c) {
			if (!word->letters && !word->digits)
				word->upper = true;
			capitals++;
		} else if (letter) {
			lower = true;
		}
		word->hash = hash_step(word->hash, small);
		if (letter && word->letters < UINT16_MAX)
			word->letters++;
		else if (digit && word->digits < UINT16_MAX)
			word->digits++;
		word->text = slice_sub(text, start, i);
	}
	if (!begun)
		return false;
	*at = pending ? pending : (size_t)(word->text.ptr - text.ptr) + word->text.len;
	word->all_upper = capitals > 1 && !lower;
	return true;
}

uint32_t word_hash(struct slice lower)
{
	uint32_t hash = HASH_START;
	for (size_t i = 0; i < lower.len;)
		hash = hash_step(hash, utf8_next(lower, &i));
	return hash;
}
