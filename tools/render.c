/* render: see render.h. */
#include "tools/render.h"

#include "base/base64.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "json/writer.h"
#include "tools/marks.h"

#include <math.h>
#include <stdlib.h>

enum { VALUE_PREVIEW = 240, INDENT = 2 };

static const struct {
	const char *type;
	enum style style;
} ENTITY_STYLES[] = {{"person", STYLE_GREEN}, {"organization", STYLE_BLUE}, {"place", STYLE_YELLOW}, {"facility", STYLE_YELLOW},
	{"nationality", STYLE_YELLOW}, {"event", STYLE_MAGENTA}, {"work", STYLE_MAGENTA}, {"product", STYLE_MAGENTA}, {"law", STYLE_MAGENTA},
	{"language", STYLE_MAGENTA}, {"other", STYLE_MAGENTA}};
enum { ENTITY_TYPES = sizeof ENTITY_STYLES / sizeof *ENTITY_STYLES };

const char *message_place(const rd_kafka_message_t *message, char out[300])
{
	snprintf(out, 300, "%s/%d/%lld", message->rkt ? rd_kafka_topic_name(message->rkt) : "?", (int)message->partition,
		(long long)message->offset);
	return out;
}

static bool message_is_dead(const rd_kafka_message_t *message) { return message_header(message, "copydesk-dead-code").len > 0; }

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

