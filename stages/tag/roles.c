/* roles: see roles.h. A role before a name is a run that ends in a word for an office and reaches back over adjectives and names
 * ("former North Korean leader"; with a comma, "the bank's chairman, Ana Ruiz,"); one behind it stands between commas and begins with such
 * a word, or follows one who was named or elected ("named Ana Ruiz chairwoman of the board"). */
#include "tag/roles.h"

#include "tag/titles.h"
#include "tag/wordlist.h"

#define BEFORE_MAX 6
#define BEHIND_MAX 14

static const char *const adjectives[] = {"acting", "assistant", "associate", "chief", "co", "current", "deputy", "elect", "executive", "ex",
	"foreign", "former", "general", "head", "interim", "late", "lead", "managing", "national", "new", "opposition", "outgoing",
	"party", "police", "prime", "principal", "retired", "senior", "state", "then", "veteran", "vice"};
static const char *const openers[] = {"a", "an", "former", "his", "its", "the", "then", "their", "who"};

static const char *const determiners[] = {"a", "an", "her", "his", "its", "our", "the", "their"};
/* Verbs that give a role to the one named behind them. */
static const char *const givers[] = {"appoint", "appointed", "appointing", "appoints", "choose", "chose", "crowned", "declared", "elect", "elected",
	"electing", "elects", "made", "name", "named", "names", "naming", "nominated", "picked", "re-elected", "reelected"};
static const char *const copulas[] = {"are", "became", "becomes", "had", "has", "is", "was", "were", "will"};
/* Words that end "of the board". */
static const char *const enders[] = {"after", "and", "as", "at", "before", "but", "by", "during", "for", "from", "in", "last", "on", "since",
	"to", "until", "when", "while", "who", "with"};

static const struct token *token_at(const struct document *document, uint32_t word) { return document->words[word].token; }

static bool is_role_word(const struct token *token)
{
	bool female = false, male = false;

	return word_is_role(token->text) || (token->text.len > 4 && word_is_title(token->text, &female, &male) && !(token->flags & TOKEN_DOTTED));
}

/* True if the word belongs to a mention that a role may contain: a nationality, place or organisation right before. */
static bool in_mention_before(const struct mentions *mentions, uint32_t mention, uint32_t word, uint32_t *first)
{
	for (uint32_t m = mention; m-- > 0 && m + 4 > mention;) {
		const struct mention *other = &mentions->items[m];
		if (word < other->first || word >= other->last)
			continue;
		*first = other->first;
		return other->type == ENTITY_NATIONALITY || other->type == ENTITY_PLACE || other->type == ENTITY_ORGANIZATION;
	}
	return false;
}

static bool is_one(const struct token *token)
{
	return !(token->text.ptr[token->text.len - 1] == 's' && word_is_role(slice_sub(token->text, 0, token->text.len - 1)));
}

static bool is_comma(const struct document *document, uint32_t word)
{
	return word < document->count && slice_is(token_at(document, word)->text, ",");
}

static bool role_before(const struct document *document, const struct mentions *mentions, uint32_t mention, uint32_t *first, uint32_t *last)
{
	uint32_t end = mentions->items[mention].first, at, floor;
	bool aside = end > 1 && is_comma(document, end - 1) && is_comma(document, mentions->items[mention].last);

	if (end == 0 || token_at(document, end)->flags & TOKEN_SENTENCE)
		return false;
	end -= aside;
	at = end;
	if (!is_role_word(token_at(document, end - 1)) || (aside && !is_one(token_at(document, end - 1))))
		return false;
	while (at > 0 && end - at < BEFORE_MAX) {
		const struct token *token = token_at(document, at - 1);
		bool word = is_role_word(token) || wordlist_has(WORDLIST(adjectives), token->text) || slice_is(token->text, "-");
		if (word)
			at--;
		else if (in_mention_before(mentions, mention, at - 1, &floor) && end - floor <= BEFORE_MAX + 4)
			at = floor;
		else
			break;
		if (token_at(document, at)->flags & TOKEN_SENTENCE)
			break;
	}
	while (at < end && slice_is(token_at(document, at)->text, "-"))
		at++;
	*first = at;
	*last = end;
	if (aside && (at == 0 || token_at(document, at)->flags & TOKEN_SENTENCE ||
		!(token_at(document, at - 1)->flags & TOKEN_POSSESSIVE || wordlist_has(WORDLIST(determiners), token_at(document, at - 1)->text))))
		return false; /* one of a list */
	return at < end;
}

