/* commands: every subcommand, one constant struct each, defined in the file of its name (tail.c defines command_tail). */
#ifndef COPYDESK_COMMANDS_H
#define COPYDESK_COMMANDS_H

#include "tools/command.h"

extern const struct command command_broker, command_desk, command_up, command_send, command_tail, command_topics;

#endif
