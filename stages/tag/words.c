/* words: see words.h. */
#include "tag/words.h"

#include "base/utf8.h"
#include "tag/recase.h"

#define FORM_BYTES 64

size_t word_fold(struct slice text, bool keep_case, char *out, size_t size)
{
	size_t length = 0;

	for (size_t at = 0; at < text.len && length + 4 < size;) {
		unsigned char byte = (unsigned char)text.ptr[at];
		if (byte < 0x80) {
			at++;
			if (byte != ' ')
				out[length++] = byte_is_digit((char)byte) ? '0' : keep_case ? (char)byte : byte_lower((char)byte);
			continue;
		}
		uint32_t c = utf8_next(text, &at);
		length += utf8_encode(c == 0x2019 ? '\'' : keep_case ? c : utf8_to_lower(c), out + length);
	}
	return length;
}

/* Runs of classes: "X" upper, "x" lower, "0" digit, marks as they are. */
static uint32_t shape_of(struct slice text, uint32_t flags)
{
	char shape[12];
	size_t length = 0;

	for (size_t at = 0; at < text.len && length < sizeof shape - 2;) {
		uint32_t c = utf8_next(text, &at);
		if (c == ' ')
			continue;
		char class = utf8_is_upper(c) ? 'X' : utf8_is_letter(c) ? 'x' : utf8_is_digit(c) ? '0' : c < 0x80 ? (char)c : '~';
		if (length >= 1 && shape[length - 1] == class && class != '.')
			continue;
		shape[length++] = class;
	}
	if (text.len == 1)
		shape[length++] = '1';
	if (flags & TOKEN_SHOUTED)
		shape[length++] = '!';
	return (uint32_t)(lexicon_hash((struct slice){shape, length}) >> 32) | 1;
}

/* `text`: the token's own, its letters composed, or as it should have been written. */
static void read_word(const struct lexicon *lexicon, const struct token *token, struct slice text, struct word *word)
{
	char lower[FORM_BYTES], exact[FORM_BYTES];
	size_t length = word_fold(text, false, lower, sizeof lower);
	size_t exact_length = word_fold(text, true, exact, sizeof exact);

	word->token = token;
	word->form = lexicon_hash((struct slice){lower, length});
	word->lower = (uint32_t)(word->form >> 32);
	uint64_t form = lexicon_hash((struct slice){exact, exact_length});
	word->exact = (uint32_t)(form >> 32);
	word->shape = shape_of(text, token->flags);
	uint32_t prefix = 2166136261u, suffix = 2166136261u; /* FNV-1a */
	for (size_t i = 0; i < WORD_AFFIXES && i < length; i++) {
		prefix = (prefix ^ (unsigned char)lower[i]) * 16777619u;
		suffix = (suffix ^ (unsigned char)lower[length - 1 - i]) * 16777619u;
		word->prefix[i] = prefix;
		word->suffix[i] = suffix;
	}
	const struct cluster_slot *cluster = NULL;
	if (!(token->flags & TOKEN_SHOUTED) || !(token->flags & TOKEN_UPPER))
		cluster = lexicon_cluster(lexicon, form);
	else if (length > 1) { /* shouted: as a name, else as a word */
		for (size_t i = 1; i < exact_length; i++)
			exact[i] = byte_lower(exact[i]);
		cluster = lexicon_cluster(lexicon, lexicon_hash((struct slice){exact, exact_length}));
	}
	if (!cluster)
		cluster = lexicon_cluster(lexicon, word->form);
	if (cluster) {
		word->fine = cluster->fine;
		word->middle = cluster->middle;
		word->coarse = cluster->coarse;
	}
	word->family = (uint16_t)lexicon_family(lexicon, word->form, &word->codes);
	if (word->family)
		word->larger = lexicon->families[word->family];
}

static struct form *form_of(struct document *document, uint32_t lower)
{
	size_t at = (lower * 2654435761u) & document->table_mask;

	for (; document->table[at] != 0; at = (at + 1) & document->table_mask)
		if (document->forms[document->table[at] - 1].lower == lower)
			return &document->forms[document->table[at] - 1];
	struct form *form = &document->forms[document->form_count++];
	document->table[at] = (uint32_t)document->form_count;
	*form = (struct form){.lower = lower, .first = WORD_NONE};
	return form;
}

/* Words are entered last to first, so that each chain runs forward. */
static void count_forms(struct arena *arena, struct document *document)
{
	size_t slots = 16;

	while (slots < document->count * 2)
		slots *= 2;
	document->table = arena_array(arena, uint32_t, slots);
	document->table_mask = slots - 1;
	document->forms = arena_array(arena, struct form, document->count + 1);
	for (size_t i = document->count; i-- > 0;) {
		struct word *word = &document->words[i];
		struct form *form = form_of(document, word->lower);
		uint32_t flags = word->token->flags;
		word->entry = (uint32_t)(form - document->forms);
		word->next = WORD_NONE;
		if (flags & TOKEN_CAPITAL && !(flags & TOKEN_SHOUTED)) {
			word->next = form->first;
			form->first = (uint32_t)i;
		}
		form->total++;
		if (flags & (TOKEN_SHOUTED | TOKEN_TITLED) || !(flags & TOKEN_WORD))
			continue;
		if (!(flags & TOKEN_CAPITAL))
			form->small++;
		else if (!(flags & TOKEN_SENTENCE) && word[-1].token->text.ptr[0] != '"' && word[-1].token->text.ptr[0] != ':')
			form->capital++;
	}
}

