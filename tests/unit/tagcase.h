/* tagcase: a document and its labels from text with names in brackets, for tests of what comes behind the model:
 * "[P Ana Ruiz] met [O Acme Corp]" with P person, O organization, L place, F facility, N nationality, D product, X other. */
#ifndef COPYDESK_TAGCASE_H
#define COPYDESK_TAGCASE_H

#include "unit.h"

#include "base/buf.h"
#include "tag/entities.h"

struct tag_case {
	struct arena arena;
	jmp_buf jump;
	struct tokens tokens;
	struct document document;
	struct mentions mentions;
	struct entities entities;
};

static inline void tag_case_read_with(struct tag_case *c, const struct lexicon *lexicon, const char *marked)
{
	static const char kinds[] = "POLFNDX";
	size_t starts[64], ends[64], count = 0;
	int types[64];
	struct buf text;

	arena_init(&c->arena, (size_t)64 << 20);
	c->arena.escape = &c->jump;
	buf_init_arena(&text, &c->arena, 1 << 20);
	for (const char *p = marked; *p; p++) {
		if (*p == '[' && count < 64) {
			types[count] = (int)(strchr(kinds, p[1]) - kinds);
			starts[count] = text.len;
			p += 2;
		} else if (*p == ']') {
			ends[count++] = text.len;
		} else {
			buf_append_byte(&text, *p);
		}
	}
	tokens_read(&c->arena, buf_slice(&text), &c->tokens);
	document_read(&c->arena, lexicon, &c->tokens, 1, &c->document);
	uint8_t *labels = arena_array(&c->arena, uint8_t, c->document.count + 1);
	float *scores = arena_array(&c->arena, float, c->document.count + 1);
	for (size_t n = 0; n < count; n++)
		for (size_t i = 0; i < c->tokens.count; i++) {
			const struct token *token = &c->tokens.items[i];
			scores[i] = 1;
			if (token->byte_start < starts[n] || token->byte_end > ends[n])
				continue;
			bool begins = token->byte_start == starts[n], finishes = token->byte_end == ends[n];
			labels[i] = (uint8_t)((begins && finishes ? LABEL_S : begins ? LABEL_B : finishes ? LABEL_E : LABEL_I) + types[n]);
		}
	mentions_read(&c->arena, &c->document, labels, scores, &c->mentions);
	entities_join(&c->arena, &c->document, &c->mentions, 0, &c->entities);
}

static inline void tag_case_read(struct tag_case *c, const char *marked)
{
	static const struct lexicon no_lexicon = {0};

	tag_case_read_with(c, &no_lexicon, marked);
}

static inline void tag_case_release(struct tag_case *c)
{
	c->arena.escape = NULL;
	arena_release(&c->arena);
}

static inline struct slice tag_case_text(const struct tag_case *c, size_t mention)
{
	return tokens_span(&c->tokens, c->mentions.items[mention].first, c->mentions.items[mention].last - 1);
}

/* The mentions with their types' first letters, parted by bars: "p Ana Ruiz|o NHB". */
static inline const char *tag_case_names(const char *marked)
{
	static char text[400];
	struct tag_case c;

	tag_case_read(&c, marked);
	text[0] = '\0';
	for (size_t m = 0; m < c.mentions.count; m++) {
		struct slice name = tag_case_text(&c, m);
		size_t length = strlen(text);
		snprintf(text + length, sizeof text - length, "%s%c %.*s", m ? "|" : "", ENTITY_TYPE_NAMES[c.mentions.items[m].type][0], SLICE_ARG(name));
	}
	tag_case_release(&c);
	return text;
}

#endif
