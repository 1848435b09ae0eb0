/* articleprint: see articleprint.h. */
#include "tools/articleprint.h"

#include "tools/marks.h"

#include <math.h>

enum { INDENT = 2 };

static const struct {
	const char *type;
	enum style style;
} ENTITY_STYLES[] = {{"person", STYLE_GREEN}, {"organization", STYLE_BLUE}, {"place", STYLE_YELLOW}, {"facility", STYLE_YELLOW},
	{"nationality", STYLE_YELLOW}, {"event", STYLE_MAGENTA}, {"work", STYLE_MAGENTA}, {"product", STYLE_MAGENTA}, {"law", STYLE_MAGENTA},
	{"language", STYLE_MAGENTA}, {"other", STYLE_MAGENTA}};
enum { ENTITY_TYPES = sizeof ENTITY_STYLES / sizeof *ENTITY_STYLES };

static size_t type_index(struct slice type)
{
	size_t i = 0;
	while (i < ENTITY_TYPES - 1 && !slice_is(type, ENTITY_STYLES[i].type))
		i++;
	return i;
}

/* Marks of one field ("headline", "articleBody"): mentions of entities, then times. */
static struct mark *marks_collect(struct arena *arena, const struct json *article, const char *field, size_t *count)
{
	struct mark *marks = NULL;
	size_t capacity = 0;
	*count = 0;
	for json_each (entity, json_array(article, "entities")) {
		size_t type = type_index(json_string(entity, "type"));
		for json_each (mention, json_array(entity, "mentions")) {
			if (!slice_is(json_string(mention, "field"), field))
				continue;
			marks = arena_grow(arena, marks, &capacity, *count + 1, sizeof *marks);
			marks[(*count)++] = (struct mark){json_integer(mention, "start", 0), json_integer(mention, "end", 0),
				ENTITY_STYLES[type].style, ENTITY_STYLES[type].type};
		}
	}
	for json_each (time, json_array(article, "times")) {
		struct slice in = json_string(time, "field"), value = json_string(time, "value");
		if (in.len ? !slice_is(in, field) : strcmp(field, "articleBody") != 0)
			continue;
		marks = arena_grow(arena, marks, &capacity, *count + 1, sizeof *marks);
		marks[(*count)++] = (struct mark){
			json_integer(time, "start", 0), json_integer(time, "end", 0), STYLE_CYAN, arena_cstr(arena, value)};
	}
	return marks;
}

static void put_part(const struct terminal *terminal, struct slice text, bool *any)
{
	if (text.len == 0)
		return;
	if (*any)
		fputs(" · ", terminal->file);
	terminal_put(terminal, STYLE_PLAIN, text, 0);
	*any = true;
}

/* A member that is text, or an object with a name. */
static struct slice text_or_name(const struct json *object, const char *name)
{
	struct slice text = json_string(object, name);
	return text.len ? text : json_string(json_object(object, name), "name");
}

static struct slice date_text(const struct json *article, const char *name)
{
	struct slice text = text_or_name(article, name);
	return text.len ? text : json_string(json_object(article, name), "value");
}

static struct slice authors_text(struct arena *arena, const struct json *article)
{
	struct buf names;
	buf_init_arena(&names, arena, 2000);
	for json_each (author, json_array(article, "author")) {
		struct slice email = json_string(author, "email");
		if (names.len)
			buf_append_cstr(&names, ", ");
		buf_append(&names, json_string(author, "name"));
		if (email.len)
			buf_printf(&names, " <%.*s>", SLICE_ARG(email));
	}
	return buf_slice(&names);
}

static void print_byline(const struct terminal *terminal, const struct json *article, struct arena *arena)
{
	const struct json *language = json_object(article, "inLanguage");
	int64_t words = json_integer(article, "wordCount", -1);
	bool any = false;
	if (!json_get(article, "publisher") && !json_get(article, "datePublished") && !json_get(article, "author") &&
		!json_get(article, "pageType"))
		return;
	fprintf(terminal->file, "%*s%s", INDENT, "", terminal_on(terminal, STYLE_DIM));
	put_part(terminal, text_or_name(article, "publisher"), &any);
	put_part(terminal, date_text(article, "datePublished"), &any);
	put_part(terminal, authors_text(arena, article), &any);
	put_part(terminal, json_string(article, "creditText"), &any);
	put_part(terminal, language ? json_string(language, "tag") : json_string(article, "inLanguage"), &any);
	put_part(terminal, json_string(article, "pageType"), &any);
	if (words >= 0)
		put_part(terminal, arena_printf(arena, "%lld words", (long long)words), &any);
	fprintf(terminal->file, "%s\n", terminal_off(terminal, STYLE_DIM));
}

static void print_url(const struct terminal *terminal, const struct json *article)
{
	struct slice url = json_string(article, "url");
	if (url.len == 0)
		return;
	fprintf(terminal->file, "%*s", INDENT, "");
	terminal_put(terminal, STYLE_DIM, url, 0);
	fputc('\n', terminal->file);
}

static void score_put(FILE *file, const char *name, double value)
{
	if (isfinite(value) && value >= 0)
		fprintf(file, ", %s %.2f", name, value);
}

