/* recase: see recase.h. An ordinary word ("reading", "nice") stays small, but for countries and peoples ("china") and within a longer
 * name ("new delhi"). Rare words are no ordinary ones for the tables, so edited text is left alone: its "riverside" is none in California. */
#include "tag/recase.h"

#include "base/utf8.h"

#define SHORTEST 4 /* bytes of a word that may be a name of its own */
#define LONGEST 56

static bool is_small_word(const struct token *token)
{
	return (token->flags & (TOKEN_WORD | TOKEN_CAPITAL | TOKEN_POSSESSIVE | TOKEN_ADDRESS | TOKEN_UNSPACED)) == TOKEN_WORD &&
	       token->text.len <= LONGEST;
}

static bool ends_sentence(const struct token *token)
{
	return token->text.len > 0 && token->flags & TOKEN_PUNCT && strchr(".?!", token->text.ptr[token->text.len - 1]) != NULL;
}

bool recase_is_careless(const struct tokens *fields, size_t count)
{
	size_t small = 0, capital = 0;

	for (size_t f = 0; f < count; f++)
		for (size_t i = 0; i < fields[f].count; i++) {
			const struct token *token = &fields[f].items[i];
			if (!(token->flags & TOKEN_WORD) || token->flags & TOKEN_GLUED)
				continue;
			if (slice_is(token->text, "i")) {
				small++;
			} else if (i == 0 || token->flags & TOKEN_SENTENCE || ends_sentence(token - 1)) {
				small += !(token->flags & TOKEN_CAPITAL);
				capital += (token->flags & TOKEN_CAPITAL) != 0;
			}
		}
	return small > 0 && small >= capital;
}

size_t recase_word(struct slice text, char *out, size_t size)
{
	size_t at = 0;

	if (text.len == 0 || text.len + 4 > size)
		return 0;
	size_t length = utf8_encode(utf8_to_upper(utf8_next(text, &at)), out);
	memcpy(out + length, text.ptr + at, text.len - at);
	return length + text.len - at;
}

/* Plain text has the word, and with a capital only. */
static bool is_always_capital(const struct lexicon *lexicon, const struct word *word)
{
	char text[64], folded[64];

	if (word->coarse || word->token->text.len < SHORTEST)
		return false;
	size_t length = recase_word(word->token->text, text, sizeof text);
	length = word_fold((struct slice){text, length}, true, folded, sizeof folded);
	return lexicon_cluster(lexicon, lexicon_hash((struct slice){folded, length})) != NULL;
}

size_t recase_name(const struct lexicon *lexicon, const struct word *words, size_t at, size_t last)
{
	const unsigned surely = 1u << LEXICON_COUNTRY | 1u << LEXICON_DEMONYM;
	const unsigned places = surely | 1u << LEXICON_SUBDIVISION | 1u << LEXICON_CITY | 1u << LEXICON_TOWN | 1u << LEXICON_REGION;
	uint64_t phrase = 0;
	size_t longest = 0;

	for (size_t i = at; i < last && i - at < LEXICON_LONGEST && is_small_word(words[i].token); i++) {
		phrase = lexicon_extend(phrase, words[i].form);
		unsigned classes = lexicon_classes(lexicon, phrase);
		if (i > at ? classes & places : words[i].token->text.len >= SHORTEST && classes & (words[i].coarse ? surely : places))
			longest = i - at + 1;
		if (!(classes & LEXICON_MORE))
			break;
	}
	if (longest > 0)
		return longest;
	return at < last && is_small_word(words[at].token) && is_always_capital(lexicon, &words[at]);
}
