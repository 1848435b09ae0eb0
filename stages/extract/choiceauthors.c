/* choiceauthors: whom the page names as its authors, source by source. The hard thing is the site's own name among them. */
#include "extract/choice.h"

#include "extract/address.h"
#include "extract/authors.h"
#include "extract/email.h"
#include "extract/titles.h"

static bool is_site(const struct choice *choice, struct slice name)
{
	return title_names_site(name, choice->sites, choice->site_count, choice->url);
}

#define AUTHORS_MAX 60

/* The name of a person: "name", or its parts. */
static struct slice ld_name(struct choice *choice, const struct json *value)
{
	if (value->kind != JSON_OBJECT)
		return value->kind == JSON_STRING ? value->text : SLICE_NONE;
	struct slice name = jsonld_text(value, "name"), given = json_string(value, "givenName"), family = json_string(value, "familyName");
	if (!name.len && given.len && family.len)
		name = arena_printf(choice->arena, "%.*s %.*s", SLICE_ARG(given), SLICE_ARG(family));
	return name;
}

static struct author *last_author(const struct article *article)
{
	struct author *last = article->authors;
	while (last && last->next)
		last = last->next;
	return last;
}

static void add_ld_author(struct choice *choice, const struct json *value)
{
	value = jsonld_follow(&choice->candidates.jsonld, value);
	struct slice name = value ? ld_name(choice, value) : SLICE_NONE;
	if (!name.len || slice_find(name, SLICE("://")) != SLICE_NOT_FOUND || name.ptr[0] == '#')
		return;
	struct author *before = last_author(choice->article);
	authors_add(choice->arena, choice->article, choice_strip_tags(choice, name), AUTHOR_NAMED);
	struct author *own = before ? before->next : choice->article->authors, *last = last_author(choice->article);
	if (!own)
		return;
	if (!is_site(choice, own->name))
		authors_drop_sites(own, choice->sites, choice->site_count, choice->url);
	if (own != last)
		return; /* several: whose address and job these are is not told */
	struct slice email = email_find(jsonld_text(value, "email"));
	struct slice job = choice_clean(choice, choice_strip_tags(choice, jsonld_text(value, "jobTitle")));
	if (!own->email.len)
		own->email = email;
	if (!own->role.len && job.len <= 120)
		own->role = job;
}

static bool choose_ld_authors(struct choice *choice)
{
	static const char *const MEMBERS[] = {"author", "creator"};
	for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS && !choice->article->authors; i++) {
		const struct json *value = json_get(choice->ld, MEMBERS[i]);
		size_t count = 0;
		if (value && value->kind == JSON_ARRAY)
			for json_each (item, value) {
				if (count++ < AUTHORS_MAX) /* a reference costs a walk over all scripts */
					add_ld_author(choice, item);
			}
		else
			add_ld_author(choice, value);
		/* {"name": ["A", "B"]} */
		const struct json *names = json_array(value, "name");
		for json_each (item, names)
			if (item->kind == JSON_STRING)
				authors_add(choice->arena, choice->article, item->text, AUTHOR_NAMED);
	}
	return choice->article->authors != NULL;
}

/* Only the site's own name: nobody in particular. */
static bool only_site(const struct choice *choice)
{
	for (const struct author *a = choice->article->authors; a; a = a->next)
		if (!is_site(choice, a->name))
			return false;
	return choice->article->authors != NULL;
}

/* Beside people, the site's own name in a plain field adds nothing. */
static void drop_site_names(struct choice *choice)
{
	if (only_site(choice))
		return;
	for (struct author **a = &choice->article->authors; *a;) {
		if (is_site(choice, (*a)->name))
			*a = (*a)->next;
		else
			a = &(*a)->next;
	}
}

/* The element whose microdata `node` belongs to: other scopes are teasers, comments, authors' boxes. */
static const struct node *scope_of(const struct node *node)
{
	do
		node = node->parent;
	while (node && !node_has_attribute(node, "itemscope"));
	return node;
}

