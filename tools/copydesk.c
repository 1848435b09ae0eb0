/* copydesk: the command around the pipeline: finds the subcommand in the table (commands.c) and runs it. */
#include "tools/commands.h"
#include "tools/nearest.h"

#include "run/standard.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const char *command_candidate(size_t i, const void *of)
{
	(void)of;
	return COMMANDS[i] ? COMMANDS[i]->name : NULL;
}

static void help(FILE *out)
{
	fprintf(out, "copydesk: raw news pages in, clean, unique, entity-tagged articles out, through Kafka\n\n"
		     "usage: copydesk SUBCOMMAND [FLAGS] …\n\n");
	for (size_t i = 0; COMMANDS[i]; i++)
		fprintf(out, "  %-10s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
	fprintf(out,
		"\n`copydesk SUBCOMMAND --help` tells more. The stages are copydesk-extract, copydesk-dedup and copydesk-tag.\n");
}

static int version(void)
{
	printf("copydesk %s\n", COPYDESK_VERSION);
	return EX_OK;
}

static int help_of(const char *name)
{
	const struct command *command = name ? commands_find(name) : NULL;
	command ? command_help(command, stdout) : help(stdout);
	return EX_OK;
}

static int misnamed(const char *name)
{
	const char *near = nearest_name(name, command_candidate, NULL);
	fprintf(stderr, "copydesk: there is no subcommand %s", name);
	if (near)
		fprintf(stderr, ", did you mean %s?", near);
	fprintf(stderr, "\n`copydesk --help` lists all\n");
	return EX_USAGE;
}

int main(int argc, char **argv)
{
	struct args args;
	int exit_code;

	standard_take();
	setlocale(LC_CTYPE, "C.UTF-8"); /* for the width of characters on a terminal; nothing else depends on it */
	if (argc < 2) {
		help(stderr);
		return EX_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0)
		return version();
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)
		return help_of(argv[2]);
	if (strcmp(argv[1], "--print-commands") == 0 && argv[2] && strcmp(argv[2], "json") == 0) {
		commands_print(stdout);
		return EX_OK;
	}
	const struct command *command = commands_find(argv[1]);
	if (!command)
		return misnamed(argv[1]);
	if (!args_parse(&args, command, argc - 1, argv + 1, &exit_code))
		return exit_code;
	exit_code = command->run(&args);
	if ((fflush(stdout) || ferror(stdout)) && exit_code == EX_OK) {
		fprintf(stderr, "copydesk %s: standard output can't be written: part of it is lost\n", command->name);
		exit_code = EX_IOERR;
	}
	return exit_code;
}
