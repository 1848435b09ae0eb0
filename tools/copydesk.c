/* copydesk: the command around the pipeline. This file is the table of subcommands and nothing else; each has a file of its own. */
#include "tools/command.h"
#include "tools/commands.h"
#include "tools/nearest.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct command *const COMMANDS[] = {&command_broker, &command_desk, &command_up, &command_send, &command_tail, &command_topics, NULL};

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
	fprintf(out, "\n`copydesk SUBCOMMAND --help` tells more. The stages are copydesk-extract, copydesk-dedup and copydesk-tag.\n");
}

int main(int argc, char **argv)
{
	setlocale(LC_CTYPE, "C.UTF-8"); /* for the width of characters on a terminal; nothing else depends on it */
	if (argc < 2) {
		help(stderr);
		return EX_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("copydesk %s\n", COPYDESK_VERSION);
		return EX_OK;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
		for (size_t i = 0; argc > 2 && COMMANDS[i]; i++)
			if (strcmp(argv[2], COMMANDS[i]->name) == 0) {
				command_help(COMMANDS[i], stdout);
				return EX_OK;
			}
		help(stdout);
		return EX_OK;
	}
	for (size_t i = 0; COMMANDS[i]; i++)
		if (strcmp(argv[1], COMMANDS[i]->name) == 0) {
			struct args args;
			int exit_code;
			if (!args_parse(&args, COMMANDS[i], argc - 1, argv + 1, &exit_code))
				return exit_code;
			exit_code = COMMANDS[i]->run(&args);
			if (fflush(stdout) && exit_code == EX_OK)
				exit_code = EX_IOERR;
			return exit_code;
		}
	const char *near = nearest_name(argv[1], command_candidate, NULL);
	fprintf(stderr, "copydesk: there is no subcommand %s", argv[1]);
	if (near)
		fprintf(stderr, ", did you mean %s?", near);
	fprintf(stderr, "\n`copydesk --help` lists all\n");
	return EX_USAGE;
}
