/* tokens: see tokens.h. One pass cuts the text into tokens, a second one marks sentences.
 *
 * The hard thing is the full stop: part of an abbreviation, end of a sentence, or both. */
#include "tag/tokens.h"

#include "base/utf8.h"
#include "tag/wordlist.h"

#include <ctype.h>

/* Where the cut stands. `cp` counts code points up to `at`. */
struct cutter {
	struct arena *arena;
	struct slice text;
	size_t at, cp;
	struct tokens *out;
	size_t capacity;
	bool open_quote; /* a single quotation mark was opened on this line */
};

static const char *const abbreviations[] = {/* titles, months, firms, streets, Latin; without their stop, in lower case, sorted */
	"adm", "apr", "assn", "asst", "aug", "ave", "bldg", "blvd", "brig", "bros", "capt", "cdr", "cf", "cmdr", "co", "col", "corp", "cpl",
	"ct", "dec", "dept", "dr", "drs", "ed", "esq", "est", "etc", "feb", "fig", "fr", "fri", "ft", "gen", "gov", "govt", "hon", "inc",
	"jan", "jr", "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mfg", "mr", "mrs", "ms", "mt", "nos", "nov", "oct", "op",
	"ph", "pres", "prof", "pte", "pty", "pvt", "rd", "rep", "reps", "rev", "sen", "sens", "sep", "sept", "sgt", "sr", "st",
	"ste", "supt", "u.s", "univ", "viz", "vs"};

/* Behind these a capital letter never begins a sentence. */
static const char *const titles[] = {"adm", "brig", "capt", "cdr", "cmdr", "col", "cpl", "dr", "drs", "fr", "ft", "gen", "gov",
	"hon", "lt", "maj", "messrs", "mr", "mrs", "ms", "mt", "pres", "prof", "rep", "reps", "rev", "sen", "sens", "sgt", "st",
	"ste", "supt"};

/* Behind an abbreviation these begin a sentence when they are capitalised. */
static const char *const starters[] = {"a", "according", "after", "although", "an", "and", "as", "at", "but", "by", "during", "for",
	"from", "he", "her", "his", "however", "i", "if", "in", "it", "its", "last", "many", "meanwhile", "more", "most", "no", "on",
	"one", "our", "she", "since", "so", "some", "that", "the", "their", "there", "these", "they", "this", "those", "to", "two",
	"under", "we", "what", "when", "while", "with", "you"};

/* Before a number these are abbreviations: "No. 5", "Rs. 500". */
static const char *const counters[] = {"approx", "art", "ch", "fig", "no", "nos", "pp", "rs", "sec", "tk", "vol"};

/* Behind the comma of a town: "Fresno, Calif. Governor". */
static const char *const states[] = {"ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la",
	"mass", "md", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va", "vt", "wash", "wis",
	"wyo"};

#define LISTED(list, word) wordlist_has(WORDLIST(list), (word))

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

/* The end of a page or mail address, @name or #tag that starts at the cut, 0 if none does. */
static size_t address_end(struct slice text, size_t at)
{
	static const char *const schemes[] = {"http://", "https://", "www.", "ftp://", "mailto:"};
	struct slice rest = slice_sub(text, at, text.len);
	size_t end = 0;

	while (end < rest.len && !byte_is_space(rest.ptr[end]) && (unsigned char)rest.ptr[end] < 0x80 && rest.ptr[end] != '<' &&
		rest.ptr[end] != '>' && rest.ptr[end] != '"')
		end++;
	struct slice chunk = slice_sub(rest, 0, end);
	bool found = false;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		found |= slice_starts_nocase(chunk, slice_of(schemes[i]));
	if (!found && chunk.len > 1 && (chunk.ptr[0] == '@' || chunk.ptr[0] == '#') && (byte_is_alpha(chunk.ptr[1]) || chunk.ptr[1] == '_')) {
		size_t i = 1;
		while (i < chunk.len && (byte_is_alpha(chunk.ptr[i]) || byte_is_digit(chunk.ptr[i]) || chunk.ptr[i] == '_'))
			i++;
		return at + i;
	}
	size_t sign = slice_find_byte(chunk, '@');
	if (!found && sign != SLICE_NOT_FOUND && sign > 0 && slice_find_byte(slice_sub(chunk, sign, chunk.len), '.') != SLICE_NOT_FOUND &&
		(byte_is_alpha(chunk.ptr[0]) || byte_is_digit(chunk.ptr[0])))
		found = true;
	if (!found)
		return 0;
	while (end > 1 && strchr(".,;:!?)]}'", chunk.ptr[end - 1]))
		end--;
	return at + end;
}

