/* candidates: see candidates.h. The tables say which element, property and class stands for which field, and how far it is
 * believed. */
#include "extract/candidates.h"

#include "base/utf8.h"
#include "extract/authors.h"
#include "extract/email.h"
#include "extract/reference.h"

const char *origin_name(enum origin origin)
{
	static const char *const NAMES[ORIGINS] = {"json-ld", "opengraph", "meta", "microdata", "rdfa", "time", "h1", "twitter", "title", "link", "byline", "text", "url"};
	return NAMES[origin];
}

/* Names of meta elements (name, property, itemprop or http-equiv), lower case. */
static const struct {
	const char *name;
	enum field field;
	enum origin origin;
	int rank;
} METAS[] = {
	{"og:title", FIELD_TITLE, ORIGIN_OPENGRAPH, 0}, {"twitter:title", FIELD_TITLE, ORIGIN_TWITTER, 0}, {"headline", FIELD_TITLE, ORIGIN_META, 0},
	{"dc.title", FIELD_TITLE, ORIGIN_META, 1}, {"dcterms.title", FIELD_TITLE, ORIGIN_META, 1}, {"parsely-title", FIELD_TITLE, ORIGIN_META, 1},
	{"sailthru.title", FIELD_TITLE, ORIGIN_META, 1}, {"citation_title", FIELD_TITLE, ORIGIN_META, 0}, {"title", FIELD_TITLE, ORIGIN_META, 3},
	{"author", FIELD_AUTHOR, ORIGIN_META, 1}, {"article:author", FIELD_AUTHOR, ORIGIN_OPENGRAPH, 0}, {"article:author_name", FIELD_AUTHOR, ORIGIN_META, 0},
	{"dc.creator", FIELD_AUTHOR, ORIGIN_META, 2}, {"dcterms.creator", FIELD_AUTHOR, ORIGIN_META, 2}, {"dc.contributor", FIELD_AUTHOR, ORIGIN_META, 5}, {"parsely-author", FIELD_AUTHOR, ORIGIN_META, 1},
	{"sailthru.author", FIELD_AUTHOR, ORIGIN_META, 2}, {"byl", FIELD_AUTHOR, ORIGIN_META, 2}, {"byline", FIELD_AUTHOR, ORIGIN_META, 2}, {"citation_author", FIELD_AUTHOR, ORIGIN_META, 0},
	{"cxenseparse:author", FIELD_AUTHOR, ORIGIN_META, 2}, {"creator", FIELD_AUTHOR, ORIGIN_META, 3}, {"authors", FIELD_AUTHOR, ORIGIN_META, 2},
	{"article:published_time", FIELD_PUBLISHED, ORIGIN_OPENGRAPH, 0}, {"og:article:published_time", FIELD_PUBLISHED, ORIGIN_OPENGRAPH, 1},
	{"og:published_time", FIELD_PUBLISHED, ORIGIN_OPENGRAPH, 1}, {"article:published", FIELD_PUBLISHED, ORIGIN_OPENGRAPH, 1}, {"article:published:time", FIELD_PUBLISHED, ORIGIN_OPENGRAPH, 1}, {"article:publish_time", FIELD_PUBLISHED, ORIGIN_OPENGRAPH, 1},
	{"datepublished", FIELD_PUBLISHED, ORIGIN_META, 0}, {"publishdate", FIELD_PUBLISHED, ORIGIN_META, 1}, {"publish-date", FIELD_PUBLISHED, ORIGIN_META, 1}, {"publish_date", FIELD_PUBLISHED, ORIGIN_META, 1},
	{"publication_date", FIELD_PUBLISHED, ORIGIN_META, 1}, {"publicationdate", FIELD_PUBLISHED, ORIGIN_META, 1}, {"publication-date", FIELD_PUBLISHED, ORIGIN_META, 1}, {"pubdate", FIELD_PUBLISHED, ORIGIN_META, 1},
	{"published_at", FIELD_PUBLISHED, ORIGIN_META, 1}, {"published", FIELD_PUBLISHED, ORIGIN_META, 2}, {"publishedat", FIELD_PUBLISHED, ORIGIN_META, 1}, {"date_published", FIELD_PUBLISHED, ORIGIN_META, 1},
	{"parsely-pub-date", FIELD_PUBLISHED, ORIGIN_META, 1}, {"sailthru.date", FIELD_PUBLISHED, ORIGIN_META, 2}, {"cxenseparse:recs:publishtime", FIELD_PUBLISHED, ORIGIN_META, 1}, {"cxenseparse:publishtime", FIELD_PUBLISHED, ORIGIN_META, 1},
	{"citation_publication_date", FIELD_PUBLISHED, ORIGIN_META, 2}, {"citation_online_date", FIELD_PUBLISHED, ORIGIN_META, 2}, {"originalpublicationdate", FIELD_PUBLISHED, ORIGIN_META, 0}, {"article.published", FIELD_PUBLISHED, ORIGIN_META, 1},
	{"article.created", FIELD_PUBLISHED, ORIGIN_META, 3}, {"dc.date.issued", FIELD_PUBLISHED, ORIGIN_META, 1}, {"dcterms.issued", FIELD_PUBLISHED, ORIGIN_META, 1}, {"dcterms.created", FIELD_PUBLISHED, ORIGIN_META, 3},
	{"dc.date.created", FIELD_PUBLISHED, ORIGIN_META, 3}, {"dcterms.date", FIELD_PUBLISHED, ORIGIN_META, 3}, {"dc.date", FIELD_PUBLISHED, ORIGIN_META, 3}, {"date", FIELD_PUBLISHED, ORIGIN_META, 4}, {"article_date_original", FIELD_PUBLISHED, ORIGIN_META, 1},
	{"datecreated", FIELD_PUBLISHED, ORIGIN_META, 4}, {"created", FIELD_PUBLISHED, ORIGIN_META, 4}, {"release_date", FIELD_PUBLISHED, ORIGIN_META, 3},
	{"article:modified_time", FIELD_MODIFIED, ORIGIN_OPENGRAPH, 0}, {"og:updated_time", FIELD_MODIFIED, ORIGIN_OPENGRAPH, 1}, {"article:modified", FIELD_MODIFIED, ORIGIN_OPENGRAPH, 1}, {"article:modified:time", FIELD_MODIFIED, ORIGIN_OPENGRAPH, 1}, {"datemodified", FIELD_MODIFIED, ORIGIN_META, 0},
	{"lastmod", FIELD_MODIFIED, ORIGIN_META, 1}, {"last-modified", FIELD_MODIFIED, ORIGIN_META, 2}, {"lastmodified", FIELD_MODIFIED, ORIGIN_META, 1}, {"dcterms.modified", FIELD_MODIFIED, ORIGIN_META, 1}, {"dc.date.modified", FIELD_MODIFIED, ORIGIN_META, 1},
	{"article.updated", FIELD_MODIFIED, ORIGIN_META, 1}, {"updated_time", FIELD_MODIFIED, ORIGIN_META, 1}, {"revision_date", FIELD_MODIFIED, ORIGIN_META, 2},
	{"og:site_name", FIELD_SITE, ORIGIN_OPENGRAPH, 0}, {"application-name", FIELD_SITE, ORIGIN_META, 2}, {"apple-mobile-web-app-title", FIELD_SITE, ORIGIN_META, 3}, {"dc.publisher", FIELD_SITE, ORIGIN_META, 1}, {"dcterms.publisher", FIELD_SITE, ORIGIN_META, 1},
	{"publisher", FIELD_SITE, ORIGIN_META, 1}, {"copyright", FIELD_SITE, ORIGIN_META, 5}, {"citation_journal_title", FIELD_SITE, ORIGIN_META, 1},
	{"article:section", FIELD_SECTION, ORIGIN_OPENGRAPH, 0}, {"og:article:section", FIELD_SECTION, ORIGIN_OPENGRAPH, 1}, {"section", FIELD_SECTION, ORIGIN_META, 1}, {"articlesection", FIELD_SECTION, ORIGIN_META, 0}, {"parsely-section", FIELD_SECTION, ORIGIN_META, 1},
	{"category", FIELD_SECTION, ORIGIN_META, 2}, {"content_category", FIELD_SECTION, ORIGIN_META, 2}, {"sailthru.verticals", FIELD_SECTION, ORIGIN_META, 3},
	{"keywords", FIELD_KEYWORDS, ORIGIN_META, 1}, {"news_keywords", FIELD_KEYWORDS, ORIGIN_META, 0}, {"article:tag", FIELD_KEYWORDS, ORIGIN_OPENGRAPH, 0}, {"parsely-tags", FIELD_KEYWORDS, ORIGIN_META, 2}, {"sailthru.tags", FIELD_KEYWORDS, ORIGIN_META, 2}, {"dc.subject", FIELD_KEYWORDS, ORIGIN_META, 3}, {"dcterms.subject", FIELD_KEYWORDS, ORIGIN_META, 3},
	{"og:description", FIELD_DESCRIPTION, ORIGIN_OPENGRAPH, 0}, {"description", FIELD_DESCRIPTION, ORIGIN_META, 0}, {"twitter:description", FIELD_DESCRIPTION, ORIGIN_TWITTER, 0}, {"dc.description", FIELD_DESCRIPTION, ORIGIN_META, 1},
	{"og:url", FIELD_CANONICAL, ORIGIN_OPENGRAPH, 0}, {"og:type", FIELD_TYPE, ORIGIN_OPENGRAPH, 0}, {"og:locale", FIELD_LANGUAGE, ORIGIN_OPENGRAPH, 0}, {"content-language", FIELD_LANGUAGE, ORIGIN_META, 1}, {"language", FIELD_LANGUAGE, ORIGIN_META, 1},
	{"dc.language", FIELD_LANGUAGE, ORIGIN_META, 1}, {"inlanguage", FIELD_LANGUAGE, ORIGIN_META, 0}, {"article:content_tier", FIELD_TIER, ORIGIN_OPENGRAPH, 0}, {"isaccessibleforfree", FIELD_TIER, ORIGIN_META, 0},
};

