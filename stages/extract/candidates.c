/* candidates: see candidates.h. The tables say which property stands for which field; metas.c and bylines.c have those of theirs. */
#include "extract/candidates.h"

#include "extract/bylines.h"
#include "extract/metas.h"
#include "extract/surroundings.h"

const char *origin_name(enum origin origin)
{
	static const char *const NAMES[ORIGINS] = {"json-ld", "opengraph", "meta", "microdata", "rdfa", "time", "h1", "twitter", "title", "link", "byline", "text", "url"};
	return NAMES[origin];
}

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

void candidate_add(struct candidates *candidates, enum field field, enum origin origin, int rank, struct slice value, const struct node *node)
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

static bool is_named_modified(const struct node *node)
{
	static const char *const MODIFIED[] = {"modif", "update", "aktuali", "actuali", "atualiz", "aggiorn", "bijgewerkt", "uppdater", "opdater", "oppdater", "guncelle"};
	int depth = 0;
	for (const struct node *at = node; at && depth < 3; at = at->parent, depth++)
		if (NODE_IS_NAMED_ANY(at, MODIFIED) || tokens_contain(node_attribute(at, "itemprop"), "dateModified"))
			return true;
	return false;
}

/* What a time element is the time of: its own words say, else the names around it, else the words before it. */
static enum date_label time_label(const struct candidates *candidates, const struct node *node)
{
	enum date_label label = date_label_of(node_text(candidates->arena, candidates->tree, node, 120));
	if (label != DATE_LABEL_NONE)
		return label;
	return is_named_modified(node) ? DATE_LABEL_CHANGED : node_date_label(candidates->tree, node);
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
	if (!(field == FIELD_TITLE && node_stands_aside(node)))
		candidate_add(candidates, field, origin, node_stands_aside(node), prop_value(candidates, node, field), node);
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
	bool named = node_has_attribute(node, "pubdate") || node_is_named(node, "publish") || node_is_named(node, "entry-date");
	int rank = node_stands_aside(node) ? 9 : named || label == DATE_LABEL_PUBLISHED ? 1 : 3;
	candidate_add(candidates, label == DATE_LABEL_CHANGED ? FIELD_MODIFIED : FIELD_PUBLISHED, ORIGIN_TIME, rank, value, node);
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
		int score = (int)(words ? hit * 100 / words : 0) + (words >= 3 ? 30 : 0) - (node_stands_aside(node) ? 20 : 0);
		score += wanted.len ? (int)(covered * 100 / wanted.len) : 0;
		if (score > best)
			best = score, candidates->heading = node;
	}
	if (candidates->heading)
		for (struct candidate *c = candidates->first[FIELD_TITLE]; c; c = c->next)
			if (c->origin == ORIGIN_H1)
				c->rank = c->node == candidates->heading ? 0 : 5;
}

static void take_element(struct candidates *candidates, const struct node *node)
{
	switch (node->tag) {
	case TAG_META:
		metas_take(candidates, node);
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

/* Nodes before and behind the headline among which bylines are looked for. */
#define BYLINE_BEFORE 150
#define BYLINE_BEHIND 400

static void take_times_and_bylines(struct candidates *candidates)
{
	const struct tree *tree = candidates->tree;
	uint32_t from = 0, to = (uint32_t)tree->count;
	if (candidates->heading) {
		uint32_t order = candidates->heading->order;
		from = order > BYLINE_BEFORE ? order - BYLINE_BEFORE : 0;
		to = order + BYLINE_BEHIND < tree->count ? order + BYLINE_BEHIND : (uint32_t)tree->count;
	}
	for tree_each (node, tree, tree->body) {
		if (node->tag == TAG_TIME)
			take_time(candidates, node);
		if (node->order >= from && node->order < to)
			bylines_take(candidates, node);
	}
}

void candidates_gather(struct candidates *candidates, struct arena *arena, const struct tree *tree)
{
	*candidates = (struct candidates){.arena = arena, .tree = tree};
	for (size_t i = 0; i < FIELDS; i++)
		candidates->tail[i] = &candidates->first[i];
	jsonld_init(&candidates->jsonld, arena);
	for tree_each (node, tree, tree->root) {
		arena_tick(arena);
		take_element(candidates, node);
	}
	choose_heading(candidates);
	take_times_and_bylines(candidates);
}
