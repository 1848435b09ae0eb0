/* normal: see normal.h. The hard thing is speed: this loop touches every byte of every article, so ASCII goes by a table and no
 * normalised copy of the text is ever made. */
#include "dedup/normal.h"

#include "base/hash.h"
#include "base/utf8.h"

#define WORD_BYTES 120

enum char_class { OTHER, LETTER, DIGIT, SENTENCE_END, LINE_END, WIDE };

#define L LETTER
#define D DIGIT
#define S SENTENCE_END
#define W WIDE
static const uint8_t CLASS_OF_BYTE[256] = {
	['\n'] = LINE_END, ['\r'] = LINE_END, ['.'] = S, ['!'] = S, ['?'] = S, [':'] = S, [';'] = S, ['"'] = S, ['\''] = OTHER,
	['0'] = D, ['1'] = D, ['2'] = D, ['3'] = D, ['4'] = D, ['5'] = D, ['6'] = D, ['7'] = D, ['8'] = D, ['9'] = D,
	['A'] = L, ['B'] = L, ['C'] = L, ['D'] = L, ['E'] = L, ['F'] = L, ['G'] = L, ['H'] = L, ['I'] = L, ['J'] = L, ['K'] = L,
	['L'] = L, ['M'] = L, ['N'] = L, ['O'] = L, ['P'] = L, ['Q'] = L, ['R'] = L, ['S'] = L, ['T'] = L, ['U'] = L, ['V'] = L,
	['W'] = L, ['X'] = L, ['Y'] = L, ['Z'] = L,
	['a'] = L, ['b'] = L, ['c'] = L, ['d'] = L, ['e'] = L, ['f'] = L, ['g'] = L, ['h'] = L, ['i'] = L, ['j'] = L, ['k'] = L,
	['l'] = L, ['m'] = L, ['n'] = L, ['o'] = L, ['p'] = L, ['q'] = L, ['r'] = L, ['s'] = L, ['t'] = L, ['u'] = L, ['v'] = L,
	['w'] = L, ['x'] = L, ['y'] = L, ['z'] = L,
	[0x80 ... 0xFF] = W,
};
#undef L
#undef D
#undef S
#undef W

struct scan {
	struct arena *arena;
	struct slice text;
	size_t at;
	bool sentence_start;
	struct normal_text *out;
	size_t token_capacity, passage_capacity, passage_first;
};

static void add_token(struct scan *scan, uint64_t hash, unsigned weight, enum token_kind kind)
{
	struct normal_text *out = scan->out;

	if (out->count == scan->token_capacity)
		out->tokens = arena_grow(scan->arena, out->tokens, &scan->token_capacity, out->count + 1, sizeof(*out->tokens));
	out->tokens[out->count++] = (struct token){hash, (uint8_t)weight, (uint8_t)kind};
	scan->sentence_start = false;
	arena_tick(scan->arena);
}

static void end_passage(struct scan *scan)
{
	struct normal_text *out = scan->out;
	uint64_t hash = 0;

	scan->sentence_start = true;
	if (out->count == scan->passage_first)
		return;
	for (size_t i = scan->passage_first; i < out->count; i++)
		hash = hash_mix(hash + out->tokens[i].hash);
	if (out->passage_count == scan->passage_capacity)
		out->passages = arena_grow(
			scan->arena, out->passages, &scan->passage_capacity, out->passage_count + 1, sizeof(*out->passages));
	out->passages[out->passage_count++] = (struct passage){scan->passage_first, out->count - scan->passage_first, hash};
	scan->passage_first = out->count;
}

