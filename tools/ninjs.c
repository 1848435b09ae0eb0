/* ninjs: a tagged article as IPTC ninjs 3.1 (News in JSON; iptc.org/std/ninjs), one object a line. Every member is one of the
 * standard's own: its schema allows no others. What the standard has no place for (offsets, salience, quantities) is left out. */
#include "tools/exportformat.h"

#include "base/utf8.h"
#include "json/writer.h"

#include <stdio.h>

static const char SCHEMA[] = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json";

/* Characters that RFC 3986 doesn't allow are percent-encoded; what is there already stays. */
static struct slice as_uri(struct arena *arena, struct slice text)
{
	static const char hex[] = "0123456789ABCDEF";
	struct buf uri;

	buf_init_arena(&uri, arena, text.len * 3 + 1);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c > ' ' && c < 0x7F && !strchr("<>\"{}|\\^`", (char)c)) {
			buf_append_byte(&uri, (char)c);
			continue;
		}
		buf_append_byte(&uri, '%');
		buf_append_byte(&uri, hex[c >> 4]);
		buf_append_byte(&uri, hex[c & 15]);
	}
	return buf_slice(&uri);
}

static bool is_address(struct slice text) { return slice_starts_nocase(text, SLICE("http://")) || slice_starts_nocase(text, SLICE("https://")); }

static struct slice uri_of(struct arena *arena, const struct json *article)
{
	static const char *const NAMES[] = {"canonicalUrl", "url"};

	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
		if (is_address(json_string(article, NAMES[i])))
			return as_uri(arena, json_string(article, NAMES[i]));
	return as_uri(arena, arena_printf(arena, "urn:copydesk:article:%.*s", SLICE_ARG(json_string(article, "id"))));
}

static struct slice first_of(const struct json *article, const char *const *names)
{
	for (; *names; names++)
		if (json_string(article, *names).len)
			return json_string(article, *names);
	return SLICE_NONE;
}

static void put_head(struct json_writer *out, const struct json *article)
{
	static const char *const VERSION[] = {"dateModified", "datePublished", "fetchedAt", NULL};
	const struct json *verdict = json_object(article, "duplicate");
	bool partial = slice_is(json_string(article, "pageType"), "paywall");

	json_add_string(out, "uri", uri_of(out->arena, article));
	json_key(out, "standard");
	json_open_object(out);
	json_add_string(out, "name", SLICE("ninjs"));
	json_add_string(out, "version", SLICE("3.1"));
	json_add_string(out, "schema", slice_of(SCHEMA));
	json_close_object(out);
	json_add_string(out, "type", SLICE("text"));
	json_add_string(out, "representationType", partial ? SLICE("partial") : SLICE("full"));
	if (json_get(verdict, "revision"))
		json_add_string(
			out, "version", arena_printf(out->arena, "%lld", (long long)json_integer(verdict, "revision", 1)));
	json_add_text(out, "firstCreated", json_string(article, "datePublished"));
	json_add_text(out, "versionCreated", first_of(article, VERSION));
	json_add_string(out, "pubStatus", SLICE("usable"));
	json_add_text(out, "language", json_string(json_object(article, "inLanguage"), "tag"));
}

static void put_text(struct json_writer *out, const char *role, struct slice value)
{
	if (!value.len)
		return;
	json_open_object(out);
	json_add_string(out, "role", slice_of(role));
	json_add_string(out, "contentType", SLICE("text/plain"));
	json_add_string(out, "value", value);
	json_close_object(out);
}

static void put_texts(struct json_writer *out, const struct json *article)
{
	struct slice body = json_string(article, "articleBody");

	json_key(out, "headlines");
	json_open_array(out);
	put_text(out, "main", json_string(article, "headline"));
	put_text(out, "alternative", json_string(article, "alternativeHeadline"));
	json_close_array(out);
	json_key(out, "bodies");
	json_open_array(out);
	json_open_object(out);
	json_add_string(out, "role", SLICE("main"));
	json_add_string(out, "contentType", SLICE("text/plain"));
	json_add_integer(out, "charCount", (int64_t)utf8_length(body));
	json_add_integer(out, "wordCount", json_integer(article, "wordCount", 0));
	json_add_string(out, "value", body);
	json_close_object(out);
	json_close_array(out);
}

/* Where entities of a type go. */
static const struct {
	const char *member, *types[6];
} GROUPS[] = {
	{"people", {"person"}},
	{"organisations", {"organization"}},
	{"places", {"place", "facility"}},
	{"events", {"event"}},
	{"objects", {"product", "work", "law", "language", "other"}},
};

static bool belongs(size_t group, struct slice type)
{
	for (size_t i = 0; i < 6 && GROUPS[group].types[i]; i++)
		if (slice_is(type, GROUPS[group].types[i]))
			return true;
	return false;
}

