/* timetokens: see timetokens.h. */
#include "tag/timetokens.h"

#include "tag/timezones.h"

struct scan {
	struct arena *arena;
	struct slice text;
	size_t at;
	struct time_token *tokens;
	size_t count, capacity;
	bool glued, money;
};

static struct time_token *scan_add(struct scan *scan, enum time_kind kind, size_t end, int32_t value)
{
	if (scan->count == scan->capacity)
		scan->tokens = arena_grow(scan->arena, scan->tokens, &scan->capacity, scan->count + 1, sizeof(*scan->tokens));
	struct time_token *token = &scan->tokens[scan->count++];
	*token = (struct time_token){(uint32_t)scan->at, (uint32_t)end, value, (uint8_t)kind, 0,
		(uint8_t)((scan->glued ? TIMETOKEN_GLUED : 0) | (scan->money ? TIMETOKEN_MONEY : 0)), 0};
	scan->at = end;
	scan->glued = true;
	scan->money = false;
	arena_tick(scan->arena);
	return token;
}

static char byte_at(const struct scan *scan, size_t at) { return at < scan->text.len ? scan->text.ptr[at] : '\0'; }

/* Length of an apostrophe at `at`, straight or curled, else 0. */
static size_t apostrophe(const struct scan *scan, size_t at)
{
	if (byte_at(scan, at) == '\'')
		return 1;
	return byte_at(scan, at) == '\xE2' && byte_at(scan, at + 1) == '\x80' &&
		(byte_at(scan, at + 2) == '\x99' || byte_at(scan, at + 2) == '\x98') ? 3 : 0;
}

static bool letter_at(const struct scan *scan, size_t at)
{
	char c = byte_at(scan, at);
	return byte_is_alpha(c) || ((unsigned char)c >= 0xC3 && c != '\xE2'); /* E2: dashes and quotes */
}

/* "st", "nd", "rd", "th" behind a number. */
static bool ordinal_suffix(const struct scan *scan, size_t at)
{
	static const char SUFFIXES[][2] = {{'s', 't'}, {'n', 'd'}, {'r', 'd'}, {'t', 'h'}};
	for (size_t i = 0; i < 4; i++)
		if (byte_lower(byte_at(scan, at)) == SUFFIXES[i][0] && byte_lower(byte_at(scan, at + 1)) == SUFFIXES[i][1])
			return !letter_at(scan, at + 2);
	return false;
}

/* The s of "1990s" or "90's": where it ends, or 0. */
static size_t decade_suffix(const struct scan *scan, size_t at)
{
	at += apostrophe(scan, at);
	return byte_at(scan, at) == 's' && !letter_at(scan, at + 1) && !byte_is_digit(byte_at(scan, at + 1)) ? at + 1 : 0;
}

static void scan_number(struct scan *scan)
{
	size_t at = scan->at;
	int64_t value = 0;
	unsigned digits = 0, flags = 0;
	for (; byte_is_digit(byte_at(scan, at)); at++, digits++)
		value = value < 1000000000 ? value * 10 + (byte_at(scan, at) - '0') : value;
	while (digits <= 3 + 3 * (flags != 0) && byte_at(scan, at) == ',' && byte_is_digit(byte_at(scan, at + 1)) &&
		byte_is_digit(byte_at(scan, at + 2)) && byte_is_digit(byte_at(scan, at + 3)) && !byte_is_digit(byte_at(scan, at + 4))) {
		for (size_t i = 1; i <= 3; i++)
			value = value < 1000000000 ? value * 10 + (byte_at(scan, at + i) - '0') : value;
		flags |= TIMETOKEN_GROUPED;
		at += 4;
	}
	if (value > INT32_MAX)
		value = INT32_MAX;
	size_t decade = decade_suffix(scan, at);
	if (decade != 0 && flags == 0 && value % 10 == 0 && (digits == 4 || digits == 2)) {
		scan_add(scan, TK_DECADE, decade, (int32_t)value)->digits = (uint8_t)digits;
		return;
	}
	if (ordinal_suffix(scan, at)) {
		scan_add(scan, TK_ORDINAL, at + 2, (int32_t)value)->digits = (uint8_t)digits;
		return;
	}
	if (byte_at(scan, at) == '.' && byte_is_digit(byte_at(scan, at + 1)) && digits > 2)
		flags |= TIMETOKEN_FRACTION;
	struct time_token *token = scan_add(scan, TK_NUMBER, at, (int32_t)value);
	token->digits = (uint8_t)(digits < 255 ? digits : 255);
	token->flags |= (uint8_t)flags;
}

