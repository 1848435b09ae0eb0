/* acronyms: see acronyms.h. The words before the bracket are read backwards, letter by letter (Schwartz and Hearst 2003); small words may
 * have a letter or none. */
#include "tag/acronyms.h"

#include "tag/labels.h"
#include "tag/mentions.h"
#include "tag/titles.h"
#include "tag/wordlist.h"

#define LETTERS_MAX 10

static const char *const small_words[] = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"};

static bool is_quote(struct slice text)
{
	return slice_is(text, "\"") || slice_is(text, "\xE2\x80\x9C") || slice_is(text, "\xE2\x80\x9D");
}

/* The letters of a word of at least two capitals, in lower case and without the "s" of its plural ("AVs"); 0 for other words. */
static size_t letters_of(struct slice word, char letters[LETTERS_MAX])
{
	size_t capitals = 0, count = 0;

	if (word.len > 1 && word.ptr[word.len - 1] == 's' && byte_is_upper(word.ptr[word.len - 2]))
		word.len--;
	for (size_t i = 0; i < word.len; i++) {
		if (!byte_is_alpha(word.ptr[i]) || count == LETTERS_MAX)
			return 0;
		capitals += byte_is_upper(word.ptr[i]);
		letters[count++] = byte_lower(word.ptr[i]);
	}
	return capitals > 1 ? count : 0;
}

/* The first of the words before `end` that the letters are the beginnings of; `end` if there are none. */
static size_t spelled_from(const struct document *document, size_t end, const char *letters, size_t count)
{
	for (size_t at = end; at-- > 0;) {
		const struct token *token = document->words[at].token;
		if (slice_is(token->text, "-"))
			continue;
		if (!(token->flags & TOKEN_WORD))
			return end;
		if (byte_lower(token->text.ptr[0]) == letters[count - 1])
			count--;
		else if (!wordlist_has(WORDLIST(small_words), token->text))
			return end;
		if (count == 0)
			return at;
		if (token->flags & TOKEN_SENTENCE)
			return end;
	}
	return end;
}

/* True if the words may be a name, though no label says so: all of them have capitals ("All Elite Rowing"), they name no office ("Municipal Chief
 * Executive"), and there is one only ("this Memorandum of Understanding" is one of many). */
static bool looks_like_name(const struct document *document, size_t first, size_t end)
{
	static const char *const determiners[] = {"a", "an", "any", "each", "every", "these", "this", "those"};

	if (first > 0 && wordlist_has(WORDLIST(determiners), document_text(document, first - 1)))
		return false;
	for (size_t i = first; i < end; i++) {
		const struct token *token = document->words[i].token;
		if (token->flags & TOKEN_WORD && !(token->flags & TOKEN_CAPITAL) && !wordlist_has(WORDLIST(small_words), token->text))
			return false;
	}
	return !word_is_role(document_text(document, end - 1));
}

/* "community policing forum": a body has a name even in small letters. */
static bool is_body(struct slice head)
{
	static const char *const bodies[] = {"agency", "alliance", "army", "association", "authority", "bank", "board", "bureau", "center", "centre",
		"club", "commission", "committee", "company", "corporation", "council", "court", "department", "federation", "force", "forces", "forum",
		"foundation", "fund", "group", "institute", "league", "ministry", "network", "office", "organisation", "organization", "party", "police",
		"service", "services", "society", "trust", "union", "university"};

	return wordlist_has(WORDLIST(bodies), head);
}

enum { SPELLED_AS_WORDS = 1, SPELLED_AS_NAME = 2 };

/* What the bracket that opens at `bracket` says of the word in it, which is `*word`; 0 if nothing. */
static uint8_t spelled_as(const struct document *document, const uint8_t *labels, size_t bracket, size_t *word)
{
	char letters[LETTERS_MAX];
	size_t end = bracket;

	*word = bracket + 1;
	if (is_quote(document_text_or_none(document, *word)))
		++*word;
	size_t close = *word + 1;
	if (is_quote(document_text_or_none(document, close)))
		close++;
	if (!slice_is(document_text_or_none(document, close), ")"))
		return 0;
	size_t count = letters_of(document_text(document, *word), letters);
	while (end > 0 && is_quote(document_text(document, end - 1)))
		end--;
	if (count == 0)
		return 0;
	size_t first = spelled_from(document, end, letters, count);
	if (first == end)
		return 0;
	for (size_t i = first; i < end; i++)
		if (labels[i] != LABEL_O)
			return SPELLED_AS_NAME;
	if (is_body(document_text(document, end - 1)))
		return SPELLED_AS_NAME;
	return looks_like_name(document, first, end) ? 0 : SPELLED_AS_WORDS;
}

void acronyms_unlabel(struct arena *arena, const struct document *document, uint8_t *labels)
{
	uint8_t *spelled = NULL; /* by form */
	size_t word;

	for (size_t i = 1; i + 2 < document->count; i++) {
		uint8_t as = slice_is(document_text(document, i), "(") ? spelled_as(document, labels, i, &word) : 0;
		if (!as)
			continue;
		spelled = spelled ? spelled : arena_array(arena, uint8_t, document->form_count);
		spelled[document->words[word].entry] |= as;
	}
	for (size_t i = 0; spelled && i < document->count; i++)
		if (labels[i] >= LABEL_S && labels[i] < LABEL_B && spelled[document->words[i].entry] == SPELLED_AS_WORDS &&
			!(document->words[i].token->flags & TOKEN_SHOUTED))
			labels[i] = LABEL_O;
}
