/* choiceauthors: whom the page names as its authors, source by source. The hard thing is the site's own name among them. */
#include "extract/choice.h"

#include "extract/authors.h"
#include "extract/titles.h"

static void add_ld_author(struct choice *choice, const struct json *value)
{
	value = jsonld_follow(&choice->candidates.jsonld, value);
	if (!value)
		return;
	struct slice name = value->kind == JSON_STRING ? value->text
		: value->kind == JSON_OBJECT           ? jsonld_text(value, "name")
						       : SLICE_NONE;
	if (slice_find(name, SLICE("://")) != SLICE_NOT_FOUND)
		return;
	authors_add(choice->arena, choice->article, choice_strip_tags(choice, name), AUTHOR_NAMED);
	struct slice email = email_find(jsonld_text(value, "email"));
	struct author *last = choice->article->authors;
	while (last && last->next)
		last = last->next;
	if (last && email.len && !last->email.len)
		last->email = email;
}

static bool choose_ld_authors(struct choice *choice)
{
	static const char *const MEMBERS[] = {"author", "creator"};
	for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS && !choice->article->authors; i++) {
		const struct json *value = json_get(choice->ld, MEMBERS[i]);
		if (value && value->kind == JSON_ARRAY)
			for json_each (item, value)
				add_ld_author(choice, item);
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

static bool is_site(const struct choice *choice, struct slice name)
{
	return title_names_site(name, choice->sites, choice->site_count, choice->url);
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

static bool choose_field_authors(struct choice *choice, enum origin origin, enum author_trust trust)
{
	int best = 100;
	for (const struct candidate *c = choice->candidates.first[FIELD_AUTHOR]; c; c = c->next)
		if (c->origin == origin && c->rank < best && !choice_is_address(c->value))
			best = c->rank;
	for (; best < 10 && !choice->article->authors; best++) {
		const struct node *last = NULL; /* bylines that stand together make one */
		for (const struct candidate *c = choice->candidates.first[FIELD_AUTHOR]; c; c = c->next) {
			if (c->origin != origin || c->rank != best || choice_is_address(c->value) || c->value.ptr[0] == '@')
				continue;
			if (origin == ORIGIN_BYLINE && last && c->node->order > last->end + 40)
				break;
			if (authors_add(choice->arena, choice->article, choice_strip_tags(choice, c->value),
				    c->value.len < 80 ? trust : AUTHOR_BYLINE))
				last = c->node;
		}
	}
	drop_site_names(choice);
	return choice->article->authors != NULL;
}

void choose_authors(struct choice *choice)
{
	static const struct {
		enum origin origin;
		enum author_trust trust;
	} ORDER[] = {{ORIGIN_JSONLD, AUTHOR_NAMED}, {ORIGIN_META, AUTHOR_NAMED}, {ORIGIN_OPENGRAPH, AUTHOR_NAMED}, {ORIGIN_MICRODATA, AUTHOR_NAMED}, {ORIGIN_BYLINE, AUTHOR_BYLINE}};
	struct author *fallback = NULL;
	const char *fallback_source = NULL;
	if (choice->article->authors)
		return;
	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
		bool found = ORDER[i].origin == ORIGIN_JSONLD ? choose_ld_authors(choice)
							      : choose_field_authors(choice, ORDER[i].origin, ORDER[i].trust);
		if (!found)
			continue;
		choice->article->author_source = origin_name(ORDER[i].origin);
		if (!only_site(choice))
			return;
		if (!fallback)
			fallback = choice->article->authors, fallback_source = choice->article->author_source;
		choice->article->authors = NULL;
	}
	choice->article->authors = fallback;
	choice->article->author_source = fallback_source;
}