static void put_entity(struct json_writer *out, const struct json *entity, bool place)
{
	struct slice same = json_string(entity, "sameAs");
	const struct json *geo = json_object(entity, "geo");

	json_open_object(out);
	json_add_string(out, "name", json_string(entity, "name"));
	json_add_string(out, "rel", SLICE("mentions"));
	if (is_address(same))
		json_add_string(out, "uri", as_uri(out->arena, same));
	else
		json_add_text(out, "literal", same.len ? same : json_string(entity, "countryCode"));
	if (place && geo) { /* RFC 7946 §3.1.1: longitude first */
		json_key(out, "geoJSON");
		json_open_object(out);
		json_add_string(out, "type", SLICE("Point"));
		json_key(out, "coordinates");
		json_open_array(out);
		json_put_number(out, json_number(geo, "longitude", 0), 6);
		json_put_number(out, json_number(geo, "latitude", 0), 6);
		json_close_array(out);
		json_close_object(out);
	}
	json_close_object(out);
}

static void put_entities(struct json_writer *out, const struct json *article)
{
	for (size_t group = 0; group < sizeof GROUPS / sizeof *GROUPS; group++) {
		json_key(out, GROUPS[group].member);
		json_open_array(out);
		for json_each (entity, json_array(article, "entities"))
			if (belongs(group, json_string(entity, "type")))
				put_entity(out, entity, group == 2);
		json_close_array(out);
	}
}

static void put_subject(struct json_writer *out, struct slice name, const char *rel)
{
	if (!name.len)
		return;
	json_open_object(out);
	json_add_string(out, "name", name);
	json_add_string(out, "rel", slice_of(rel));
	json_close_object(out);
}

static void put_subjects(struct json_writer *out, const struct json *article)
{
	json_key(out, "subjects");
	json_open_array(out);
	put_subject(out, json_string(article, "articleSection"), "section");
	for json_each (keyword, json_array(article, "keywords"))
		put_subject(out, keyword->text, "keyword");
	for json_each (entity, json_array(article, "entities"))
		if (slice_is(json_string(entity, "type"), "nationality"))
			put_subject(out, json_string(entity, "name"), "mentions");
	json_close_array(out);
}

static void put_source(struct json_writer *out, struct slice name, const char *role)
{
	if (!name.len)
		return;
	json_open_object(out);
	json_add_string(out, "name", name);
	json_add_string(out, "role", slice_of(role));
	json_close_object(out);
}

static void put_sources(struct json_writer *out, const struct json *article)
{
	struct buf by;

	buf_init_arena(&by, out->arena, (size_t)1 << 20);
	for json_each (author, json_array(article, "author")) {
		buf_append(&by, by.len ? SLICE(", ") : SLICE(""));
		buf_append(&by, json_string(author, "name"));
	}
	json_add_text(out, "by", buf_slice(&by));
	json_add_text(out, "located", json_string(article, "dateline"));
	json_key(out, "infoSources");
	json_open_array(out);
	put_source(out, json_string(article, "publisher"), "publisher");
	put_source(out, json_string(article, "creditText"), "agency");
	json_close_array(out);
}

static void put_alternative(struct json_writer *out, const char *role, struct slice value)
{
	if (!value.len)
		return;
	json_open_object(out);
	json_add_string(out, "role", slice_of(role));
	json_add_string(out, "value", value);
	json_close_object(out);
}

static void put_picture(struct json_writer *out, const struct json *image, int number)
{
	struct slice uri = as_uri(out->arena, json_string(image, "url")), caption = json_string(image, "caption");

	json_open_object(out);
	json_add_string(out, "name", arena_printf(out->arena, "picture-%d", number));
	json_add_string(out, "uri", uri);
	json_add_string(out, "type", SLICE("picture"));
	json_key(out, "descriptions");
	json_open_array(out);
	put_text(out, "caption", caption);
	json_close_array(out);
	json_add_text(out, "by", json_string(image, "credit"));
	json_close_object(out);
}

static void put_pictures(struct json_writer *out, const struct json *article)
{
	int number = 0;

	json_key(out, "associations");
	json_open_array(out);
	for json_each (image, json_array(article, "image"))
		if (is_address(json_string(image, "url")))
			put_picture(out, image, ++number);
	json_close_array(out);
}

void ninjs_write(struct arena *arena, struct slice value, const struct json *article, struct buf *out)
{
	const struct json *verdict = json_object(article, "duplicate");
	struct json_writer writer;

	(void)value;
	json_begin(&writer, arena, out);
	json_open_object(&writer);
	put_head(&writer, article);
	put_texts(&writer, article);
	put_entities(&writer, article);
	put_subjects(&writer, article);
	put_sources(&writer, article);
	put_pictures(&writer, article);
	json_key(&writer, "altIds");
	json_open_array(&writer);
	put_alternative(&writer, "article", json_string(article, "id"));
	put_alternative(&writer, "story", json_string(verdict, "story"));
	json_close_array(&writer);
	json_close_object(&writer);
	buf_append_byte(out, '\n');
}