/* Properties of schema.org in microdata and RDFa, lower case. */
static const struct {
	const char *name;
	enum field field;
} PROPS[] = {{"headline", FIELD_TITLE}, {"author", FIELD_AUTHOR}, {"creator", FIELD_AUTHOR}, {"datepublished", FIELD_PUBLISHED}, {"datecreated", FIELD_PUBLISHED}, {"datemodified", FIELD_MODIFIED},
	{"articlesection", FIELD_SECTION}, {"keywords", FIELD_KEYWORDS}, {"dateupdated", FIELD_MODIFIED}};

/* Those of Dublin Core in RDFa; they have a prefix. */
static const struct {
	const char *name;
	enum field field;
} CORE_PROPS[] = {{"title", FIELD_TITLE}, {"creator", FIELD_AUTHOR}, {"date", FIELD_PUBLISHED}, {"created", FIELD_PUBLISHED}, {"issued", FIELD_PUBLISHED}, {"modified", FIELD_MODIFIED}, {"subject", FIELD_KEYWORDS}};

static void candidate_add(struct candidates *candidates, enum field field, enum origin origin, int rank, struct slice value,
	const struct node *node)
{
	value = slice_trim(value);
	if (!value.len || value.len > 20000)
		return;
	struct candidate *candidate = arena_new(candidates->arena, struct candidate);
	*candidate = (struct candidate){origin, rank, value, node, NULL};
	*candidates->tail[field] = candidate;
	candidates->tail[field] = &candidate->next;
}

