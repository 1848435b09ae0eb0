/* confirm: asks before something that can't be undone. */
#ifndef COPYDESK_CONFIRM_H
#define COPYDESK_CONFIRM_H

#include "tools/command.h"

/* True with --yes, or when a person on the terminal answers "y" or "yes". Without a terminal nobody can be asked: an error that
 * names --yes (code unconfirmed), as is a no. The command's table must have the flag `yes`. */
bool confirm(const struct args *args, const char *question, struct error *error);

#endif
