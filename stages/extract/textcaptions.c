/* textcaptions: see textcaptions.h. */
#include "extract/textcaptions.h"

#include "extract/agencies.h"
#include "extract/captions.h"
#include "extract/furniture.h"
#include "extract/titles.h"

static bool is_credit(struct slice s)
{
	struct furniture_hits hits = furniture_find(s);
	return agency_find(s).len > 0 || furniture_has(hits.any, FURNITURE_CREDIT);
}

/* The credit at the end of a caption. *text loses it. */
static struct slice take_credit(struct slice *text)
{
	struct slice caption, credit;
	caption_split(*text, &caption, &credit);
	if (credit.len)
		*text = caption;
	return credit;
}

static bool known_caption(const struct article *article, struct slice caption)
{
	for (const struct image *image = article->images; image; image = image->next)
		if (title_same(image->caption, caption))
			return true;
	return false;
}

static void add_caption(struct arena *arena, struct article *article, size_t *count, struct slice text)
{
	struct slice caption = text, credit = take_credit(&caption);
	if (!caption.len || *count == ARTICLE_IMAGES_MAX || known_caption(article, caption))
		return;
	++*count;
	struct image *image = article_add_image(arena, article);
	image->caption = caption;
	image->credit = credit;
}

/* A picture's alternative text stands right before its caption: the same words, perhaps with a credit behind them. */
static bool doubles_next(const struct text_units *units, size_t i)
{
	if (i + 1 >= units->count)
		return false;
	const struct text_unit *unit = &units->items[i];
	struct slice a = unit[0].text, b = unit[1].text;
	if (a.len < 25 || unit[0].bullet || unit[1].bullet || unit[0].heading)
		return false;
	return title_same(a, b) || (slice_starts(b, a) && b.len - a.len < 100);
}

bool text_is_caption(const struct text_unit *unit)
{
	if (unit->columns < 25 || unit->columns > 700 || unit->heading || unit->bullet)
		return false;
	if (unit->image)
		return true;
	struct slice rest = unit->text, credit = take_credit(&rest);
	return credit.len && is_credit(credit) && rest.len > 20;
}

void text_captions_read(struct arena *arena, const struct text_units *units, const struct text_verdict *verdict, size_t headline,
	enum removed_kind *why, struct article *article)
{
	size_t from = headline == SIZE_MAX ? verdict->first : headline + 1, count = 0;
	if (from > verdict->first)
		from = verdict->first;
	for (size_t i = from; i < verdict->behind; i++) {
		arena_tick(arena);
		if (doubles_next(units, i)) {
			add_caption(arena, article, &count, units->items[i + 1].text);
			why[i] = REMOVED_DUPLICATE;
			why[i + 1] = REMOVED_CAPTION;
			i++;
		} else if (!verdict->keep[i] && text_is_caption(&units->items[i])) {
			add_caption(arena, article, &count, units->items[i].text);
			why[i] = REMOVED_CAPTION;
		}
	}
}