const struct candidate *candidate_best(const struct candidates *candidates, enum field field, enum origin origin)
{
	const struct candidate *best = NULL;
	for (const struct candidate *c = candidates->first[field]; c; c = c->next)
		if (c->origin == origin && (!best || c->rank < best->rank))
			best = c;
	return best;
}

static void take_texts(struct candidates *candidates, const struct json *value, enum field field, const struct node *node)
{
	if (value && value->kind == JSON_STRING)
		candidate_add(candidates, field, ORIGIN_META, 2, value->text, node);
	for json_each (item, value && value->kind == JSON_ARRAY ? value : NULL)
		if (item->kind == JSON_STRING)
			candidate_add(candidates, field, ORIGIN_META, 2, item->text, node);
}

/* A meta element whose content is an object: {"title", "authors", "pub_date", "section", "tags"}. */
static void take_object(struct candidates *candidates, struct slice content, const struct node *node)
{
	static const struct {
		const char *name;
		enum field field;
	} MEMBERS[] = {{"title", FIELD_TITLE}, {"author", FIELD_AUTHOR}, {"authors", FIELD_AUTHOR}, {"pub_date", FIELD_PUBLISHED}, {"section", FIELD_SECTION}, {"tags", FIELD_KEYWORDS}};
	static const struct json_limits LIMITS = {.bytes = 64 << 10, .depth = 8, .nodes = 2000, .allow_duplicates = true};
	struct error error;
	const struct json *object = json_parse(candidates->arena, content, &LIMITS, &error);
	for (size_t i = 0; object && i < sizeof MEMBERS / sizeof *MEMBERS; i++)
		take_texts(candidates, json_get(object, MEMBERS[i].name), MEMBERS[i].field, node);
}

