/* doctor: `copydesk doctor`: what is wrong with the pipeline, or will be, each with its fix. */
#include "tools/commands.h"
#include "tools/examine.h"
#include "tools/pipeline.h"
#include "tools/program.h"
#include "tools/stagesettings.h"
#include "tools/terminal.h"

#include "json/writer.h"
#include "run/config.h"
#include "run/option_value.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

static const struct flag FLAGS[] = {
	{"json", 'j', NULL, NULL, "one JSON object: {\"faults\", \"warnings\", \"findings\": [{level, code, stage, what, fix}]}; brokenOff: true if it was"},
	{"patience", 0, "DURATION", "20s", "how long a transaction may stand still before it is said to hang"},
	{"stage-config", 0, "FOLDER", NULL, "configuration files extract.conf, dedup.conf, tag.conf, as the stages have them"},
	{"bin", 0, "FOLDER", NULL, "where the stages are; else beside this program, else on the PATH"},
	{"prefix", 0, "TEXT", "", "put before the name of each topic and group"},
	{NULL},
};

#define MEMORY ((size_t)64 << 20)

struct doctor {
	const struct args *args;
	struct connection connection;
	struct findings findings;
	struct terminal terminal;
	struct json_writer json;
	struct arena *arena;
	const char *about; /* the stage under examination, NULL: all together */
	bool as_json;
};

static void take(void *context, const struct finding *finding)
{
	struct doctor *doctor = context;
	bool fault = finding->level == FINDING_FAULT;

	if (doctor->as_json) {
		json_open_object(&doctor->json);
		json_add_string(&doctor->json, "level", fault ? SLICE("fault") : SLICE("warning"));
		json_add_string(&doctor->json, "code", slice_of(finding->code));
		json_add_text(&doctor->json, "stage", slice_of(doctor->about));
		json_add_string(&doctor->json, "what", slice_of(finding->what));
		json_add_string(&doctor->json, "fix", slice_of(finding->fix));
		json_close_object(&doctor->json);
		return;
	}
	terminal_put(&doctor->terminal, fault ? STYLE_RED : STYLE_YELLOW, fault ? SLICE("fault  ") : SLICE("warning"), 0);
	printf("  ");
	terminal_put(&doctor->terminal, STYLE_BOLD, slice_of(finding->code), 0);
	printf("%s%s\n         ", doctor->about ? "  " : "", doctor->about ? doctor->about : "");
	terminal_put(&doctor->terminal, STYLE_PLAIN, slice_of(finding->what), 0);
	printf("\n         fix: ");
	terminal_put(&doctor->terminal, STYLE_CYAN, slice_of(finding->fix), 0);
	putchar('\n');
}

/* --- a stage's own part -------------------------------------------------------------------------- */

/* In the child: the connection travels in the environment, where other users can't read a password. */
static bool export_key(void *context, const char *name, const char *value)
{
	char variable[160];

	(void)context;
	option_environment_name(name, variable, sizeof variable);
	setenv(variable, value, 1);
	return true;
}

static _Noreturn void become_stage(struct doctor *doctor, const struct pipeline_stage *stage, const char *path)
{
	const struct args *args = doctor->args;
	const char *arguments[64 + 2 * ARGS_REPEAT_MAX], *prefix = args_text(args, "prefix");
	static char texts[16][300], config[PATH_MAX];
	size_t count = 0, text = 0;

	arguments[count++] = path;
	arguments[count++] = "--check";
	arguments[count++] = "--live";
	arguments[count++] = "-Xlog.format=json";
	arguments[count++] = "-Xlog.level=error";
	for (size_t i = 0; *prefix && i < PIPELINE_STAGE_TOPICS && stage->topics[i][0] && text < 15; i++) {
		snprintf(texts[text], sizeof texts[0], "-X%s=%s%s", stage->topics[i][0], prefix, stage->topics[i][1]);
		arguments[count++] = texts[text++];
	}
	if (*prefix) {
		snprintf(texts[text], sizeof texts[0], "-Xgroup=%scopydesk-%s", prefix, stage->name);
		arguments[count++] = texts[text];
	}
	count = stage_settings_pass(arguments, count, stage->name, args_text(args, "stage-config"), args->settings,
		args->operand_count == 1 ? args->setting_count : 0, config);
	arguments[count] = NULL;
	config_each(doctor->connection.config, "kafka.", export_key, NULL);
	execv(path, (char *const *)(uintptr_t)arguments);
	_exit(127);
}