static bool choose_field_authors(struct choice *choice, enum origin origin, enum author_trust trust)
{
	int best = 100;
	for (const struct candidate *c = choice->candidates.first[FIELD_AUTHOR]; c; c = c->next)
		if (c->origin == origin && c->rank < best && !address_is_absolute(c->value))
			best = c->rank;
	for (; best < 10 && !choice->article->authors; best++) {
		const struct node *last = NULL; /* bylines that stand together make one */
		size_t taken = 0;
		for (const struct candidate *c = choice->candidates.first[FIELD_AUTHOR]; c; c = c->next) {
			if (taken >= AUTHORS_MAX || c->origin != origin || c->rank != best || address_is_absolute(c->value) || c->value.ptr[0] == '@')
				continue;
			if (origin == ORIGIN_BYLINE && last && c->node->order > last->end + 40)
				break;
			if (origin == ORIGIN_MICRODATA && last && scope_of(c->node) != scope_of(last))
				continue;
			if (authors_add(choice->arena, choice->article, choice_strip_tags(choice, c->value),
				    c->value.len < 80 ? trust : AUTHOR_BYLINE))
				last = c->node, taken++;
		}
	}
	drop_site_names(choice);
	return choice->article->authors != NULL;
}

static bool has_author(const struct author *authors, struct slice name)
{
	while (authors && !slice_equal_nocase(authors->name, name))
		authors = authors->next;
	return authors != NULL;
}

/* A byline that has all the people of the field and more tells the rest of them: systems have room for one author. Agencies in it
 * are the story's source. */
static void complete_from_byline(struct choice *choice)
{
	struct author *known = choice->article->authors;
	size_t more = 0;
	choice->article->authors = NULL;
	bool complete = choose_field_authors(choice, ORIGIN_BYLINE, AUTHOR_BYLINE);
	for (struct author **author = &choice->article->authors; *author;) {
		struct slice agency = agency_find((*author)->name);
		bool is_known = has_author(known, (*author)->name);
		choice_set(&choice->article->credit_text, agency, ORIGIN_BYLINE);
		more += !is_known && !agency.len;
		if (agency.len && !is_known)
			*author = (*author)->next;
		else
			author = &(*author)->next;
	}
	for (const struct author *author = known; author && complete; author = author->next)
		complete = has_author(choice->article->authors, author->name);
	if (complete && more && more <= 4)
		choice->article->author_source = origin_name(ORIGIN_BYLINE);
	else
		choice->article->authors = known;
}

void choose_authors(struct choice *choice)
{
	static const struct {
		enum origin origin;
		enum author_trust trust;
	} ORDER[] = {{ORIGIN_JSONLD, AUTHOR_NAMED}, {ORIGIN_META, AUTHOR_NAMED}, {ORIGIN_OPENGRAPH, AUTHOR_NAMED}, {ORIGIN_MICRODATA, AUTHOR_NAMED}, {ORIGIN_RDFA, AUTHOR_NAMED}, {ORIGIN_BYLINE, AUTHOR_BYLINE}};
	struct author *fallback = NULL;
	const char *fallback_source = NULL;
	const struct candidate *credit = candidate_best(&choice->candidates, FIELD_CREDIT, ORIGIN_TEXT);
	if (credit)
		choice_set(&choice->article->credit_text, credit->value, ORIGIN_TEXT);
	if (choice->article->authors)
		return;
	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
		bool found = ORDER[i].origin == ORIGIN_JSONLD ? choose_ld_authors(choice)
							      : choose_field_authors(choice, ORDER[i].origin, ORDER[i].trust);
		if (!found)
			continue;
		choice->article->author_source = origin_name(ORDER[i].origin);
		if (!only_site(choice)) {
			if (ORDER[i].origin != ORIGIN_BYLINE)
				complete_from_byline(choice);
			return;
		}
		if (!fallback)
			fallback = choice->article->authors, fallback_source = choice->article->author_source;
		choice->article->authors = NULL;
	}
	choice->article->authors = fallback;
	choice->article->author_source = fallback_source;
}
