/* roles: see roles.h. A role before a name is a run that ends in a word for an office and reaches back over adjectives and names
 * ("former North Korean leader"); one behind it stands between commas and begins with such a word. */
#include "tag/roles.h"

#include "tag/wordlist.h"

#define BEFORE_MAX 6
#define BEHIND_MAX 14

static const char *const adjectives[] = {"acting", "assistant", "associate", "chief", "co", "current", "deputy", "elect", "executive", "ex",
	"foreign", "former", "general", "head", "interim", "late", "lead", "managing", "national", "new", "opposition", "outgoing",
	"party", "police", "prime", "principal", "retired", "senior", "state", "then", "veteran", "vice"};
static const char *const openers[] = {"a", "an", "former", "his", "its", "the", "then", "their", "who"};

static const struct token *token_at(const struct document *document, uint32_t word) { return document->words[word].token; }

static bool is_role_word(const struct token *token)
{
	bool female, male;

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

static bool role_before(const struct document *document, const struct mentions *mentions, uint32_t mention, uint32_t *first, uint32_t *last)
{
	uint32_t end = mentions->items[mention].first, at = end, floor;

	if (end == 0 || token_at(document, end)->flags & TOKEN_SENTENCE || !is_role_word(token_at(document, end - 1)))
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
	return at < end;
}

static bool role_behind(const struct document *document, const struct mentions *mentions, uint32_t mention, uint32_t *first, uint32_t *last)
{
	uint32_t at = mentions->items[mention].last;
	bool role = false;

	if (at + 2 >= document->count || !slice_is(token_at(document, at)->text, ","))
		return false;
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
		else if (!role && at - *first >= 4)
			return false;
	}
	return false;
}

bool role_beside(const struct document *document, const struct mentions *mentions, uint32_t mention, uint32_t *first, uint32_t *last)
{
	return role_before(document, mentions, mention, first, last) || role_behind(document, mentions, mention, first, last);
}
