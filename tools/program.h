/* program: where the other programs of this project are. */
#ifndef COPYDESK_PROGRAM_H
#define COPYDESK_PROGRAM_H

#include "base/error.h"

#include <limits.h>

/* The path of `program`: in the folder `bin` if one is given (NULL: none), else beside this program, else on the PATH. Code
 * program. */
bool program_find(const char *bin, const char *program, char path[PATH_MAX], struct error *error);

#endif