static void take_meta(struct candidates *candidates, const struct node *node)
{
	static const char *const KEYS[] = {"property", "name", "itemprop", "http-equiv"};
	struct slice content = node_attribute(node, "content");
	if (!content.len)
		return;
	for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
		struct slice name = slice_trim(node_attribute(node, KEYS[k]));
		if (!name.len)
			continue;
		if (slice_equal_nocase(name, SLICE("parsely-page")))
			take_object(candidates, content, node);
		for (size_t i = 0; i < sizeof METAS / sizeof *METAS; i++)
			if (byte_lower(name.ptr[0]) == METAS[i].name[0] && slice_equal_nocase(name, slice_of(METAS[i].name))) {
				candidate_add(candidates, METAS[i].field, METAS[i].origin, METAS[i].rank, content, node);
				break;
			}
	}
}

/* Does any of the words (lower case, of ASCII) occur in the text, whatever its case? One pass. */
static bool holds_any(struct slice text, const char *const *words, size_t count)
{
	uint32_t first = 0;
	for (size_t w = 0; w < count; w++)
		first |= UINT32_C(1) << (words[w][0] & 31);
	for (size_t i = 0; i < text.len; i++) {
		char c = byte_lower(text.ptr[i]);
		if (!(first >> (c & 31) & 1))
			continue;
		for (size_t w = 0; w < count; w++)
			if (words[w][0] == c && slice_starts_nocase(slice_sub(text, i, text.len), slice_of(words[w])))
				return true;
	}
	return false;
}
#define NAMES_ANY(node, words) (holds_any((node)->class, words, sizeof(words) / sizeof *(words)) || holds_any((node)->id, words, sizeof(words) / sizeof *(words)))

static bool class_says(const struct node *node, const char *word)
{
	return holds_any(node->class, &word, 1) || holds_any(node->id, &word, 1);
}

/* Within comments, teasers, related lists and author boxes, dates and bylines are others'. */
static bool stands_aside(const struct node *node)
{
	static const char *const ASIDE[] = {"comment", "related", "recommend", "teaser", "sidebar", "most-read", "trending", "latest", "carousel"};
	int depth = 0;
	for (const struct node *at = node; at && depth < 12; at = at->parent, depth++) {
		if (at->tag == TAG_ASIDE || at->tag == TAG_FOOTER || at->tag == TAG_NAV)
			return true;
		if (NAMES_ANY(at, ASIDE))
			if (at->tag != TAG_BODY && at->tag != TAG_HTML && at->tag != TAG_MAIN && at->tag != TAG_ARTICLE)
				return true;
	}
	return false;
}

