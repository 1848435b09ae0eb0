/* spacy: a tagged article as spaCy's Doc.to_json() has it, for Doc.from_json(): text, tokens, sents, ents. The text is the
 * headline, a blank line and the body. Labels are those of OntoNotes 5, which spaCy's English models use. White space other than
 * one blank behind a token is a token of its own, as spaCy has it. */
#include "tools/exportformat.h"

#include "base/utf8.h"
#include "json/writer.h"
#include "tag/tokens.h"
#include "tools/spans.h"

#define GAP SLICE("\n\n")

static const struct {
	const char *type, *label;
} LABELS[] = {{"person", "PERSON"}, {"organization", "ORG"}, {"place", "LOC"}, {"facility", "FAC"}, {"nationality", "NORP"}, {"event", "EVENT"},
	{"work", "WORK_OF_ART"}, {"product", "PRODUCT"}, {"law", "LAW"}, {"language", "LANGUAGE"}, {"other", "MISC"}, {"DATE", "DATE"}, {"TIME", "TIME"},
	{"DURATION", "DATE"}, {"SET", "DATE"}, {"money", "MONEY"}, {"percent", "PERCENT"}, {"quantity", "QUANTITY"}, {"ordinal", "ORDINAL"}};

static const char *label_of(const struct span *span)
{
	if (slice_is(span->type, "place") && span->located)
		return "GPE";
	for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++)
		if (slice_is(span->type, LABELS[i].type))
			return LABELS[i].label;
	return "MISC";
}

struct part {
	struct tokens tokens;
	struct spans spans;
	int64_t shift; /* code points before it */
};

static void put_range(struct json_writer *out, int64_t start, int64_t end)
{
	json_add_integer(out, "start", start);
	json_add_integer(out, "end", end);
}

/* From one token's end to the next one's start: nothing, a blank that belongs to the token before, or a token of white space. */
static void put_gap(struct json_writer *out, const struct tokens *tokens, size_t i, int64_t from, int64_t to, int64_t *id)
{
	size_t before = i ? tokens->items[i - 1].byte_end : 0;

	if (to > from && i > 0 && tokens->text.ptr[before] == ' ')
		from++;
	if (to <= from)
		return;
	json_open_object(out);
	json_add_integer(out, "id", (*id)++);
	put_range(out, from, to);
	json_close_object(out);
}

static void put_tokens(struct json_writer *out, const struct part *part, int64_t *id)
{
	int64_t at = part->shift;

	for (size_t i = 0; i < part->tokens.count; i++) {
		const struct token *token = &part->tokens.items[i];
		put_gap(out, &part->tokens, i, at, part->shift + token->start, id);
		json_open_object(out);
		json_add_integer(out, "id", (*id)++);
		put_range(out, part->shift + token->start, part->shift + token->end);
		json_close_object(out);
		at = part->shift + token->end;
	}
}

static void put_sentences(struct json_writer *out, const struct part *part)
{
	for (size_t i = 0; i < part->tokens.sentence_count; i++) {
		const struct sentence *sentence = &part->tokens.sentences[i];
		json_open_object(out);
		put_range(out, part->shift + part->tokens.items[sentence->first].start,
			part->shift + part->tokens.items[sentence->last - 1].end);
		json_close_object(out);
	}
}

/* spaCy refuses a span that doesn't begin and end with tokens. */
static void put_spans(struct json_writer *out, const struct part *part)
{
	size_t first = 0, last;

	for (size_t i = 0; i < part->spans.count; i++) {
		const struct span *span = &part->spans.items[i];
		while (first < part->tokens.count && part->tokens.items[first].start < span->start)
			first++;
		for (last = first; last < part->tokens.count && part->tokens.items[last].end < span->end;)
			last++;
		if (last >= part->tokens.count || part->tokens.items[first].start != span->start ||
			part->tokens.items[last].end != span->end)
			continue;
		json_open_object(out);
		put_range(out, part->shift + span->start, part->shift + span->end);
		json_add_string(out, "label", slice_of(label_of(span)));
		json_add_string(out, "kb_id", span->same.ptr ? span->same : SLICE(""));
		json_close_object(out);
	}
}

static struct part part_of(struct arena *arena, const struct json *article, const char *field, int64_t shift)
{
	struct part part = {.shift = shift};

	tokens_read(arena, json_string(article, field), &part.tokens);
	part.spans = spans_of(arena, article, field, -1, true);
	return part;
}

static struct slice joined(struct arena *arena, struct slice a, struct slice b, struct slice c)
{
	struct buf text;

	buf_init_arena(&text, arena, a.len + b.len + c.len + 1);
	buf_append(&text, a);
	buf_append(&text, b);
	buf_append(&text, c);
	return text.len ? buf_slice(&text) : SLICE("");
}

void spacy_write(struct arena *arena, struct slice value, const struct json *article, struct buf *out)
{
	struct slice headline = json_string(article, "headline"), body = json_string(article, "articleBody");
	struct slice gap = headline.len && body.len ? GAP : SLICE("");
	int64_t shift = (int64_t)(utf8_length(headline) + gap.len), id = 0;
	struct part parts[2] = {part_of(arena, article, "headline", 0), part_of(arena, article, "articleBody", shift)};
	struct json_writer writer;

	(void)value;
	json_begin(&writer, arena, out);
	json_open_object(&writer);
	json_add_string(&writer, "text", joined(arena, headline, gap, body));
	json_key(&writer, "ents");
	json_open_array(&writer);
	put_spans(&writer, &parts[0]);
	put_spans(&writer, &parts[1]);
	json_close_array(&writer);
	json_key(&writer, "sents");
	json_open_array(&writer);
	put_sentences(&writer, &parts[0]);
	put_sentences(&writer, &parts[1]);
	json_close_array(&writer);
	json_key(&writer, "tokens");
	json_open_array(&writer);
	put_tokens(&writer, &parts[0], &id);
	if (gap.len) {
		json_open_object(&writer);
		json_add_integer(&writer, "id", id++);
		put_range(&writer, shift - (int64_t)gap.len, shift);
		json_close_object(&writer);
	}
	put_tokens(&writer, &parts[1], &id);
	json_close_array(&writer);
	json_close_object(&writer);
	buf_append_byte(out, '\n');
}