/* a.m., p.m. with or without the last stop, at a word that is "a" or "p". */
static bool scan_ampm(struct scan *scan, size_t word_end)
{
	char first = byte_lower(scan->text.ptr[scan->at]);
	if (word_end != scan->at + 1 || (first != 'a' && first != 'p') || byte_at(scan, word_end) != '.' ||
		byte_lower(byte_at(scan, word_end + 1)) != 'm' || letter_at(scan, word_end + 2))
		return false;
	scan_add(scan, TK_AMPM, word_end + 2 + (byte_at(scan, word_end + 2) == '.'), first == 'p' ? 12 : 0);
	return true;
}

/* o'clock, won't, isn't: words around an apostrophe. */
static bool scan_contraction(struct scan *scan, size_t word_end)
{
	size_t mark = apostrophe(scan, word_end);
	if (mark == 0)
		return false;
	struct slice word = slice_sub(scan->text, scan->at, word_end);
	struct slice rest = slice_sub(scan->text, word_end + mark, word_end + mark + 5);
	if (slice_equal_nocase(word, SLICE("o")) && slice_equal_nocase(rest, SLICE("clock"))) {
		scan_add(scan, TK_OCLOCK, word_end + mark + 5, 0);
		return true;
	}
	if (byte_lower(byte_at(scan, word_end + mark)) != 't' || letter_at(scan, word_end + mark + 1) || word.len < 2)
		return false;
	const struct time_word *stem = time_word_find(slice_sub(word, 0, word.len - 1));
	bool will = slice_equal_nocase(word, SLICE("won"));
	bool tense = will || (stem && stem->kind == TK_TENSE);
	scan_add(scan, tense ? TK_TENSE : TK_WORD, word_end + mark + 1, will ? TENSE_FUTURE : tense ? stem->value : 0);
	return true;
}

/* 年, 月, 日 and their Korean likes, right behind a number: a token of their own in text without spaces. */
static bool date_sign(const struct scan *scan)
{
	static const char *const SIGNS[] = {"年", "月", "日", "년", "월", "일"};
	if (!scan->glued || scan->count == 0 || scan->tokens[scan->count - 1].kind != TK_NUMBER)
		return false;
	for (size_t i = 0; i < 6; i++)
		if (slice_is(slice_sub(scan->text, scan->at, scan->at + 3), SIGNS[i]))
			return true;
	return false;
}

static void scan_word(struct scan *scan)
{
	size_t at = scan->at;
	bool ascii = true;
	for (; letter_at(scan, at) || ((unsigned char)byte_at(scan, at) >= 0x80 && at > scan->at); at++) {
		if ((unsigned char)byte_at(scan, at) < 0x80)
			continue;
		if (byte_at(scan, at) == '\xE2' && byte_at(scan, at + 1) == '\x80')
			break; /* General Punctuation: dashes, quotes, spaces */
		if (byte_at(scan, at) == '\xC2')
			break; /* Latin-1 signs, no-break space */
		ascii = false;
	}
	char first = scan->text.ptr[scan->at];
	if (ascii && (scan_ampm(scan, at) || scan_contraction(scan, at)))
		return;
	struct slice text = slice_sub(scan->text, scan->at, at);
	const struct time_word *word = ascii ? time_word_find(text) : NULL;
	bool capital = first >= 'A' && first <= 'Z';
	if (word && (word->flags & WORD_CAPITAL) && !capital) {
		if (slice_is(text, "may")) {
			scan_add(scan, TK_TENSE, at, TENSE_FUTURE);
			return;
		}
		word = NULL;
	}
	if (word == NULL) {
		const struct time_zone *zone = ascii ? time_zone_find(text) : NULL;
		struct time_token *token = scan_add(scan, zone && zone->plain ? TK_ZONE : TK_WORD, date_sign(scan) ? scan->at + 3 : at, 0);
		if (ascii && !capital && text.len > 4 && text.ptr[text.len - 2] == 'e' && text.ptr[text.len - 1] == 'd')
			token->flags |= TIMETOKEN_PAST;
		if (capital)
			token->flags |= TIMETOKEN_CAPITAL;
		return;
	}
	if ((word->flags & WORD_SHORT) && byte_at(scan, at) == '.')
		at++;
	struct time_token *token = scan_add(scan, word->kind, at, word->value);
	token->word_flags = word->flags;
	if (capital)
		token->flags |= TIMETOKEN_CAPITAL;
}