static bool is_named_modified(const struct node *node)
{
	static const char *const MODIFIED[] = {"modif", "update", "aktuali", "actuali", "atualiz", "aggiorn", "bijgewerkt", "uppdater", "opdater", "oppdater", "guncelle"};
	int depth = 0;
	for (const struct node *at = node; at && depth < 3; at = at->parent, depth++)
		if (NAMES_ANY(at, MODIFIED) || tokens_contain(node_attribute(at, "itemprop"), "dateModified"))
			return true;
	return false;
}

#define LABEL_BYTES_MAX 90
#define LABEL_REACH 10

enum date_label candidate_label(const struct tree *tree, const struct node *node)
{
	for (uint32_t order = node->order, steps = 0; order-- > 0 && steps < LABEL_REACH; steps++) {
		const struct node *at = tree->nodes[order];
		struct slice text = at->tag == TAG_TEXT ? slice_trim(at->text) : SLICE_NONE;
		if (!text.len)
			continue;
		if (at->parent && at->parent->tag >= TAG_H1 && at->parent->tag <= TAG_H6)
			break;
		for (size_t i = text.len; i-- > 0;) /* behind another date */
			if (byte_is_digit(text.ptr[i]))
				return date_label_of(slice_sub(text, i + 1, text.len));
		return text.len <= LABEL_BYTES_MAX ? date_label_of(text) : DATE_LABEL_NONE;
	}
	return DATE_LABEL_NONE;
}

/* What a time element is the time of: its own words say, else the names around it, else the words before it. */
static enum date_label time_label(const struct candidates *candidates, const struct node *node)
{
	enum date_label label = date_label_of(node_text(candidates->arena, candidates->tree, node, 120));
	if (label != DATE_LABEL_NONE)
		return label;
	return is_named_modified(node) ? DATE_LABEL_CHANGED : candidate_label(candidates->tree, node);
}

/* The name that stands within a person's element. */
static struct slice inner_name(const struct candidates *candidates, const struct node *node)
{
	for tree_each (inner, candidates->tree, node) {
		struct slice property = node_attribute(inner, "property");
		if (inner == node || (!tokens_contain(node_attribute(inner, "itemprop"), "name") && !tokens_contain(property, "name") &&
					     !tokens_contain(property, "schema:name") && !tokens_contain(property, "foaf:name")))
			continue;
		struct slice name = node_attribute(inner, "content");
		return name.len ? name : node_text(candidates->arena, candidates->tree, inner, 200);
	}
	return SLICE_NONE;
}

/* What an element says of the field that its property stands for. */
static struct slice prop_value(const struct candidates *candidates, const struct node *node, enum field field)
{
	struct slice value = node_attribute(node, "content");

	if (!value.len)
		value = node_attribute(node, "datetime");
	if (!value.len && field == FIELD_AUTHOR)
		value = inner_name(candidates, node);
	return value.len ? value : node_text(candidates->arena, candidates->tree, node, 400);
}

static void take_prop(struct candidates *candidates, const struct node *node, enum field field, enum origin origin)
{
	if (!(field == FIELD_TITLE && stands_aside(node)))
		candidate_add(candidates, field, origin, stands_aside(node), prop_value(candidates, node, field), node);
}

static void take_props(struct candidates *candidates, const struct node *node)
{
	struct slice props = node_attribute(node, "itemprop");
	if (!props.len || node->tag == TAG_META || node->tag == TAG_LINK)
		return;
	for (size_t i = 0; i < sizeof PROPS / sizeof *PROPS; i++)
		if (tokens_contain(props, PROPS[i].name))
			take_prop(candidates, node, PROPS[i].field, ORIGIN_MICRODATA);
}

