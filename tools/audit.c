/* audit: `copydesk audit`: proves that every message of a stretch of a stage's input has exactly one end, or names those that
 * have not. */
#include "tools/commands.h"
#include "tools/reckoning.h"

#include "base/clock.h"

#include <sysexits.h>
#include <unistd.h>

static const struct flag FLAGS[] = {
	{"from", 'f', "WHERE", "earliest", "first of the input: earliest, -N (the last N of each partition), a time or an age such as 6h"},
	{"until", 'u', "WHERE", "end", "behind the last: end (as it is now) or a time"},
	{"group", 'g', "NAME", NULL, "consumer group of the stage; else copydesk-STAGE"},
	{"list", 'n', "N", "20", "missing and repeated messages named in the text"},
	{"json", 'j', NULL, NULL, "one JSON object with everything"},
	{"no-rerun", 0, NULL, NULL, "don't ask the stage again about messages without an end: dropped ones count as missing"},
	{"stage-config", 0, "FOLDER", NULL, "configuration files extract.conf, dedup.conf, tag.conf, as the stages have them"},
	{"bin", 0, "FOLDER", NULL, "where the stages are; else beside this program, else on the PATH"},
	{"quiet", 'q', NULL, NULL, "no progress"},
	{"prefix", 0, "TEXT", "", "put before the name of each topic and of the group"},
	{NULL},
};

#define REPORT_MEMORY ((size_t)256 << 20)

/* --- text ---------------------------------------------------------------------------------------- */

static void put_line(const struct terminal *terminal, const char *name, int64_t n, enum style style)
{
	char number[32];

	printf("  %-9s %s%13s%s", name, terminal_on(terminal, n ? style : STYLE_DIM), format_count(n, number),
		terminal_off(terminal, n ? style : STYLE_DIM));
}

static void put_words(const struct word_counts *counts)
{
	char number[32];

	for (size_t i = 0; i < counts->count; i++)
		printf("%s%s %s", i ? ", " : "  ", counts->items[i].word, format_count(counts->items[i].n, number));
	putchar('\n');
}

static void put_odd(const struct reckoning *r, bool repeated, int64_t most)
{
	int64_t shown = 0;

	for (size_t i = 0; i < r->odd_count; i++) {
		if (r->odd[i].repeated != repeated || shown++ >= most)
			continue;
		printf("    %s/%d/%lld", r->topic, (int)r->odd[i].partition, (long long)r->odd[i].offset);
		if (r->odd[i].answer[0])
			printf("  asked again, the stage says: %s", r->odd[i].answer);
		putchar('\n');
	}
	if (shown > most)
		printf("    … and %lld more (--list, --json)\n", (long long)(shown - most));
}

static void put_report(const struct terminal *terminal, const struct reckoning *r, int64_t most)
{
	char number[32];

	terminal_put(terminal, STYLE_BOLD, slice_of(r->stage->name), 0);
	printf(": %s, group %s\n", r->topic, r->group);
	put_line(terminal, "in", r->sums.in, STYLE_BOLD);
	putchar('\n');
	put_line(terminal, "emitted", r->sums.emitted, STYLE_GREEN);
	for (size_t i = 0, n = 0; i < r->output_count; i++)
		if (i != r->dead_output && r->written[i])
			printf("%s%s %s", n++ ? ", " : "  ", r->outputs[i], format_count(r->written[i], number));
	putchar('\n');
	put_line(terminal, "dropped", r->sums.dropped, STYLE_YELLOW);
	put_words(&r->reasons);
	put_line(terminal, "dead", r->sums.dead, STYLE_YELLOW);
	put_words(&r->codes);
	put_line(terminal, "pending", r->sums.pending, STYLE_YELLOW);
	printf("%s\n", r->sums.pending ? "  behind the group's position: not yet processed" : "");
	put_line(terminal, "missing", r->sums.missing, STYLE_RED);
	putchar('\n');
	put_odd(r, false, most);
	put_line(terminal, "repeated", r->sums.repeated, STYLE_RED);
	putchar('\n');
	put_odd(r, true, most);
	if (r->note[0])
		printf("  note: %s\n", r->note);
	if (reckoning_balances(r))
		printf("  %severy message has exactly one end%s\n\n", terminal_on(terminal, STYLE_GREEN),
			terminal_off(terminal, STYLE_GREEN));
	else
		printf("  %sthe books don't balance%s; `copydesk explain PLACE` follows one message\n\n",
			terminal_on(terminal, STYLE_RED), terminal_off(terminal, STYLE_RED));
}

