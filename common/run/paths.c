/* paths: see paths.h. Nothing is made or written to find out. */
#include "run/paths.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool usable(const struct config *config, const char *name, const char *path, bool folder, struct error *error)
{
	struct stat status;
	int why = 0;

	if (stat(path, &status) != 0)
		why = errno;
	else if (folder != S_ISDIR(status.st_mode))
		why = folder ? ENOTDIR : EISDIR;
	else if (access(path, folder ? W_OK | X_OK : W_OK) != 0)
		why = errno;
	if (!why)
		return true;
	return error_set(error, "config_bad_value", "%s: %s = \"%s\" can't be written: %s: %s", config_where(config, name), name,
		config_text(config, name), path, strerror(why));
}

bool paths_check(const struct config *config, const struct stage *stage, struct error *error)
{
	const char *snapshots = config_text(config, "index.snapshots"), *spans = config_text(config, "spans.file");
	char folder[4096];

	if (stage->index && *snapshots && !usable(config, "index.snapshots", snapshots, true, error))
		return false;
	if (!*spans)
		return true;
	if (access(spans, F_OK) == 0)
		return usable(config, "spans.file", spans, false, error);
	snprintf(folder, sizeof(folder), "%s", spans); /* dirname() writes */
	return usable(config, "spans.file", dirname(folder), true, error);
}
