/* main: stage_main(), the program around a stage: command line, configuration, and then files or Kafka. */
#include "base/clock.h"
#include "base/log.h"
#include "run/configfile.h"
#include "run/endpoint.h"
#include "run/environment.h"
#include "run/explain.h"
#include "run/filerun.h"
#include "run/health.h"
#include "run/live.h"
#include "run/options.h"
#include "run/paths.h"
#include "run/sandbox.h"
#include "run/signals.h"
#include "run/standard.h"
#include "run/usage.h"

/* getopt's own struct option would collide with the table's. */
#define option long_option
#include <getopt.h>
#undef option
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

extern char **environ;

enum { GO_ON = -1 };

struct command {
	const struct stage *stage;
	struct config *config;
	const char *config_path;
	struct file_paths files;
	bool given[FLAG_COUNT];
};

static char program[64]; /* the log keeps the pointer */

static int fail(int code, const struct error *error)
{
	log_error("failed", LOG_STR("code", error->code), LOG_STR("why", error->text));
	return code;
}

static int usage_error(const struct stage *stage, const char *what, const char *which)
{
	fprintf(stderr, "copydesk-%s: %s%s\ncopydesk-%s --help tells how it is used.\n", stage->name, what, which, stage->name);
	return EX_USAGE;
}

static int answer_and_leave(const struct stage *stage, enum usage_flag flag)
{
	if (flag == FLAG_HELP)
		usage_help(stage, stdout);
	else if (flag == FLAG_PRINT_OPTIONS)
		usage_json(stage, stdout);
	else
		printf("copydesk-%s %s (librdkafka %s)\n", stage->name, COPYDESK_VERSION, live_library_version());
	return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
}

/* GO_ON or the exit code. */
static int take_flag(struct command *command, enum usage_flag flag, const char *argument)
{
	struct error error;

	command->given[flag] = true;
	switch (flag) {
	case FLAG_CONFIG: command->config_path = argument; break;
	case FLAG_IN: command->files.in = argument; break;
	case FLAG_OUT: command->files.out = argument; break;
	case FLAG_DEAD: command->files.dead = argument; break;
	case FLAG_HELP:
	case FLAG_VERSION:
	case FLAG_PRINT_OPTIONS: return answer_and_leave(command->stage, flag);
	case FLAG_SET:
		if (!config_set_pair(command->config, argument, &error))
			return fail(EX_CONFIG, &error);
		break;
	default: break;
	}
	return GO_ON;
}

static int read_command_line(struct command *command, int argc, char **argv)
{
	struct long_option rows[FLAG_COUNT + 1] = {{0}};
	size_t n = 0;
	int flag, code = GO_ON;

	for (int i = 0; i < FLAG_COUNT; i++) {
		if (USAGE_ROWS[i].name[1])
			rows[n++] = (struct long_option){
				USAGE_ROWS[i].name, USAGE_ROWS[i].argument ? required_argument : no_argument, NULL, 256 + i};
	}
	while (code == GO_ON && (flag = getopt_long(argc, argv, "X:", rows, NULL)) != -1) {
		if (flag == '?')
			return usage_error(command->stage, "unknown or incomplete option ", argv[optind - 1]);
		code = take_flag(command, flag == 'X' ? FLAG_SET : (enum usage_flag)(flag - 256), optarg);
	}
	if (code == GO_ON && optind < argc)
		return usage_error(command->stage, "no argument is expected, found ", argv[optind]);
	return code;
}

static bool read_configuration(struct command *command, struct error *error)
{
	const char *path = command->config_path ? command->config_path : getenv("COPYDESK_CONFIG");

	if (path && *path && !configfile_read(command->config, path, error))
		return false;
	return environment_read(command->config, environ, error) &&
		options_resolve(command->config, command->stage, error);
}

static void open_log(const struct command *command)
{
	static const char *const LEVELS[] = {"debug", "info", "warn", "error"};
	enum log_level level = LOG_INFO;

	for (int i = 0; i < 4; i++) {
		if (strcmp(config_text(command->config, "log.level"), LEVELS[i]) == 0)
			level = (enum log_level)i;
	}
	log_open(program, level, strcmp(config_text(command->config, "log.format"), "json") == 0 ? LOG_JSON : LOG_LOGFMT);
}

static int live_with_endpoint(const struct command *command, void *state, struct health *health, struct metrics *metrics,
	struct error *error)
{
	const char *address = config_text(command->config, "http");
	struct endpoint *endpoint = NULL;

	if (strcmp(address, "none") != 0 && !(endpoint = endpoint_open(address, metrics, health, error)))
		return EX_CONFIG;
	int code =
		health_watch(health, error) ? live_run(command->stage, state, command->config, health, metrics, error) : EX_OSERR;
	endpoint_close(&endpoint);
	return code;
}

