/* jsonld: see jsonld.h. The hard thing is which of the objects is the page's article. */
#include "extract/jsonld.h"

#include "extract/jsonmend.h"

static const struct json_limits LIMITS = {.bytes = 4u << 20, .depth = 48, .nodes = 200000, .allow_duplicates = true};

void jsonld_init(struct jsonld *jsonld, struct arena *arena)
{
	*jsonld = (struct jsonld){.arena = arena};
	jsonld->tail = &jsonld->scripts;
}

/* Cuts comment and CDATA wrappers off both ends. */
static struct slice unwrap(struct slice s)
{
	size_t first = 0, last = s.len;
	while (first < last && s.ptr[first] != '{' && s.ptr[first] != '[')
		first++;
	if (slice_starts(slice_sub(s, first, last), SLICE("[CDATA[")))
		for (first += 7; first < last && s.ptr[first] != '{' && s.ptr[first] != '['; first++)
			;
	while (last > first && s.ptr[last - 1] != '}' && s.ptr[last - 1] != ']')
		last--;
	struct slice inner = slice_sub(s, first, last);
	if (slice_ends(inner, SLICE("]]")) && inner.len && inner.ptr[0] == '{')
		inner.len -= 2;
	return inner;
}

bool jsonld_add(struct jsonld *jsonld, struct slice text)
{
	struct error error;
	const struct json *root = json_parse(jsonld->arena, unwrap(text), &LIMITS, &error);
	if (!root)
		root = json_parse(jsonld->arena, json_mend(jsonld->arena, text), &LIMITS, &error);
	if (!root)
		return false;
	struct jsonld_script *script = arena_new(jsonld->arena, struct jsonld_script);
	script->root = root;
	*jsonld->tail = script;
	jsonld->tail = &script->next;
	return true;
}

static bool type_matches(struct slice type, const char *wanted)
{
	size_t slash = slice_find_last_byte(type, '/');
	if (slash != SLICE_NOT_FOUND)
		type = slice_sub(type, slash + 1, type.len);
	size_t colon = slice_find_last_byte(type, ':');
	if (colon != SLICE_NOT_FOUND)
		type = slice_sub(type, colon + 1, type.len);
	return slice_equal_nocase(type, slice_of(wanted));
}

/* Does @type of the object (a word, a list, with or without http://schema.org/) name `type`? */
static bool jsonld_is(const struct json *object, const char *wanted)
{
	const struct json *type = json_get(object, "@type");
	if (!type)
		return false;
	if (type->kind == JSON_STRING)
		return type_matches(type->text, wanted);
	for json_each (item, type->kind == JSON_ARRAY ? type : NULL)
		if (item->kind == JSON_STRING && type_matches(item->text, wanted))
			return true;
	return false;
}

static const char *const ARTICLE_TYPES[] = {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
	"BackgroundNewsArticle", "AskPublicNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "BlogPosting",
	"LiveBlogPosting", "Report", "ScholarlyArticle", "TechArticle", "SocialMediaPosting", "Review", "Recipe", "CreativeWork"};

static int article_rank(const struct json *object)
{
	if (jsonld_is(object, "CreativeWork") || jsonld_is(object, "Recipe") || jsonld_is(object, "Review"))
		return 1;
	for (size_t i = 0; i < sizeof ARTICLE_TYPES / sizeof *ARTICLE_TYPES; i++)
		if (jsonld_is(object, ARTICLE_TYPES[i]))
			return i == 1 || i == 15 ? 2 : 3;
	return 0;
}

struct slice jsonld_text(const struct json *object, const char *name)
{
	static const char *const MEMBERS[] = {"name", "@value", "headline", "url", "@id"};
	const struct json *value = json_get(object, name);
	for (int depth = 0; value && depth < 3; depth++) {
		if (value->kind == JSON_STRING || value->kind == JSON_NUMBER)
			return value->text;
		if (value->kind == JSON_ARRAY) {
			value = value->first;
			continue;
		}
		if (value->kind != JSON_OBJECT)
			break;
		const struct json *inner = NULL;
		for (size_t i = 0; !inner && i < sizeof MEMBERS / sizeof *MEMBERS; i++)
			inner = json_get(value, MEMBERS[i]);
		value = inner;
	}
	return SLICE_NONE;
}

/* --- walking all objects ---------------------------------------------------------------------- */

struct walk {
	const struct json *value;
	uint16_t depth; /* of articles and other objects above it, containers not counted */
	bool aside;     /* inside something that lists other pages */
};

/* Members whose objects are other pages or parts, never the page's own article. */
static bool leads_aside(struct slice name)
{
	static const char *const NAMES[] = {"itemListElement", "relatedLink", "mentions", "citation", "isBasedOn", "hasPart", "liveBlogUpdate", "comment",
		"review", "blogPost", "potentialAction", "video", "image", "author", "publisher", "breadcrumb", "about", "isPartOf", "significantLink", "associatedMedia"};
	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
		if (slice_is(name, NAMES[i]))
			return true;
	return false;
}

static bool is_container(struct slice name)
{
	return !name.len || slice_is(name, "@graph") || slice_is(name, "mainEntity") || slice_is(name, "mainEntityOfPage");
}

static struct slice address_of(struct slice url)
{
	size_t mark = slice_find_byte(url, '#');
	if (mark != SLICE_NOT_FOUND)
		url.len = mark;
	mark = slice_find_byte(url, '?');
	if (mark != SLICE_NOT_FOUND)
		url.len = mark;
	mark = slice_find(url, SLICE("://"));
	if (mark != SLICE_NOT_FOUND)
		url = slice_sub(url, mark + 3, url.len);
	if (slice_starts_nocase(url, SLICE("www.")))
		url = slice_sub(url, 4, url.len);
	while (url.len && url.ptr[url.len - 1] == '/')
		url.len--;
	return url;
}

