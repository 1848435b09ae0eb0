/* render: see render.h. */
#include "tools/render.h"

#include "base/clock.h"
#include "tools/articleprint.h"
#include "tools/messagejson.h"

enum { VALUE_PREVIEW = 240, INDENT = 2 };

static bool message_is_dead(const rd_kafka_message_t *message) { return message_header(message, "copydesk-dead-code").len > 0; }

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

void render_remember(struct render *render, const rd_kafka_message_t *message, struct arena *arena)
{
	const struct json *article = message_object(message, arena);
	if (article)
		headlines_add(render->headlines, json_string(article, "id"), json_string(article, "headline"));
}

void render_message(struct render *render, const rd_kafka_message_t *message, struct arena *arena)
{
	const struct json *article = message_is_dead(message) ? NULL : message_object(message, arena);
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
			article_print(&render->terminal, article, render->headlines, render->body_lines, arena);
		else
			value_preview(render, message);
		fputc('\n', render->terminal.file);
	}
	if (article)
		headlines_add(render->headlines, json_string(article, "id"), json_string(article, "headline"));
	arena->escape = NULL;
}
