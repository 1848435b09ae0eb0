/* program: see program.h. */
#include "tools/program.h"

#include "base/slice.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void own_folder(char folder[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", folder, PATH_MAX - 1);

	folder[len > 0 ? len : 0] = '\0';
	if (strrchr(folder, '/'))
		*strrchr(folder, '/') = '\0';
}

bool program_find(const char *bin, const char *program, char path[PATH_MAX], struct error *error)
{
	const char *search = getenv("PATH");
	char own[PATH_MAX];

	own_folder(own);
	if (snprintf(path, PATH_MAX, "%s/%s", bin ? bin : own, program) < PATH_MAX && access(path, X_OK) == 0)
		return true;
	struct slice rest = slice_of(search ? search : ""), folder;
	while (!bin && slice_split(&rest, ':', &folder)) {
		if (folder.len && snprintf(path, PATH_MAX, "%.*s/%s", SLICE_ARG(folder), program) < PATH_MAX &&
			access(path, X_OK) == 0)
			return true;
	}
	return error_set(
		error, "program", "%s is neither in %s nor on the PATH; --bin names its folder", program, bin ? bin : own);
}