/* True if the letters before `at` in [start, at) are single letters parted by stops, as in "U.S" or "a.m". */
static bool is_initialism(struct slice word)
{
	if (word.len < 3)
		return false;
	size_t next, letters = 0;
	for (size_t at = 0; at < word.len; at = next) {
		uint32_t c = peek(word, at, &next);
		if (!is_letter(c))
			return false;
		letters++;
		if (next < word.len && word.ptr[next] != '.')
			return false;
		if (next < word.len)
			next++;
	}
	return letters >= 2;
}

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
	bool glued_figure = at > 0 && byte_is_digit(text.ptr[at - 1]); /* "1st", not "St." */

	for (;; at = next) {
		c = peek(text, at, &next);
		if (is_letter(c) && !utf8_is_unspaced(c)) {
			previous = c;
		} else if (is_digit(c)) {
			previous = c;
		} else if (is_apostrophe(c)) {
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
			struct slice so_far = slice_sub(text, cut->at, at);
			bool single = utf8_length(so_far) == 1 || is_initialism(so_far);
			uint32_t third = peek(text, after, &after);
			if (!(single && (third == '.' || !is_letter(third))) && !(is_lower(previous) && is_lower(follows)))
				break;
		} else {
			break;
		}
	}
	*dotted = false;
	if (c == '.') {
		struct slice word = slice_sub(text, cut->at, at);
		bool ordinal = glued_figure && (slice_equal_nocase(word, SLICE("st")) || slice_equal_nocase(word, SLICE("rd")));
		if (is_initialism(word) || (LISTED(abbreviations, word) && !ordinal) ||
			(utf8_length(word) == 1 && is_upper(previous) && initial_follows(text, at + 1))) {
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
	uint32_t s = peek(cut->text, next, &after);
	if (s == 's' || s == 'S')
		add(cut, after, TOKEN_WORD | TOKEN_POSSESSIVE | TOKEN_GLUED);
	else if ((last == 's' || last == 'z') && (!cut->open_quote || c == 0x2019) && !is_letter(s))
		add(cut, next, TOKEN_PUNCT | TOKEN_POSSESSIVE | TOKEN_GLUED);
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

	if (fresh && (byte_is_alpha((char)(c < 0x80 ? c : 0)) || c == '@' || c == '#') && (end = address_end(cut->text, cut->at)) > 0)
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

/* How lines of this text end: hard-wrapped running text, or one paragraph (or sentence) a line. */
static bool is_wrapped(struct slice text)
{
	size_t breaks = 0, running = 0;

	for (size_t i = 1; i + 1 < text.len; i++) {
		if (text.ptr[i] != '\n' || text.ptr[i - 1] == '\n' || text.ptr[i + 1] == '\n')
			continue;
		breaks++;
		running += text.ptr[i + 1] >= 'a' && text.ptr[i + 1] <= 'z' && !strchr(".!?:\"", text.ptr[i - 1]);
	}
	return breaks >= 3 && running * 3 > breaks;
}

/* True for the first token of a line that begins a sentence whatever stands before: `start` of the line above and `breaks` tell. */
static bool line_parts(const struct tokens *tokens, size_t index, size_t line_start, size_t breaks, bool wrapped)
{
	const struct token *before = &tokens->items[index - 1], *token = &tokens->items[index];

	if (breaks >= 2)
		return true;
	if (wrapped)
		return before->end - tokens->items[line_start].start < 45;
	bool lower = (token->flags & TOKEN_WORD) && !(token->flags & (TOKEN_CAPITAL | TOKEN_UNSPACED));
	return !lower || before->flags & TOKEN_PUNCT;
}

static bool is_closer(const struct token *token)
{
	static const struct slice closers[] = {SLICE_INIT("\""), SLICE_INIT("''"), SLICE_INIT("'"), SLICE_INIT(")"), SLICE_INIT("]"),
		SLICE_INIT("”"), SLICE_INIT("’"), SLICE_INIT("»")};

	for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
		if (slice_equal(token->text, closers[i]))
			return true;
	return false;
}

/* True if a sentence may begin with this token. */
static bool may_begin(const struct token *token)
{
	return token->flags & (TOKEN_CAPITAL | TOKEN_NUMBER | TOKEN_UNSPACED | TOKEN_ADDRESS) ||
	       ((token->flags & TOKEN_PUNCT) && !slice_is(token->text, ",") && !slice_is(token->text, ";") && !slice_is(token->text, "-"));
}

/* True if the stop at `stop` may belong to the word before it, which is an abbreviation only in this place, and doesn't end a sentence
 * before `next`. */
static bool abbreviates(const struct tokens *tokens, size_t stop, const struct token *next)
{
	if (stop == 0 || !(tokens->items[stop].flags & TOKEN_GLUED) || !(tokens->items[stop - 1].flags & TOKEN_CAPITAL))
		return false;
	if (LISTED(counters, tokens->items[stop - 1].text))
		return (next->flags & TOKEN_NUMBER) != 0;
	return stop > 1 && slice_is(tokens->items[stop - 2].text, ",") && LISTED(states, tokens->items[stop - 1].text) &&
		!LISTED(starters, next->text);
}

/* True if a sentence ends between the tokens index-1 and index of one paragraph. */
static bool sentence_parts(const struct tokens *tokens, size_t index)
{
	const struct token *token = &tokens->items[index];
	size_t last = index - 1;

	if (token->flags & TOKEN_GLUED && !(tokens->items[last].flags & TOKEN_PUNCT && token->flags & TOKEN_CAPITAL))
		return false;
	while (last > 0 && is_closer(&tokens->items[last]) && tokens->items[last].flags & TOKEN_GLUED)
		last--;
	const struct token *before = &tokens->items[last];
	char mark = before->text.ptr[0];
	if (before->flags & TOKEN_DOTTED) {
		struct slice word = slice_sub(before->text, 0, before->text.len - 1);
		if (last < index - 1)
			return (token->flags & TOKEN_CAPITAL) != 0;
		return token->flags & TOKEN_CAPITAL && !LISTED(titles, word) && utf8_length(word) > 1 && LISTED(starters, token->text);
	}
	if (!(before->flags & TOKEN_PUNCT) || (mark != '.' && mark != '!' && mark != '?' && !slice_is(before->text, "…")))
		return false;
	if (mark == '.' && before->text.len > 1)
		return token->flags & TOKEN_CAPITAL;
	if (mark == '.' && abbreviates(tokens, last, token))
		return false;
	/* "1. Item": the number of a list begins its sentence, and its stop ends none */
	if (mark == '.' && last > 0 && tokens->items[last - 1].flags & TOKEN_NUMBER && tokens->items[last - 1].flags & TOKEN_SENTENCE)
		return false;
	return may_begin(token);
}

/* Case tells little in sentences that shout or are titles. */
static uint32_t sentence_case(const struct token *items, size_t first, size_t last)
{
	size_t words = 0, upper = 0, capital = 0, long_words = 0;

	for (size_t i = first; i < last; i++) {
		if (!(items[i].flags & TOKEN_WORD) || items[i].flags & TOKEN_POSSESSIVE || items[i].text.len < 2)
			continue;
		words++;
		upper += (items[i].flags & TOKEN_UPPER) != 0;
		if (items[i].text.len >= 4) {
			long_words++;
			capital += (items[i].flags & TOKEN_CAPITAL) != 0;
		}
	}
	if (words >= 2 && upper == words)
		return TOKEN_SHOUTED;
	if (long_words >= 4 && capital * 10 >= long_words * 8 && !slice_is(items[last - 1].text, "."))
		return TOKEN_TITLED;
	return 0;
}

static void end_sentence(struct arena *arena, struct tokens *out, size_t *capacity, size_t first, size_t last)
{
	if (first == last)
		return;
	if (out->sentence_count == *capacity)
		out->sentences = arena_grow(arena, out->sentences, capacity, out->sentence_count + 1, sizeof *out->sentences);
	uint32_t kind = sentence_case(out->items, first, last);
	for (size_t i = first; i < last; i++) {
		out->items[i].sentence = (uint32_t)out->sentence_count;
		out->items[i].flags |= kind;
	}
	out->sentences[out->sentence_count++] = (struct sentence){(uint32_t)first, (uint32_t)last};
}

static size_t count_breaks(struct slice gap)
{
	size_t breaks = 0;

	for (size_t i = 0; i < gap.len; i++)
		breaks += gap.ptr[i] == '\n' || (gap.ptr[i] == '\r' && !(i + 1 < gap.len && gap.ptr[i + 1] == '\n'));
	return breaks;
}

static void mark_sentences(struct arena *arena, struct tokens *out)
{
	bool wrapped = is_wrapped(out->text);
	size_t first = 0, line_start = 0, capacity = 0;

	for (size_t i = 0; i < out->count; i++) {
		struct token *token = &out->items[i];
		size_t breaks = i == 0 ? 0 : count_breaks(slice_sub(out->text, token[-1].byte_end, token->byte_start));
		bool begins = i == 0 || (breaks > 0 && line_parts(out, i, line_start, breaks, wrapped)) || sentence_parts(out, i);
		if (i == 0 || breaks > 0) {
			token->flags |= TOKEN_LINE;
			line_start = i;
		}
		if (begins) {
			end_sentence(arena, out, &capacity, first, i);
			token->flags |= TOKEN_SENTENCE;
			first = i;
		}
	}
	end_sentence(arena, out, &capacity, first, out->count);
}

void tokens_read(struct arena *arena, struct slice text, struct tokens *tokens)
{
	struct cutter cut = {.arena = arena, .text = text, .out = tokens};
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
	mark_sentences(arena, tokens);
}

struct slice tokens_span(const struct tokens *tokens, size_t first, size_t last)
{
	return slice_sub(tokens->text, tokens->items[first].byte_start, tokens->items[last].byte_end);
}
