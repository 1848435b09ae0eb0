/* mentions: see mentions.h. */
#include "tag/mentions.h"

#include "tag/acronyms.h"
#include "tag/bounds.h"
#include "tag/kinds.h"
#include "tag/parts.h"
#include "tag/repeats.h"
#include "tag/wordlist.h"

const char *const ENTITY_TYPE_NAMES[ENTITY_TYPES] = {"person", "organization", "place", "facility", "nationality", "event", "work", "product",
	"law", "language", "other"};

static const char *const directions[] = {"east", "north", "south", "west"};

/* "the North" alone: which one it is, only a reader knows. */
static bool is_bare_direction(const struct document *document, const struct mention *mention)
{
	return mention->last - mention->first == 1 && wordlist_has(WORDLIST(directions), document_text(document, mention->first));
}

/* Nothing that has a letter or a figure: "@". */
static bool is_marks(const struct document *document, const struct mention *mention)
{
	for (uint32_t i = mention->first; i < mention->last; i++)
		if (!(document->words[i].token->flags & TOKEN_PUNCT))
			return false;
	return true;
}

static bool is_ending(struct slice word)
{
	static const char *const endings[] = {"bmp", "csv", "doc", "docx", "exe", "gif", "htm", "html", "jpeg", "jpg", "mp3", "mp4", "pdf", "png",
		"ppt", "pptx", "rtf", "tif", "txt", "wav", "xls", "xlsx", "zip"};

	return wordlist_has(WORDLIST(endings), word);
}

/* "Budget_v2.doc", one token or three: a file's name is its writer's. */
static bool is_file(const struct document *document, const struct mention *mention)
{
	for (uint32_t i = mention->first; i < mention->last; i++) {
		struct slice text = document_text(document, i);
		size_t dot = slice_find_last_byte(text, '.');
		if (dot != SLICE_NOT_FOUND && dot > 0 && is_ending(slice_sub(text, dot + 1, text.len)))
			return true;
		if (i + 2 < document->count && slice_is(document_text(document, i + 1), ".") && document->words[i + 1].token->flags & TOKEN_GLUED &&
			document->words[i + 2].token->flags & TOKEN_GLUED && is_ending(document_text(document, i + 2)))
			return true;
	}
	return false;
}

/* A name may begin or be this: not a mark, nor a script that the model doesn't know. */
static bool is_name(const struct document *document, const struct mention *mention)
{
	const struct token *token = document->words[mention->first].token;

	return !(token->flags & TOKEN_UNSPACED) && !is_marks(document, mention) && !is_file(document, mention) && !token_is_edge(token) &&
	       !is_bare_direction(document, mention);
}

/* "the North's state affairs commission": an office of state in small letters, by name: two words or more before its head, behind
 * the possessive of a place or of "the North". Sets its labels. */
static void mark_small_offices(const struct document *document, uint8_t *labels)
{
	static const char *const heads[] = {"assembly", "commission"};

	for (size_t i = 2; i + 3 < document->count; i++) {
		bool place = labels[i - 2] != LABEL_O && label_type(labels[i - 2]) == NAME_PLACE;
		bool direction = document->words[i - 2].token->flags & TOKEN_CAPITAL && wordlist_has(WORDLIST(directions), document_text(document, i - 2));
		if (!(document->words[i - 1].token->flags & TOKEN_POSSESSIVE) || !(place || direction))
			continue;
		size_t end = i;
		while (end < document->count && end < i + 4 && labels[end] == LABEL_O &&
			(document->words[end].token->flags & (TOKEN_WORD | TOKEN_CAPITAL | TOKEN_SENTENCE)) == TOKEN_WORD &&
			!wordlist_has(WORDLIST(heads), document_text(document, end)))
			end++;
		if (end < i + 2 || end >= document->count || labels[end] != LABEL_O || !wordlist_has(WORDLIST(heads), document_text(document, end)))
			continue;
		for (size_t k = i; k <= end; k++)
			labels[k] = label_within(k, i, end + 1, NAME_ORGANIZATION);
	}
}

