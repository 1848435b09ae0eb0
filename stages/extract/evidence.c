/* evidence: see evidence.h. */
#include "extract/evidence.h"

#include "base/clock.h"

/* Of one field; a page can repeat itself without end. */
#define CANDIDATES_SHOWN 12

static const char *const FIELD_NAMES[FIELDS] = {[FIELD_TITLE] = "headline", [FIELD_AUTHOR] = "author", [FIELD_PUBLISHED] = "datePublished",
	[FIELD_MODIFIED] = "dateModified", [FIELD_SITE] = "publisher", [FIELD_SECTION] = "articleSection", [FIELD_KEYWORDS] = "keywords",
	[FIELD_DESCRIPTION] = "description", [FIELD_CANONICAL] = "canonicalUrl", [FIELD_TYPE] = "type", [FIELD_LANGUAGE] = "inLanguage",
	[FIELD_TIER] = "isAccessibleForFree", [FIELD_CREDIT] = "creditText"};

static struct slice ld_text(const struct json *value)
{
	if (value && value->kind == JSON_ARRAY)
		value = value->first;
	if (value && value->kind == JSON_OBJECT)
		return json_string(value, "name");
	return value && value->kind == JSON_STRING ? value->text : SLICE_NONE;
}

static void note_jsonld(struct trace *trace, const struct json *ld)
{
	static const char *const MEMBERS[] = {"headline", "alternativeHeadline", "author", "creator", "datePublished", "dateModified", "publisher",
		"articleSection", "keywords", "inLanguage"};

	for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
		struct slice text = ld_text(json_get(ld, MEMBERS[i]));
		if (text.len)
			trace_note(trace, "candidate", LOG_STR("field", MEMBERS[i]), LOG_STR("source", "json-ld"),
				LOG_SLICE("value", text));
	}
}

void evidence_candidates(struct trace *trace, const struct candidates *candidates, const struct json *ld)
{
	if (!trace)
		return;
	note_jsonld(trace, ld);
	for (int field = 0; field < FIELDS; field++) {
		int shown = 0;
		for (const struct candidate *c = candidates->first[field]; c && shown < CANDIDATES_SHOWN; c = c->next, shown++)
			trace_note(trace, "candidate", LOG_STR("field", FIELD_NAMES[field]),
				LOG_STR("source", origin_name(c->origin)), LOG_INT("rank", c->rank),
				LOG_SLICE("value", c->value));
	}
}

static void note_field(struct trace *trace, const char *field, const struct sourced *value)
{
	if (value->value.len)
		trace_note(trace, "field", LOG_STR("field", field), LOG_STR("source", value->source),
			LOG_SLICE("value", value->value));
}

static void note_instant(struct trace *trace, const char *field, const struct instant *instant)
{
	char text[32];

	if (instant->ms == CLOCK_NONE)
		return;
	clock_format(instant->ms, text);
	trace_note(trace, "field", LOG_STR("field", field), LOG_STR("source", instant->source), LOG_STR("value", text),
		LOG_STR("precision", instant->has_time ? "time" : "day"));
}

void evidence_fields(struct trace *trace, const struct article *article)
{
	if (!trace)
		return;
	note_field(trace, "headline", &article->headline);
	note_field(trace, "alternativeHeadline", &article->alternative_headline);
	note_field(trace, "canonicalUrl", &article->canonical_url);
	for (const struct author *a = article->authors; a; a = a->next)
		trace_note(trace, "field", LOG_STR("field", "author"), LOG_STR("source", article->author_source),
			LOG_SLICE("value", a->name));
	note_field(trace, "creditText", &article->credit_text);
	note_field(trace, "dateline", &article->dateline);
	note_instant(trace, "datePublished", &article->published);
	note_instant(trace, "dateModified", &article->modified);
	note_field(trace, "publisher", &article->publisher);
	note_field(trace, "articleSection", &article->section);
	for (const struct keyword *k = article->keywords; k; k = k->next)
		trace_note(trace, "field", LOG_STR("field", "keywords"), LOG_STR("source", article->keyword_source),
			LOG_SLICE("value", k->text));
}

struct slice evidence_element(struct arena *arena, const struct node *node)
{
	struct slice class = slice_sub(node->class, 0, slice_find_byte(node->class, ' '));

	return arena_printf(arena, "%.*s%s%.*s%s%.*s", SLICE_ARG(node->name), node->id.len ? "#" : "", SLICE_ARG(node->id),
		class.len ? "." : "", SLICE_ARG(class));
}

/* The innermost element around a segment whose name speaks against it, or NULL. */
static const struct node *accuser(const struct outline *o, const struct segment *segment, uint32_t against)
{
	for (const struct node *node = o->tree->nodes[segment->from]; node; node = node->parent)
		if (o->concepts[node->order] & segment->concepts & against)
			return node;
	return NULL;
}

static void note_removed(
	struct trace *trace, struct arena *arena, const struct outline *o, const struct segment *segment, uint32_t against)
{
	const struct node *by = accuser(o, segment, against);

	trace_note(trace, "removed", LOG_STR("reason", removed_kind_name(segment->reason)), LOG_SLICE("text", segment->text),
		LOG_SLICE("element", evidence_element(arena, segment->owner)),
		LOG_SLICE("named", by ? evidence_element(arena, by) : SLICE_NONE), LOG_INT("chars", segment->chars),
		LOG_INT("linkChars", segment->link_chars));
}

void evidence_segments(struct trace *trace, struct arena *arena, const struct outline *o, uint32_t against)
{
	size_t count[3] = {0}, chars[3] = {0};

	if (!trace)
		return;
	for (size_t i = 0; i < o->count; i++) {
		const struct segment *segment = &o->segments[i];
		count[segment->fate]++;
		chars[segment->fate] += segment->chars;
		if (segment->fate == SEGMENT_REMOVED)
			note_removed(trace, arena, o, segment, against);
	}
	trace_note(trace, "kept", LOG_INT("blocks", count[SEGMENT_KEPT]), LOG_INT("chars", chars[SEGMENT_KEPT]));
	trace_note(trace, "outside", LOG_INT("blocks", count[SEGMENT_OUTSIDE]), LOG_INT("chars", chars[SEGMENT_OUTSIDE]));
}
