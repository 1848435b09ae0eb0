/* metadata: see metadata.h. One function a field, each a list of sources in the order of trust. */
#include "extract/metadata.h"

#include "base/utf8.h"
#include "extract/address.h"
#include "extract/choice.h"
#include "extract/evidence.h"

static void add_site(struct choice *choice, struct slice name)
{
	name = choice_clean(choice, name);
	if (name.len >= 2 && name.len <= 100 && choice->site_count < sizeof choice->sites / sizeof *choice->sites)
		choice->sites[choice->site_count++] = name;
}

static void choose_site(struct choice *choice)
{
	const struct candidates *c = &choice->candidates;
	const struct json *publisher = jsonld_follow(&c->jsonld, json_get(choice->ld, "publisher"));
	struct slice name = publisher && publisher->kind == JSON_OBJECT ? jsonld_text(publisher, "name")
									: jsonld_text(choice->ld, "publisher");
	if (slice_find(name, SLICE("://")) != SLICE_NOT_FOUND)
		name = SLICE_NONE;
	choice_set(&choice->article->publisher, choice_clean(choice, name), ORIGIN_JSONLD);
	add_site(choice, name);
	for (int rank = 0; rank < 6; rank++)
		for (const struct candidate *site = c->first[FIELD_SITE]; site; site = site->next) {
			if (site->rank != rank || slice_find(site->value, SLICE("://")) != SLICE_NOT_FOUND ||
				site->value.ptr[0] == '@')
				continue;
			if (rank < 3)
				choice_set(&choice->article->publisher, choice_clean(choice, site->value), site->origin);
			add_site(choice, site->value);
		}
}

/* What relative links of the page start from. */
static struct slice base_of(struct choice *choice)
{
	const struct node *base = tree_find(choice->candidates.tree, choice->candidates.tree->head, TAG_BASE);
	struct slice href = base ? slice_trim(node_attribute(base, "href")) : SLICE_NONE;
	return address_is_absolute(href) ? href : choice->url;
}

static struct slice absolute(struct choice *choice, struct slice link)
{
	return address_absolute(choice->arena, choice->article->hints.base, choice_clean(choice, link));
}

static void choose_canonical(struct choice *choice)
{
	static const enum origin ORDER[] = {ORIGIN_LINK, ORIGIN_OPENGRAPH};
	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
		const struct candidate *c = candidate_best(&choice->candidates, FIELD_CANONICAL, ORDER[i]);
		if (c)
			choice_set(&choice->article->canonical_url, absolute(choice, c->value), ORDER[i]);
	}
}

static struct slice host_of(struct slice url)
{
	size_t start = slice_find(url, SLICE("://")), end = start + 3;
	while (start != SLICE_NOT_FOUND && end < url.len && !strchr("/?#", url.ptr[end]))
		end++;
	return start == SLICE_NOT_FOUND ? SLICE_NONE : slice_sub(url, 0, end);
}

/* The address that JSON-LD gives the article, where no element of the page says it. Many templates give the front page's. */
static void choose_ld_canonical(struct choice *choice)
{
	static const char *const MEMBERS[] = {"mainEntityOfPage", "url"};
	for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
		struct slice link = json_string(json_get(choice->ld, MEMBERS[i]), "@id");
		if (!link.len)
			link = json_string(choice->ld, MEMBERS[i]);
		link = absolute(choice, link);
		struct slice host = host_of(link), own = host_of(choice->url);
		if (link.len > host.len + 1 && (!own.len || slice_equal_nocase(slice_sub(host, slice_find_byte(host, ':'), host.len), slice_sub(own, slice_find_byte(own, ':'), own.len))))
			choice_set(&choice->article->canonical_url, link, ORIGIN_JSONLD);
	}
}

/* Countries whose English papers write the day first, whatever language tag their templates come with. */
static bool is_day_first_host(struct slice url)
{
	static const struct slice ENDS[] = {SLICE_INIT(".uk"), SLICE_INIT(".ie"), SLICE_INIT(".au"), SLICE_INIT(".nz"), SLICE_INIT(".in"), SLICE_INIT(".za"), SLICE_INIT(".ng"), SLICE_INIT(".ke"),
		SLICE_INIT(".gh"), SLICE_INIT(".sg"), SLICE_INIT(".my"), SLICE_INIT(".hk"), SLICE_INIT(".pk"), SLICE_INIT(".bd"), SLICE_INIT(".lk"), SLICE_INIT(".mt")};
	size_t host = slice_find(url, SLICE("://"));
	struct slice name = host == SLICE_NOT_FOUND ? SLICE_NONE : slice_sub(url, host + 3, url.len);
	name = slice_sub(name, 0, slice_find_byte(name, '/'));
	for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
		if (slice_ends(name, ENDS[i]))
			return true;
	return false;
}

static void choose_language(struct choice *choice)
{
	static const enum origin ORDER[] = {ORIGIN_META, ORIGIN_OPENGRAPH};
	struct slice declared = SLICE_NONE;
	for (size_t i = 0; !declared.len && i < sizeof ORDER / sizeof *ORDER; i++) {
		const struct candidate *c = candidate_best(&choice->candidates, FIELD_LANGUAGE, ORDER[i]);
		if (c && c->value.len <= 20) {
			declared = c->value;
			choice->article->hints.language_source = origin_name(ORDER[i]);
		}
	}
	if (!declared.len) {
		declared = json_string(choice->ld, "inLanguage");
		choice->article->hints.language_source = origin_name(ORIGIN_JSONLD);
	}
	choice->article->hints.language = declared;
	choice->order = is_day_first_host(choice->url) ? DATE_DAY_FIRST : date_order_of(declared);
}