/* A property's name without the prefix of its vocabulary; *core: of Dublin Core. */
static struct slice without_prefix(struct slice property, bool *core)
{
	size_t colon = slice_find_byte(property, ':');
	struct slice prefix = slice_sub(property, 0, colon == SLICE_NOT_FOUND ? 0 : colon);
	*core = slice_equal_nocase(prefix, SLICE("dc")) || slice_equal_nocase(prefix, SLICE("dcterms")) || slice_equal_nocase(prefix, SLICE("dct"));
	if (!*core && prefix.len && !slice_equal_nocase(prefix, SLICE("schema")))
		return SLICE_NONE;
	return prefix.len ? slice_sub(property, colon + 1, property.len) : property;
}

/* RDFa: property="datePublished", "schema:author", "dc:date dc:created". */
static void take_rdfa(struct candidates *candidates, const struct node *node)
{
	struct slice rest = node_attribute(node, "property"), property;
	if (!rest.len || node->tag == TAG_META)
		return;
	while (slice_split(&rest, ' ', &property)) {
		bool core;
		struct slice name = without_prefix(property, &core);
		for (size_t i = 0; !core && i < sizeof PROPS / sizeof *PROPS; i++)
			if (slice_equal_nocase(name, slice_of(PROPS[i].name)))
				take_prop(candidates, node, PROPS[i].field, ORIGIN_RDFA);
		for (size_t i = 0; core && i < sizeof CORE_PROPS / sizeof *CORE_PROPS; i++)
			if (slice_equal_nocase(name, slice_of(CORE_PROPS[i].name)))
				take_prop(candidates, node, CORE_PROPS[i].field, ORIGIN_RDFA);
	}
}

static void take_time(struct candidates *candidates, const struct node *node)
{
	struct slice value = node_attribute(node, "datetime");
	if (value.len < 8)
		value = node_text(candidates->arena, candidates->tree, node, 120);
	if (value.len < 8)
		return;
	enum date_label label = time_label(candidates, node);
	bool named = node_has_attribute(node, "pubdate") || class_says(node, "publish") || class_says(node, "entry-date");
	int rank = stands_aside(node) ? 9 : named || label == DATE_LABEL_PUBLISHED ? 1 : 3;
	candidate_add(candidates, label == DATE_LABEL_CHANGED ? FIELD_MODIFIED : FIELD_PUBLISHED, ORIGIN_TIME, rank, value, node);
}

/* A link to the page of a person who writes. */
static bool leads_to_author(const struct node *node)
{
	static const char *const PATHS[] = {"/author", "/autor", "/auteur", "/redakteur", "/journalist", "/reporter", "/writers/", "/contributor", "/staff/", "/by/", "/profile/", "/people/", "/skribent", "/redaktion/"};
	struct slice href = node->tag == TAG_A ? node_attribute(node, "href") : SLICE_NONE;
	return href.len && holds_any(href, PATHS, sizeof PATHS / sizeof *PATHS);
}

static bool is_author_element(const struct node *node)
{
	static const char *const NAMES[] = {"byline", "author", "autor", "auteur", "writer", "reporter", "journalist", "credit-name"};
	static const char *const PICTURES[] = {"bildautor", "photo", "image", "caption"};
	if (NAMES_ANY(node, PICTURES))
		return false;
	return NAMES_ANY(node, NAMES) || leads_to_author(node) || tokens_contain(node_attribute(node, "rel"), "author");
}

/* A link to an address that its own words don't show. */
static struct slice hidden_address(const struct node *node)
{
	struct slice href = node->tag == TAG_A ? node_attribute(node, "href") : SLICE_NONE;
	if (!slice_starts_nocase(href, SLICE("mailto:")) || (node->first && node->first->tag == TAG_TEXT && slice_find_byte(node->first->text, '@') != SLICE_NOT_FOUND))
		return SLICE_NONE;
	struct slice email = email_find(href);
	return slice_sub(email, 0, 80);
}