/* The apostrophes that stand within words, as bytes: ' and U+2019. */
static size_t apostrophe(struct slice text, size_t at)
{
	if (text.ptr[at] == '\'')
		return 1;
	return text.len - at >= 3 && memcmp(text.ptr + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static bool letter_at(struct slice text, size_t at)
{
	if (at >= text.len)
		return false;
	if ((unsigned char)text.ptr[at] < 0x80)
		return byte_is_alpha(text.ptr[at]);
	uint32_t c = utf8_next(text, &at);
	return utf8_is_letter(c) && !utf8_is_unspaced(c);
}

/* A word from scan->at on: letters with apostrophes between them, folded to lower case on the way to the hash. */
static void scan_word(struct scan *scan)
{
	struct slice text = scan->text;
	char word[WORD_BYTES + 8];
	size_t len = 0, letters = 0, at = scan->at;
	bool capital = false;

	while (at < text.len) {
		unsigned char byte = (unsigned char)text.ptr[at];
		if (byte < 0x80 && byte_is_alpha((char)byte)) {
			if (letters++ == 0)
				capital = byte <= 'Z';
			if (len < WORD_BYTES)
				word[len++] = byte_lower((char)byte);
			at++;
			continue;
		}
		size_t mark = apostrophe(text, at);
		if (mark > 0) {
			if (!letter_at(text, at + mark))
				break;
			if (len < WORD_BYTES)
				word[len++] = '\'';
			at += mark;
			continue;
		}
		if (byte < 0x80)
			break;
		size_t next = at;
		uint32_t c = utf8_next(text, &next);
		if (!utf8_is_letter(c) || utf8_is_unspaced(c))
			break;
		if (letters++ == 0)
			capital = utf8_is_upper(c);
		if (len < WORD_BYTES)
			len += utf8_encode(utf8_to_lower(c), word + len);
		at = next;
	}
	bool name = capital && !scan->sentence_start && letters > 1;
	scan->at = at;
	add_token(scan, hash64((struct slice){word, len}), WORD_WEIGHT, name ? TOKEN_NAME : TOKEN_WORD);
}

static bool digit_at(struct slice text, size_t at)
{
	return at < text.len && byte_is_digit(text.ptr[at]);
}

/* Digits, and separators that have a digit behind them. "5.1 pct" and "5.1-pct" give the same number. */
static void scan_number(struct scan *scan)
{
	struct slice text = scan->text;
	size_t start = scan->at, at = start;

	while (at < text.len) {
		char byte = text.ptr[at];
		bool joins = byte == '.' || byte == ',' || byte == '/' || byte == ':' || byte == '-';
		if (!byte_is_digit(byte) && !(joins && digit_at(text, at + 1)))
			break;
		at++;
	}
	scan->at = at;
	add_token(scan, hash64(slice_sub(text, start, at)), WORD_WEIGHT, TOKEN_NUMBER);
}

/* One character of a script written without spaces. */
static void add_character(struct scan *scan, uint32_t c)
{
	bool dense = (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;

	add_token(scan, hash_mix(c), dense ? 2 : 1, TOKEN_WORD);
}

static bool ends_sentence(uint32_t c)
{
	return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

/* A character outside ASCII. */
static void scan_wide(struct scan *scan)
{
	size_t next = scan->at;
	uint32_t c = utf8_next(scan->text, &next);

	if (utf8_is_unspaced(c) && utf8_is_letter(c)) {
		scan->at = next;
		add_character(scan, c);
	} else if (utf8_is_letter(c)) {
		scan_word(scan);
	} else if (utf8_is_digit(c)) {
		scan->at = next;
		add_token(scan, hash_mix(c), WORD_WEIGHT, TOKEN_NUMBER);
	} else {
		scan->at = next;
		if (ends_sentence(c))
			scan->sentence_start = true;
		else if (c == 0x2028 || c == 0x2029)
			end_passage(scan);
	}
}

struct normal_text normal_text(struct arena *arena, struct slice text)
{
	struct normal_text out = {.tokens = NULL};
	struct scan scan = {.arena = arena, .text = utf8_nfc(arena, text), .sentence_start = true, .out = &out};

	while (scan.at < scan.text.len) {
		switch (CLASS_OF_BYTE[(unsigned char)scan.text.ptr[scan.at]]) {
		case LETTER: scan_word(&scan); break;
		case DIGIT: scan_number(&scan); break;
		case WIDE: scan_wide(&scan); break;
		case LINE_END: end_passage(&scan); scan.at++; break;
		case SENTENCE_END: scan.sentence_start = true; scan.at++; break;
		default: scan.at++;
		}
	}
	end_passage(&scan);
	for (size_t i = 0; i < out.count; i++)
		out.hash = hash_mix(out.hash + out.tokens[i].hash);
	return out;
}
