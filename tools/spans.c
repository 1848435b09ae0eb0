/* spans: see spans.h. */
#include "tools/spans.h"

#include <stdlib.h>

struct collector {
	struct arena *arena;
	const char *field;
	int64_t image;
	struct span *items;
	size_t count, capacity;
};

static void add(struct collector *c, const struct json *at, const struct span *about)
{
	int64_t start = json_integer(at, "start", -1), end = json_integer(at, "end", -1);
	struct slice field = json_string(at, "field");

	if (!slice_is(field, c->field) || (c->image >= 0 && json_integer(at, "image", -1) != c->image) || start < 0 ||
		end <= start)
		return;
	c->items = arena_grow(c->arena, c->items, &c->capacity, c->count + 1, sizeof *c->items);
	c->items[c->count] = *about;
	c->items[c->count].start = start;
	c->items[c->count++].end = end;
}

static void add_entities(struct collector *c, const struct json *article)
{
	for json_each (entity, json_array(article, "entities")) {
		struct span about = {.type = json_string(entity, "type"),
			.entity = json_string(entity, "id"),
			.same = json_string(entity, "sameAs"),
			.located = json_string(entity, "countryCode").len > 0};
		for json_each (mention, json_array(entity, "mentions"))
			add(c, mention, &about);
	}
}

static void add_figures(struct collector *c, const struct json *article, const char *name)
{
	for json_each (figure, json_array(article, name)) {
		struct span about = {.type = json_string(figure, "type")};
		add(c, figure, &about);
	}
}

static int compare(const void *left, const void *right)
{
	const struct span *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->end > b->end ? -1 : a->end < b->end;
}

/* Sorted ones, those that begin before `taken` ends left out. */
static size_t without_overlaps(struct span *items, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (kept == 0 || items[i].start >= items[kept - 1].end)
			items[kept++] = items[i];
	return kept;
}

/* Figures that touch no entity. */
static void merge_figures(struct collector *c, size_t entities)
{
	size_t kept = entities;

	for (size_t i = entities; i < c->count; i++) {
		size_t low = 0, high = entities;
		while (low < high) { /* the first entity that ends behind its start */
			size_t middle = (low + high) / 2;
			if (c->items[middle].end <= c->items[i].start)
				low = middle + 1;
			else
				high = middle;
		}
		if (low == entities || c->items[low].start >= c->items[i].end)
			c->items[kept++] = c->items[i];
	}
	c->count = kept;
}

struct spans spans_of(struct arena *arena, const struct json *article, const char *field, int64_t image, bool figures)
{
	struct collector c = {.arena = arena, .field = field, .image = image};

	add_entities(&c, article);
	if (c.count)
		qsort(c.items, c.count, sizeof *c.items, compare);
	c.count = without_overlaps(c.items, c.count);
	if (figures) {
		size_t entities = c.count;
		add_figures(&c, article, "times");
		add_figures(&c, article, "quantities");
		merge_figures(&c, entities);
		if (c.count)
			qsort(c.items, c.count, sizeof *c.items, compare);
		c.count = without_overlaps(c.items, c.count);
	}
	return (struct spans){c.items, c.count};
}