static bool names_page(const struct json *object, const struct slice *urls, size_t count)
{
	static const char *const MEMBERS[] = {"url", "mainEntityOfPage", "@id"};
	for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
		const struct json *member = json_get(object, MEMBERS[i]);
		struct slice own = json_string(member, "@id");
		if (!own.len)
			own = jsonld_text(object, MEMBERS[i]);
		own = address_of(own);
		for (size_t k = 0; own.len && k < count; k++)
			if (slice_equal_nocase(own, address_of(urls[k])))
				return true;
	}
	return false;
}

static int score_article(const struct walk *at, const struct slice *urls, size_t count)
{
	const struct json *object = at->value;
	int score = article_rank(object) * 10;
	if (!score)
		return 0;
	score += names_page(object, urls, count) ? 25 : 0;
	score += jsonld_text(object, "headline").len ? 8 : jsonld_text(object, "name").len ? 2 : 0;
	score += json_get(object, "datePublished") ? 8 : 0;
	score += json_get(object, "author") ? 4 : 0;
	score += json_get(object, "articleBody") ? 3 : 0;
	return score - at->depth * 4;
}

static void note_types(struct jsonld *jsonld, const struct json *object)
{
	jsonld->live_blog |= jsonld_is(object, "LiveBlogPosting");
	jsonld->video |= jsonld_is(object, "VideoObject");
	jsonld->gallery |= jsonld_is(object, "ImageGallery") || jsonld_is(object, "MediaGallery");
	jsonld->listing |= jsonld_is(object, "CollectionPage") || jsonld_is(object, "SearchResultsPage");
	jsonld->news |= article_rank(object) >= 2;
}

struct walker {
	struct arena *arena;
	struct walk *stack;
	size_t capacity, count;
};

static void walker_push(struct walker *walker, struct walk at)
{
	walker->stack = arena_grow(walker->arena, walker->stack, &walker->capacity, walker->count + 1, sizeof *walker->stack);
	walker->stack[walker->count++] = at;
}

/* The objects and arrays in `at`, so that the first is taken first. */
static void walker_push_members(struct walker *walker, const struct walk *at)
{
	bool in_object = at->value->kind == JSON_OBJECT;
	size_t first = walker->count;

	for json_each (item, at->value)
		if (item->kind == JSON_OBJECT || item->kind == JSON_ARRAY)
			walker_push(walker, (struct walk){item, (uint16_t)(at->depth + (in_object && !is_container(item->name))),
						    at->aside || leads_aside(item->name)});
	for (size_t a = first, b = walker->count; a + 1 < b; a++) {
		struct walk swap = walker->stack[a];
		walker->stack[a] = walker->stack[--b];
		walker->stack[b] = swap;
	}
}

static void judge_object(struct jsonld *jsonld, const struct walk *at, const struct slice *urls, size_t url_count, int *best)
{
	int score = score_article(at, urls, url_count);

	if (score > *best) {
		*best = score;
		jsonld->article = at->value;
	}
	if (at->depth <= 1)
		note_types(jsonld, at->value);
	if (!jsonld->page && (jsonld_is(at->value, "WebPage") || jsonld_is(at->value, "ItemPage")))
		jsonld->page = at->value;
}

void jsonld_choose(struct jsonld *jsonld, const struct slice *urls, size_t url_count)
{
	struct walker walker = {.arena = jsonld->arena};
	int best = 0;

	for (struct jsonld_script *script = jsonld->scripts; script; script = script->next) {
		walker_push(&walker, (struct walk){script->root, 0, false});
		while (walker.count) {
			struct walk at = walker.stack[--walker.count];
			arena_tick(jsonld->arena);
			if (at.value->kind == JSON_OBJECT && !at.aside)
				judge_object(jsonld, &at, urls, url_count, &best);
			if (at.value->kind == JSON_OBJECT || at.value->kind == JSON_ARRAY)
				walker_push_members(&walker, &at);
		}
	}
}

static bool is_named(const struct json *object, struct slice id)
{
	return object->kind == JSON_OBJECT && json_get(object, "name") && slice_equal(json_string(object, "@id"), id);
}

/* The @id that a value refers to: {"@id": "#ana"}, "#ana"; SLICE_NONE: it is no reference. */
static struct slice reference_of(const struct json *value)
{
	if (value && value->kind == JSON_STRING)
		return slice_starts(value->text, SLICE("#")) || slice_contains(value->text, SLICE("://")) ? value->text : SLICE_NONE;
	return json_get(value, "name") ? SLICE_NONE : json_string(value, "@id");
}

const struct json *jsonld_follow(const struct jsonld *jsonld, const struct json *value)
{
	struct slice id = reference_of(value);
	if (!id.len)
		return value;
	struct walker walker = {.arena = jsonld->arena};
	for (struct jsonld_script *script = jsonld->scripts; script; script = script->next) {
		walker_push(&walker, (struct walk){.value = script->root});
		while (walker.count) {
			const struct json *at = walker.stack[--walker.count].value;
			arena_tick(jsonld->arena);
			if (is_named(at, id))
				return at;
			for json_each (item, at)
				if (item->kind == JSON_OBJECT || item->kind == JSON_ARRAY)
					walker_push(&walker, (struct walk){.value = item});
		}
	}
	return value;
}
