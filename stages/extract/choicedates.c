/* choicedates: when the article was published and changed. The hard thing is dates that only readers see: which of them is which is
 * told by the words beside them (datelabel.c). */
#include "extract/choice.h"

#include "extract/surroundings.h"

static bool same_day(const struct instant *a, const struct instant *b)
{
	int64_t distance = a->ms - b->ms;
	return distance > -36 * 3600000 && distance < 36 * 3600000;
}

/* Takes a candidate if there is none yet; else what it says more precisely about the same day. */
static void take_date(struct instant *chosen, struct instant other, enum origin origin)
{
	other.source = origin_name(origin);
	if (chosen->ms == CLOCK_NONE) {
		*chosen = other;
		return;
	}
	if (!same_day(chosen, &other) || !other.has_time || (chosen->has_time && chosen->has_offset))
		return;
	if (!chosen->has_time) {
		*chosen = other;
	} else if (!chosen->has_offset && other.has_offset) {
		/* the same wall clock, or the same instant, told with its zone */
		int64_t wall = other.ms + (int64_t)other.offset_minutes * 60000;
		if (wall / 60000 == chosen->ms / 60000 && other.offset_minutes)
			*chosen = other;
	}
}

static void take_text_date(struct choice *choice, struct instant *chosen, struct slice text, enum origin origin)
{
	struct instant found = {.ms = CLOCK_NONE};
	if (date_parse(text, choice->order, &found))
		take_date(chosen, found, origin);
}

/* Nodes behind a publishing date within which the date of a change is looked for. */
#define CHANGE_REACH 30
#define DATES_IN_LINE 4

/* A line of text that holds dates, and what is known from the lines before. */
struct reading {
	struct choice *choice;
	struct instant *published, *modified;
};

struct dated {
	struct instant instant;
	size_t start, end;
};

static size_t dates_in(const struct choice *choice, struct slice text, struct dated *dates)
{
	size_t count = 0, from = 0, first, last;
	while (count < DATES_IN_LINE && from < text.len) {
		struct instant found = {.ms = CLOCK_NONE};
		struct slice rest = slice_sub(text, from, text.len);
		if (!date_find(rest, choice->order, &found, &first, &last) || (!count && first > 60))
			break;
		/* "Published Nov. 19, 2026 | Updated 8:14 a.m. Nov. 20, 2026": a time of day behind the next label is the next date's */
		size_t label = date_label_next(rest);
		if (label > first && label < last && !date_find(slice_sub(rest, 0, label), choice->order, &found, &first, &last))
			break;
		dates[count++] = (struct dated){found, from + first, from + last};
		from += last;
	}
	return count;
}

/* Labels stand before their dates, or all of them behind: "2024年5月3日 更新". */
static enum date_label label_at(struct reading *reading, const struct node *node, struct slice text, const struct dated *dates, size_t count, size_t i)
{
	struct slice before = slice_sub(text, i ? dates[i - 1].end : 0, dates[i].start);
	struct slice behind = slice_sub(text, dates[i].end, i + 1 < count ? dates[i + 1].start : text.len);
	bool trailing = date_label_of(slice_sub(text, 0, dates[0].start)) == DATE_LABEL_NONE &&
		date_label_behind(slice_sub(text, dates[count - 1].end, text.len)) != DATE_LABEL_NONE;
	enum date_label label = date_label_of(trailing ? behind : before);
	return label == DATE_LABEL_NONE && i == 0 ? node_date_label(reading->choice->candidates.tree, node) : label;
}

static bool holds_figures(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (byte_is_digit(text.ptr[i]) || (unsigned char)text.ptr[i] >= 0xD9)
			return true;
	return false;
}

/* Takes the dates of the line that `node` stands in; `labelled`: a publishing date only if it says that it is one. */
static void read_line(struct reading *reading, const struct node *node, bool labelled)
{
	struct choice *choice = reading->choice;
	struct dated dates[DATES_IN_LINE];
	struct slice text = node_text(choice->arena, choice->candidates.tree, node->parent, 240);
	size_t count = text.len <= 160 ? dates_in(choice, text, dates) : 0;
	for (size_t i = 0; i < count; i++) {
		enum date_label label = label_at(reading, node->parent, text, dates, count, i);
		if (label == DATE_LABEL_CHANGED)
			take_date(reading->modified, dates[i].instant, ORIGIN_TEXT);
		else if (reading->published->ms == CLOCK_NONE && (!labelled || label == DATE_LABEL_PUBLISHED))
			take_date(reading->published, dates[i].instant, ORIGIN_TEXT);
	}
}