/* The words of a byline: '|' parts lines, and stands for what an element for times says; the address that a name's link leads to
 * follows the name. */
static struct slice byline_text(const struct candidates *candidates, const struct node *node, size_t limit)
{
	const struct tree *tree = candidates->tree;
	struct arena *arena = candidates->arena;
	uint32_t line_end = node->end, link_end = UINT32_MAX;
	struct slice email = SLICE_NONE;
	struct buf out;
	buf_init_arena(&out, arena, limit + 512);
	for (uint32_t order = node->order; order < node->end && out.len < limit; order++) {
		const struct node *item = tree->nodes[order];
		if (order >= link_end)
			buf_printf(&out, " %.*s ", SLICE_ARG(email)), link_end = UINT32_MAX;
		if (order >= line_end || (order > node->order && (item->tag == TAG_BR || node_is_block(item))))
			buf_append(&out, SLICE(" | ")), line_end = node_is_block(item) ? item->end : node->end;
		if (item->tag == TAG_TIME) {
			buf_append(&out, SLICE(" | "));
			order = item->end - 1;
		} else if (item->tag == TAG_TEXT) {
			buf_append(&out, slice_sub(item->text, 0, limit));
		} else if ((email = hidden_address(item)).len) {
			link_end = item->end;
		}
	}
	if (link_end != UINT32_MAX)
		buf_printf(&out, " %.*s", SLICE_ARG(email));
	return utf8_nfc(arena, utf8_squeeze(arena, buf_slice(&out)));
}

/* The words of an element that calls itself a byline: near the headline only. */
static void take_byline(struct candidates *candidates, const struct node *node)
{
	struct slice text = byline_text(candidates, node, 800);
	if (text.len < 3 || utf8_length(text) > 200 || stands_aside(node))
		return;
	bool link = tokens_contain(node_attribute(node, "rel"), "author") || (node->tag == TAG_A && is_author_element(node));
	candidate_add(candidates, FIELD_AUTHOR, ORIGIN_BYLINE, link ? 0 : class_says(node, "name") ? 1 : 2, text, node);
}

static bool holds_block(const struct candidates *candidates, const struct node *node)
{
	for tree_each (inner, candidates->tree, node)
		if (inner != node && node_is_block(inner))
			return true;
	return false;
}

#define PLAIN_BYLINE_MAX 120 /* code points */

/* A short paragraph that reads like a byline, whatever it is called. */
static void take_plain_byline(struct candidates *candidates, const struct node *node)
{
	size_t length = 0;
	if (node->end - node->order > 14 || node->end - node->order < 2)
		return;
	for tree_each (inner, candidates->tree, node) {
		length += inner->tag == TAG_TEXT ? inner->text.len : 0;
		if (length > 4 * PLAIN_BYLINE_MAX || (length > 2 * PLAIN_BYLINE_MAX && inner->tag == TAG_TEXT && utf8_length(inner->text) > 2 * PLAIN_BYLINE_MAX))
			return; /* a paragraph; blanks are still to be squeezed */
	}
	struct slice text = byline_text(candidates, node, 4 * PLAIN_BYLINE_MAX);
	if (text.len < 5 || utf8_length(text) > PLAIN_BYLINE_MAX)
		return;
	struct slice agency = agency_credited(text);
	if (agency.len && !stands_aside(node))
		candidate_add(candidates, FIELD_CREDIT, ORIGIN_TEXT, 0, agency, node);
	while (text.len && !author_is_byline(text)) { /* "Source: Valley News | By Ana Brandt" */
		size_t bar = holds_block(candidates, node) ? SLICE_NOT_FOUND : slice_find_byte(text, '|');
		text = slice_sub(text, bar == SLICE_NOT_FOUND ? text.len : bar + 1, text.len);
	}
	if (text.len && !stands_aside(node))
		candidate_add(candidates, FIELD_AUTHOR, ORIGIN_BYLINE, 3, text, node);
}

