/* command: the shape of a subcommand of `copydesk` and its arguments.
 *
 * A subcommand is one constant struct in a file of its own, listed in commands.c. Its flags are a table, from which parsing,
 * --help, the man page and shell completion come. Flags that every Kafka subcommand takes (--kafka, --config, -X) are added when
 * `kafka` is set. */
#ifndef COPYDESK_COMMAND_H
#define COPYDESK_COMMAND_H

#include "base/error.h"
#include "base/slice.h"

#include <stdio.h>

#define ARGS_FLAGS_MAX 48
#define ARGS_REPEAT_MAX 256

struct flag {
	const char *name;  /* "until" for --until; NULL ends a table */
	char letter;       /* 'n' for -n, 0 = none */
	const char *value; /* what it takes, "FILE"; NULL: nothing */
	const char *otherwise; /* its default as a user would write it; NULL: none */
	const char *help;  /* one sentence without the stop */
};

struct args;

struct command {
	const char *name, *summary;
	const char *usage; /* operands and verbs, as in "send [FLAGS] FILE|FOLDER|-…" without the name; lines parted by \n */
	const char *about; /* a paragraph or two; may be NULL */
	const char *examples; /* lines; may be NULL */
	const char *verbs; /* "create|describe": what the first operand can be, for completion; NULL: none */
	const struct flag *flags;
	bool kafka; /* takes --kafka, --config and -X */
	int (*run)(struct args *args); /* returns a sysexits.h code */
};

struct args {
	const struct command *command;
	const struct flag *flags[ARGS_FLAGS_MAX]; /* the command's, then the shared ones */
	const char *values[ARGS_FLAGS_MAX];
	size_t flag_count;
	const char *settings[ARGS_REPEAT_MAX]; /* of each -X, "key=value" */
	size_t setting_count;
	char **operands;
	size_t operand_count;
};

/* Parses argv behind the subcommand's name. False after saying why on standard error (or after --help: *exit_code is 0 then). */
bool args_parse(struct args *args, const struct command *command, int argc, char **argv, int *exit_code);
/* The value given, else the default, else NULL. Asking for a flag that no table has is a program error and aborts. */
const char *args_text(const struct args *args, const char *name);
/* Whether it was on the command line. */
bool args_given(const struct args *args, const char *name);
/* The number given or the default, within [min, max]; on anything else an error that names the flag. "k", "M", "G" are 1024s. */
bool args_integer(const struct args *args, const char *name, int64_t min, int64_t max, int64_t *value, struct error *error);
/* Likewise an instant: RFC 3339, a date, or an age such as 90s, 15m, 6h, 2d (before now). */
bool args_time(const struct args *args, const char *name, int64_t *ms, struct error *error);
bool instant_parse(struct slice text, int64_t now_ms, int64_t *ms);

/* The command's flags, then those that it shares with others; their number. */
size_t command_flags(const struct command *command, const struct flag *flags[ARGS_FLAGS_MAX]);
void command_help(const struct command *command, FILE *out);
/* "copydesk NAME: text" on standard error. Returns the exit code of the error's code (a missing right is 77 everywhere),
 * `otherwise` if it has none. */
int command_fail(const struct args *args, int otherwise, const struct error *error);
int command_misuse(const struct args *args, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Set by SIGINT and SIGTERM once command_catch_signals() was called; a second signal ends the process at once. */
void command_catch_signals(void);
bool command_stopping(void);

#endif
