/* exportsink: see exportsink.h. */
#include "tools/exportsink.h"

#include "base/hash.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Code "create": the file can't be made; "output": it can't be written. */
static bool fail_as(const char *code, struct error *error, const char *path)
{
	return error_set(error, code, "%s: %s", path, strerror(errno));
}
static bool fail(struct error *error, const char *path) { return fail_as("output", error, path); }

static bool put_head(const struct exportsink *sink, FILE *file) { return !sink->head || fputs(sink->head, file) >= 0; }

bool exportsink_open(struct exportsink *sink, const char *path, const char *extension, const char *head, struct error *error)
{
	char part[PATH_MAX + 8];
	struct stat status;

	*sink = (struct exportsink){.extension = extension, .head = head};
	if (strlen(path) + 310 > sizeof sink->path)
		return error_set(error, "create", "%s: the path is too long", path);
	if (strcmp(path, "-") == 0) {
		sink->file = stdout;
		return put_head(sink, stdout) || fail(error, "standard output");
	}
	strcpy(sink->path, path);
	sink->folder = path[0] && path[strlen(path) - 1] == '/';
	if (sink->folder)
		return mkdir(path, 0777) == 0 || errno == EEXIST || fail_as("create", error, path);
	sink->direct = stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
	snprintf(part, sizeof part, sink->direct ? "%s" : "%s.part", path);
	sink->file = fopen(part, "w");
	if (!sink->file)
		return fail_as("create", error, part);
	return put_head(sink, sink->file) || fail(error, part);
}

void exportsink_name(struct slice id, const char *extension, char out[300])
{
	bool plain = id.len > 0 && id.len <= 200 && id.ptr[0] != '.';
	size_t at = 0;

	for (size_t i = 0; i < id.len && at < 200; i++) {
		char c = id.ptr[i];
		bool fine = byte_is_alpha(c) || byte_is_digit(c) || c == '-' || c == '_' || (c == '.' && i > 0);
		plain &= fine;
		out[at++] = fine ? c : '_';
	}
	if (plain)
		snprintf(out + at, 300 - at, ".%s", extension);
	else
		snprintf(out + at, 300 - at, "-%016llx.%s", (unsigned long long)hash64(id), extension);
}

static bool put_file(const struct exportsink *sink, struct slice id, struct slice text, struct error *error)
{
	char name[300], path[PATH_MAX], part[PATH_MAX + 8];

	exportsink_name(id, sink->extension, name);
	snprintf(path, sizeof path, "%.*s%s", (int)(sizeof path - sizeof name - 1), sink->path, name);
	snprintf(part, sizeof part, "%s.part", path);
	FILE *file = fopen(part, "w");
	if (!file)
		return fail_as("create", error, part);
	bool good = put_head(sink, file) && fwrite(text.ptr, 1, text.len, file) == text.len;
	good = fclose(file) == 0 && good;
	return (good && rename(part, path) == 0) || fail(error, part);
}

bool exportsink_put(struct exportsink *sink, struct slice id, struct slice text, struct error *error)
{
	if (sink->folder)
		return put_file(sink, id, text, error);
	return fwrite(text.ptr, 1, text.len, sink->file) == text.len ||
		fail(error, sink->path[0] ? sink->path : "standard output");
}

bool exportsink_close(struct exportsink *sink, bool whole, struct error *error)
{
	char part[PATH_MAX + 8];
	FILE *file = sink->file;

	sink->file = NULL;
	if (!file)
		return true;
	if (file == stdout)
		return fflush(stdout) == 0 || fail(error, "standard output");
	snprintf(part, sizeof part, sink->direct ? "%s" : "%s.part", sink->path);
	if (fclose(file) != 0)
		return fail(error, part);
	return !whole || sink->direct || rename(part, sink->path) == 0 || fail(error, part);
}
