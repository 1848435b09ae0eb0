/* choiceimages: the pictures that JSON-LD tells a caption or credit of. Those that the page shows are for captions.c. */
#include "extract/choice.h"

#include "extract/captions.h"
#include "extract/titles.h"

static struct slice person_name(struct choice *choice, const struct json *value)
{
	value = jsonld_follow(&choice->candidates.jsonld, value && value->kind == JSON_ARRAY ? value->first : value);
	return value && value->kind == JSON_STRING    ? value->text
		: value && value->kind == JSON_OBJECT ? jsonld_text(value, "name")
						      : SLICE_NONE;
}

static struct image **add_told_image(struct choice *choice, const struct json *value, struct image **end)
{
	static const char *const CREATORS[] = {"creator", "author", "copyrightHolder"};
	value = jsonld_follow(&choice->candidates.jsonld, value);
	if (!value || value->kind != JSON_OBJECT)
		return end;
	struct slice url = jsonld_text(value, "url"), credit = jsonld_text(value, "creditText"), caption, inner;
	if (!url.len)
		url = jsonld_text(value, "contentUrl");
	for (size_t i = 0; !credit.len && i < sizeof CREATORS / sizeof *CREATORS; i++)
		credit = person_name(choice, json_get(value, CREATORS[i]));
	caption = choice_clean(choice, choice_strip_tags(choice, jsonld_text(value, "caption")));
	credit = choice_clean(choice, choice_strip_tags(choice, credit));
	caption_split(caption, &caption, &inner);
	if (inner.len && !credit.len)
		credit = inner;
	if (!url.len || credit.len > 200 ||
		(!caption.len && (!credit.len || title_names_site(credit, choice->sites, choice->site_count, choice->url))))
		return end;
	struct image *image = arena_new(choice->arena, struct image);
	*image = (struct image){.url = choice_clean(choice, url), .caption = caption, .credit = credit};
	*end = image;
	return &image->next;
}

void choose_images(struct choice *choice)
{
	const struct json *value = json_get(choice->ld, "image");
	struct image **end = &choice->article->hints.images;
	size_t count = 0;
	if (!value || value->kind != JSON_ARRAY)
		end = add_told_image(choice, value, end);
	for json_each (item, value && value->kind == JSON_ARRAY ? value : NULL)
		if (count++ < 20)
			end = add_told_image(choice, item, end);
}
