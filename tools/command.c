/* command: arguments and help from tables. See command.h. */
#include "tools/command.h"

#include "base/clock.h"
#include "tools/nearest.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const struct flag SHARED_KAFKA[] = {
	{"kafka", 'k', "HOST:PORT", NULL, "bootstrap servers, several parted by commas; else $COPYDESK_KAFKA_BOOTSTRAP_SERVERS"},
	{"config", 0, "FILE", NULL, "configuration file, key = value; its kafka.* keys go to librdkafka"},
	{NULL, 'X', "key=value", NULL, "one configuration key, such as kafka.security.protocol=SASL_SSL; can be repeated"},
};
static const struct flag SHARED_HELP = {"help", 'h', NULL, NULL, "show this"};

size_t command_flags(const struct command *command, const struct flag *flags[ARGS_FLAGS_MAX])
{
	size_t count = 0;
	for (const struct flag *flag = command->flags; flag && flag->name; flag++) {
		assert(count < ARGS_FLAGS_MAX - 4);
		flags[count++] = flag;
	}
	for (size_t i = 0; command->kafka && i < sizeof SHARED_KAFKA / sizeof *SHARED_KAFKA; i++)
		flags[count++] = &SHARED_KAFKA[i];
	flags[count++] = &SHARED_HELP;
	return count;
}

static size_t args_find(const struct args *args, const char *name)
{
	for (size_t i = 0; i < args->flag_count; i++)
		if (args->flags[i]->name && strcmp(args->flags[i]->name, name) == 0)
			return i;
	fprintf(stderr, "copydesk %s: no table has the flag --%s: this is a fault of the program\n", args->command->name, name);
	abort();
}

const char *args_text(const struct args *args, const char *name)
{
	size_t i = args_find(args, name);
	return args->values[i] ? args->values[i] : args->flags[i]->otherwise;
}

bool args_given(const struct args *args, const char *name) { return args->values[args_find(args, name)] != NULL; }

static bool scaled_parse(const char *text, int64_t *value)
{
	char *end;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	if (end == text || errno)
		return false;
	int64_t factor = 1;
	switch (*end) {
	case 'k':
	case 'K': factor = 1024; break;
	case 'm':
	case 'M': factor = 1024 * 1024; break;
	case 'g':
	case 'G': factor = 1024 * 1024 * 1024; break;
	case '\0': break;
	default: return false;
	}
	if (*end && end[1])
		return false;
	return !__builtin_mul_overflow((int64_t)number, factor, value);
}

bool args_integer(const struct args *args, const char *name, int64_t min, int64_t max, int64_t *value, struct error *error)
{
	const char *text = args_text(args, name);
	if (!text)
		return error_set(error, "usage", "--%s needs a number", name);
	if (!scaled_parse(text, value) || *value < min || *value > max)
		return error_set(error, "usage", "--%s %s: needs a whole number from %lld to %lld", name, text, (long long)min,
			(long long)max);
	return true;
}

bool instant_parse(struct slice text, int64_t now_ms, int64_t *ms)
{
	char line[64];
	if (clock_parse(text, ms))
		return true;
	if (text.len == 0 || text.len > 30)
		return false;
	if (text.len == 10) { /* a date: its first instant in UTC */
		snprintf(line, sizeof line, "%.10sT00:00:00Z", text.ptr);
		return clock_parse(slice_of(line), ms);
	}
	int64_t count, unit;
	switch (text.ptr[text.len - 1]) {
	case 's': unit = 1000; break;
	case 'm': unit = 60 * 1000; break;
	case 'h': unit = 3600 * 1000; break;
	case 'd': unit = 24 * 3600 * 1000; break;
	default: return false;
	}
	if (!slice_to_int64(slice_sub(text, 0, text.len - 1), &count) || count < 0 || count > 10000000)
		return false;
	*ms = now_ms - count * unit;
	return true;
}

bool args_time(const struct args *args, const char *name, int64_t *ms, struct error *error)
{
	const char *text = args_text(args, name);
	if (!text || !instant_parse(slice_of(text), clock_wall_ms(), ms))
		return error_set(error, "usage",
			"--%s %s: needs a time such as 2026-11-24T09:30:00Z, 2026-11-24 or an age such as 15m, 6h, 2d", name,
			text ? text : "");
	return true;
}

static const char *flag_candidate(size_t i, const void *of)
{
	const struct args *args = of;
	while (i < args->flag_count && !args->flags[i]->name)
		i++;
	return i < args->flag_count ? args->flags[i]->name : NULL;
}

static void flag_unknown(const struct args *args, const char *word)
{
	char name[64];
	snprintf(name, sizeof name, "%s", word + strspn(word, "-"));
	name[strcspn(name, "=")] = '\0';
	const char *near = word[0] == '-' && word[1] == '-' ? nearest_name(name, flag_candidate, args) : NULL;
	fprintf(stderr, "copydesk %s: unknown flag %s", args->command->name, word);
	if (near)
		fprintf(stderr, ", did you mean --%s?", near);
	fprintf(stderr, "\n`copydesk %s --help` lists all\n", args->command->name);
}

enum { LONG_BASE = 1000 };

/* The flags as getopt_long() wants them; both arrays end with zeros. */
static void flags_list(const struct args *args, struct option longs[ARGS_FLAGS_MAX + 1], char shorts[2 * ARGS_FLAGS_MAX + 2])
{
	memset(longs, 0, (ARGS_FLAGS_MAX + 1) * sizeof *longs);
	*shorts++ = ':';
	for (size_t i = 0; i < args->flag_count; i++) {
		const struct flag *flag = args->flags[i];
		if (flag->name)
			*longs++ = (struct option){flag->name, flag->value ? required_argument : no_argument, NULL, LONG_BASE + (int)i};
		if (flag->letter)
			*shorts++ = flag->letter;
		if (flag->letter && flag->value)
			*shorts++ = ':';
	}
	*shorts = '\0';
}

