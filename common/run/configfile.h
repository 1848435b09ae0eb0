/* configfile: the configuration as a file: lines `name = value`; a line that begins with `#`, and what follows a `#` behind a space,
 * is a comment. A value may stand in double quotes, with \" and \\ in it, to keep spaces at its ends and `#`. */
#ifndef COPYDESK_CONFIGFILE_H
#define COPYDESK_CONFIGFILE_H

#include "run/config.h"

#include <stdio.h>

/* Sets what the file says, up to the first error. Codes: those of config_set(), config_syntax, config_file. */
bool configfile_read(struct config *config, const char *path, struct error *error);
/* Every value in force as a line with its source behind it, secrets masked; but for those configfile_read() reads it back. */
void configfile_print(const struct config *config, FILE *out);

#endif
