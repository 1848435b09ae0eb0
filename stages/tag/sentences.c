/* sentences: see sentences.h. Rules follow Kiss and Strunk 2006 (abbreviation, initial, ordinal number) with fixed lists instead of learned
 * ones.
 *
 * The hard thing is the full stop: part of an abbreviation, end of a sentence, or both. */
#include "tag/sentences.h"

#include "base/utf8.h"
#include "tag/wordlist.h"

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
	while (last > 0 && tokens->items[last].flags & TOKEN_GLUED && is_closer(&tokens->items[last]))
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

void sentences_mark(struct arena *arena, struct tokens *out)
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
