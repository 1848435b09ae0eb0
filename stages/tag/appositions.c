/* appositions: see appositions.h. Only nouns that no person and no place bears are taken: a "developer" or a "publisher" may be somebody,
 * a "region" is also that of an alliance. */
#include "tag/appositions.h"

#include "tag/wordlist.h"

#define PHRASE_MAX 10 /* words between an article and its noun */

static const char *const bodies[] = {"agency", "airline", "association", "band", "bank", "broadcaster", "brokerage", "charity", "club", "coalition",
	"company", "conglomerate", "consultancy", "federation", "firm", "foundation", "insurer", "lender", "magazine", "manufacturer", "newspaper", "ngo",
	"nonprofit", "organisation", "organization", "party", "platform", "quartet", "reinsurer", "retailer", "startup", "studio", "subsidiary",
	"supermarket", "union"};
static const char *const settlements[] = {"city", "district", "hamlet", "municipality", "neighborhood", "neighbourhood", "province", "suburb", "town",
	"township", "village"};
static const char *const tongues[] = {"language"};
/* Beside "of": what only settlements have for a name. */
static const char *const settlements_of[] = {"cities", "city", "commune", "communities", "community", "districts", "hamlet", "municipality",
	"neighborhood", "neighbourhood", "port", "province", "settlement", "suburb", "town", "towns", "township", "village", "villages"};
static const char *const articles[] = {"a", "an", "the"};

static bool same_sentence(const struct document *document, size_t word)
{
	return word < document->count && !(document->words[word].token->flags & TOKEN_SENTENCE);
}

static bool is_small(const struct document *document, size_t word) { return !(document->words[word].token->flags & TOKEN_CAPITAL); }

/* True for a noun of the list that ends at `word`; of bodies also "start-up" and "non-profit", three words each. */
static bool is_noun(const struct document *document, size_t word, struct wordlist nouns)
{
	if (!is_small(document, word))
		return false;
	if (wordlist_has(nouns, document_text(document, word)))
		return true;
	return nouns.words == bodies && word > 1 && slice_is(document_text(document, word - 1), "-") &&
		((slice_is(document_text(document, word), "up") && slice_equal_nocase(document_text(document, word - 2), SLICE("start"))) ||
			(slice_is(document_text(document, word), "profit") && slice_equal_nocase(document_text(document, word - 2), SLICE("non"))));
}

/* True if no noun follows for which the one before `word` only speaks: a "company director" is no company, a "city's mayor" no city. */
static bool phrase_ends(const struct document *document, size_t word)
{
	static const char *const followers[] = {"and", "at", "based", "by", "called", "for", "founded", "from", "had", "has", "in", "is", "known", "of",
		"on", "that", "to", "was", "where", "which", "whose", "with"};

	if (!same_sentence(document, word))
		return true;
	const struct token *token = document->words[word].token;
	if (token->flags & TOKEN_POSSESSIVE || slice_is(token->text, "'") || slice_is(token->text, "\xE2\x80\x99"))
		return false;
	return wordlist_has(WORDLIST(followers), token->text) ||
		(token->flags & TOKEN_PUNCT && !(slice_is(token->text, "-") && token->flags & TOKEN_GLUED));
}

/* True if what begins at `word` with an article, or somebody's possessive, is a noun of the list: "the leading trade platform". */
static bool is_phrase_of(const struct document *document, size_t word, struct wordlist nouns)
{
	static const char *const links[] = {"about", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "that", "to", "was", "which",
		"who", "whose", "with"};
	bool owned = wordlist_has(WORDLIST(articles), document_text_or_none(document, word));

	for (size_t i = word; i < word + PHRASE_MAX && same_sentence(document, i); i++) {
		const struct token *token = document->words[i].token;
		if (owned && is_noun(document, i, nouns) && phrase_ends(document, i + 1))
			return true;
		owned |= (token->flags & TOKEN_POSSESSIVE) != 0;
		if (wordlist_has(WORDLIST(links), token->text) || (!owned && !(token->flags & TOKEN_CAPITAL)) ||
			(token->flags & TOKEN_PUNCT && !(token->flags & TOKEN_POSSESSIVE) && !slice_is(token->text, "-")))
			return false;
	}
	return false;
}

/* Behind the name and what stands in brackets behind it. */
static size_t behind_brackets(const struct document *document, size_t word)
{
	if (!slice_is(document_text_or_none(document, word), "("))
		return word;
	for (size_t i = word + 1; i < word + PHRASE_MAX && same_sentence(document, i); i++)
		if (slice_is(document_text(document, i), ")"))
			return i + 1;
	return word;
}

/* "Vola, a Lagos startup", "Vola (VLA) is the largest bank" */
static bool is_called(const struct document *document, const struct mention *mention, struct wordlist nouns)
{
	static const char *const copulas[] = {"is", "was"};
	size_t at = behind_brackets(document, mention->last);

	if (!same_sentence(document, at) || !is_small(document, at))
		return false;
	if (slice_is(document_text(document, at), ","))
		return is_phrase_of(document, at + 1, nouns);
	return wordlist_has(WORDLIST(copulas), document_text(document, at)) && wordlist_has(WORDLIST(articles), document_text_or_none(document, at + 1)) &&
		is_phrase_of(document, at + 1, nouns);
}

