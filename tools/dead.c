/* dead: `copydesk dead`: what became of messages that no stage could process: counted, looked at, taken out, sent again,
 * dropped. */
#include "tools/commands.h"
#include "tools/deadact.h"
#include "tools/letter.h"
#include "tools/letterscan.h"
#include "tools/messagejson.h"
#include "tools/render.h"

#include "base/clock.h"
#include "json/writer.h"
#include "run/rejects.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct flag FLAGS[] = {
	{"stage", 's', "extract|dedup|tag", NULL, "only letters of this stage"},
	{"code", 'c', "WORD", NULL, "only of this code, such as json_syntax"},
	{"fingerprint", 'f', "HEX", NULL, "only of this cause, as `list` names it"},
	{"from", 0, "TIME", NULL, "only what died since: a time, a date or an age such as 6h"},
	{"until", 0, "TIME", NULL, "only what died before"},
	{"topic", 't', "NAME", NULL, "another dead-letter topic, such as that of a replay"},
	{"prefix", 0, "TEXT", "", "put before the names of topics"},
	{"all", 'a', NULL, NULL, "also letters that were sent again or dropped already"},
	{"count", 'n', "N", "10", "show: at most so many letters; 0: all"},
	{"bytes", 0, "N", "2000", "show: at most so many bytes of each value; 0: all"},
	{"json", 'j', NULL, NULL, "list, show: one JSON object a line"},
	{"out", 'o', "FILE|-", "-", "export: where the letters go, as a stage's --dead writes them"},
	{"max-attempts", 0, "N", "5", "retry: a letter that was tried so often isn't sent again"},
	{"yes", 'y', NULL, NULL, "retry, drop: don't ask"},
	{"purge", 0, NULL, NULL, "drop: also delete from the brokers what lies before the first letter that isn't done with"},
	{"quiet", 'q', NULL, NULL, "retry, drop: no progress"},
	{NULL},
};

enum { LETTER_MEMORY = 512 << 20 };

struct view {
	const struct args *args;
	struct letter_groups groups;
	struct terminal terminal;
	struct arena arena;
	int64_t count, most, bytes;
	struct rejects *rejects;
};

static bool group_letter(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as,
	struct error *error)
{
	struct view *view = context;
	char place[300];

	(void)error;
	view->count++;
	letter_groups_add(&view->groups, facts, message_place(message, place), as != HANDLED_NOT);
	return true;
}

static void group_json(const struct letter_group *group)
{
	char first[32], last[32];
	struct json_writer writer;
	struct arena arena;
	struct buf line;

	clock_format(group->first, first);
	clock_format(group->last, last);
	arena_init(&arena, SIZE_MAX);
	buf_init_arena(&line, &arena, SIZE_MAX);
	json_begin(&writer, &arena, &line);
	json_open_object(&writer);
	json_add_string(&writer, "stage", slice_of(group->stage));
	json_add_string(&writer, "code", slice_of(group->code));
	json_add_string(&writer, "fingerprint", slice_of(group->fingerprint));
	json_add_integer(&writer, "count", group->count);
	json_add_integer(&writer, "handled", group->handled);
	json_add_string(&writer, "first", slice_of(first));
	json_add_string(&writer, "last", slice_of(last));
	json_add_string(&writer, "newest", slice_of(group->place));
	json_add_string(&writer, "message", slice_of(group->sample));
	json_close_object(&writer);
	if (json_finish(&writer))
		printf("%.*s\n", SLICE_ARG(buf_slice(&line)));
	arena_release(&arena);
}

static void group_line(const struct view *view, const struct letter_group *group)
{
	char first[32], last[32], number[32];

	clock_format(group->first / 1000 * 1000, first);
	clock_format(group->last / 1000 * 1000, last);
	printf("%9s  %-8s %-20s %s  %s  %s  ", format_count(group->count, number), group->stage, group->code, group->fingerprint,
		first, last);
	if (args_given(view->args, "all"))
		printf("%9s  ", format_count(group->handled, number));
	terminal_put(&view->terminal, STYLE_DIM, slice_of(group->sample),
		view->terminal.is_tty && view->terminal.width > 120 ? view->terminal.width - 95 : 0);
	putchar('\n');
}

static int list_show(struct view *view)
{
	char number[32];

	letter_groups_sort(&view->groups);
	if (args_given(view->args, "json")) {
		for (size_t i = 0; i < view->groups.count; i++)
			group_json(&view->groups.items[i]);
		return EX_OK;
	}
	if (view->groups.count == 0) {
		printf("no dead letters%s\n",
			args_given(view->args, "all") ? "" : " that wait to be dealt with (--all counts those that were)");
		return EX_OK;
	}
	printf("%s%9s  %-8s %-20s %-8s  %-20s  %-20s  %s%s%s\n", terminal_on(&view->terminal, STYLE_BOLD), "letters", "stage",
		"code", "cause", "first", "last", args_given(view->args, "all") ? "done with  " : "", "message of the newest",
		terminal_off(&view->terminal, STYLE_BOLD));
	for (size_t i = 0; i < view->groups.count; i++)
		group_line(view, &view->groups.items[i]);
	printf("%9s  letters of %zu kinds; `copydesk dead show --fingerprint %s` shows some\n", format_count(view->count, number),
		view->groups.count, view->groups.items[0].fingerprint);
	return EX_OK;
}

