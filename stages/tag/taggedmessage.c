/* taggedmessage: see taggedmessage.h. */
#include "tag/taggedmessage.h"

#include "base/utf8.h"
#include "json/writer.h"
#include "tag/roles.h"

#include <stdio.h>

#define MESSAGE_MAX ((size_t)256 << 20)

static void write_mention(struct json_writer *writer, const struct article *article, const struct mention *mention)
{
	const struct field *field = article_field_of(article, mention->first);

	json_open_object(writer);
	json_add_string(writer, "text", document_span(&article->document, mention->first, mention->last));
	json_add_integer(writer, "start", article->document.words[mention->first].token->start);
	json_add_integer(writer, "end", article->document.words[mention->last - 1].token->end);
	json_add_string(writer, "field", slice_of(field->name));
	if (field->image >= 0)
		json_add_integer(writer, "image", field->image);
	json_add_number(writer, "score", (double)mention->score, 3);
	json_close_object(writer);
}

static void write_place(struct json_writer *writer, const struct place_record *place)
{
	json_add_string(writer, "countryCode", slice_make(place->country, 2));
	if (place->subdivision[0]) {
		char code[8];
		int length = snprintf(code, sizeof code, "%.2s-%.3s", place->country, place->subdivision);
		json_add_string(writer, "subdivisionCode", slice_make(code, (size_t)length));
	}
	if (place->kind == PLACE_CITY && (place->latitude || place->longitude)) {
		json_key(writer, "geo");
		json_open_object(writer);
		json_add_number(writer, "latitude", place->latitude / 100.0, 2);
		json_add_number(writer, "longitude", place->longitude / 100.0, 2);
		json_close_object(writer);
	}
}

/* The first role phrase that stands beside one of a person's mentions. */
static struct slice role_of(const struct article *article, const uint32_t *next, uint32_t mention)
{
	uint32_t first, last;

	for (; mention != MENTION_ALONE; mention = next[mention])
		if (role_beside(&article->document, &article->mentions, mention, &first, &last))
			return document_span(&article->document, first, last);
	return SLICE_NONE;
}

/* Each mention's next one of the same entity; `heads` by entity. */
static void chain(const struct article *article, uint32_t *heads, uint32_t *next)
{
	for (size_t e = 0; e < article->entities.count; e++)
		heads[e] = MENTION_ALONE;
	for (size_t m = article->mentions.count; m-- > 0;) {
		uint32_t entity = article->mentions.items[m].entity;
		next[m] = heads[entity];
		heads[entity] = (uint32_t)m;
	}
}

/* A mention's words in one line, without the blank that a text has behind its apostrophes: "King’s College" for "King’ s College". */
static struct slice name_of(const struct article *article, const struct mention *mention)
{
	const struct document *document = &article->document;
	struct buf name;

	if (!slice_contains(document_span(document, mention->first, mention->last), SLICE("’ ")))
		return utf8_squeeze(article->arena, document_span(document, mention->first, mention->last));
	buf_init_arena(&name, article->arena, SIZE_MAX / 4);
	for (uint32_t i = mention->first; i < mention->last; i++) {
		struct slice text = document_text(document, i);
		if (i > mention->first && !(document->words[i].token->flags & TOKEN_GLUED))
			buf_append_byte(&name, ' ');
		for (size_t at = 0; at < text.len; at++)
			if (text.ptr[at] != ' ')
				buf_append_byte(&name, text.ptr[at]);
	}
	return buf_slice(&name);
}

static void write_entity(struct json_writer *writer, const struct knowledge *knowledge, const struct article *article, size_t index, float most,
	const uint32_t *next, uint32_t head)
{
	const struct entity *entity = &article->entities.items[index];
	const struct mention *longest = &article->mentions.items[entity->longest];
	const char *type = ENTITY_TYPE_NAMES[entity->type];
	struct slice name = name_of(article, longest);
	struct slice known = knowledge_find(knowledge, article->arena, name, type);
	char id[24];

	snprintf(id, sizeof id, "e%zu", index + 1);
	json_open_object(writer);
	json_add_string(writer, "id", slice_of(id));
	json_add_string(writer, "type", slice_of(type));
	json_add_string(writer, "name", name);
	json_add_number(writer, "salience", (double)(entity->weight / most), 3);
	if (article->places[index])
		write_place(writer, article->places[index]);
	json_add_text(writer, "sameAs", known);
	if (entity->type == ENTITY_PERSON)
		json_add_text(writer, "role", utf8_squeeze(article->arena, role_of(article, next, head)));
	json_key(writer, "mentions");
	json_open_array(writer);
	for (uint32_t m = head; m != MENTION_ALONE; m = next[m])
		write_mention(writer, article, &article->mentions.items[m]);
	json_close_array(writer);
	json_close_object(writer);
}

static void write_entities(struct json_writer *writer, const struct knowledge *knowledge, const struct article *article)
{
	uint32_t *heads = arena_array(article->arena, uint32_t, article->entities.count + 1);
	uint32_t *next = arena_array(article->arena, uint32_t, article->mentions.count + 1);
	float most = 0;

	chain(article, heads, next);
	for (size_t e = 0; e < article->entities.count; e++)
		most = article->entities.items[e].weight > most ? article->entities.items[e].weight : most;
	json_key(writer, "entities");
	json_open_array(writer);
	for (size_t e = 0; e < article->entities.count; e++)
		write_entity(writer, knowledge, article, e, most, next, heads[e]);
	json_close_array(writer);
}

static void write_figures(struct json_writer *writer, const struct article *article)
{
	json_key(writer, "times");
	json_open_array(writer);
	for (size_t f = 0; f < article->field_count; f++) {
		const struct field *field = &article->fields[f];
		times_write(writer, field->text, field->name, field->image, &article->anchor, field->times, field->time_count);
	}
	json_close_array(writer);
	json_key(writer, "quantities");
	json_open_array(writer);
	for (size_t f = 0; f < article->field_count; f++) {
		const struct field *field = &article->fields[f];
		quantities_write(writer, &article->tokens[f], field->name, field->image, field->quantities, field->quantity_count);
	}
	json_close_array(writer);
}

struct slice tagged_message_write(const struct knowledge *knowledge, const struct article *article, const struct json *root)
{
	struct json_writer writer;
	struct buf out;

	buf_init_arena(&out, article->arena, MESSAGE_MAX);
	json_begin(&writer, article->arena, &out);
	json_open_object(&writer);
	for json_each(member, root) {
		if (slice_is(member->name, "entities") || slice_is(member->name, "times") || slice_is(member->name, "quantities"))
			continue; /* of an earlier run */
		json_key(&writer, arena_cstr(article->arena, member->name));
		json_put_value(&writer, member);
	}
	write_entities(&writer, knowledge, article);
	write_figures(&writer, article);
	json_close_object(&writer);
	if (!json_finish(&writer))
		arena_escape(article->arena, ESCAPE_MEMORY); /* over MESSAGE_MAX: the only way to fail */
	return buf_slice(&out);
}