/* True if the words that end before `end` are an office that a company has, or a thing: "chief executive", "co-founder", "subsidiary". */
static bool is_company_office(const struct document *document, size_t end)
{
	static const char *const offices[] = {"ceo", "cfo", "cofounder", "coo", "cto", "employees", "founder", "founders", "shareholders"};

	if (end == 0)
		return false;
	struct slice last = document_text(document, end - 1);
	if (wordlist_has(WORDLIST(offices), last))
		return true;
	if (end < 2)
		return false;
	struct slice before = document_text(document, end - 2);
	if (slice_equal_nocase(last, SLICE("executive")))
		return slice_equal_nocase(before, SLICE("chief"));
	if (slice_equal_nocase(last, SLICE("officer")))
		return end > 2 && slice_equal_nocase(document_text(document, end - 3), SLICE("chief"));
	return slice_equal_nocase(last, SLICE("director")) &&
		(slice_equal_nocase(before, SLICE("managing")) || slice_equal_nocase(before, SLICE("executive")));
}

/* "the chief executive of Vola", "a subsidiary of Vola", "shares in Vola" */
static bool is_of_company(const struct document *document, const struct mention *mention)
{
	static const char *const holdings[] = {"customers", "shares", "subsidiaries", "subsidiary"};
	static const char *const links[] = {"at", "in", "of"};
	size_t at = mention->first;

	return at > 1 && same_sentence(document, at) && same_sentence(document, at - 1) && wordlist_has(WORDLIST(links), document_text(document, at - 1)) &&
		(wordlist_has(WORDLIST(holdings), document_text(document, at - 2)) || is_company_office(document, at - 1));
}

/* "Vola chief executive", "Vola co-founder", "Vola outlets" */
static bool has_office(const struct document *document, const struct mention *mention)
{
	static const char *const belongings[] = {"branches", "customers", "defender", "employees", "executives", "goalkeeper", "guard", "inspectors",
		"midfielder", "outlets", "premises", "shareholders", "stores", "striker", "subscribers", "winger"};
	static const char *const ranks[] = {"chief", "commercial", "executive", "financial", "managing", "marketing", "operating", "technology"};
	size_t at = mention->last;

	if (!same_sentence(document, at))
		return false;
	if (wordlist_has(WORDLIST(belongings), document_text(document, at)))
		return is_small(document, at);
	if (slice_equal_nocase(document_text(document, at), SLICE("co")) && slice_is(document_text_or_none(document, at + 1), "-"))
		at += 2;
	while (at < mention->last + 2 && wordlist_has(WORDLIST(ranks), document_text_or_none(document, at)))
		at++;
	for (size_t end = at; end <= at + 1 && same_sentence(document, end - 1); end++)
		if (end > mention->last && is_company_office(document, end))
			return true;
	return false;
}

/* "the startup Vola", "Shenzhen-listed Vola" */
static bool is_named_company(const struct document *document, const struct mention *mention)
{
	static const char *const ownerships[] = {"headquartered", "listed", "owned", "traded"};
	size_t at = mention->first;

	if (at == 0 || !same_sentence(document, at))
		return false;
	if (at > 1 && document->words[at - 1].token->flags & TOKEN_PUNCT && document->words[at].token->flags & TOKEN_GLUED &&
		(slice_is(document_text(document, at - 1), "\"") || slice_is(document_text(document, at - 1), "\xE2\x80\x9C")))
		at--;
	if (is_noun(document, at - 1, WORDLIST(bodies)))
		return true;
	return at > 1 && wordlist_has(WORDLIST(ownerships), document_text(document, at - 1)) && slice_is(document_text(document, at - 2), "-");
}

/* "the village of Coro", "Coro district" */
static bool is_settlement(const struct document *document, const struct mention *mention)
{
	size_t at = mention->first;

	if (at > 1 && same_sentence(document, at) && slice_is(document_text(document, at - 1), "of") && is_small(document, at - 2) &&
		wordlist_has(WORDLIST(settlements_of), document_text(document, at - 2)))
		return true;
	return mention->type == ENTITY_PERSON && same_sentence(document, mention->last) && is_noun(document, mention->last, WORDLIST(settlements));
}

/* "the Ruma language" */
static bool is_tongue(const struct document *document, const struct mention *mention)
{
	return mention->first > 0 && same_sentence(document, mention->first) && slice_is(document_text(document, mention->first - 1), "the") &&
		same_sentence(document, mention->last) && is_noun(document, mention->last, WORDLIST(tongues)) && phrase_ends(document, mention->last + 1);
}

enum entity_type apposition_type(const struct document *document, const struct mention *mention, bool *certain)
{
	*certain = true;
	if (is_of_company(document, mention))
		return ENTITY_ORGANIZATION;
	if (is_settlement(document, mention))
		return ENTITY_PLACE;
	*certain = false;
	if (is_called(document, mention, WORDLIST(bodies)) || has_office(document, mention) || is_named_company(document, mention))
		return ENTITY_ORGANIZATION;
	if (is_called(document, mention, WORDLIST(settlements)))
		return ENTITY_PLACE;
	if (is_called(document, mention, WORDLIST(tongues)) || is_tongue(document, mention))
		return ENTITY_LANGUAGE;
	return ENTITY_TYPES;
}