static void mark_names(const struct lexicon *lexicon, struct document *document, size_t first, size_t last)
{
	struct word *words = document->words;

	for (size_t i = first; i < last; i++) {
		uint64_t phrase = 0;
		if (!(words[i].token->flags & TOKEN_CAPITAL))
			continue;
		for (size_t j = i; j < last && j < i + LEXICON_LONGEST; j++) {
			phrase = lexicon_extend(phrase, words[j].form);
			uint16_t classes = lexicon_classes(lexicon, phrase);
			for (unsigned class = 0; class < LEXICON_CLASSES; class++) {
				if (!(classes >> class & 1))
					continue;
				if (i == j) {
					words[i].names |= 1ull << (class * 4);
					continue;
				}
				words[i].names |= 2ull << (class * 4);
				words[j].names |= 4ull << (class * 4);
				for (size_t k = i + 1; k < j; k++)
					words[k].names |= 8ull << (class * 4);
			}
			if (!(classes & LEXICON_MORE))
				break;
		}
	}
}

/* Within brackets or quotation marks that open and close in this sentence. */
static void mark_inside(struct document *document, size_t first, size_t last)
{
	size_t bracket = WORD_NONE, quote = WORD_NONE;

	for (size_t i = first; i < last; i++) {
		struct slice text = document->words[i].token->text;
		if (!(document->words[i].token->flags & TOKEN_PUNCT))
			continue;
		if (slice_is(text, "(")) {
			bracket = i;
		} else if (slice_is(text, ")") && bracket != WORD_NONE) {
			for (size_t k = bracket + 1; k < i && i - bracket < 20; k++)
				document->words[k].inside |= 1;
			bracket = WORD_NONE;
		} else if (slice_is(text, "\"") || slice_is(text, "``") || slice_is(text, "“") || slice_is(text, "''") || slice_is(text, "”")) {
			if (quote != WORD_NONE && i - quote < 12)
				for (size_t k = quote + 1; k < i; k++)
					document->words[k].inside |= 2;
			quote = quote == WORD_NONE || i - quote >= 12 ? i : WORD_NONE;
		}
	}
}

/* Names in small letters as they should have been written; the tokens that change are copies. */
static void recase_sentence(struct arena *arena, const struct lexicon *lexicon, struct word *words, struct sentence sentence)
{
	for (size_t i = sentence.first; i < sentence.last;) {
		size_t end = i + recase_name(lexicon, words, i, sentence.last);
		if (end == i)
			i++;
		for (; i < end; i++) {
			char text[FORM_BYTES];
			struct token *token = arena_array(arena, struct token, 1);
			*token = *words[i].token;
			token->flags |= TOKEN_CAPITAL;
			read_word(lexicon, token, slice_make(text, recase_word(token->text, text, sizeof text)), &words[i]);
		}
	}
}

void document_read(struct arena *arena, const struct lexicon *lexicon, const struct tokens *fields, size_t count,
	struct document *document)
{
	size_t words = 0, sentences = 0;
	bool careless = recase_is_careless(fields, count);

	for (size_t f = 0; f < count; f++) {
		words += fields[f].count;
		sentences += fields[f].sentence_count;
	}
	*document = (struct document){.words = arena_array(arena, struct word, words + 1),
		.sentences = arena_array(arena, struct sentence, sentences + 1)};
	for (size_t f = 0; f < count; f++) {
		uint32_t base = (uint32_t)document->count;
		for (size_t i = 0; i < fields[f].count; i++) {
			const struct token *token = &fields[f].items[i];
			arena_tick(arena);
			read_word(lexicon, token, utf8_nfc(arena, token->text), &document->words[document->count++]);
		}
		for (size_t s = 0; s < fields[f].sentence_count; s++) {
			struct sentence sentence = fields[f].sentences[s];
			document->sentences[document->sentence_count++] = (struct sentence){sentence.first + base, sentence.last + base};
		}
	}
	for (size_t s = 0; s < document->sentence_count; s++) {
		if (careless)
			recase_sentence(arena, lexicon, document->words, document->sentences[s]);
		mark_names(lexicon, document, document->sentences[s].first, document->sentences[s].last);
		mark_inside(document, document->sentences[s].first, document->sentences[s].last);
	}
	count_forms(arena, document);
}

struct elsewhere document_elsewhere(const struct document *document, size_t word)
{
	const struct form *form = &document->forms[document->words[word].entry];
	uint32_t flags = document->words[word].token->flags;
	struct elsewhere elsewhere = {form->capital, form->small};

	if (flags & (TOKEN_SHOUTED | TOKEN_TITLED))
		return elsewhere;
	if (!(flags & TOKEN_CAPITAL) && elsewhere.small > 0)
		elsewhere.small--;
	if (flags & TOKEN_CAPITAL && !(flags & TOKEN_SENTENCE) && elsewhere.capital > 0)
		elsewhere.capital--;
	return elsewhere;
}
