/* conll: a tagged article as columns, a token a line, sentences parted by blank lines (CoNLL-U Plus: comments, and a head that
 * names the columns): FORM, START and END (code points of the field), NER (IOB2) and ENTITY (the entity's id, "_" for none).
 * Tokens and sentences are the tag stage's own, so mentions begin and end with tokens. */
#include "tools/exportformat.h"

#include "tag/tokens.h"
#include "tools/spans.h"

static void put_token(struct buf *out, const struct token *token, const struct span *span, bool begins)
{
	buf_append(out, token->text);
	buf_printf(out, "\t%u\t%u\t", token->start, token->end);
	if (span)
		buf_printf(out, "%c-%.*s\t%.*s\n", begins ? 'B' : 'I', SLICE_ARG(span->type), SLICE_ARG(span->entity));
	else
		buf_append(out, SLICE("O\t_\n"));
}

static void put_field(
	struct arena *arena, const struct json *article, const char *field, int64_t image, struct slice text, struct buf *out)
{
	struct spans spans = spans_of(arena, article, field, image, false);
	struct tokens tokens;
	size_t at = 0, last = SIZE_MAX;

	if (!text.len)
		return;
	tokens_read(arena, text, &tokens);
	buf_printf(out, "# field = %s", field);
	if (image >= 0)
		buf_printf(out, " %lld", (long long)image);
	buf_append_byte(out, '\n');
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];
		if (i && token->flags & TOKEN_SENTENCE)
			buf_append_byte(out, '\n');
		while (at < spans.count && spans.items[at].end <= token->start)
			at++;
		bool inside = at < spans.count && spans.items[at].start < token->end;
		put_token(out, token, inside ? &spans.items[at] : NULL, at != last);
		last = inside ? at : SIZE_MAX;
	}
	buf_append_byte(out, '\n');
}

void conll_write(struct arena *arena, struct slice value, const struct json *article, struct buf *out)
{
	int64_t image = 0;

	(void)value;
	buf_printf(out, "# newdoc id = %.*s\n", SLICE_ARG(json_string(article, "id")));
	put_field(arena, article, "headline", -1, json_string(article, "headline"), out);
	put_field(arena, article, "articleBody", -1, json_string(article, "articleBody"), out);
	for json_each (item, json_array(article, "image"))
		put_field(arena, article, "caption", image++, json_string(item, "caption"), out);
}
