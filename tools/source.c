/* source: see source.h. Which files, and in which order; what is in one is pagefile.c's. */
#include "tools/source.h"

#include "json/reader.h"
#include "tools/pagefile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, FOLDER_DEPTH = 32 };

static bool path_read(struct source *source, const char *path, int depth, struct error *error);

/* One line of a manifest: {"file", "url", "fetchedAt", "contentType"}. */
static void manifest_line(struct source *source, const char *folder, struct slice line, struct arena *arena, const char *origin)
{
	struct error error = {0};
	char path[PATH_SIZE];
	const struct json *entry = json_parse(arena, line, NULL, &error);
	struct slice name = json_string(entry, "file");
	if (!entry || name.len == 0 || slice_contains(name, SLICE("..")) || name.ptr[0] == '/') {
		pagefile_complain(source, "%s: needs {\"file\": \"name in this folder\", …}%s%s", origin, entry ? "" : ": ",
			entry ? "" : error.text);
		return;
	}
	snprintf(path, sizeof path, "%s/%.*s", folder, SLICE_ARG(name));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		pagefile_complain(source, "%s: %s: %s", origin, path, strerror(errno));
		return;
	}
	if (!pagefile_page(source, fd, path, json_string(entry, "url"), json_string(entry, "fetchedAt"),
		    json_string(entry, "contentType"), &error))
		pagefile_complain(source, "%s", error.text);
	close(fd);
}

static void manifest_read(struct source *source, int fd, const char *folder, const char *path)
{
	struct buf text;
	struct error error;
	char origin[PATH_SIZE + 32];
	buf_init(&text, 64 << 20);
	struct slice rest = SLICE_NONE, line;
	if (pagefile_bytes(source, fd, path, &text, &error))
		rest = buf_slice(&text);
	else
		pagefile_complain(source, "%s", error.text);
	for (int number = 1; !source->stopped && slice_next_line(&rest, &line); number++) {
		struct arena arena;
		jmp_buf jump;
		snprintf(origin, sizeof origin, "%s:%d", path, number);
		arena_init(&arena, 1 << 20);
		if (slice_trim(line).len && ARENA_GUARD(&arena, &jump) == ESCAPE_NONE)
			manifest_line(source, folder, line, &arena, origin);
		arena_release(&arena);
	}
	buf_release(&text);
}

static int not_hidden(const struct dirent *entry) { return entry->d_name[0] != '.'; }
static int by_bytes(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static bool folder_read(struct source *source, const char *folder, int depth, struct error *error)
{
	struct dirent **entries;
	char path[PATH_SIZE];
	if (depth > FOLDER_DEPTH)
		return error_set(error, "io", "%s: folders nest deeper than %d: a loop of links?", folder, FOLDER_DEPTH);
	snprintf(path, sizeof path, "%s/manifest.ndjson", folder);
	int manifest = open(path, O_RDONLY | O_CLOEXEC);
	if (manifest >= 0) {
		manifest_read(source, manifest, folder, path);
		close(manifest);
		return true;
	}
	int count = scandir(folder, &entries, not_hidden, by_bytes);
	if (count < 0)
		return error_set(error, "io", "%s: %s", folder, strerror(errno));
	for (int i = 0; i < count; i++) {
		struct error inner;
		snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		if (!source->stopped && !path_read(source, path, depth + 1, &inner))
			pagefile_complain(source, "%s", inner.text);
		free(entries[i]);
	}
	free(entries);
	return true;
}

static bool path_read(struct source *source, const char *path, int depth, struct error *error)
{
	struct stat status;
	if (strcmp(path, "-") == 0)
		return pagefile_read(source, STDIN_FILENO, "stdin", error);
	if (stat(path, &status) != 0)
		return error_set(error, "io", "%s: %s", path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return folder_read(source, path, depth, error);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_set(error, "io", "%s: %s", path, strerror(errno));
	bool ok = pagefile_read(source, fd, path, error);
	close(fd);
	return ok;
}

bool source_read(struct source *source, const char *path, struct error *error) { return path_read(source, path, 0, error); }

static int64_t path_size(const char *path, int depth)
{
	struct stat status;
	if (strcmp(path, "-") == 0 || stat(path, &status) != 0)
		return -1;
	if (!S_ISDIR(status.st_mode))
		return S_ISREG(status.st_mode) ? status.st_size : -1;
	DIR *folder = opendir(path);
	int64_t sum = 0;
	for (struct dirent *entry; folder && depth < FOLDER_DEPTH && (entry = readdir(folder));) {
		char inner[PATH_SIZE];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		int64_t size = path_size(inner, depth + 1);
		sum += size > 0 ? size : 0;
	}
	if (folder)
		closedir(folder);
	return sum;
}

int64_t source_size(const char *path) { return path_size(path, 0); }