static void add_keywords(struct choice *choice, struct slice list, enum origin origin)
{
	struct slice rest = list, part;
	char separator =
		slice_find_byte(list, ',') == SLICE_NOT_FOUND && slice_find_byte(list, ';') != SLICE_NOT_FOUND ? ';' : ',';
	size_t count = 0;
	for (const struct keyword *known = choice->article->keywords; known; known = known->next)
		count++;
	while (count < 60 && slice_split(&rest, separator, &part)) {
		part = choice_clean(choice, part);
		bool again = part.len < 2 || part.len > 120;
		for (const struct keyword *known = choice->article->keywords; known && !again; known = known->next)
			again = slice_equal_nocase(known->text, part);
		if (again)
			continue;
		article_add_keyword(choice->arena, choice->article, part);
		choice->article->keyword_source = origin_name(origin);
		count++;
	}
}

static void choose_keywords(struct choice *choice)
{
	const struct json *value = json_get(choice->ld, "keywords");
	if (choice->article->keywords)
		return;
	if (value && value->kind == JSON_STRING)
		add_keywords(choice, value->text, ORIGIN_JSONLD);
	for json_each (item, value && value->kind == JSON_ARRAY ? value : NULL)
		add_keywords(choice, item->kind == JSON_STRING ? item->text : jsonld_text(item, "name"), ORIGIN_JSONLD);
	static const enum origin ORDER[] = {ORIGIN_OPENGRAPH, ORIGIN_META, ORIGIN_MICRODATA, ORIGIN_RDFA};
	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER && !choice->article->keywords; i++) {
		const struct candidate *best = candidate_best(&choice->candidates, FIELD_KEYWORDS, ORDER[i]);
		for (const struct candidate *c = best; c; c = c->next)
			if (c->origin == ORDER[i] && c->rank == best->rank)
				add_keywords(choice, c->value, ORDER[i]);
	}
}

static void choose_section(struct choice *choice)
{
	static const enum origin ORDER[] = {ORIGIN_OPENGRAPH, ORIGIN_META, ORIGIN_MICRODATA, ORIGIN_RDFA};
	choice_set(&choice->article->section, choice_clean(choice, jsonld_text(choice->ld, "articleSection")), ORIGIN_JSONLD);
	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
		const struct candidate *c = candidate_best(&choice->candidates, FIELD_SECTION, ORDER[i]);
		if (c && c->value.len < 100)
			choice_set(&choice->article->section, choice_clean(choice, c->value), ORDER[i]);
	}
}

static bool is_locked(struct slice tier)
{
	return slice_equal_nocase(tier, SLICE("locked")) || slice_equal_nocase(tier, SLICE("metered")) ||
		slice_equal_nocase(tier, SLICE("false")) || slice_equal_nocase(tier, SLICE("paid")) ||
		slice_equal_nocase(tier, SLICE("premium"));
}

static void set_hints(struct choice *choice)
{
	struct hints *hints = &choice->article->hints;
	const struct jsonld *ld = &choice->candidates.jsonld;
	static const enum origin ORDER[] = {ORIGIN_OPENGRAPH, ORIGIN_META, ORIGIN_TWITTER};
	hints->article_body = utf8_nfc(choice->arena, choice_strip_tags(choice, json_string(choice->ld, "articleBody")));
	for (size_t i = 0; !hints->description.len && i < sizeof ORDER / sizeof *ORDER; i++) {
		const struct candidate *c = candidate_best(&choice->candidates, FIELD_DESCRIPTION, ORDER[i]);
		hints->description = c ? choice_clean(choice, c->value) : SLICE_NONE;
	}
	if (!hints->description.len)
		hints->description = choice_clean(choice, choice_strip_tags(choice, jsonld_text(choice->ld, "description")));
	const struct candidate *type = candidate_best(&choice->candidates, FIELD_TYPE, ORIGIN_OPENGRAPH);
	struct slice og = type ? type->value : SLICE_NONE;
	hints->says_article = ld->news || slice_equal_nocase(og, SLICE("article"));
	hints->says_liveblog = ld->live_blog;
	hints->says_video = ld->video && !ld->news && (slice_starts_nocase(og, SLICE("video")) || !og.len);
	hints->says_gallery = ld->gallery && !ld->news;
	hints->says_listing = ld->listing && !ld->news;
	const struct json *open = json_get(choice->ld, "isAccessibleForFree");
	bool closed = open && ((open->kind == JSON_BOOL && !open->truth) || (open->kind == JSON_STRING && is_locked(open->text)));
	const struct candidate *tier = candidate_best(&choice->candidates, FIELD_TIER, ORIGIN_OPENGRAPH);
	hints->says_paywalled = closed || (tier && is_locked(tier->value));
}

void metadata_collect(struct arena *arena, const struct tree *tree, struct slice url, struct article *article)
{
	struct choice choice = {.arena = arena, .article = article, .url = url};
	candidates_gather(&choice.candidates, arena, tree);
	article->hints.base = base_of(&choice);
	choose_canonical(&choice);
	const struct slice urls[] = {url, article->canonical_url.value};
	jsonld_choose(&choice.candidates.jsonld, urls, 2);
	choice.ld = choice.candidates.jsonld.article;
	choose_ld_canonical(&choice);
	if (!choice.url.len)
		choice.url = article->canonical_url.value;
	choose_language(&choice);
	choose_site(&choice);
	choose_section(&choice);
	choose_headline(&choice);
	choose_authors(&choice);
	choose_dates(&choice);
	choose_keywords(&choice);
	set_hints(&choice);
	choose_images(&choice);
	evidence_candidates(article->trace, &choice.candidates, choice.ld);
}
