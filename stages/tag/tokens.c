/* tokens: see tokens.h. One pass; the sentences are sentences.c's.
 *
 * The hard thing is the full stop: part of a word or a token of its own. */
#include "tag/tokens.h"

#include "base/utf8.h"
#include "tag/sentences.h"
#include "tag/wordlist.h"

/* Where the cut stands. `cp` counts code points up to `at`. */
struct cutter {
	struct arena *arena;
	struct slice text;
	size_t at, cp;
	struct tokens *out;
	size_t capacity;
	bool open_quote; /* a single quotation mark was opened on this line */
	bool parted;     /* this text has a blank behind its apostrophes: "China’ s" */
	size_t chunk_end, chunk_sign, chunk_stop; /* see chunk_look() */
};

static const char *const abbreviations[] = {/* titles, months, firms, streets, Latin; without their stop, in lower case, sorted */
	"adm", "apr", "assn", "asst", "aug", "ave", "bldg", "blvd", "brig", "bros", "capt", "cdr", "cf", "cmdr", "co", "col", "corp", "cpl",
	"ct", "dec", "dept", "dr", "drs", "ed", "esq", "est", "etc", "feb", "fig", "fr", "fri", "ft", "gen", "gov", "govt", "hon", "inc",
	"jan", "jr", "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mfg", "mr", "mrs", "ms", "mt", "nos", "nov", "oct", "op",
	"ph", "pres", "prof", "pte", "pty", "pvt", "rd", "rep", "reps", "rev", "sen", "sens", "sep", "sept", "sgt", "sr", "st",
	"ste", "supt", "u.s", "univ", "viz", "vs"};

/* The code point at `at`, 0 at the end; *next is the offset behind it. */
static uint32_t peek(struct slice text, size_t at, size_t *next)
{
	*next = at;
	if (at >= text.len)
		return 0;
	unsigned char byte = (unsigned char)text.ptr[at];
	if (byte < 0x80) {
		*next = at + 1;
		return byte;
	}
	return utf8_next(text, next);
}

static bool is_letter(uint32_t c) { return c < 0x80 ? byte_is_alpha((char)c) : utf8_is_letter(c); }
static bool is_digit(uint32_t c) { return c < 0x80 ? byte_is_digit((char)c) : utf8_is_digit(c); }
static bool is_upper(uint32_t c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : utf8_is_upper(c); }
static bool is_lower(uint32_t c) { return c < 0x80 ? c >= 'a' && c <= 'z' : utf8_is_lower(c); }
static bool is_space(uint32_t c) { return c < 0x80 ? byte_is_space((char)c) : utf8_is_space(c); }
static bool is_apostrophe(uint32_t c) { return c == '\'' || c == 0x2019; }

static void add(struct cutter *cut, size_t end, uint32_t flags)
{
	struct tokens *out = cut->out;
	struct slice text = slice_sub(cut->text, cut->at, end);

	arena_tick(cut->arena);
	if (out->count == cut->capacity)
		out->items = arena_grow(cut->arena, out->items, &cut->capacity, out->count + 1, sizeof *out->items);
	size_t length = utf8_length(text);
	out->items[out->count++] = (struct token){.text = text,
		.byte_start = (uint32_t)cut->at,
		.byte_end = (uint32_t)end,
		.start = (uint32_t)cut->cp,
		.end = (uint32_t)(cut->cp + length),
		.flags = flags};
	cut->at = end;
	cut->cp += length;
}

/* Flags about case of a word. */
static uint32_t case_flags(struct slice word)
{
	size_t upper = 0, lower = 0, next;
	bool first = true;
	uint32_t flags = TOKEN_WORD;

	for (size_t at = 0; at < word.len; at = next) {
		uint32_t c = peek(word, at, &next);
		if (!is_letter(c))
			continue;
		if (is_upper(c)) {
			upper++;
			if (first)
				flags |= TOKEN_CAPITAL;
		} else if (is_lower(c)) {
			lower++;
		}
		first = false;
	}
	if (upper >= 2 && lower == 0)
		flags |= TOKEN_UPPER;
	return flags;
}

/* The run of printed ASCII around the cut, in which an address would stand: its end, its first '@' from the cut on and its last stop. Each is
 * looked for once a run, not once a token. */
static void chunk_look(struct cutter *cut)
{
	struct slice text = cut->text;
	size_t at = cut->at;
	bool fresh = at >= cut->chunk_end;

	if (fresh) {
		size_t end = at;
		while (end < text.len && !byte_is_space(text.ptr[end]) && (unsigned char)text.ptr[end] < 0x80 && text.ptr[end] != '<' &&
			text.ptr[end] != '>' && text.ptr[end] != '"')
			end++;
		cut->chunk_end = end;
		cut->chunk_stop = slice_find_last_byte(slice_sub(text, at, end), '.');
		cut->chunk_stop = cut->chunk_stop == SLICE_NOT_FOUND ? 0 : at + cut->chunk_stop;
	}
	if (fresh || cut->chunk_sign < at) {
		size_t sign = slice_find_byte(slice_sub(text, at, cut->chunk_end), '@');
		cut->chunk_sign = sign == SLICE_NOT_FOUND ? SIZE_MAX : at + sign;
	}
}

