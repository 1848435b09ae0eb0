/* parts: see parts.h. Text that was taken from a page, a letter or a forum has often lost the ends of its lines, so that a signature
 * runs into the greeting of the next letter ("Thanks, Ana Jim, Please call"). The rules here go by what no single name does. */
#include "tag/parts.h"

#include "base/utf8.h"
#include "tag/wordlist.h"

static bool cut_at(struct mention *mention, struct mention *rest, uint32_t end, uint32_t begin)
{
	*rest = *mention;
	rest->first = rest->title = begin;
	mention->last = end;
	return true;
}

static bool ends_place(const struct document *document, uint32_t word, uint64_t ends)
{
	static const enum lexicon_class classes[] = {LEXICON_COUNTRY, LEXICON_SUBDIVISION, LEXICON_CITY, LEXICON_TOWN, LEXICON_REGION};

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (document->words[word].names >> (classes[i] * 4) & ends)
			return true;
	return false;
}

/* "Nairobi, Kenya" is two places, if both are known. */
static bool part_at_comma(const struct document *document, struct mention *mention, struct mention *rest)
{
	uint32_t comma = mention->first + 1;

	while (comma + 1 < mention->last && !slice_is(document_text(document, comma), ","))
		comma++;
	if (comma + 1 >= mention->last || !ends_place(document, comma - 1, 1 | 4) || !ends_place(document, comma + 1, 1 | 2))
		return false;
	return cut_at(mention, rest, comma, comma + 1);
}

/* A dash with blanks on both sides. */
static bool is_dash(const struct document *document, uint32_t at)
{
	const struct token *token = document->words[at].token;

	return (slice_is(token->text, "–") || slice_is(token->text, "—")) && !(token->flags & TOKEN_GLUED) &&
	       !(document->words[at + 1].token->flags & TOKEN_GLUED);
}

/* "Apaneca – Ilamatepec" is two places, from one to the other. */
static bool part_at_dash(const struct document *document, struct mention *mention, struct mention *rest)
{
	for (uint32_t i = mention->first + 1; i + 1 < mention->last; i++)
		if (is_dash(document, i))
			return cut_at(mention, rest, i, i + 1);
	return false;
}

/* "Zenith Bank and Harbour Bank" is two organisations, since both end in the same word. */
static bool part_at_and(const struct document *document, struct mention *mention, struct mention *rest)
{
	uint32_t conjunction = mention->first + 2;

	if (mention->last - mention->first < 5)
		return false;
	while (conjunction + 2 < mention->last && !slice_is(document_text(document, conjunction), "and"))
		conjunction++;
	if (conjunction + 2 >= mention->last || document->words[conjunction - 1].form != document->words[mention->last - 1].form)
		return false;
	return cut_at(mention, rest, conjunction, conjunction + 1);
}

static bool has_body(const struct document *document, uint32_t first, uint32_t last)
{
	static const char *const bodies[] = {"academy", "agency", "association", "authority", "bank", "board", "bureau", "center", "centre", "college",
		"commission", "committee", "council", "department", "federation", "foundation", "fund", "hospital", "institute", "institution", "ministry",
		"office", "organisation", "organization", "society", "trust", "union", "university"};

	for (uint32_t i = first; i < last; i++) {
		if (wordlist_has(WORDLIST(bodies), document_text(document, i)))
			return true;
	}
	return false;
}

/* "University of Oxford and the Serum Institute of India" is two: behind "and the" stands a body of its own. */
static bool part_at_and_the(const struct document *document, struct mention *mention, struct mention *rest)
{
	for (uint32_t i = mention->first + 2; i + 3 < mention->last; i++) {
		if (slice_is(document_text(document, i), "and") && slice_is(document_text(document, i + 1), "the") &&
			has_body(document, mention->first, i) && has_body(document, i + 2, mention->last))
			return cut_at(mention, rest, i, i + 2);
	}
	return false;
}

/* A word of a name that isn't an initial or a particle. */
static bool is_full_word(const struct token *token)
{
	return (token->flags & (TOKEN_WORD | TOKEN_CAPITAL | TOKEN_GLUED)) == (TOKEN_WORD | TOKEN_CAPITAL) && utf8_length(token->text) > 2;
}

/* "Ana Ruiz Ana Ruiz": nobody is called by the same two words twice; where they stand again another name begins. */
static bool part_at_repeat(const struct document *document, struct mention *mention, struct mention *rest)
{
	const struct word *first = &document->words[mention->first];

	for (uint32_t i = mention->first + 2; i + 1 < mention->last; i++) {
		const struct word *again = &document->words[i];
		if (first[0].form == again[0].form && first[1].form == again[1].form && is_full_word(again[0].token) && is_full_word(again[1].token))
			return cut_at(mention, rest, i, i);
	}
	return false;
}

/* Words that open a sentence behind a greeting, and with a capital behind a comma nothing else. */
static const char *const openings[] = {"a", "all", "any", "are", "as", "at", "attached", "below", "by", "can", "could", "did", "do", "does",
	"enclosed", "for", "given", "has", "have", "he", "here", "hey", "hi", "his", "hope", "how", "i", "if", "in", "is", "it", "just", "let",
	"my", "no", "not", "now", "on", "one", "our", "per", "please", "she", "since", "so", "some", "sorry", "take", "thank", "thanks", "that",
	"the", "there", "these", "they", "this", "to", "was", "we", "well", "were", "what", "when", "where", "which", "who", "why", "will",
	"with", "would", "yes", "you", "your"};

/* True for a word with a capital that it has as the first of a sentence only, no title of a song ("The Mire") or book. */
static bool opens_sentence(const struct document *document, uint32_t at)
{
	const struct token *token = document->words[at].token, *next = document->words[at + 1].token;

	return (token->flags & (TOKEN_CAPITAL | TOKEN_TITLED | TOKEN_SHOUTED)) == TOKEN_CAPITAL && !(next->flags & (TOKEN_CAPITAL | TOKEN_NUMBER)) &&
	       wordlist_has(WORDLIST(openings), token->text);
}

/* "Ana Jim, Please call": the last word greets, and what stands before it signed the letter above. */
static bool part_at_greeting(const struct document *document, struct mention *mention, struct mention *rest)
{
	uint32_t comma = mention->last, greeted = comma - 1, opening = comma + 1;

	if (opening + 1 >= document->count || !slice_is(document_text(document, comma), ",") || !is_full_word(document->words[greeted].token) ||
		!(document->words[greeted].names >> (LEXICON_FIRST_NAME * 4) & 1) || !opens_sentence(document, opening))
		return false;
	return cut_at(mention, rest, greeted, greeted);
}

bool mention_part(const struct document *document, struct mention *mention, struct mention *rest)
{
	if (mention->last - mention->first < 2)
		return false;
	switch (mention->type) {
	case ENTITY_PERSON: return part_at_repeat(document, mention, rest) || part_at_greeting(document, mention, rest);
	case ENTITY_ORGANIZATION: return part_at_and(document, mention, rest) || part_at_and_the(document, mention, rest);
	case ENTITY_PLACE: return part_at_comma(document, mention, rest) || part_at_dash(document, mention, rest);
	default: return false;
	}
}
