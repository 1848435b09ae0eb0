/* metas: see metas.h. */
#include "extract/metas.h"

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

void metas_take(struct candidates *candidates, const struct node *node)
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
