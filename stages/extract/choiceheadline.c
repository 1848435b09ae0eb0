/* choiceheadline: which of a page's titles is its headline. The hard thing is what templates add: kickers, sections, the site's name. */
#include "extract/choice.h"

#include "extract/titles.h"

/* Nothing but a name of the site: a template's word, no headline. */
static bool is_site_title(const struct choice *choice, struct slice title)
{
	for (size_t i = 0; i < choice->site_count; i++)
		if (title_same(title, choice->sites[i]))
			return true;
	return false;
}

static struct slice title_of(struct choice *choice, enum origin origin)
{
	const struct candidate *c = candidate_best(&choice->candidates, FIELD_TITLE, origin);
	return c ? title_before_section(title_clean(choice->arena, c->value, choice->sites, choice->site_count, choice->url),
			   choice->article->section.value)
		 : SLICE_NONE;
}

/* Titles that are the site's name go where another one is a headline. */
static void drop_site_titles(const struct choice *choice, struct slice *titles)
{
	bool headline = false;
	for (size_t i = 0; i < ORIGINS; i++)
		headline |= titles[i].len && !is_site_title(choice, titles[i]);
	for (size_t i = 0; headline && i < ORIGINS; i++)
		if (is_site_title(choice, titles[i]))
			titles[i] = SLICE_NONE;
}

/* Which of two machine-readable headlines that differ. Templates fill such fields with what the heading or the title says; one
 * that says something else was written on purpose. */
static enum origin prefer(const struct slice *titles)
{
	struct slice ld = titles[ORIGIN_JSONLD], og = titles[ORIGIN_OPENGRAPH], h1 = titles[ORIGIN_H1],
		     title = titles[ORIGIN_TITLE];
	if (!ld.len || !og.len)
		return og.len ? ORIGIN_OPENGRAPH : ORIGIN_JSONLD;
	if (title_same(ld, og)) /* the same but for quotation marks: not what the page writes nowhere else */
		return !slice_equal(og, title) && slice_equal(ld, h1) && slice_equal(ld, title) ? ORIGIN_JSONLD
												: ORIGIN_OPENGRAPH;
	if (title_same(h1, ld))
		return title_same(og, title) ? ORIGIN_JSONLD : ORIGIN_OPENGRAPH;
	if (title_same(h1, og)) /* all but JSON-LD may have left a kicker away */
		return title_same(og, title) && !title_adds_kicker(ld, og) ? ORIGIN_JSONLD : ORIGIN_OPENGRAPH;
	return ORIGIN_JSONLD;
}

void choose_headline(struct choice *choice)
{
	struct slice titles[ORIGINS] = {{NULL, 0}};
	static const enum origin ORDER[] = {ORIGIN_H1, ORIGIN_JSONLD, ORIGIN_OPENGRAPH, ORIGIN_MICRODATA, ORIGIN_RDFA, ORIGIN_META, ORIGIN_TWITTER, ORIGIN_TITLE};
	for (size_t i = 0; i < ORIGINS; i++)
		titles[i] = title_of(choice, (enum origin)i);
	titles[ORIGIN_JSONLD] = title_clean(choice->arena, choice_strip_tags(choice, jsonld_text(choice->ld, "headline")), choice->sites,
		choice->site_count, choice->url);
	if (!titles[ORIGIN_JSONLD].len) { /* a name may be that of a part of the page */
		struct slice name = title_clean(choice->arena, choice_strip_tags(choice, jsonld_text(choice->ld, "name")), choice->sites,
			choice->site_count, choice->url);
		if (!titles[ORIGIN_H1].len || title_overlap(titles[ORIGIN_H1], name))
			titles[ORIGIN_JSONLD] = name;
	}
	drop_site_titles(choice, titles);
	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++)
		for (size_t k = 0; k < 2; k++) /* h1 and JSON-LD carry the least furniture */
			if (i != k && titles[ORDER[k]].len)
				titles[ORDER[i]] = title_cut_to(titles[ORDER[i]], titles[ORDER[k]]);
	enum origin chosen = prefer(titles);
	for (size_t i = 0; !titles[chosen].len && i < sizeof ORDER / sizeof *ORDER; i++)
		chosen = ORDER[i];
	if (chosen == ORIGIN_H1 && titles[ORIGIN_TITLE].len && !title_overlap(titles[ORIGIN_H1], titles[ORIGIN_TITLE]))
		chosen = ORIGIN_TITLE; /* the heading is the site's or a box's */
	if (chosen != ORIGIN_H1) /* two kickers before one headline */
		titles[chosen] = title_after_kicker(titles[chosen], titles[ORIGIN_H1]);
	for (size_t i = 0; i < ORIGINS; i++)
		if (titles[i].len)
			trace_note(choice->article->trace, "headline", LOG_STR("source", origin_name((enum origin)i)),
				LOG_SLICE("cleaned", titles[i]), LOG_INT("chosen", i == chosen));
	struct sourced *headline = &choice->article->headline;
	choice_set(headline, titles[chosen], chosen);
	struct slice other = choice_clean(choice, jsonld_text(choice->ld, "alternativeHeadline"));
	if (other.len && !title_same(other, headline->value))
		choice_set(&choice->article->alternative_headline, other, ORIGIN_JSONLD);
	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER && ORDER[i] != ORIGIN_TITLE; i++)
		if (titles[ORDER[i]].len > 8 && !title_same(titles[ORDER[i]], headline->value))
			choice_set(&choice->article->alternative_headline, titles[ORDER[i]], ORDER[i]);
}