static void read_lines(struct reading *reading, uint32_t from, uint32_t to, bool labelled)
{
	const struct tree *tree = reading->choice->candidates.tree;
	const struct node *last = NULL;
	for (uint32_t order = from; order < to && order < tree->count; order++) {
		const struct node *node = tree->nodes[order];
		if (node->tag != TAG_TEXT || node->text.len < 6 || node->text.len > 200 || !node->parent || node->parent->tag == TAG_A ||
			node->parent == last || !holds_figures(node->text))
			continue;
		arena_tick(reading->choice->arena);
		bool open = reading->published->ms == CLOCK_NONE;
		last = node->parent;
		read_line(reading, node, labelled);
		if (open && reading->published->ms != CLOCK_NONE && order + CHANGE_REACH < to)
			to = order + CHANGE_REACH;
		if (!open && reading->modified->ms != CLOCK_NONE)
			return;
	}
}

/* Dates written out near the headline: below it, else above. */
static void find_visible_dates(struct choice *choice, struct instant *published, struct instant *modified)
{
	const struct node *heading = choice->candidates.heading;
	uint32_t start = heading ? heading->order : choice->candidates.tree->body->order;
	struct reading reading = {choice, published, modified};
	bool changed = modified->ms != CLOCK_NONE;
	read_lines(&reading, start, start + 260, false);
	if (published->ms == CLOCK_NONE) /* above the headline of a page that says when it was changed stands today's date */
		read_lines(&reading, start > 120 ? start - 120 : 0, start, !changed && modified->ms != CLOCK_NONE);
}

static void find_url_date(struct choice *choice, struct instant *published)
{
	struct slice path = choice->url;
	for (size_t i = 0; i + 10 < path.len; i++) {
		struct slice part = slice_sub(path, i, i + 11);
		bool dashes = part.ptr[0] == '/' && (part.ptr[5] == '/' || part.ptr[5] == '-') && part.ptr[8] == part.ptr[5];
		for (size_t k = 1; k < 11 && dashes; k++)
			dashes = k == 5 || k == 8 || byte_is_digit(part.ptr[k]);
		struct instant found = {.ms = CLOCK_NONE};
		if (dashes && date_parse(slice_sub(part, 1, 11), DATE_DAY_FIRST, &found)) {
			found.has_time = found.has_offset = false;
			take_date(published, found, ORIGIN_URL);
			return;
		}
	}
}

static void take_candidates(struct choice *choice, enum field field, enum origin origin, struct instant *chosen)
{
	for (int rank = 0; rank < 9; rank++)
		for (const struct candidate *c = choice->candidates.first[field]; c; c = c->next)
			if (c->origin == origin && c->rank == rank)
				take_text_date(choice, chosen, c->value, origin);
}

static void take_times_at(struct choice *choice, enum field field, bool below, int rank, struct instant *chosen)
{
	uint32_t heading = choice->candidates.heading ? choice->candidates.heading->order : 0;

	for (const struct candidate *c = choice->candidates.first[field]; c; c = c->next)
		if (c->origin == ORIGIN_TIME && c->rank == rank && (c->node->order >= heading) == below)
			take_text_date(choice, chosen, c->value, ORIGIN_TIME);
}

/* Time elements below the headline first, then those above it; the most trusted of each first. */
static void take_times(struct choice *choice, enum field field, struct instant *chosen)
{
	for (int rank = 0; rank < 9; rank++)
		take_times_at(choice, field, true, rank, chosen);
	for (int rank = 0; rank < 9; rank++)
		take_times_at(choice, field, false, rank, chosen);
}

void choose_dates(struct choice *choice)
{
	static const enum origin ORDER[] = {ORIGIN_OPENGRAPH, ORIGIN_META, ORIGIN_MICRODATA, ORIGIN_RDFA};
	struct instant *published = &choice->article->published, *modified = &choice->article->modified;
	bool given = published->ms != CLOCK_NONE;
	struct instant ignored = {.ms = CLOCK_NONE};
	if (given)
		published = &ignored;
	take_text_date(choice, published, jsonld_text(choice->ld, "datePublished"), ORIGIN_JSONLD);
	take_text_date(choice, modified, jsonld_text(choice->ld, "dateModified"), ORIGIN_JSONLD);
	if (published->ms == CLOCK_NONE)
		take_text_date(choice, published, jsonld_text(choice->candidates.jsonld.page, "datePublished"), ORIGIN_JSONLD);
	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
		take_candidates(choice, FIELD_PUBLISHED, ORDER[i], published);
		take_candidates(choice, FIELD_MODIFIED, ORDER[i], modified);
	}
	take_times(choice, FIELD_PUBLISHED, published);
	take_times(choice, FIELD_MODIFIED, modified);
	if (published->ms == CLOCK_NONE)
		take_text_date(choice, published, jsonld_text(choice->ld, "dateCreated"), ORIGIN_JSONLD);
	if (published->ms == CLOCK_NONE)
		find_visible_dates(choice, published, modified);
	if (published->ms == CLOCK_NONE)
		find_url_date(choice, published);
}