static void value_print(const struct view *view, struct slice value)
{
	char all[32];
	size_t shown = view->bytes && (size_t)view->bytes < value.len ? (size_t)view->bytes : value.len;
	struct slice rest = slice_sub(value, 0, shown), line;

	printf("  value     %s\n", format_bytes((double)value.len, all));
	while (slice_next_line(&rest, &line)) {
		fputs("    ", stdout);
		terminal_put(&view->terminal, STYLE_PLAIN, line, 0);
		putchar('\n');
	}
	if (shown < value.len)
		printf("    … %zu bytes more; --bytes 0 shows all\n", value.len - shown);
}

static void field_print(const struct view *view, const char *name, struct slice value)
{
	printf("  %-9s ", name);
	terminal_put(&view->terminal, STYLE_PLAIN, value, 0);
	putchar('\n');
}

static void letter_print(
	struct view *view, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as)
{
	char place[300], when[32];
	struct record letter;
	struct message original;

	record_copy(&view->arena, message, &letter);
	letter_original(&view->arena, &letter, false, &original);
	printf("%s%s%s%s%s\n", terminal_on(&view->terminal, STYLE_BOLD), message_place(message, place),
		terminal_off(&view->terminal, STYLE_BOLD), as != HANDLED_NOT ? ", already " : "", handled_word(as));
	printf("  reason    %.*s/%.*s/%s: ", SLICE_ARG(facts->stage), SLICE_ARG(facts->code), facts->fingerprint);
	terminal_put(&view->terminal, STYLE_RED, facts->message, 0);
	putchar('\n');
	field_print(view, "from", message_header(message, "copydesk-dead-source"));
	clock_format(facts->died, when);
	printf("  died      %s, attempts %lld\n", when, (long long)letter_attempts(&letter));
	if (original.key.ptr)
		field_print(view, "key", original.key);
	if (original.timestamp != CLOCK_NONE) {
		clock_format(original.timestamp, when);
		printf("  time      %s\n", when);
	}
	for (size_t i = 0; i < original.header_count; i++) {
		printf("  header    ");
		terminal_put(&view->terminal, STYLE_PLAIN, original.headers[i].name, 0);
		fputs(": ", stdout);
		terminal_put(&view->terminal, STYLE_PLAIN, original.headers[i].value, 0);
		putchar('\n');
	}
	if (message_header(message, "copydesk-dead-truncated").len)
		field_print(view, "cut", message_header(message, "copydesk-dead-truncated"));
	value_print(view, original.value);
	putchar('\n');
}

static bool show_letter(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as,
	struct error *error)
{
	struct view *view = context;
	jmp_buf jump;

	if (ARENA_GUARD(&view->arena, &jump) != ESCAPE_NONE)
		return message_too_large(message, "to be shown", error);
	if (args_given(view->args, "json"))
		message_put_json(&view->arena, message, stdout);
	else
		letter_print(view, message, facts, as);
	view->arena.escape = NULL;
	arena_reset(&view->arena);
	return ++view->count != view->most;
}

/* The line that the stage itself would have written with --dead, whatever it holds. */
static bool export_letter(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts, enum handled_as as,
	struct error *error)
{
	struct view *view = context;
	struct record letter;
	struct message original;
	jmp_buf jump;
	(void)as;

	if (ARENA_GUARD(&view->arena, &jump) != ESCAPE_NONE)
		return message_too_large(message, "to be exported", error);
	record_copy(&view->arena, message, &letter);
	letter_original(&view->arena, &letter, false, &original);
	rejects_message(view->rejects, arena_cstr(&view->arena, facts->code), arena_cstr(&view->arena, facts->message),
		arena_cstr(&view->arena, record_header(&letter, "copydesk-dead-source")), &original);
	view->arena.escape = NULL;
	arena_reset(&view->arena);
	view->count++;
	return true;
}

static int fail(const struct args *args, const struct error *error) { return command_fail(args, EX_UNAVAILABLE, error); }

static int list(struct view *view, struct connection *connection, struct letter_filter *filter, const struct handled *handled)
{
	struct error error;

	if (!letters_each(connection, filter, handled, group_letter, view, &error))
		return fail(view->args, &error);
	return list_show(view);
}

static int show(struct view *view, struct connection *connection, struct letter_filter *filter, const struct handled *handled)
{
	struct error error;

	if (!args_integer(view->args, "count", 0, INT64_MAX, &view->most, &error) ||
		!args_integer(view->args, "bytes", 0, INT64_MAX, &view->bytes, &error))
		return command_misuse(view->args, "%s", error.text);
	filter->handled_too |= filter->place_count > 0;
	if (filter->place_count)
		view->most = 0;
	if (!letters_each(connection, filter, handled, show_letter, view, &error))
		return fail(view->args, &error);
	if (view->count == 0 && !args_given(view->args, "json"))
		printf("no such dead letters\n");
	return EX_OK;
}