static void rule(const struct render *render, const rd_kafka_message_t *message)
{
	char place[300];
	const struct terminal *terminal = &render->terminal;
	int columns = terminal->width > 110 ? 110 : terminal->width;
	fprintf(terminal->file, "%s━━ ", terminal_on(terminal, STYLE_DIM));
	int used = fprintf(terminal->file, "%s ", message_place(message, place)) + 3;
	for (; used < columns; used++)
		fputs("━", terminal->file);
	fprintf(terminal->file, "%s\n", terminal_off(terminal, STYLE_DIM));
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

static void byline_render(const struct render *render, const struct json *article, struct arena *arena)
{
	const struct terminal *terminal = &render->terminal;
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

static void url_render(const struct render *render, const struct json *article)
{
	struct slice url = json_string(article, "url");
	if (url.len == 0)
		return;
	fprintf(render->terminal.file, "%*s", INDENT, "");
	terminal_put(&render->terminal, STYLE_DIM, url, 0);
	fputc('\n', render->terminal.file);
}

static void score_put(FILE *file, const char *name, double value)
{
	if (isfinite(value) && value >= 0)
		fprintf(file, ", %s %.2f", name, value);
}

/* "near copy of “headline” (id), similarity 0.93": for unique articles only that they are a revision. */
static void duplicate_render(const struct render *render, const struct json *article)
{
	const struct terminal *terminal = &render->terminal;
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
		struct slice headline = headlines_find(render->headlines, of);
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

static void entities_render(const struct render *render, const struct json *article)
{
	const struct terminal *terminal = &render->terminal;
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

static void times_render(const struct render *render, const struct json *article)
{
	const struct terminal *terminal = &render->terminal;
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

static void article_render(struct render *render, const struct json *article, struct arena *arena)
{
	size_t count;
	const struct terminal *terminal = &render->terminal;
	struct slice headline = json_string(article, "headline");
	struct mark *marks = marks_collect(arena, article, "headline", &count);
	if (terminal->colours) { /* one style at a time: the headline is bold, its entities are told below */
		fprintf(terminal->file, "%*s", INDENT, "");
		terminal_put(terminal, STYLE_BOLD, headline.len ? headline : SLICE("(no headline)"), 0);
		fputc('\n', terminal->file);
	} else {
		marks_print(terminal, headline.len ? headline : SLICE("(no headline)"), marks, count, INDENT, 0);
	}
	byline_render(render, article, arena);
	url_render(render, article);
	duplicate_render(render, article);
	fputc('\n', terminal->file);
	marks = marks_collect(arena, article, "articleBody", &count);
	marks_print(terminal, json_string(article, "articleBody"), marks, count, INDENT, render->body_lines);
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
	if (json_array(article, "entities") || json_array(article, "times"))
		fputc('\n', terminal->file);
	entities_render(render, article);
	times_render(render, article);
}

static void value_preview(const struct render *render, const rd_kafka_message_t *message)
{
	const struct terminal *terminal = &render->terminal;
	struct slice value = {message->payload, message->len};
	char size[32];
	fprintf(terminal->file, "%*s%s: ", INDENT, "", format_bytes((double)value.len, size));
	terminal_put(terminal, STYLE_DIM, slice_sub(value, 0, VALUE_PREVIEW), 0);
	fputs(value.len > VALUE_PREVIEW ? "…\n" : "\n", terminal->file);
}

static void dead_render(const struct render *render, const rd_kafka_message_t *message)
{
	const struct terminal *terminal = &render->terminal;
	static const char *const parts[][2] = {{"from", "copydesk-dead-topic"}, {"/", "copydesk-dead-partition"}, {"/", "copydesk-dead-offset"},
		{", attempts", "copydesk-dead-attempts"}, {", at", "copydesk-dead-time"}, {", page", "url"}};
	fprintf(terminal->file, "%*s%s✗ rejected by %.*s: ", INDENT, "", terminal_on(terminal, STYLE_RED),
		SLICE_ARG(message_header(message, "copydesk-dead-stage")));
	terminal_put(terminal, STYLE_RED, message_header(message, "copydesk-dead-code"), 0);
	fprintf(terminal->file, "\n%*s", INDENT, "");
	terminal_put(terminal, STYLE_PLAIN, message_header(message, "copydesk-dead-message"), 0);
	fprintf(terminal->file, "\n%*s", INDENT, "");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct slice value = message_header(message, parts[i][1]);
		if (value.len == 0)
			continue;
		fprintf(terminal->file, "%s%s", parts[i][0], parts[i][0][0] == '/' ? "" : " ");
		terminal_put(terminal, STYLE_PLAIN, value, 0);
	}
	fputc('\n', terminal->file);
	value_preview(render, message);
}

static void line_render(const struct render *render, const rd_kafka_message_t *message, const struct json *article)
{
	const struct terminal *terminal = &render->terminal;
	char place[300], when[32] = "-";
	struct slice status = json_string(json_object(article, "duplicate"), "status");
	int64_t time = message_time(message);
	if (time != CLOCK_NONE)
		clock_format(time, when);
	fprintf(terminal->file, "%-24s %-20.20s ", message_place(message, place), when);
	if (message_is_dead(message)) {
		terminal_put(terminal, STYLE_RED, message_header(message, "copydesk-dead-code"), 30);
		fputs("  ", terminal->file);
		terminal_put(terminal, STYLE_PLAIN, message_header(message, "copydesk-dead-message"), terminal->width - 60);
	} else if (article) {
		fprintf(terminal->file, "%-9.*s ", SLICE_ARG(status.len ? status : json_string(article, "pageType")));
		struct slice headline = json_string(article, "headline");
		terminal_put(terminal, STYLE_BOLD, headline.len ? headline : json_string(article, "url"), terminal->width - 56);
	} else {
		terminal_put(terminal, STYLE_DIM, slice_make(message->payload, message->len), terminal->width - 46);
	}
	fputc('\n', terminal->file);
}

static const struct json *article_parse(const rd_kafka_message_t *message, struct arena *arena)
{
	struct slice value = {message->payload, message->len};
	jmp_buf jump;
	const struct json *volatile article = NULL;
	if (ARENA_GUARD(arena, &jump) == ESCAPE_NONE)
		article = json_parse(arena, value, NULL, NULL);
	arena->escape = NULL;
	return article && article->kind == JSON_OBJECT ? article : NULL;
}

void render_remember(struct render *render, const rd_kafka_message_t *message, struct arena *arena)
{
	const struct json *article = article_parse(message, arena);
	if (article)
		headlines_add(render->headlines, json_string(article, "id"), json_string(article, "headline"));
}

void render_message(struct render *render, const rd_kafka_message_t *message, struct arena *arena)
{
	const struct json *article = message_is_dead(message) ? NULL : article_parse(message, arena);
	jmp_buf jump;
	terminal_measure(&render->terminal);
	if (ARENA_GUARD(arena, &jump) != ESCAPE_NONE) {
		fputs("(too large to show)\n", render->terminal.file);
		return;
	}
	if (render->body_lines < 0) {
		line_render(render, message, article);
	} else {
		rule(render, message);
		if (message_is_dead(message))
			dead_render(render, message);
		else if (article && json_get(article, "articleBody"))
			article_render(render, article, arena);
		else
			value_preview(render, message);
		fputc('\n', render->terminal.file);
	}
	if (article)
		headlines_add(render->headlines, json_string(article, "id"), json_string(article, "headline"));
	arena->escape = NULL;
}

/* ---- JSON ---- */

static void bytes_add(
	struct json_writer *writer, struct arena *arena, const char *name, const char *base64_name, struct slice bytes)
{
	if (utf8_valid(bytes)) {
		json_add_string(writer, name, bytes);
		return;
	}
	struct buf out;
	buf_init_arena(&out, arena, SIZE_MAX);
	base64_append(&out, bytes);
	json_add_string(writer, base64_name, buf_slice(&out));
}

void message_put_json(struct arena *arena, const rd_kafka_message_t *message, FILE *out)
{
	struct buf line;
	struct json_writer writer;
	rd_kafka_headers_t *headers;
	char when[32];
	const struct json *value = article_parse(message, arena);
	jmp_buf jump;
	if (ARENA_GUARD(arena, &jump) != ESCAPE_NONE)
		return;
	buf_init_arena(&line, arena, SIZE_MAX);
	json_begin(&writer, arena, &line);
	json_open_object(&writer);
	json_add_string(&writer, "topic", slice_of(rd_kafka_topic_name(message->rkt)));
	json_add_integer(&writer, "partition", message->partition);
	json_add_integer(&writer, "offset", message->offset);
	if (message_time(message) != CLOCK_NONE) {
		clock_format(message_time(message), when);
		json_add_string(&writer, "timestamp", slice_of(when));
	}
	if (message->key)
		bytes_add(&writer, arena, "key", "keyBase64", slice_make(message->key, message->key_len));
	json_key(&writer, "headers");
	json_open_array(&writer);
	if (!rd_kafka_message_headers(message, &headers)) {
		const char *name;
		const void *bytes;
		size_t size;
		for (size_t i = 0; !rd_kafka_header_get_all(headers, i, &name, &bytes, &size); i++) {
			json_open_object(&writer);
			json_add_string(&writer, "name", slice_of(name));
			bytes_add(&writer, arena, "value", "valueBase64", slice_make(bytes ? bytes : "", size));
			json_close_object(&writer);
		}
	}
	json_close_array(&writer);
	if (value) {
		json_key(&writer, "value");
		json_put_value(&writer, value);
	} else if (message->payload) {
		bytes_add(&writer, arena, "text", "valueBase64", slice_make(message->payload, message->len));
	}
	json_close_object(&writer);
	if (json_finish(&writer)) {
		buf_append_byte(&line, '\n');
		fwrite(line.ptr, 1, line.len, out);
	}
	arena->escape = NULL;
}
