/* words: the tokens of all fields of one article, seen as the features see them, and what the article as a whole says about a form.
 *
 * One document holds every field, so that a name in the headline profits from its full form in the body. */
#ifndef COPYDESK_WORDS_H
#define COPYDESK_WORDS_H

#include "run/trace.h"
#include "tag/lexicon.h"
#include "tag/tokens.h"

#define WORD_AFFIXES 4
#define WORD_NONE UINT32_MAX

struct word {
	const struct token *token;
	uint64_t form;   /* hash of the lower-case form, digits as 0, ’ as ' */
	uint32_t lower;  /* its upper half: what features take */
	uint32_t exact;  /* the same with case kept */
	uint32_t shape;  /* runs of case classes: "Xx", "X.X.", "0,0" */
	uint32_t prefix[WORD_AFFIXES], suffix[WORD_AFFIXES]; /* of 1–4 bytes; 0 where the word is shorter */
	uint64_t names;  /* gazetteer: four bits a class (S, B, E, I), classes 0–14 */
	uint16_t fine;   /* clusters; 0: unknown */
	uint8_t middle, coarse;
	uint16_t family;       /* families (see lexicon.h), from fine to coarse; 0: unknown */
	struct family larger;
	const uint8_t *codes;  /* of its vector, LEXICON_PARTS of them; NULL: it has none */
	uint32_t entry;  /* into forms */
	uint32_t next;   /* the next word of this form's chain, WORD_NONE at the end */
	uint8_t inside;  /* 1 within brackets, 2 within quotation marks */
};

/* A form of the document, over all its occurrences. Capitals count in the middle of sentences that don't shout and aren't titles. */
struct form {
	uint32_t lower;
	uint32_t first; /* word; the chain is of those with a capital, in sentences that don't shout */
	uint32_t capital, small, total;
};

struct document {
	struct word *words;
	size_t count;
	struct sentence *sentences; /* indexes words */
	size_t sentence_count;
	struct form *forms;
	size_t form_count;
	uint32_t *table; /* of forms, by hash */
	size_t table_mask;
	struct trace *trace; /* NULL but for --explain */
};

/* Fields in the order given, letters with combining marks seen as if they were composed (NFC); each sentence is the one of its tokens. The tokens must outlive the document. */
void document_read(struct arena *arena, const struct lexicon *lexicon, const struct tokens *fields, size_t count,
	struct document *document);
static inline struct slice document_text(const struct document *document, size_t word) { return document->words[word].token->text; }
/* The same; behind the last word, nothing. */
static inline struct slice document_text_or_none(const struct document *document, size_t word)
{
	return word < document->count ? document_text(document, word) : SLICE_NONE;
}
/* The text of words [first, last), all of one field, white space and all. */
static inline struct slice document_span(const struct document *document, size_t first, size_t last)
{
	const struct token *begin = document->words[first].token, *end = document->words[last - 1].token;

	return slice_make(begin->text.ptr, end->byte_end - begin->byte_start);
}
/* How often the form stands in other places of the document, with a capital and without, as struct form counts. */
struct elsewhere {
	size_t capital, small;
};
struct elsewhere document_elsewhere(const struct document *document, size_t word);
/* Lower-case form of a token's `text` into `out`, digits as 0, ’ as ', without the blank behind it; at most `size` bytes, cut behind that.
 * Returns the length. */
size_t word_fold(struct slice text, bool keep_case, char *out, size_t size);

#endif