static int export(struct view *view, struct connection *connection, struct letter_filter *filter, const struct handled *handled)
{
	struct error error;
	const char *path = args_text(view->args, "out");
	struct sink *sink = sink_open(path, &error);

	if (!sink || (strcmp(path, "-") != 0 && !sink_empty(sink, &error)))
		return command_fail(view->args, EX_CANTCREAT, &error);
	filter->handled_too |= filter->place_count > 0;
	view->rejects = rejects_create(sink);
	bool good = letters_each(connection, filter, handled, export_letter, view, &error);
	rejects_destroy(&view->rejects);
	bool kept = sink_close(&sink, good ? &error : NULL);
	if (!good)
		return fail(view->args, &error);
	if (!kept)
		return command_fail(view->args, EX_IOERR, &error);
	if (strcmp(path, "-") != 0)
		fprintf(stderr, "%lld letters on %s\n", (long long)view->count, path);
	return EX_OK;
}

static const struct {
	const char *name;
	int (*run)(struct view *view, struct connection *connection, struct letter_filter *filter, const struct handled *handled);
} VIEWS[] = {{"list", list}, {"show", show}, {"export", export}};

/* list, show, export: only read. */
static int view_run(
	const struct args *args, size_t verb, struct connection *connection, struct letter_filter *filter, const char *journal)
{
	struct view view = {.args = args};
	struct handled handled;
	struct error error;
	int exit_code;

	terminal_init(&view.terminal, stdout);
	arena_init(&view.arena, LETTER_MEMORY);
	if (handled_read(&handled, connection, journal, &error))
		exit_code = VIEWS[verb].run(&view, connection, filter, &handled);
	else
		exit_code = fail(args, &error);
	handled_release(&handled);
	letter_groups_release(&view.groups);
	arena_release(&view.arena);
	return exit_code;
}

static int dead_run(struct args *args)
{
	struct connection connection = {0};
	struct letter_filter filter;
	struct error error = {0};
	const char *verb = args->operand_count ? args->operands[0] : "list";
	char journal[250];
	size_t view = 0;
	int exit_code;

	while (view < sizeof VIEWS / sizeof *VIEWS && strcmp(VIEWS[view].name, verb) != 0)
		view++;
	bool is_view = view < sizeof VIEWS / sizeof *VIEWS;
	if (!is_view && strcmp(verb, "retry") != 0 && strcmp(verb, "drop") != 0)
		return command_misuse(args, "%s: the verbs are list, show, export, retry and drop", verb);
	if (!letter_filter_init(&filter, args, &error))
		return command_misuse(args, "%s", error.text);
	snprintf(journal, sizeof journal, "%s%s", args_text(args, "prefix"), HANDLED_TOPIC);
	command_catch_signals();
	if (!connection_init(&connection, args, &error))
		exit_code = command_fail(args, EX_USAGE, &error);
	else if (is_view)
		exit_code = view_run(args, view, &connection, &filter, journal);
	else if (strcmp(verb, "retry") == 0 ? dead_retry(args, &connection, &filter, journal, &error)
					    : dead_drop(args, &connection, &filter, journal, &error))
		exit_code = EX_OK;
	else
		exit_code = fail(args, &error);
	connection_release(&connection);
	return exit_code;
}

const struct command command_dead = {
	.name = "dead",
	.summary = "dead letters: list, show, export, send again or drop what no stage could process",
	.usage = "list [FLAGS]\nshow [FLAGS] [TOPIC/PARTITION/OFFSET…]\nexport [FLAGS] [PLACE…]\nretry [FLAGS] [PLACE…]\ndrop [FLAGS] [PLACE…]",
	.about = "`list` counts letters by stage, code and cause. The flags that choose letters mean the same everywhere; with --stage or --topic a place\n"
		 "can be PARTITION/OFFSET. `retry` sends key, bytes, time and headers as they were to the topic that the stage reads, without the headers of\n"
		 "the death but for the count of attempts. A letter stays on its topic; that it was sent again or dropped is noted on news.dead.handled in\n"
		 "the same transaction, so a retry that is broken off can be run again: no letter is sent twice. `drop --purge` also deletes bytes.",
	.examples = "  copydesk dead list -k broker:9092\n"
		    "  copydesk dead show -k broker:9092 --fingerprint 3f2a91c0\n"
		    "  copydesk dead show -k broker:9092 news.page.dead/0/17\n"
		    "  copydesk dead export -k broker:9092 --stage extract --from 6h --out letters.ndjson\n"
		    "  copydesk dead retry -k broker:9092 --stage extract --code too_large",
	.verbs = "list|show|export|retry|drop",
	.flags = FLAGS,
	.kafka = true,
	.run = dead_run,
};
