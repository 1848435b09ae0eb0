/* configfile: see configfile.h. Through config.h's calls only: a line of a file is one more config_set(). */
#include "run/configfile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define MASK "********"

/* The value behind `=`: bare up to " #", or in double quotes with \" and \\. Decodes in place (it only gets shorter). */
static bool file_value(char *text, struct slice *value, const char *where, struct error *error)
{
	struct slice bare = slice_trim(slice_of(text));

	if (bare.len == 0 || bare.ptr[0] != '"') {
		for (size_t i = 0; i < bare.len; i++) {
			if (bare.ptr[i] == '#' && (i == 0 || byte_is_space(bare.ptr[i - 1])))
				bare.len = i;
		}
		*value = slice_trim(bare);
		return true;
	}
	char *to = text;
	size_t i = 1;
	for (; i < bare.len && bare.ptr[i] != '"'; i++) {
		if (bare.ptr[i] == '\\' && i + 1 < bare.len && (bare.ptr[i + 1] == '"' || bare.ptr[i + 1] == '\\'))
			i++;
		*to++ = bare.ptr[i];
	}
	if (i == bare.len)
		return error_set(error, "config_syntax", "%s: the closing quote is missing", where);
	struct slice rest = slice_trim(slice_sub(bare, i + 1, bare.len));
	if (rest.len && rest.ptr[0] != '#')
		return error_set(error, "config_syntax", "%s: there is text behind the closing quote", where);
	*value = slice_make(text, (size_t)(to - text));
	return true;
}

static bool file_line(struct config *config, char *text, size_t len, const char *where, struct error *error)
{
	struct slice line = slice_trim(slice_make(text, len)), value;

	if (strlen(text) != len)
		return error_set(error, "config_syntax", "%s: a NUL byte; is this a text file?", where);
	if (line.len == 0 || line.ptr[0] == '#')
		return true;
	size_t at = slice_find_byte(line, '=');
	if (at == SLICE_NOT_FOUND || at == 0)
		return error_set(error, "config_syntax", "%s: expected name = value, found \"%.*s\"", where, SLICE_ARG(line));
	struct slice name = slice_trim(slice_sub(line, 0, at));
	char *behind = text + (line.ptr - text) + at + 1;
	if (!file_value(behind, &value, where, error))
		return false;
	return config_set(config, name, value, CONFIG_FILE, where, error);
}

bool configfile_read(struct config *config, const char *path, struct error *error)
{
	FILE *file = fopen(path, "re");
	char *line = NULL, where[512];
	size_t capacity = 0, number = 0;
	ssize_t len;
	bool good = true;

	if (!file)
		return error_set(error, "config_file", "can't read the configuration file %s: %s", path, strerror(errno));
	while (good && (errno = 0, len = getline(&line, &capacity, file)) >= 0) {
		struct slice text = slice_make(line, (size_t)len);
		if (++number == 1)
			text = slice_unmark(text);
		snprintf(where, sizeof(where), "%s:%zu", path, number);
		good = file_line(config, line + (text.ptr - line), text.len, where, error);
	}
	if (good && ferror(file))
		good = error_set(error, "config_file", "can't read the configuration file %s: %s", path, strerror(errno));
	if (line)
		explicit_bzero(line, capacity);
	free(line);
	fclose(file);
	return good;
}

/* As configfile_read() reads it back. */
static int print_value(FILE *out, const char *text)
{
	struct slice all = slice_of(text);
	int width = 2;

	if (slice_equal(slice_trim(all), all) && !strpbrk(text, "#\"\n"))
		return fprintf(out, "%s", text);
	fputc('"', out);
	for (; *text; text++, width++) {
		if (*text == '"' || *text == '\\') {
			fputc('\\', out);
			width++;
		}
		fputc(*text, out);
	}
	fputc('"', out);
	return width;
}

struct printing {
	const struct config *config;
	FILE *out;
};

static bool print_line(void *context, const char *name, const char *value)
{
	const struct printing *printing = context;
	bool masked = *value && config_is_secret(printing->config, name);
	int width = fprintf(printing->out, "%s = ", name);

	width += print_value(printing->out, masked ? MASK : value);
	fprintf(printing->out, "%*s # %s\n", width < 48 ? 48 - width : 1, "", config_where(printing->config, name));
	return true;
}

void configfile_print(const struct config *config, FILE *out)
{
	config_each(config, "", print_line, &(struct printing){config, out});
}