static void pass_on(struct doctor *doctor, const struct json *told)
{
	struct slice what = json_string(told, "what"), fix = json_string(told, "fix"), code = json_string(told, "code");
	enum finding_level level = slice_is(json_string(told, "level"), "fault") ? FINDING_FAULT : FINDING_WARNING;

	finding_add(&doctor->findings, level, arena_cstr(doctor->arena, code), arena_cstr(doctor->arena, fix), "%.*s",
		SLICE_ARG(what));
}

/* What it says up to its end, which comes early where this command is to stop. */
static struct slice hear_stage(struct doctor *doctor, int from, pid_t pid)
{
	struct pollfd poll_fd = {.fd = from, .events = POLLIN};
	struct buf said;
	char bytes[4096];

	buf_init_arena(&said, doctor->arena, MEMORY / 16);
	for (ssize_t n = 1; n > 0;) {
		if (command_stopping())
			kill(pid, SIGTERM);
		if (poll(&poll_fd, 1, 100) <= 0)
			continue;
		n = read(from, bytes, sizeof bytes);
		buf_append(&said, slice_make(bytes, n > 0 ? (size_t)n : 0));
	}
	return buf_slice(&said);
}

/* Returns how many findings there were. */
static int read_findings(struct doctor *doctor, struct slice said)
{
	struct slice line;
	int count = 0;

	while (slice_next_line(&said, &line)) {
		const struct json *told = json_parse(doctor->arena, slice_trim(line), NULL, NULL);
		if (!json_string(told, "what").len)
			continue;
		pass_on(doctor, told);
		count++;
	}
	return count;
}

static void ask_stage(struct doctor *doctor, const struct pipeline_stage *stage)
{
	char program[64], path[PATH_MAX];
	struct error error;
	int pipes[2], status = 0;

	doctor->about = stage->name;
	snprintf(program, sizeof program, "copydesk-%s", stage->name);
	if (!program_find(args_text(doctor->args, "bin"), program, path, &error)) {
		finding_add(&doctor->findings, FINDING_WARNING, "not_examined",
			"install it here, or run copydesk-… --check --live where it is", "%s", error.text);
		return;
	}
	if (pipe2(pipes, O_CLOEXEC) != 0)
		return;
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(pipes[1], STDOUT_FILENO);
		become_stage(doctor, stage, path);
	}
	close(pipes[1]);
	int count = pid > 0 ? read_findings(doctor, hear_stage(doctor, pipes[0], pid)) : 0;
	close(pipes[0]);
	if (pid > 0)
		waitpid(pid, &status, 0);
	if (count == 0 && status != 0 && !command_stopping())
		finding_add(&doctor->findings, FINDING_FAULT, "configuration", "correct what its message above says",
			"copydesk-%s --check ends with code %d: it would not start", stage->name,
			WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	doctor->about = NULL;
}

static void ask_stages(struct doctor *doctor)
{
	const struct args *args = doctor->args;

	for (const struct pipeline_stage *stage = PIPELINE_STAGES; stage->name && !command_stopping(); stage++) {
		bool wanted = args->operand_count == 0;
		for (size_t i = 0; i < args->operand_count; i++)
			wanted |= strcmp(args->operands[i], stage->name) == 0;
		if (wanted)
			ask_stage(doctor, stage);
	}
}

/* --- the command --------------------------------------------------------------------------------- */

static bool examine(struct doctor *doctor, int64_t patience_ms, struct error *error)
{
	const struct args *args = doctor->args;
	struct examination *examination = examination_begin(
		&doctor->connection, args_text(args, "prefix"), args->operands, args->operand_count, &doctor->findings, error);

	if (!examination) {
		bool refused = strcmp(error->code, "no_access") == 0;
		finding_add(&doctor->findings, FINDING_FAULT, refused ? "no_access" : "kafka_away",
			refused ? "correct the credentials or certificates (docs/security.md)"
				: "start it, correct --kafka, or open the way to it (listeners, firewall, TLS)",
			"%s", error->text);
		return false;
	}
	if (examination_reached(examination))
		ask_stages(doctor);
	examination_end(&examination, patience_ms);
	return true;
}