/* "near copy of “headline” (id), similarity 0.93": for unique articles only that they are a revision. */
static void print_duplicate(const struct terminal *terminal, const struct json *article, const struct headlines *headlines)
{
	const struct json *duplicate = json_object(article, "duplicate");
	struct slice status = json_string(duplicate, "status"), of = json_string(duplicate, "of");
	if (status.len == 0)
		return;
	bool copy = slice_is(status, "exact") || slice_is(status, "near"), revision = slice_is(status, "revision");
	fprintf(terminal->file, "%*s", INDENT, "");
	if (!copy && !revision) {
		terminal_put(terminal, STYLE_DIM, status, 0);
	} else {
		fputs(terminal_on(terminal, copy ? STYLE_RED : STYLE_CYAN), terminal->file);
		if (copy)
			fprintf(terminal->file, "%.*s copy of ", SLICE_ARG(status));
		else
			fprintf(terminal->file, "revision %lld of ", (long long)json_integer(duplicate, "revision", 0));
		struct slice headline = headlines_find(headlines, of);
		if (headline.len) {
			fputs("“", terminal->file);
			terminal_put(terminal, STYLE_PLAIN, headline, 70);
			fputs("” ", terminal->file);
			fputs(terminal_on(terminal, copy ? STYLE_RED : STYLE_CYAN), terminal->file);
		}
		terminal_put(terminal, STYLE_PLAIN, of, 40);
		fputs(terminal_on(terminal, copy ? STYLE_RED : STYLE_CYAN), terminal->file);
		score_put(terminal->file, "similarity", json_number(duplicate, "similarity", -1));
		score_put(terminal->file, "containment", json_number(duplicate, "containment", -1));
		fputs(terminal_off(terminal, STYLE_RED), terminal->file);
	}
	struct slice story = json_string(duplicate, "story");
	if (story.len) {
		fputs(terminal_on(terminal, STYLE_DIM), terminal->file);
		fprintf(terminal->file, " · story %.*s%s", SLICE_ARG(slice_sub(story, 0, 12)), terminal_off(terminal, STYLE_DIM));
	}
	fputc('\n', terminal->file);
}

static void print_entities(const struct terminal *terminal, const struct json *article)
{
	for (size_t type = 0; type < ENTITY_TYPES; type++) {
		int shown = 0;
		for json_each (entity, json_array(article, "entities")) {
			const struct json *mentions = json_array(entity, "mentions");
			struct slice country = json_string(entity, "countryCode");
			if (type_index(json_string(entity, "type")) != type)
				continue;
			if (!shown)
				fprintf(terminal->file, "%*s%s%-13s%s", INDENT, "", terminal_on(terminal, STYLE_DIM),
					ENTITY_STYLES[type].type, terminal_off(terminal, STYLE_DIM));
			if (shown++)
				fputs(" · ", terminal->file);
			terminal_put(terminal, ENTITY_STYLES[type].style, json_string(entity, "name"), 0);
			if (country.len)
				fprintf(terminal->file, " (%.*s)", SLICE_ARG(country));
			if (mentions && mentions->count > 1)
				fprintf(terminal->file, " ×%zu", mentions->count);
		}
		if (shown)
			fputc('\n', terminal->file);
	}
}

static void print_times(const struct terminal *terminal, const struct json *article)
{
	int shown = 0;
	for json_each (time, json_array(article, "times")) {
		if (!shown)
			fprintf(terminal->file, "%*s%s%-13s%s", INDENT, "", terminal_on(terminal, STYLE_DIM), "times",
				terminal_off(terminal, STYLE_DIM));
		fputs(shown++ ? " · “" : "“", terminal->file);
		terminal_put(terminal, STYLE_CYAN, json_string(time, "text"), 0);
		fputs("” ", terminal->file);
		terminal_put(terminal, STYLE_PLAIN, json_string(time, "value"), 0);
	}
	if (shown)
		fputc('\n', terminal->file);
}

static void print_captions(const struct terminal *terminal, const struct json *article)
{
	for json_each (image, json_array(article, "image")) {
		struct slice caption = json_string(image, "caption"), credit = json_string(image, "credit");
		if (caption.len == 0 && credit.len == 0)
			continue;
		fprintf(terminal->file, "%*s%s%-13s", INDENT, "", terminal_on(terminal, STYLE_DIM), "caption");
		terminal_put(terminal, STYLE_DIM, caption, 0);
		if (credit.len) {
			fprintf(terminal->file, "%s (credit: ", terminal_on(terminal, STYLE_DIM));
			terminal_put(terminal, STYLE_DIM, credit, 0);
			fputc(')', terminal->file);
		}
		fprintf(terminal->file, "%s\n", terminal_off(terminal, STYLE_DIM));
	}
}

void article_print(const struct terminal *terminal, const struct json *article, const struct headlines *headlines, int body_lines,
	struct arena *arena)
{
	size_t count;
	struct slice headline = json_string(article, "headline");
	struct mark *marks = marks_collect(arena, article, "headline", &count);
	if (terminal->colours) { /* one style at a time: the headline is bold, its entities are told below */
		fprintf(terminal->file, "%*s", INDENT, "");
		terminal_put(terminal, STYLE_BOLD, headline.len ? headline : SLICE("(no headline)"), 0);
		fputc('\n', terminal->file);
	} else {
		marks_print(terminal, headline.len ? headline : SLICE("(no headline)"), marks, count, INDENT, 0);
	}
	print_byline(terminal, article, arena);
	print_url(terminal, article);
	print_duplicate(terminal, article, headlines);
	fputc('\n', terminal->file);
	marks = marks_collect(arena, article, "articleBody", &count);
	marks_print(terminal, json_string(article, "articleBody"), marks, count, INDENT, body_lines);
	print_captions(terminal, article);
	if (json_array(article, "entities") || json_array(article, "times"))
		fputc('\n', terminal->file);
	print_entities(terminal, article);
	print_times(terminal, article);
}