/* --- JSON ---------------------------------------------------------------------------------------- */

static void json_words(struct json_writer *out, const char *name, const struct word_counts *counts)
{
	json_key(out, name);
	json_open_object(out);
	for (size_t i = 0; i < counts->count; i++)
		json_add_integer(out, counts->items[i].word, counts->items[i].n);
	json_close_object(out);
}

static void json_odd(struct json_writer *out, const struct reckoning *r, bool repeated)
{
	json_key(out, repeated ? "repeatedAt" : "missingAt");
	json_open_array(out);
	for (size_t i = 0; i < r->odd_count; i++) {
		const struct odd_record *odd = &r->odd[i];
		if (odd->repeated != repeated)
			continue;
		json_open_object(out);
		json_add_string(out, "place",
			arena_printf(out->arena, "%s/%d/%lld", r->topic, (int)odd->partition, (long long)odd->offset));
		json_add_text(out, "rerun", slice_of(odd->answer));
		json_close_object(out);
	}
	json_close_array(out);
}

static void json_report(struct json_writer *out, const struct reckoning *r)
{
	const struct ledger_sums *sums = &r->sums;

	json_open_object(out);
	json_add_string(out, "stage", slice_of(r->stage->name));
	json_add_string(out, "topic", slice_of(r->topic));
	json_add_string(out, "group", slice_of(r->group));
	json_add_integer(out, "in", sums->in);
	json_add_integer(out, "emitted", sums->emitted);
	json_add_integer(out, "dropped", sums->dropped);
	json_add_integer(out, "dead", sums->dead);
	json_add_integer(out, "pending", sums->pending);
	json_add_integer(out, "missing", sums->missing);
	json_add_integer(out, "repeated", sums->repeated);
	json_key(out, "outputs");
	json_open_object(out);
	for (size_t i = 0; i < r->output_count; i++)
		json_add_integer(out, r->outputs[i], r->written[i]);
	json_close_object(out);
	json_words(out, "reasons", &r->reasons);
	json_words(out, "codes", &r->codes);
	json_odd(out, r, false);
	json_odd(out, r, true);
	json_add_text(out, "note", slice_of(r->note));
	json_add_bool(out, "balances", reckoning_balances(r));
	json_close_object(out);
}

/* --- the command --------------------------------------------------------------------------------- */

struct audit {
	const struct args *args;
	struct connection connection;
	struct reckoning_request request;
	struct terminal terminal;
	struct json_writer json;
	int64_t most;
	bool as_json, balances;
};

static bool audit_stage(struct audit *audit, const struct pipeline_stage *stage, struct error *error)
{
	struct reckoning reckoning;
	bool good = reckoning_make(&reckoning, &audit->connection, stage, &audit->request, error);

	if (good) {
		audit->balances &= reckoning_balances(&reckoning);
		if (audit->as_json)
			json_report(&audit->json, &reckoning);
		else
			put_report(&audit->terminal, &reckoning, audit->most);
	} else {
		error_context(error, "%s", stage->name);
	}
	reckoning_release(&reckoning);
	return good;
}