/* White space at scan->at, Unicode's common ones too; a blank line ends the paragraph. */
static bool scan_space(struct scan *scan)
{
	unsigned newlines = 0;
	size_t at = scan->at;
	for (;;) {
		char c = byte_at(scan, at);
		if (byte_is_space(c)) {
			newlines += c == '\n';
			at++;
		} else if (c == '\xC2' && byte_at(scan, at + 1) == '\xA0') {
			at += 2;
		} else if (c == '\xE2' && byte_at(scan, at + 1) == '\x80' &&
			((unsigned char)byte_at(scan, at + 2) <= 0x8B || byte_at(scan, at + 2) == '\xAF') &&
			at + 2 < scan->text.len) {
			at += 3;
		} else {
			break;
		}
	}
	if (at == scan->at)
		return false;
	if (newlines > 1)
		scan_add(scan, TK_END, at, 0);
	scan->at = at;
	scan->glued = false;
	scan->money = false;
	return true;
}

/* 's, 'll, '80s, or the mark alone. */
static void scan_apostrophe(struct scan *scan, size_t mark)
{
	size_t at = scan->at + mark;
	char next = byte_lower(byte_at(scan, at));
	if (byte_is_digit(next) && byte_is_digit(byte_at(scan, at + 1)) && !byte_is_digit(byte_at(scan, at + 2))) {
		int value = (next - '0') * 10 + (byte_at(scan, at + 1) - '0');
		size_t decade = decade_suffix(scan, at + 2);
		if (decade != 0 && value % 10 == 0) {
			scan_add(scan, TK_DECADE, decade, value)->digits = 3; /* two digits, and a mark that tells it from an age */
			return;
		}
	}
	if (next == 's' && !letter_at(scan, at + 1)) {
		scan_add(scan, TK_POSSESSIVE, at + 1, 0);
	} else if (next == 'l' && byte_lower(byte_at(scan, at + 1)) == 'l' && !letter_at(scan, at + 2)) {
		scan_add(scan, TK_TENSE, at + 2, TENSE_FUTURE);
	} else {
		scan_add(scan, TK_APOSTROPHE, at, 0);
	}
}

static void scan_sign(struct scan *scan)
{
	size_t mark = apostrophe(scan, scan->at);
	if (mark) {
		scan_apostrophe(scan, mark);
		return;
	}
	unsigned char c = (unsigned char)scan->text.ptr[scan->at], second = (unsigned char)byte_at(scan, scan->at + 1);
	size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	size_t end = scan->at + length < scan->text.len ? scan->at + length : scan->text.len;
	enum time_kind kind = TK_OTHER;
	bool money = false;
	if (c < 0x80) {
		kind = c == '-' ? TK_HYPHEN : c == '/' ? TK_SLASH : c == ':' ? TK_COLON : c == ',' ? TK_COMMA
			: c == '.' || c == '!' || c == '?' || c == ';' ? TK_STOP : c == '(' || c == '[' ? TK_OPEN
			: c == ')' || c == ']' ? TK_CLOSE : TK_OTHER;
		money = c == '$' || c == '#';
	} else if (c == 0xE2 && second == 0x80) {
		unsigned char third = (unsigned char)byte_at(scan, scan->at + 2);
		kind = third >= 0x90 && third <= 0x93 ? TK_HYPHEN : TK_OTHER; /* hyphens, figure dash, en dash */
	} else {
		money = (c == 0xC2 && second >= 0xA2 && second <= 0xA5) || (c == 0xE2 && second == 0x82); /* ¢ £ ¤ ¥, currency block */
	}
	scan_add(scan, kind, end, (int32_t)c);
	scan->money = money;
}

struct time_token *time_tokens(struct arena *arena, struct slice text, size_t *count)
{
	if (text.len > UINT32_MAX - 8)
		text.len = UINT32_MAX - 8;
	struct scan scan = {.arena = arena, .text = text, .capacity = text.len / 5 + 16};
	scan.tokens = arena_alloc(arena, scan.capacity * sizeof(*scan.tokens));
	while (scan.at < text.len) {
		char c = text.ptr[scan.at];
		if (scan_space(&scan))
			continue;
		if (byte_is_digit(c))
			scan_number(&scan);
		else if (byte_is_alpha(c) || ((unsigned char)c >= 0xC3 && c != '\xE2'))
			scan_word(&scan);
		else
			scan_sign(&scan);
	}
	scan_add(&scan, TK_END, text.len, 0);
	*count = scan.count;
	return scan.tokens;
}
