/* commands: every subcommand, one constant struct each, defined in the file of its name (tail.c defines command_tail). The table
 * is where a new one is listed: `copydesk --help`, the man page and bash completion follow from it. */
#ifndef COPYDESK_COMMANDS_H
#define COPYDESK_COMMANDS_H

#include "tools/command.h"

extern const struct command command_audit;
extern const struct command command_broker;
extern const struct command command_dead;
extern const struct command command_desk;
extern const struct command command_doctor;
extern const struct command command_explain;
extern const struct command command_export;
extern const struct command command_replay;
extern const struct command command_selftest;
extern const struct command command_send;
extern const struct command command_tail;
extern const struct command command_topics;
extern const struct command command_up;

/* In the order of help; NULL ends it. */
extern const struct command *const COMMANDS[];

/* NULL: there is none of that name. */
const struct command *commands_find(const char *name);
/* --print-commands json: the table with its flags; the man page and completion are made of it (docs/generate.cmake). */
void commands_print(FILE *out);

#endif
