/* stagesettings: see stagesettings.h. */
#include "tools/stagesettings.h"

#include "base/buf.h"
#include "base/hash.h"
#include "run/option_value.h"
#include "run/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 20 };

static bool file_read(const char *path, struct buf *text, struct error *error)
{
	char block[8192];
	FILE *file = fopen(path, "re");

	if (!file)
		return error_set(error, "config_file", "--config %s: %s", path, strerror(errno));
	for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
		buf_append_bytes(text, block, n);
	bool good = !ferror(file) && !text->failed;
	fclose(file);
	return good ||
		error_set(error, "config_file", "--config %s: can't be read, or is larger than a configuration file should be",
			path);
}

/* The value of the last line `key = value`, SLICE_NONE without one. */
static struct slice file_value(struct slice text, const char *key)
{
	struct slice line, name, found = SLICE_NONE;

	while (slice_next_line(&text, &line)) {
		line = slice_trim(line);
		if (!slice_split(&line, '=', &name) || !slice_is(slice_trim(name), key))
			continue;
		size_t comment = slice_find(line, SLICE(" #"));
		found = slice_trim(slice_sub(line, 0, comment));
		if (found.len >= 2 && found.ptr[0] == '"' && found.ptr[found.len - 1] == '"')
			found = slice_sub(found, 1, found.len - 1);
	}
	return found;
}

static struct slice environment_value(const char *key)
{
	char name[80];

	option_environment_name(key, name, sizeof name);
	return slice_of(getenv(name));
}

static struct slice setting(const struct args *args, struct slice file, const char *key)
{
	size_t len = strlen(key);
	struct slice found = SLICE_NONE;

	for (size_t i = 0; i < args->setting_count; i++)
		if (strncmp(args->settings[i], key, len) == 0 && args->settings[i][len] == '=')
			found = slice_of(args->settings[i] + len + 1);
	if (!found.ptr)
		found = environment_value(key);
	return found.ptr ? found : file_value(file, key);
}

bool stage_topics_read(
	struct stage_topics *topics, const struct pipeline_stage *stage, const struct args *args, struct error *error)
{
	const char *path = args_text(args, "config"), *prefix = args_text(args, "prefix");
	struct buf text;
	bool good;

	*topics = (struct stage_topics){.stage = stage};
	buf_init(&text, FILE_MAX);
	good = !path || file_read(path, &text, error);
	for (size_t i = 0; good && i < PIPELINE_STAGE_TOPICS && stage->topics[i][0]; i++) {
		struct slice given = setting(args, buf_slice(&text), stage->topics[i][0]);
		if (given.ptr)
			snprintf(topics->names[i], sizeof topics->names[i], "%.*s", SLICE_ARG(given));
		else
			snprintf(topics->names[i], sizeof topics->names[i], "%s%s", prefix, stage->topics[i][1]);
		topics->count++;
	}
	struct slice group = good ? setting(args, buf_slice(&text), "group") : SLICE_NONE;
	if (group.ptr)
		snprintf(topics->group, sizeof topics->group, "%.*s", SLICE_ARG(group));
	else
		snprintf(topics->group, sizeof topics->group, "%scopydesk-%s", prefix, stage->name);
	buf_release(&text);
	return good;
}

bool stage_settings_text(const struct args *args, char *out, size_t size, struct error *error)
{
	const char *path = args_text(args, "config");
	struct buf text;
	size_t at = 0;
	bool good = true;

	out[0] = '\0';
	if (path) {
		buf_init(&text, FILE_MAX);
		good = file_read(path, &text, error);
		at += (size_t)snprintf(out, size, "--config of hash %08x", (unsigned)hash64(buf_slice(&text)));
		buf_release(&text);
	}
	for (size_t i = 0; good && i < args->setting_count && at < size; i++)
		if (!options_neutral(slice_make(args->settings[i], strcspn(args->settings[i], "="))))
			at += (size_t)snprintf(out + at, size - at, "%s-X %s", at ? " " : "", args->settings[i]);
	return good;
}

size_t stage_settings_pass(const char **arguments, size_t count, const char *stage, const char *folder,
	const char *const *settings, size_t setting_count, char path[PATH_MAX])
{
	if (folder && snprintf(path, PATH_MAX, "%s/%s.conf", folder, stage) < PATH_MAX) {
		arguments[count++] = "--config";
		arguments[count++] = path;
	}
	for (size_t i = 0; i < setting_count; i++) {
		if (strncmp(settings[i], "kafka.", 6) == 0)
			continue;
		arguments[count++] = "-X";
		arguments[count++] = settings[i];
	}
	return count;
}