/* The end of a page or mail address, @name or #tag that starts at the cut, 0 if none does. */
static size_t address_end(struct cutter *cut)
{
	static const struct slice schemes[] = {SLICE_INIT("http://"), SLICE_INIT("https://"), SLICE_INIT("www."), SLICE_INIT("ftp://"),
		SLICE_INIT("mailto:")};
	bool found = false;

	chunk_look(cut);
	size_t at = cut->at, end = cut->chunk_end - at;
	struct slice chunk = slice_sub(cut->text, at, cut->chunk_end);
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		found |= byte_lower(chunk.ptr[0]) == schemes[i].ptr[0] && slice_starts_nocase(chunk, schemes[i]);
	if (!found && chunk.len > 1 && (chunk.ptr[0] == '@' || chunk.ptr[0] == '#') && (byte_is_alpha(chunk.ptr[1]) || chunk.ptr[1] == '_')) {
		size_t i = 1;
		while (i < chunk.len && (byte_is_alpha(chunk.ptr[i]) || byte_is_digit(chunk.ptr[i]) || chunk.ptr[i] == '_'))
			i++;
		return at + i;
	}
	if (!found && cut->chunk_sign != SIZE_MAX && cut->chunk_sign > at && cut->chunk_stop > cut->chunk_sign &&
		(byte_is_alpha(chunk.ptr[0]) || byte_is_digit(chunk.ptr[0])))
		found = true;
	if (!found)
		return 0;
	while (end > 1 && strchr(".,;:!?)]}'", chunk.ptr[end - 1]))
		end--;
	return at + end;
}

/* The offset of what an apostrophe belongs to that ends at `at`, behind the blank that some texts have there ("King’ s", "don’ t", "Xi’ an":
 * what fonts of wide marks leave when they are narrowed); `at` itself if that is a word of its own. */
static size_t behind_apostrophe(const struct cutter *cut, size_t at, uint32_t before)
{
	size_t from = at + 1, end = from, next;

	if (!cut->parted || cut->open_quote || at >= cut->text.len || cut->text.ptr[at] != ' ' || before == 's' || before == 'S')
		return at;
	while (end <= from + 2 && is_lower(peek(cut->text, end, &next)))
		end = next;
	return end > from && end <= from + 2 && !is_letter(peek(cut->text, end, &next)) ? from : at;
}

/* What has been read of a word: whether it is single letters parted by stops, as in "U.S" or "a.m". */
struct initials {
	size_t length, letters; /* code points in all, letters among them */
	bool broken, stop_due;
};

static void initials_add(struct initials *initials, uint32_t c)
{
	initials->length++;
	if (initials->stop_due)
		initials->broken |= c != '.';
	else
		initials->broken |= !is_letter(c), initials->letters++;
	initials->stop_due = !initials->stop_due;
}

static bool initials_are(const struct initials *initials) { return !initials->broken && initials->letters >= 2; }

/* True if what follows a stop at `at` says that the stop belongs to an initial: white space and a capital, or another initial. */
static bool initial_follows(struct slice text, size_t at)
{
	size_t next;
	uint32_t c = peek(text, at, &next);

	if (c == ' ' || c == 0xA0) {
		c = peek(text, next, &next);
		return is_upper(c);
	}
	return is_upper(c) || c == ',';
}

/* A word that starts at the cut: its end, and whether it keeps its full stop. */
static size_t word_end(struct cutter *cut, bool *dotted)
{
	struct slice text = cut->text;
	size_t at = cut->at, next, after;
	uint32_t previous = 0, c;
	struct initials initials = {0};
	bool glued_figure = at > 0 && byte_is_digit(text.ptr[at - 1]); /* "1st", not "St." */

	for (;; at = next) {
		c = peek(text, at, &next);
		if (is_letter(c) && !utf8_is_unspaced(c)) {
			previous = c;
		} else if (is_digit(c)) {
			previous = c;
		} else if (is_apostrophe(c)) {
			next = behind_apostrophe(cut, next, previous);
			uint32_t follows = peek(text, next, &after);
			if (!is_letter(follows) || utf8_is_unspaced(follows))
				break;
			uint32_t third = peek(text, after, &after);
			if ((follows == 's' || follows == 'S') && !is_letter(third) && !is_digit(third))
				break;
		} else if (c == '.' || c == 0xB7) {
			uint32_t follows = peek(text, next, &after);
			if (!is_letter(follows))
				break;
			bool single = initials.length == 1 || initials_are(&initials);
			uint32_t third = peek(text, after, &after);
			if (!(single && (third == '.' || !is_letter(third))) && !(is_lower(previous) && is_lower(follows)))
				break;
		} else {
			break;
		}
		initials_add(&initials, c);
	}
	*dotted = false;
	if (c == '.') {
		struct slice word = slice_sub(text, cut->at, at);
		bool ordinal = glued_figure && (slice_equal_nocase(word, SLICE("st")) || slice_equal_nocase(word, SLICE("rd")));
		if (initials_are(&initials) || (wordlist_has(WORDLIST(abbreviations), word) && !ordinal) ||
			(initials.length == 1 && is_upper(previous) && initial_follows(text, at + 1))) {
			*dotted = true;
			at++;
		}
	}
	return at;
}

