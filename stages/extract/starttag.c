/* starttag: see starttag.h. */
#include "extract/starttag.h"

#include "extract/reference.h"

#define NAME_MAX_BYTES 64
#define ATTRIBUTES_MAX 64
#define DATA_VALUE_MAX 256

static bool is_name_byte(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c) || c == '-' || c == '_' || c == ':' || c == '.';
}

static struct slice lower_case(struct arena *arena, struct slice name)
{
	size_t at = 0;
	while (at < name.len && !(name.ptr[at] >= 'A' && name.ptr[at] <= 'Z'))
		at++;
	if (at == name.len)
		return name;
	char *lower = arena_alloc(arena, name.len);
	for (size_t i = 0; i < name.len; i++)
		lower[i] = byte_lower(name.ptr[i]);
	return slice_make(lower, name.len);
}

/* Handlers, styles and the lists of picture sizes make up most of some pages and tell nothing. Style stays where it hides
 * something. */
static bool attribute_tells(struct slice name, struct slice value)
{
	if (name.len > 2 && (name.ptr[0] | 32) == 'o' && (name.ptr[1] | 32) == 'n')
		return false;
	if (slice_equal_nocase(name, SLICE("style")))
		return value.len < 4096 && (slice_find_nocase(value, SLICE("none")) != SLICE_NOT_FOUND ||
		                                   slice_find_nocase(value, SLICE("hidden")) != SLICE_NOT_FOUND);
	if (slice_starts_nocase(name, SLICE("data-")))
		return value.len <= DATA_VALUE_MAX;
	return !slice_equal_nocase(name, SLICE("srcset")) && !slice_equal_nocase(name, SLICE("sizes")) &&
	       !slice_equal_nocase(name, SLICE("jsaction")) && !slice_equal_nocase(name, SLICE("d"));
}

static bool name_is_sound(struct slice name)
{
	if (!name.len || name.len > NAME_MAX_BYTES || !(byte_is_alpha(name.ptr[0]) || name.ptr[0] == '_'))
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!is_name_byte(name.ptr[i]))
			return false;
	return true;
}

/* The value behind '=', at *at. */
static struct slice scan_value(struct slice html, size_t *at)
{
	size_t i = *at;
	while (i < html.len && byte_is_space(html.ptr[i]))
		i++;
	if (i < html.len && (html.ptr[i] == '"' || html.ptr[i] == '\'')) {
		const char *end = memchr(html.ptr + i + 1, html.ptr[i], html.len - i - 1);
		size_t stop = end ? (size_t)(end - html.ptr) : html.len;
		*at = stop + (end != NULL);
		return slice_sub(html, i + 1, stop);
	}
	size_t start = i;
	while (i < html.len && !byte_is_space(html.ptr[i]) && html.ptr[i] != '>')
		i++;
	*at = i;
	return slice_sub(html, start, i);
}

struct attribute_list {
	struct arena *arena;
	struct start_tag *tag;
	struct attribute **tail;
};

/* Of two attributes with one name the first counts (WHATWG HTML §13.2.5.33). */
static void keep_attribute(struct attribute_list *list, struct slice name, struct slice value)
{
	struct start_tag *tag = list->tag;
	name = lower_case(list->arena, name);
	tag->count++;
	for (const struct attribute *a = tag->attributes; a; a = a->next)
		if (slice_equal(a->name, name))
			return;
	struct attribute *attribute = arena_alloc(list->arena, sizeof(*attribute));
	*attribute = (struct attribute){name, reference_value(list->arena, value), NULL};
	*list->tail = attribute;
	list->tail = &attribute->next;
	if (slice_is(name, "id"))
		tag->id = attribute->value;
	else if (slice_is(name, "class"))
		tag->class = attribute->value;
}

/* Reads the attributes from *at, behind the name, to behind '>'. False if the tag never ends. */
static bool scan_attributes(struct arena *arena, struct slice html, size_t *at, struct start_tag *tag)
{
	struct attribute_list list = {arena, tag, &tag->attributes};
	size_t i = *at;
	for (;;) {
		while (i < html.len && (byte_is_space(html.ptr[i]) || html.ptr[i] == '/')) {
			tag->self_closing = html.ptr[i] == '/';
			i++;
		}
		if (i >= html.len)
			return false;
		if (html.ptr[i] == '>') {
			*at = i + 1;
			return true;
		}
		tag->self_closing = false;
		size_t start = i++;
		while (i < html.len && !byte_is_space(html.ptr[i]) && html.ptr[i] != '=' && html.ptr[i] != '>' &&
		        html.ptr[i] != '/')
			i++;
		struct slice name = slice_make(html.ptr + start, i - start), value = SLICE("");
		size_t behind = i;
		while (behind < html.len && byte_is_space(html.ptr[behind]))
			behind++;
		if (behind < html.len && html.ptr[behind] == '=') {
			i = behind + 1;
			value = scan_value(html, &i);
		}
		if (tag->count < ATTRIBUTES_MAX && name_is_sound(name) && attribute_tells(name, value))
			keep_attribute(&list, name, value);
	}
}

struct slice tag_scan_name(struct slice html, size_t *at)
{
	size_t start = *at, end = start;
	while (end < html.len && is_name_byte(html.ptr[end]))
		end++;
	*at = end;
	return slice_make(html.ptr + start, end - start < NAME_MAX_BYTES ? end - start : NAME_MAX_BYTES);
}

bool start_tag_scan(struct arena *arena, struct slice html, size_t *at, struct start_tag *tag)
{
	struct slice name = tag_scan_name(html, at);
	*tag = (struct start_tag){.tag = tag_of(name)};
	if (slice_equal_nocase(name, SLICE("image")))
		tag->tag = TAG_IMG;
	tag->name = tag->tag == TAG_OTHER ? lower_case(arena, name) : tag_name(tag->tag);
	return scan_attributes(arena, html, at, tag);
}