static void conclude(struct doctor *doctor)
{
	const struct findings *findings = &doctor->findings;

	if (doctor->as_json) {
		json_close_array(&doctor->json);
		json_add_integer(&doctor->json, "faults", findings->faults);
		json_add_integer(&doctor->json, "warnings", findings->warnings);
		if (command_stopping())
			json_add_bool(&doctor->json, "brokenOff", true);
		json_close_object(&doctor->json);
		printf("%.*s\n", (int)doctor->json.out->len, doctor->json.out->ptr);
	} else if (command_stopping()) {
		printf("broken off: not all was looked at\n");
	} else if (findings->faults || findings->warnings) {
		printf("%d fault%s, %d warning%s\n", findings->faults, findings->faults == 1 ? "" : "s", findings->warnings,
			findings->warnings == 1 ? "" : "s");
	} else {
		printf("nothing to complain of\n");
	}
}

static int diagnose(struct doctor *doctor, int64_t patience_ms)
{
	struct error error = {.code = ""};
	struct arena arena;
	struct buf text;
	jmp_buf jump;

	arena_init(&arena, MEMORY);
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE)
		abort(); /* findings are bounded: this is a fault of the program */
	doctor->arena = &arena;
	buf_init_arena(&text, &arena, MEMORY / 2);
	json_begin(&doctor->json, &arena, &text);
	json_open_object(&doctor->json);
	json_key(&doctor->json, "findings");
	json_open_array(&doctor->json);
	bool reached = examine(doctor, patience_ms, &error);
	conclude(doctor);
	arena_release(&arena);
	if (!reached && !command_stopping())
		return strcmp(error.code, "no_access") == 0 ? EX_NOPERM : EX_UNAVAILABLE;
	return doctor->findings.faults ? EX_DATAERR : command_stopping() ? EX_TEMPFAIL : EX_OK;
}

static int doctor_run(struct args *args)
{
	struct doctor doctor = {.args = args, .as_json = args_given(args, "json")};
	struct error error;
	int64_t patience;
	int exit_code;

	for (size_t i = 0; i < args->operand_count; i++)
		if (!pipeline_stage(args->operands[i]))
			return command_misuse(args, "%s: there is no such stage, only extract, dedup and tag", args->operands[i]);
	if (!config_parse_duration(slice_of(args_text(args, "patience")), &patience) || patience < 0)
		return command_misuse(args, "--patience %s: needs a duration such as 20s", args_text(args, "patience"));
	doctor.findings = (struct findings){take, &doctor, 0, 0};
	terminal_init(&doctor.terminal, stdout);
	command_catch_signals();
	if (!connection_init(&doctor.connection, args, &error))
		exit_code = command_fail(args, EX_USAGE, &error);
	else
		exit_code = diagnose(&doctor, patience);
	connection_release(&doctor.connection);
	return exit_code;
}

const struct command command_doctor = {
	.name = "doctor",
	.summary = "find what is wrong with brokers, topics, rights, groups and stages, with the fix of each",
	.usage = "[FLAGS] [extract|dedup|tag]…",
	.about = "Looks at brokers, topics that belong together, groups and their lag, transactions that hang; and has each stage say what it needs and lacks\n"
		 "(copydesk-STAGE --check --live): sizes, copies, retention, rights, the order of time-outs, memory, librdkafka. Writes nothing, joins no group.\n"
		 "Ends with code 65 if there are faults, 69 if Kafka doesn't answer. With one stage, -X gives its options too.",
	.examples = "  copydesk doctor -k broker:9092 --stage-config /etc/copydesk\n  copydesk doctor -k broker:9092 --json dedup | jq '.findings[].fix'",
	.verbs = "extract|dedup|tag",
	.flags = FLAGS,
	.kafka = true,
	.run = doctor_run,
};
