/* names: see names.h. */
#include "tag/names.h"

#include "base/utf8.h"
#include "tag/titles.h"
#include "tag/wordlist.h"

static bool is_initial(struct slice text)
{
	return (text.len == 2 && text.ptr[1] == '.') || (text.len == 1 && byte_is_alpha(text.ptr[0]));
}

/* The form without marks on its letters, so that "Erdogan" is Erdoğan. */
static uint64_t plain_form(const struct word *word)
{
	char text[64];
	size_t length = 0;
	bool plain = true;

	for (size_t i = 0; i < word->token->text.len && plain; i++)
		plain = (unsigned char)word->token->text.ptr[i] < 0x80;
	if (plain)
		return word->form;
	for (size_t at = 0; at < word->token->text.len && length + 4 < sizeof text;) {
		uint32_t c = utf8_plain(utf8_to_lower(utf8_next(word->token->text, &at)));
		c = c == 0x2019 ? '\'' : c < 0x80 && byte_is_digit((char)c) ? '0' : c; /* as word_fold() has them */
		if (c != 0 && c != ' ')
			length += utf8_encode(c, text + length);
	}
	return lexicon_hash((struct slice){text, length});
}

/* Before the legal form of a company, which a name has or not: "Orion Dynamics Inc." is Orion Dynamics. */
static uint32_t name_end(const struct document *document, const struct mention *mention)
{
	static const char *const forms[] = {"ag", "corp", "corp.", "corporation", "gmbh", "inc", "inc.", "incorporated", "limited", "llc", "llp", "ltd",
		"ltd.", "nv", "plc", "pty"};
	uint32_t end = mention->last;

	while (mention->type == ENTITY_ORGANIZATION && end > mention->first + 1 &&
		(wordlist_has(WORDLIST(forms), document_text(document, end - 1)) || document->words[end - 1].token->flags & TOKEN_PUNCT))
		end--;
	return end;
}

void name_read(const struct document *document, const struct mention *mention, struct name *name)
{
	uint32_t end = name_end(document, mention);

	*name = (struct name){0};
	for (uint32_t i = mention->first; i < end && name->count < NAME_PARTS_MAX; i++) {
		const struct word *word = &document->words[i];
		if (name->count > 0 && slice_is(word->token->text, "-") && word->token->flags & TOKEN_GLUED)
			name->half[name->count - 1] = true;
		if (word->token->flags & TOKEN_PUNCT && word->token->text.len < 2)
			continue;
		char first = word->token->text.ptr[0];
		name->initials[name->count] = byte_lower(first);
		name->initial[name->count] = is_initial(word->token->text);
		name->parts[name->count] = plain_form(word);
		name->whole = lexicon_extend(name->whole, name->parts[name->count++]);
	}
	for (uint32_t i = mention->title; i < mention->first; i++)
		word_is_title(document->words[i].token->text, &name->female, &name->male);
}

/* True if each part of `small` is a part of `large` in order, initials standing for any word they begin. */
static bool within(const struct name *small, const struct name *large)
{
	size_t at = 0;

	for (size_t i = 0; i < small->count; i++) {
		for (; at < large->count; at++)
			if (small->parts[i] == large->parts[at] ||
				((small->initial[i] || large->initial[at]) && small->initials[i] == large->initials[at]))
				break;
			else if (small->initial[i] && large->initial[at])
				return false; /* "George W." isn't "George H. W." */
		if (at++ == large->count)
			return false;
	}
	return true;
}

bool name_is_same_person(const struct name *small, const struct name *large)
{
	if ((small->female && large->male) || (small->male && large->female))
		return false;
	if (!within(small, large))
		return false;
	bool real = false; /* initials alone are no evidence */
	for (size_t i = 0; i < small->count; i++)
		real |= !small->initial[i];
	return real;
}

bool name_is_acronym(const struct document *document, const struct mention *mention, char letters[NAME_PARTS_MAX + 1])
{
	size_t count = 0;

	if (mention->last - mention->first != 1)
		return false;
	struct slice text = document->words[mention->first].token->text;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '.')
			continue;
		if (text.ptr[i] < 'A' || text.ptr[i] > 'Z' || count == NAME_PARTS_MAX)
			return false;
		letters[count++] = byte_lower(text.ptr[i]);
	}
	letters[count] = '\0';
	return count >= 2;
}

size_t name_initials(const struct document *document, const struct mention *mention, bool small, char letters[NAME_PARTS_MAX + 1])
{
	size_t count = 0;

	for (uint32_t i = mention->first; i < mention->last && count < NAME_PARTS_MAX; i++) {
		const struct token *token = document->words[i].token;
		if (!(token->flags & TOKEN_WORD) || token->flags & TOKEN_POSSESSIVE || (!small && !(token->flags & TOKEN_CAPITAL)))
			continue;
		letters[count++] = byte_lower(token->text.ptr[0]);
	}
	letters[count] = '\0';
	return count;
}

bool name_is_short_for(const struct document *document, const struct mention *shorter, const struct mention *name)
{
	char letters[NAME_PARTS_MAX + 1], initials[NAME_PARTS_MAX + 1];
	size_t capitals = 0, at = 0;

	name_initials(document, name, true, initials);
	if (name_is_acronym(document, shorter, letters))
		return initials[0] == letters[0];
	struct slice text = document_text(document, shorter->first);
	if (shorter->last - shorter->first != 1 || text.len > NAME_PARTS_MAX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		capitals += text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
		while (initials[at] && initials[at] != byte_lower(text.ptr[i]))
			at++;
		if (!initials[at++])
			return false;
	}
	return capitals >= 2;
}