static size_t number_end(struct slice text, size_t at)
{
	size_t next, after;

	for (;; at = next) {
		uint32_t c = peek(text, at, &next);
		if (is_digit(c))
			continue;
		if (c != '.' && c != ',' && c != ':')
			return at;
		if (!is_digit(peek(text, next, &after)))
			return at;
	}
}

static void cut_word(struct cutter *cut, uint32_t flags)
{
	bool dotted;
	size_t end = word_end(cut, &dotted), next, after;

	flags |= case_flags(slice_sub(cut->text, cut->at, end)) | (dotted ? (uint32_t)TOKEN_DOTTED : 0);
	char last = cut->text.ptr[end - 1];
	add(cut, end, flags);
	uint32_t c = peek(cut->text, end, &next);
	if (!is_apostrophe(c))
		return;
	size_t mark = next;
	next = behind_apostrophe(cut, mark, (unsigned char)last);
	uint32_t s = peek(cut->text, next, &after);
	if (s == 's' || s == 'S')
		add(cut, after, TOKEN_WORD | TOKEN_POSSESSIVE | TOKEN_GLUED);
	else if ((last == 's' || last == 'z') && (!cut->open_quote || c == 0x2019) && !is_letter(s))
		add(cut, mark, TOKEN_PUNCT | TOKEN_POSSESSIVE | TOKEN_GLUED);
}

static void cut_unspaced(struct cutter *cut, uint32_t flags)
{
	size_t end = cut->at, next;

	while (utf8_is_unspaced(peek(cut->text, end, &next)))
		end = next;
	add(cut, end, flags | TOKEN_WORD | TOKEN_UNSPACED);
}

/* One mark, or a run of the same where a run means one thing: "...", "--", "``", "''". */
static void cut_mark(struct cutter *cut, uint32_t c, uint32_t flags)
{
	size_t end, next;

	peek(cut->text, cut->at, &end);
	if (c == '.' || c == '-' || c == '`' || c == '\'' || c == '=' || c == '_' || c == '*')
		while (peek(cut->text, end, &next) == c)
			end = next;
	if (c == '\'' || c == 0x2018)
		cut->open_quote = !(flags & TOKEN_GLUED);
	add(cut, end, flags | TOKEN_PUNCT);
}

static void cut_token(struct cutter *cut, uint32_t flags)
{
	size_t next, end;
	uint32_t c = peek(cut->text, cut->at, &next);
	/* an address is looked for once a chunk, where it may begin: a glued letter would make this quadratic */
	bool fresh = !(flags & TOKEN_GLUED) || (cut->at > 0 && !is_letter((unsigned char)cut->text.ptr[cut->at - 1]));

	if (fresh && (byte_is_alpha((char)(c < 0x80 ? c : 0)) || c == '@' || c == '#') && (end = address_end(cut)) > 0)
		add(cut, end, flags | TOKEN_ADDRESS);
	else if (utf8_is_unspaced(c))
		cut_unspaced(cut, flags);
	else if (is_digit(c))
		add(cut, number_end(cut->text, cut->at), flags | TOKEN_NUMBER);
	else if (is_letter(c))
		cut_word(cut, flags);
	else
		cut_mark(cut, c, flags);
}

void tokens_read(struct arena *arena, struct slice text, struct tokens *tokens)
{
	struct cutter cut = {.arena = arena, .text = text, .out = tokens, .parted = slice_find(text, SLICE("\xE2\x80\x99 s ")) != SLICE_NOT_FOUND};
	bool glued = false;

	*tokens = (struct tokens){.text = text};
	cut.capacity = 0;
	tokens->items = arena_grow(arena, NULL, &cut.capacity, text.len / 5 + 8, sizeof *tokens->items);
	while (cut.at < text.len) {
		size_t next;
		uint32_t c = peek(text, cut.at, &next);
		if (is_space(c)) {
			if (c == '\n')
				cut.open_quote = false;
			cut.at = next;
			cut.cp++;
			glued = false;
			continue;
		}
		cut_token(&cut, glued ? (uint32_t)TOKEN_GLUED : 0);
		glued = true;
	}
	sentences_mark(arena, tokens);
}

struct slice tokens_span(const struct tokens *tokens, size_t first, size_t last)
{
	return slice_sub(tokens->text, tokens->items[first].byte_start, tokens->items[last].byte_end);
}