/* "the Russian Far Eastern city of Vladivostok", if all of it is one place: a people at its beginning is a name, too. Parts its label. */
static void mark_people_of_settlement(const struct document *document, uint8_t *labels)
{
	for (size_t i = 0; i + 3 < document->count; i++) {
		if (labels[i] != LABEL_B + NAME_PLACE || !word_is_people(&document->words[i]))
			continue;
		size_t at = i + 1;
		while (at + 2 < document->count && !label_ends(labels[at]) && !word_is_settlement(document, at))
			at++;
		if (at + 2 >= document->count || label_ends(labels[at]) || label_ends(labels[at + 1]))
			continue;
		labels[i] = LABEL_S + NAME_NATIONALITY;
		memset(&labels[i + 1], LABEL_O, at + 1 - i);
		labels[at + 2] = (uint8_t)((label_ends(labels[at + 2]) ? LABEL_S : LABEL_B) + NAME_PLACE);
	}
}

#define TYPE_UNSEEN 255

/* By form, the type of name that it is, alone or as a surname, wherever the article doesn't shout; NAME_TYPES if not always, TYPE_UNSEEN if it
 * occurs nowhere else. One pass for all forms: a page that shouts would ask for each word. */
static uint8_t *always_named(struct arena *arena, const struct document *document, const uint8_t *labels)
{
	uint8_t *types = arena_alloc(arena, document->form_count + 1);

	memset(types, TYPE_UNSEEN, document->form_count + 1);
	for (size_t i = 0; i < document->count; i++) {
		const struct word *word = &document->words[i];
		uint8_t *type = &types[word->entry];
		arena_tick(arena);
		if (word->token->flags & TOKEN_SHOUTED || *type == NAME_TYPES)
			continue;
		bool whole = labels[i] >= LABEL_S && labels[i] < LABEL_B;
		bool surname = labels[i] != LABEL_O && label_ends(labels[i]) && label_type(labels[i]) == NAME_PERSON;
		bool other = (!whole && !surname) || (*type != TYPE_UNSEEN && *type != label_type(labels[i]));
		*type = (uint8_t)(other ? NAME_TYPES : label_type(labels[i]));
	}
	return types;
}

/* "RUIZ TO RESIGN": where all is upper case the model sees little; what the rest of the article always means by the word tells. */
static void mark_shouted(struct arena *arena, const struct document *document, uint8_t *labels, float *scores)
{
	const uint8_t *types = NULL;

	for (uint32_t i = 0; i < document->count; i++) {
		const struct token *token = document->words[i].token;
		if (labels[i] != LABEL_O || !(token->flags & TOKEN_SHOUTED) || !(token->flags & TOKEN_UPPER) || token->text.len < 3)
			continue;
		types = types ? types : always_named(arena, document, labels);
		uint8_t type = types[document->words[i].entry];
		if (type == NAME_TYPES || type == TYPE_UNSEEN)
			continue;
		labels[i] = (uint8_t)(LABEL_S + type);
		scores[i] = 0.5f;
	}
}

static void add_mention(struct arena *arena, struct mentions *mentions, size_t *room, struct mention mention)
{
	mentions->items = arena_grow(arena, mentions->items, room, mentions->count + 1, sizeof(struct mention));
	mentions->items[mentions->count++] = mention;
}

bool mention_is_listed(const struct document *document, const struct mention *mention, enum lexicon_class class)
{
	uint64_t first = document->words[mention->first].names >> (class * 4);
	uint64_t last = document->words[mention->last - 1].names >> (class * 4);

	return mention->last - mention->first == 1 ? first & 1 : first & 2 && last & 4;
}

void mentions_read(struct arena *arena, const struct document *document, uint8_t *labels, float *scores,
	struct mentions *mentions)
{
	size_t room = 0;

	acronyms_unlabel(arena, document, labels);
	mark_small_offices(document, labels);
	mark_people_of_settlement(document, labels);
	repeats_label(arena, document, labels, scores);
	mark_shouted(arena, document, labels, scores);
	*mentions = (struct mentions){0};
	mentions->items = arena_grow(arena, NULL, &room, 1, sizeof(struct mention));
	for (size_t i = 0; i < document->count;) {
		if (!label_begins(labels[i])) {
			i++;
			continue;
		}
		struct mention mention = {.first = (uint32_t)i, .score = 1, .entity = MENTION_ALONE};
		enum name_type type = label_type(labels[i]);
		for (;; i++) {
			mention.score = scores[i] < mention.score ? scores[i] : mention.score;
			if (label_ends(labels[i]))
				break;
		}
		mention.last = (uint32_t)++i;
		bounds_settle(document, labels, &mention, &type);
		if (is_name(document, &mention)) {
			mention.type = kind_of(document, &mention, type);
			struct mention rest;
			while (mention_part(document, &mention, &rest)) {
				add_mention(arena, mentions, &room, mention);
				mention = rest;
			}
			add_mention(arena, mentions, &room, mention);
		}
	}
}