/* Which h1 is the headline: the first that isn't a logo; more than one: the one whose words the title has. */
static void choose_heading(struct candidates *candidates)
{
	const struct node *title = tree_find(candidates->tree, candidates->tree->head, TAG_TITLE);
	const struct candidate *og = candidate_best(candidates, FIELD_TITLE, ORIGIN_OPENGRAPH);
	struct slice wanted = og ? og->value : title ? title->text : SLICE_NONE;
	int best = -1;
	for tree_each (node, candidates->tree, candidates->tree->body) {
		arena_tick(candidates->arena);
		if (node->tag != TAG_H1)
			continue;
		struct slice text = node_text(candidates->arena, candidates->tree, node, 600);
		if (text.len < 4)
			continue;
		candidate_add(candidates, FIELD_TITLE, ORIGIN_H1, 0, text, node);
		size_t hit = 0, covered = 0, words = 0;
		struct slice rest = text, word;
		while (slice_split(&rest, ' ', &word) && words < 60) {
			bool has = word.len > 2 && slice_contains(wanted, word);
			words++;
			hit += has;
			covered += has ? word.len : 0;
		}
		int score = (int)(words ? hit * 100 / words : 0) + (words >= 3 ? 30 : 0) - (stands_aside(node) ? 20 : 0);
		score += wanted.len ? (int)(covered * 100 / wanted.len) : 0;
		if (score > best)
			best = score, candidates->heading = node;
	}
	if (candidates->heading)
		for (struct candidate *c = candidates->first[FIELD_TITLE]; c; c = c->next)
			if (c->origin == ORIGIN_H1)
				c->rank = c->node == candidates->heading ? 0 : 5;
}

void candidates_gather(struct candidates *candidates, struct arena *arena, const struct tree *tree)
{
	*candidates = (struct candidates){.arena = arena, .tree = tree};
	for (size_t i = 0; i < FIELDS; i++)
		candidates->tail[i] = &candidates->first[i];
	jsonld_init(&candidates->jsonld, arena);
	for tree_each (node, tree, tree->root) {
		arena_tick(arena);
		switch (node->tag) {
		case TAG_META:
			take_meta(candidates, node);
			break;
		case TAG_LINK:
			if (tokens_contain(node_attribute(node, "rel"), "canonical"))
				candidate_add(candidates, FIELD_CANONICAL, ORIGIN_LINK, 0, node_attribute(node, "href"), node);
			break;
		case TAG_TITLE:
			if (node->parent && node->parent->tag != TAG_OTHER)
				candidate_add(candidates, FIELD_TITLE, ORIGIN_TITLE, 0, node->text, node);
			break;
		case TAG_SCRIPT:
			if (slice_find_nocase(node_attribute(node, "type"), SLICE("ld+json")) != SLICE_NOT_FOUND)
				jsonld_add(&candidates->jsonld, node->text);
			break;
		case TAG_HTML:
			candidate_add(candidates, FIELD_LANGUAGE, ORIGIN_META, 0, node_attribute(node, "lang"), node);
			break;
		default:
			break;
		}
		if (node->attributes) {
			take_props(candidates, node);
			take_rdfa(candidates, node);
		}
	}
	choose_heading(candidates);
	uint32_t from = 0, to = (uint32_t)tree->count;
	if (candidates->heading) {
		uint32_t order = candidates->heading->order;
		from = order > 150 ? order - 150 : 0;
		to = order + 400 < tree->count ? order + 400 : (uint32_t)tree->count;
	}
	for tree_each (node, tree, tree->body) {
		if (node->tag == TAG_TIME)
			take_time(candidates, node);
		if (node->order >= from && node->order < to && node->tag != TAG_TEXT && (node->class.len || node->attributes) &&
			is_author_element(node))
			take_byline(candidates, node);
		else if (node->order >= from && node->order < to && node_is_block(node))
			take_plain_byline(candidates, node);
	}
}
