/* articlediff: see articlediff.h. */
#include "tools/articlediff.h"

#include "json/writer.h"

#include <stdio.h>

struct field_list {
	struct arena *arena;
	struct article_field *items;
	size_t count, capacity;
};

static struct slice text_of(struct arena *arena, const struct json *value)
{
	struct json_writer writer;
	struct buf text;

	buf_init_arena(&text, arena, SIZE_MAX);
	json_begin(&writer, arena, &text);
	json_put_value(&writer, value);
	return json_finish(&writer) ? buf_slice(&text) : SLICE_NONE;
}

static void add(struct field_list *list, struct slice path, const struct json *value)
{
	list->items = arena_grow(list->arena, list->items, &list->capacity, list->count + 1, sizeof *list->items);
	list->items[list->count++] = (struct article_field){path, text_of(list->arena, value)};
}

size_t article_fields(struct arena *arena, const struct json *root, struct article_field **fields)
{
	struct field_list list = {.arena = arena};

	if (root && root->kind == JSON_OBJECT) {
		for json_each(member, root) {
			arena_tick(arena);
			if (member->kind != JSON_OBJECT || member->count == 0) {
				add(&list, member->name, member);
				continue;
			}
			for
				json_each(inner, member) add(&list,
					arena_printf(arena, "%.*s.%.*s", SLICE_ARG(member->name), SLICE_ARG(inner->name)), inner);
		}
	}
	*fields = list.items;
	return list.count;
}

/* Fields are few dozens: a linear look is the quickest. */
static const struct article_field *find(const struct article_field *fields, size_t count, struct slice path)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal(fields[i].path, path))
			return &fields[i];
	return NULL;
}

struct slice article_change_part(struct arena *arena, struct slice text, struct slice other)
{
	enum { SHOWN_BEFORE = 24 };
	size_t same = 0;

	while (same < text.len && same < other.len && text.ptr[same] == other.ptr[same])
		same++;
	if (same <= 2 * SHOWN_BEFORE)
		return text;
	same -= SHOWN_BEFORE;
	while (same > 0 && ((unsigned char)text.ptr[same] & 0xC0) == 0x80)
		same--;
	return arena_printf(arena, "…%.*s", SLICE_ARG(slice_sub(text, same, text.len)));
}

size_t article_changes(struct arena *arena, const struct json *before, const struct json *after, struct field_change **changes)
{
	struct article_field *old, *new;
	size_t old_count = article_fields(arena, before, &old), new_count = article_fields(arena, after, &new), count = 0;

	*changes = arena_array(arena, struct field_change, old_count + new_count + 1);
	for (size_t i = 0; i < old_count; i++) {
		const struct article_field *other = find(new, new_count, old[i].path);
		if (!other || !slice_equal(other->text, old[i].text))
			(*changes)[count++] = (struct field_change){old[i].path, old[i].text, other ? other->text : SLICE_NONE};
	}
	for (size_t i = 0; i < new_count; i++)
		if (!find(old, old_count, new[i].path))
			(*changes)[count++] = (struct field_change){new[i].path, SLICE_NONE, new[i].text};
	return count;
}