/* "elected Ana Ruiz president of the club": from the word behind the name to where the phrase ends. */
static bool role_given(const struct document *document, const struct mentions *mentions, uint32_t mention, uint32_t *first, uint32_t *last)
{
	const struct mention *who = &mentions->items[mention];
	uint32_t at = who->last;
	bool given = false;

	for (uint32_t i = who->title; i > 0 && i + 3 > who->title && !(token_at(document, i)->flags & TOKEN_SENTENCE); i--)
		given |= wordlist_has(WORDLIST(givers), token_at(document, i - 1)->text);
	if (!given)
		return false;
	*first = at;
	bool role = false;
	for (; at < document->count && at - *first < 4 && !(token_at(document, at)->flags & (TOKEN_SENTENCE | TOKEN_PUNCT)); at++) {
		const struct token *token = token_at(document, at);
		if (is_role_word(token))
			role = true;
		else if (role || !wordlist_has(WORDLIST(adjectives), token->text))
			break;
	}
	*last = at;
	if (!role || at >= document->count || !slice_is(token_at(document, at)->text, "of"))
		return role;
	for (; at < document->count && at - *first < BEHIND_MAX; at++) {
		const struct token *token = token_at(document, at);
		if (token->flags & (TOKEN_SENTENCE | TOKEN_PUNCT) || (at > *last && wordlist_has(WORDLIST(enders), token->text)))
			break;
	}
	*last = at;
	return true;
}

static bool role_behind(const struct document *document, const struct mentions *mentions, uint32_t mention, uint32_t *first, uint32_t *last)
{
	uint32_t at = mentions->items[mention].last;
	bool role = false;

	if (at + 2 >= document->count || !is_comma(document, at))
		return false;
	if (token_at(document, at + 1)->flags & TOKEN_NUMBER && is_comma(document, at + 2)) {
		at += 2; /* the age */
		if (at + 1 >= document->count || wordlist_has(WORDLIST(copulas), token_at(document, at + 1)->text))
			return false; /* "Leo, 50, is a nurse": no phrase beside the name */
	}
	for (at++; at < document->count && wordlist_has(WORDLIST(openers), token_at(document, at)->text); at++)
		if (token_at(document, at)->flags & TOKEN_SENTENCE)
			return false;
	*first = at;
	for (; at < document->count && at - *first < BEHIND_MAX; at++) {
		const struct token *token = token_at(document, at);
		if (token->flags & TOKEN_SENTENCE)
			return false;
		if (slice_is(token->text, ",") || slice_is(token->text, ".") || slice_is(token->text, ";")) {
			*last = at;
			return role && at > *first;
		}
		/* the office stands in the noun phrase's first words, before any "of" */
		if (at - *first < 4 && is_role_word(token) && !(token->flags & TOKEN_CAPITAL && at == *first && token->text.len < 4))
			role = true;
		else if (!role && (at - *first >= 4 || wordlist_has(WORDLIST(determiners), token->text)))
			return false; /* "told our correspondent" is no phrase for who told */
	}
	return false;
}

bool role_beside(const struct document *document, const struct mentions *mentions, uint32_t mention, uint32_t *first, uint32_t *last)
{
	return role_before(document, mentions, mention, first, last) || role_behind(document, mentions, mention, first, last) ||
	       role_given(document, mentions, mention, first, last);
}