static bool audit_all(struct audit *audit, struct error *error)
{
	const struct args *args = audit->args;
	struct arena arena;
	struct buf text;
	jmp_buf jump;
	volatile bool good = true;

	arena_init(&arena, REPORT_MEMORY);
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE) {
		arena_release(&arena);
		return error_set(error, "memory", "the report doesn't fit: take a smaller range");
	}
	buf_init_arena(&text, &arena, REPORT_MEMORY);
	json_begin(&audit->json, &arena, &text);
	json_open_object(&audit->json);
	json_key(&audit->json, "stages");
	json_open_array(&audit->json);
	for (size_t i = 0; good && i < args->operand_count; i++)
		good = audit_stage(audit, pipeline_stage(args->operands[i]), error);
	for (const struct pipeline_stage *stage = PIPELINE_STAGES; good && !args->operand_count && stage->name; stage++)
		good = audit_stage(audit, stage, error);
	json_close_array(&audit->json);
	json_add_bool(&audit->json, "balances", audit->balances);
	json_close_object(&audit->json);
	if (good && audit->as_json && json_finish(&audit->json))
		printf("%.*s\n", (int)text.len, text.ptr);
	arena_release(&arena);
	return good;
}

static bool audit_prepare(struct audit *audit, struct error *error)
{
	const struct args *args = audit->args;
	struct reckoning_request *request = &audit->request;

	for (size_t i = 0; i < args->operand_count; i++)
		if (!pipeline_stage(args->operands[i]))
			return error_set(
				error, "usage", "%s: there is no such stage, only extract, dedup and tag", args->operands[i]);
	if (args_given(args, "group") && args->operand_count != 1)
		return error_set(error, "usage", "--group goes with one stage");
	*request = (struct reckoning_request){.prefix = args_text(args, "prefix"), .group = args_text(args, "group"), .bin = args_text(args, "bin"),
		.folder = args_text(args, "stage-config"), .rerun = !args_given(args, "no-rerun"),
		.quiet = args_given(args, "quiet") || !isatty(STDERR_FILENO)};
	if (args->operand_count == 1) {
		request->settings = args->settings;
		request->setting_count = args->setting_count;
	}
	audit->as_json = args_given(args, "json");
	audit->balances = true;
	terminal_init(&audit->terminal, stdout);
	return scan_bound_parse(args_text(args, "from"), false, &request->from, error) &&
		scan_bound_parse(args_text(args, "until"), true, &request->until, error) &&
		args_integer(args, "list", 0, 1000000, &audit->most, error) &&
		(request->until.kind != SCAN_FOREVER || error_set(error, "usage", "--until: needs end or a time"));
}

static int audit_run(struct args *args)
{
	struct audit audit = {.args = args};
	struct error error;
	int exit_code;

	if (!audit_prepare(&audit, &error))
		return command_misuse(args, "%s", error.text);
	command_catch_signals();
	if (!connection_init(&audit.connection, args, &error))
		exit_code = command_fail(args, EX_USAGE, &error);
	else if (!audit_all(&audit, &error))
		exit_code = command_fail(args, EX_UNAVAILABLE, &error);
	else
		exit_code = audit.balances ? EX_OK : EX_DATAERR;
	connection_release(&audit.connection);
	return exit_code;
}

const struct command command_audit = {
	.name = "audit",
	.summary = "prove that no message vanished or was repeated between a stage's input and its outputs",
	.usage = "[FLAGS] [extract|dedup|tag]…",
	.about = "For every message of the range: in = emitted + dropped {reason} + dead {reason}, matched by the provenance headers of the outputs. What lies behind\n"
		 "the group's position is pending. A message without any end is given to the stage again (a child process): only if it answers \"drop\" is it\n"
		 "a dropped one, else it is missing and named, as are messages with two ends. Ends with code 65 if there are any. With one stage, -X\n"
		 "gives its options (extract.nonarticle=drop), with several --stage-config.",
	.examples = "  copydesk audit -k broker:9092 --from 24h\n  copydesk audit -k broker:9092 extract --from 2026-11-20 --until 2026-11-21 --json | jq '.stages[0].missingAt'",
	.verbs = "extract|dedup|tag",
	.flags = FLAGS,
	.kafka = true,
	.run = audit_run,
};
