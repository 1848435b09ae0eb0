/* confirm: see confirm.h. */
#include "tools/confirm.h"

#include <stdio.h>
#include <unistd.h>

bool confirm(const struct args *args, const char *question, struct error *error)
{
	char line[64];

	if (args_given(args, "yes"))
		return true;
	if (!isatty(STDIN_FILENO))
		return error_set(error, "unconfirmed",
			"nothing was done: %s Standard input is no terminal, so nobody can say yes; --yes does", question);
	fflush(stdout);
	fprintf(stderr, "%s [y/N] ", question);
	fflush(stderr);
	struct slice answer = fgets(line, sizeof line, stdin) ? slice_trim(slice_of(line)) : SLICE_NONE;
	if (slice_equal_nocase(answer, SLICE("y")) || slice_equal_nocase(answer, SLICE("yes")))
		return true;
	return error_set(error, "unconfirmed", "nothing was done");
}