static size_t flag_index(const struct args *args, int found)
{
	size_t index = 0;

	if (found >= LONG_BASE)
		return (size_t)(found - LONG_BASE);
	while (args->flags[index]->letter != found)
		index++;
	return index;
}

static bool setting_take(struct args *args, char *setting)
{
	if (args->setting_count == ARGS_REPEAT_MAX || !strchr(setting, '=')) {
		fprintf(stderr, "copydesk %s: -X %s: needs key=value, at most %d times\n", args->command->name, setting,
			ARGS_REPEAT_MAX);
		return false;
	}
	args->settings[args->setting_count++] = setting;
	return true;
}

/* One flag that getopt_long() found. False if the command is not to be run. */
static bool flag_take(struct args *args, int found, char **argv, int *exit_code)
{
	if (found == '?') {
		flag_unknown(args, optopt && optopt < LONG_BASE ? (char[]){'-', (char)optopt, 0} : argv[optind - 1]);
		return false;
	}
	if (found == ':') {
		fprintf(stderr, "copydesk %s: %s needs a value\n", args->command->name, argv[optind - 1]);
		return false;
	}
	size_t index = flag_index(args, found);
	const struct flag *flag = args->flags[index];
	if (flag == &SHARED_HELP) {
		command_help(args->command, stdout);
		*exit_code = EX_OK;
		return false;
	}
	if (flag->letter == 'X' && !flag->name)
		return setting_take(args, optarg);
	args->values[index] = flag->value ? optarg : "yes";
	return true;
}

bool args_parse(struct args *args, const struct command *command, int argc, char **argv, int *exit_code)
{
	struct option longs[ARGS_FLAGS_MAX + 1];
	char shorts[2 * ARGS_FLAGS_MAX + 2];

	*args = (struct args){.command = command};
	args->flag_count = command_flags(command, args->flags);
	flags_list(args, longs, shorts);
	*exit_code = EX_USAGE;
	optind = 0;
	for (int found; (found = getopt_long(argc, argv, shorts, longs, NULL)) != -1;)
		if (!flag_take(args, found, argv, exit_code))
			return false;
	args->operands = argv + optind;
	args->operand_count = (size_t)(argc - optind);
	return true;
}

void command_help(const struct command *command, FILE *out)
{
	const struct flag *flags[ARGS_FLAGS_MAX];
	size_t flag_count = command_flags(command, flags);
	fprintf(out, "copydesk %s: %s\n\n", command->name, command->summary);
	struct slice lines = slice_of(command->usage), line;
	for (const char *lead = "usage: "; slice_split(&lines, '\n', &line); lead = "       ")
		fprintf(out, "%scopydesk %s %.*s\n", lead, command->name, SLICE_ARG(line));
	if (command->about)
		fprintf(out, "\n%s\n", command->about);
	fprintf(out, "\nflags:\n");
	for (size_t i = 0; i < flag_count; i++) {
		const struct flag *flag = flags[i];
		char left[64];
		int at = snprintf(left, sizeof left, "  %c%c%s", flag->letter ? '-' : ' ', flag->letter ? flag->letter : ' ',
			flag->letter && flag->name ? ", " : "  ");
		if (flag->name)
			at += snprintf(left + at, sizeof left - (size_t)at, "--%s", flag->name);
		if (flag->value)
			snprintf(left + at, sizeof left - (size_t)at, "%s%s", flag->name ? " " : "", flag->value);
		fprintf(out, "%-30s %s", left, flag->help);
		if (flag->otherwise && *flag->otherwise)
			fprintf(out, " (%s)", flag->otherwise);
		fputc('\n', out);
	}
	if (command->examples)
		fprintf(out, "\nexamples:\n%s\n", command->examples);
}

/* What an error means is the same in every command. */
static int exit_code_of(const struct error *error, int otherwise)
{
	static const struct {
		const char *code;
		int exit;
	} CODES[] = {{"usage", EX_USAGE}, {"unconfirmed", EX_USAGE}, {"missing", EX_DATAERR}, {"no_run", EX_NOINPUT}, {"not_found", EX_NOINPUT},
		{"record_gone", EX_NOINPUT}, {"output", EX_IOERR}, {"create", EX_CANTCREAT}, {"exists", EX_TEMPFAIL}, {"unfinished", EX_TEMPFAIL}, {"active", EX_TEMPFAIL},
		{"no_access", EX_NOPERM}};

	for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
		if (strcmp(error->code, CODES[i].code) == 0)
			return CODES[i].exit;
	return otherwise;
}

int command_fail(const struct args *args, int otherwise, const struct error *error)
{
	fflush(stdout);
	fprintf(stderr, "copydesk %s: %s\n", args->command->name, error->text);
	return exit_code_of(error, otherwise);
}

int command_misuse(const struct args *args, const char *format, ...)
{
	va_list list;
	fflush(stdout);
	fprintf(stderr, "copydesk %s: ", args->command->name);
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fprintf(stderr, "\n`copydesk %s --help` shows how it is used\n", args->command->name);
	return EX_USAGE;
}

static volatile sig_atomic_t stopping;

static void on_stop(int signal)
{
	if (stopping) {
		static const char text[] = "\nended by a second signal\n";
		(void)!write(STDERR_FILENO, text, sizeof text - 1);
		_exit(128 + signal);
	}
	stopping = 1;
}

void command_catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_stop};
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

bool command_stopping(void) { return stopping; }