static int run_live(const struct command *command, void *state)
{
	struct error error = {.code = ""};
	struct metrics *metrics = metrics_create(command->stage);
	struct health *health = health_create(config_integer(command->config, "watchdog.ms"), metrics);
	char digest[17];

	config_digest(command->config, command->stage->name, digest);
	metrics_info(metrics, "config", digest);
	metrics_info(metrics, "run", config_text(command->config, "run"));
	metrics_info(metrics, "librdkafka", live_library_version());
	int code = live_with_endpoint(command, state, health, metrics, &error);
	if (code != EX_OK)
		fail(code, &error);
	health_destroy(&health);
	metrics_destroy(&metrics);
	return code;
}

static int run_files(struct command *command, void *state)
{
	struct error error = {.code = ""};

	if (!command->files.in)
		command->files.in = "-";
	if (!command->files.out)
		command->files.out = "-";
	int code = file_run(command->stage, state, command->config, &command->files, NULL, &error);
	if (code != EX_OK && error.code[0])
		fail(code, &error);
	return code;
}

static int explain(const struct command *command, void *state)
{
	struct error error = {.code = ""};
	int code = explain_run(command->stage, state, command->config, &error);

	return code == EX_OK ? code : fail(code, &error);
}

static bool on_files(const struct command *command)
{
	return command->given[FLAG_IN] || command->given[FLAG_OUT] || command->given[FLAG_DEAD];
}

/* On standard output: for people, or with log.format=json an object a line. */
static void put_finding(void *context, const struct finding *finding)
{
	const struct command *command = context;
	const char *level = finding->level == FINDING_FAULT ? "fault" : "warning";
	struct json_writer writer;
	struct arena arena;
	struct buf line;
	jmp_buf jump;

	if (strcmp(config_text(command->config, "log.format"), "json") != 0) {
		printf("%-8s %s\n         %s\n         fix: %s\n", level, finding->code, finding->what, finding->fix);
		return;
	}
	arena_init(&arena, 1 << 20);
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE)
		abort();
	buf_init_arena(&line, &arena, 1 << 18);
	json_begin(&writer, &arena, &line);
	json_open_object(&writer);
	json_add_string(&writer, "level", slice_of(level));
	json_add_string(&writer, "code", slice_of(finding->code));
	json_add_string(&writer, "what", slice_of(finding->what));
	json_add_string(&writer, "fix", slice_of(finding->fix));
	json_close_object(&writer);
	printf("%.*s\n", (int)line.len, line.ptr);
	arena_release(&arena);
}

static int check(struct command *command, void *state)
{
	struct findings findings = {put_finding, command, 0, 0};
	struct error error;

	/* With --in or --out there is no Kafka to be configured. */
	if ((!on_files(command) || command->given[FLAG_LIVE]) &&
		!(paths_check(command->config, command->stage, &error) && live_check(command->config, &error)))
		return fail(EX_CONFIG, &error);
	if (command->given[FLAG_LIVE])
		live_examine(command->stage, state, command->config, &findings);
	if (findings.faults)
		log_error("checked", LOG_STR("result", "faults"), LOG_INT("faults", findings.faults),
			LOG_INT("warnings", findings.warnings));
	else
		log_info("checked", LOG_STR("result", "good"), LOG_INT("warnings", findings.warnings));
	if (fflush(stdout) != 0)
		return EX_IOERR;
	return findings.faults ? EX_UNAVAILABLE : EX_OK;
}

static int run_stage(struct command *command)
{
	const struct stage *stage = command->stage;
	struct error error;
	void *state = NULL;
	int code;

	if (stage->init && !stage->init(command->config, &state, &error))
		return fail(EX_CONFIG, &error);
	if (command->given[FLAG_CHECK])
		code = check(command, state);
	else if (command->given[FLAG_EXPLAIN])
		code = explain(command, state);
	else if (on_files(command))
		code = run_files(command, state);
	else
		code = run_live(command, state);
	if (stage->close)
		stage->close(&state);
	return code;
}

static int run_program(struct command *command)
{
	struct error error;

	if (!read_configuration(command, &error))
		return fail(EX_CONFIG, &error);
	open_log(command);
	if (command->given[FLAG_PRINT_CONFIG]) {
		configfile_print(command->config, stdout);
		return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
	}
	if (command->given[FLAG_LIVE] && !command->given[FLAG_CHECK])
		return usage_error(command->stage, "--live goes with --check", "");
	if (!signals_install(&error) || !sandbox_process(&error))
		return fail(EX_OSERR, &error);
	return run_stage(command);
}

int stage_main(const struct stage *stage, int argc, char **argv)
{
	struct command command = {.stage = stage, .config = options_config(stage)};

	standard_take();
	snprintf(program, sizeof(program), "copydesk-%s", stage->name);
	log_open(program, LOG_INFO, LOG_LOGFMT);
	int code = read_command_line(&command, argc, argv);
	if (code == GO_ON)
		code = run_program(&command);
	log_flush();
	config_destroy(&command.config);
	return code;
}
