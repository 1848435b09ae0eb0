/* config: the values in force. The tables are few and short, so look-ups are linear; stages ask in init, not per message. */
#include "run/config.h"

#include "base/hash.h"
#include "base/log.h"
#include "run/option_value.h"

#include <errno.h>
#include <stdlib.h>

struct entry {
	const struct option *row; /* NULL: a kafka.* key */
	char *name, *text, *where;
	struct option_value value;
	enum config_source source;
};

struct config {
	struct entry *entries;
	size_t count, capacity, row_count;
};

#define SECRET_MAX (64 * 1024)
#define KAFKA_PREFIX "kafka."
#define MASK "********"

/* Keys a user is likely to mean when the prefix or a letter is missing. librdkafka checks the others. */
static const char *const KAFKA_KEYS[] = {"kafka.bootstrap.servers", "kafka.security.protocol", "kafka.sasl.mechanisms",
	"kafka.sasl.username", "kafka.sasl.password", "kafka.ssl.ca.location", "kafka.ssl.certificate.location", "kafka.ssl.key.location",
	"kafka.ssl.key.password", "kafka.client.id", "kafka.compression.type", "kafka.session.timeout.ms",
	"kafka.max.poll.interval.ms", "kafka.partition.assignment.strategy", "kafka.debug"};

static _Noreturn void program_error(const char *what, const char *name)
{
	fprintf(stderr, "copydesk: program error: option \"%s\": %s\n", name, what);
	abort();
}

static void *checked(void *memory)
{
	if (!memory) {
		fputs("copydesk: out of memory while reading the configuration\n", stderr);
		abort();
	}
	return memory;
}

static char *copy_slice(struct slice s)
{
	char *text = checked(malloc(s.len + 1));

	if (s.len)
		memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	return text;
}

static struct entry *find(const struct config *config, struct slice name)
{
	for (size_t i = 0; i < config->count; i++) {
		if (slice_is(name, config->entries[i].name))
			return &config->entries[i];
	}
	return NULL;
}

static struct entry *add(struct config *config, const struct option *row, struct slice name)
{
	if (config->count == config->capacity) {
		config->capacity = config->capacity ? config->capacity * 2 : 64;
		config->entries = checked(reallocarray(config->entries, config->capacity, sizeof(*config->entries)));
	}
	struct entry *entry = &config->entries[config->count++];
	*entry = (struct entry){.row = row, .name = copy_slice(name)};
	return entry;
}

static void assign(struct entry *entry, struct slice text, enum config_source source, const char *where)
{
	free(entry->text);
	free(entry->where);
	entry->text = copy_slice(text);
	entry->where = copy_slice(slice_of(where));
	entry->source = source;
}

struct config *config_create(const struct option *const *tables, size_t count)
{
	struct config *config = checked(calloc(1, sizeof(*config)));
	struct error error;

	for (size_t i = 0; i < count; i++) {
		for (const struct option *row = tables[i]; row && row->name; row++) {
			if (find(config, slice_of(row->name)))
				program_error("is in two tables", row->name);
			if (!row->otherwise || !row->help)
				program_error("has no default or no help", row->name);
			struct entry *entry = add(config, row, slice_of(row->name));
			assign(entry, slice_of(row->otherwise), CONFIG_DEFAULT, "default");
			if (!option_parse(row, slice_of(row->otherwise), &entry->value, &error))
				program_error(error.text, row->name);
		}
	}
	config->row_count = config->count;
	return config;
}

void config_destroy(struct config **config)
{
	if (!*config)
		return;
	for (size_t i = 0; i < (*config)->count; i++) {
		struct entry *entry = &(*config)->entries[i];
		if (entry->text)
			explicit_bzero(entry->text, strlen(entry->text));
		free(entry->name);
		free(entry->text);
		free(entry->where);
	}
	free((*config)->entries);
	free(*config);
	*config = NULL;
}

size_t config_edit_distance(struct slice a, struct slice b)
{
	enum { MAX = 96 };
	size_t rows[3][MAX + 1];

	if (a.len > MAX || b.len > MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t best = up[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
				up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			row[j] = best;
		}
	}
	return rows[a.len % 3][b.len];
}

struct nearest {
	struct slice wanted;
	const char *name;
	size_t distance;
};

static void nearest_try(struct nearest *nearest, const char *name)
{
	struct slice candidate = slice_of(name);
	size_t distance = config_edit_distance(nearest->wanted, candidate);

	/* "bootstrap.servers" for kafka.bootstrap.servers is one slip, not six. */
	if (slice_starts(candidate, SLICE(KAFKA_PREFIX))) {
		struct slice bare = slice_sub(candidate, strlen(KAFKA_PREFIX), candidate.len);
		size_t without = config_edit_distance(nearest->wanted, bare);
		if (without != SIZE_MAX && without + 1 < distance)
			distance = without + 1;
	}
	if (distance < nearest->distance) {
		nearest->distance = distance;
		nearest->name = name;
	}
}

static bool unknown_key(const struct config *config, struct slice name, const char *where, struct error *error)
{
	struct nearest nearest = {.wanted = name, .distance = SIZE_MAX};

	for (size_t i = 0; i < config->row_count; i++)
		nearest_try(&nearest, config->entries[i].name);
	for (size_t i = 0; i < sizeof(KAFKA_KEYS) / sizeof(KAFKA_KEYS[0]); i++)
		nearest_try(&nearest, KAFKA_KEYS[i]);
	if (nearest.name && nearest.distance <= 2 + name.len / 4) {
		return error_set(error, "config_unknown_key", "%s: there is no option \"%.*s\"; did you mean \"%s\"?", where,
			SLICE_ARG(name), nearest.name);
	}
	return error_set(
		error, "config_unknown_key", "%s: there is no option \"%.*s\"; --help lists all", where, SLICE_ARG(name));
}

/* The contents of the file that "@/path" names, without the line end behind it. Owned by the caller. */
static char *read_secret(const char *path, struct error *error)
{
	char *text = NULL;
	FILE *file = fopen(path, "re");

	if (!file) {
		error_set(error, "config_secret", "can't read the secret from %s: %s", path, strerror(errno));
		return NULL;
	}
	text = checked(malloc(SECRET_MAX + 1));
	size_t n = fread(text, 1, SECRET_MAX + 1, file);
	if (ferror(file) || n > SECRET_MAX) {
		error_set(error, "config_secret", "can't read the secret from %s: %s", path,
			ferror(file) ? strerror(errno) : "it is larger than 64 KiB");
		free(text);
		text = NULL;
	} else {
		while (n && (text[n - 1] == '\n' || text[n - 1] == '\r'))
			n--;
		text[n] = '\0';
		if (strlen(text) != n) {
			error_set(error, "config_secret", "the secret in %s holds a NUL byte", path);
			free(text);
			text = NULL;
		}
	}
	fclose(file);
	return text;
}

bool config_set(struct config *config, struct slice name, struct slice value, enum config_source source, const char *where,
	struct error *error)
{
	struct entry *entry = find(config, name);
	bool kafka = slice_starts(name, SLICE(KAFKA_PREFIX)) && name.len > strlen(KAFKA_PREFIX);
	struct option_value parsed = {0, 0};
	char *secret = NULL;
	bool good = false;

	if (!entry && !kafka)
		return unknown_key(config, name, where, error);
	if (memchr(value.ptr ? value.ptr : "", '\0', value.len))
		return error_set(error, "config_bad_value", "%s: the value of %.*s holds a NUL byte", where, SLICE_ARG(name));
	if ((kafka || entry->row->kind == OPTION_SECRET) && slice_starts(value, SLICE("@/"))) {
		char *path = copy_slice(slice_sub(value, 1, value.len));
		secret = read_secret(path, error);
		free(path);
		if (!secret)
			return error_context(error, "%s: %.*s", where, SLICE_ARG(name));
		value = slice_of(secret);
	}
	if (!kafka && !option_parse(entry->row, value, &parsed, error)) {
		error_context(error, "%s", where);
		goto out;
	}
	if (!entry)
		entry = add(config, NULL, name);
	if (!entry->text || source >= entry->source) {
		assign(entry, value, source, where);
		entry->value = parsed;
	}
	good = true;
out:
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
	return good;
}

bool config_set_pair(struct config *config, const char *pair, struct error *error)
{
	struct slice all = slice_of(pair);
	size_t at = slice_find_byte(all, '=');

	if (at == SLICE_NOT_FOUND)
		return error_set(error, "config_syntax", "-X %s: it takes name=value", pair);
	return config_set(config, slice_trim(slice_sub(all, 0, at)), slice_trim(slice_sub(all, at + 1, all.len)),
		CONFIG_COMMAND_LINE, "-X", error);
}

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

bool config_read_file(struct config *config, const char *path, struct error *error)
{
	FILE *file = fopen(path, "re");
	char *line = NULL, where[512];
	size_t capacity = 0, number = 0;
	ssize_t len;
	bool good = true;

	if (!file)
		return error_set(error, "config_file", "can't read the configuration file %s: %s", path, strerror(errno));
	while (good && (errno = 0, len = getline(&line, &capacity, file)) >= 0) {
		snprintf(where, sizeof(where), "%s:%zu", path, ++number);
		good = file_line(config, line, (size_t)len, where, error);
	}
	if (good && ferror(file))
		good = error_set(error, "config_file", "can't read the configuration file %s: %s", path, strerror(errno));
	if (line)
		explicit_bzero(line, capacity);
	free(line);
	fclose(file);
	return good;
}

/* COPYDESK_KAFKA_SASL_PASSWORD to kafka.sasl.password. Keys that hold an underscore can't be set this way. */
static bool kafka_name(struct slice variable, char *out, size_t size)
{
	struct slice prefix = SLICE("COPYDESK_KAFKA_");

	if (!slice_starts(variable, prefix) || variable.len == prefix.len || variable.len >= size)
		return false;
	struct slice rest = slice_sub(variable, strlen("COPYDESK_"), variable.len);
	for (size_t i = 0; i < rest.len; i++)
		out[i] = rest.ptr[i] == '_' ? '.' : byte_lower(rest.ptr[i]);
	out[rest.len] = '\0';
	return true;
}

static bool environment_pair(struct config *config, struct slice variable, struct slice value, struct error *error)
{
	char name[256], where[256];

	snprintf(where, sizeof(where), "%.*s", SLICE_ARG(variable));
	for (size_t i = 0; i < config->row_count; i++) {
		option_environment_name(config->entries[i].name, name, sizeof(name));
		if (slice_is(variable, name))
			return config_set(config, slice_of(config->entries[i].name), value, CONFIG_ENVIRONMENT, where, error);
	}
	if (kafka_name(variable, name, sizeof(name)))
		return config_set(config, slice_of(name), value, CONFIG_ENVIRONMENT, where, error);
	log_warn("unknown_environment", LOG_SLICE("variable", variable));
	return true;
}

bool config_read_environment(struct config *config, char **environment, struct error *error)
{
	/* COPYDESK_CONFIG names the file; the others belong to the tests. */
	static const char *const NOT_OPTIONS[] = {"COPYDESK_CONFIG", "COPYDESK_SHARED", "COPYDESK_BIN"};

	for (; *environment; environment++) {
		struct slice all = slice_of(*environment);
		size_t at = slice_find_byte(all, '=');
		if (!slice_starts(all, SLICE("COPYDESK_")) || at == SLICE_NOT_FOUND)
			continue;
		struct slice variable = slice_sub(all, 0, at);
		bool reserved = false;
		for (size_t i = 0; i < sizeof(NOT_OPTIONS) / sizeof(NOT_OPTIONS[0]); i++)
			reserved |= slice_is(variable, NOT_OPTIONS[i]);
		if (!reserved && !environment_pair(config, variable, slice_sub(all, at + 1, all.len), error))
			return false;
	}
	return true;
}

static const struct entry *known(const struct config *config, const char *name)
{
	const struct entry *entry = find(config, slice_of(name));

	if (!entry)
		program_error("no table has it", name);
	return entry;
}

const char *config_text(const struct config *config, const char *name) { return known(config, name)->text; }
int64_t config_integer(const struct config *config, const char *name) { return known(config, name)->value.integer; }
double config_number(const struct config *config, const char *name) { return known(config, name)->value.number; }
bool config_bool(const struct config *config, const char *name) { return known(config, name)->value.integer != 0; }

bool config_has(const struct config *config, const char *name) { return find(config, slice_of(name)) != NULL; }
bool config_is_set(const struct config *config, const char *name)
{
	const struct entry *entry = find(config, slice_of(name));
	return entry && entry->source != CONFIG_DEFAULT;
}
const char *config_where(const struct config *config, const char *name) { return known(config, name)->where; }

void config_fill(struct config *config, const char *name, const char *value, const char *where)
{
	struct entry *entry = find(config, slice_of(name));
	struct error error;

	if (!entry || !entry->row || !option_parse(entry->row, slice_of(value), &entry->value, &error))
		program_error("is filled in with a bad value", name);
	assign(entry, slice_of(value), CONFIG_DEFAULT, where);
}

bool config_each(const struct config *config, const char *prefix,
	bool (*visit)(void *context, const char *name, const char *value), void *context)
{
	for (size_t i = 0; i < config->count; i++) {
		const struct entry *entry = &config->entries[i];
		if (strncmp(entry->name, prefix, strlen(prefix)) == 0 && !visit(context, entry->name, entry->text))
			return false;
	}
	return true;
}

bool config_is_secret(const struct config *config, const char *name)
{
	static const char *const WORDS[] = {"password", "secret", "token", "ssl.key.pem", "ssl_key", "oauthbearer.config", "passphrase"};
	const struct entry *entry = find(config, slice_of(name));

	if (entry && entry->row)
		return entry->row->kind == OPTION_SECRET;
	for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
		if (slice_find_nocase(slice_of(name), slice_of(WORDS[i])) != SLICE_NOT_FOUND)
			return true;
	}
	return false;
}

/* As config_read_file() reads it back. */
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

void config_print(const struct config *config, FILE *out)
{
	for (size_t i = 0; i < config->count; i++) {
		const struct entry *entry = &config->entries[i];
		bool masked = entry->text[0] && config_is_secret(config, entry->name);
		int width = fprintf(out, "%s = ", entry->name);
		width += print_value(out, masked ? MASK : entry->text);
		fprintf(out, "%*s # %s\n", width < 48 ? 48 - width : 1, "", entry->where);
	}
}

void config_digest(const struct config *config, const char *stage, char out[17])
{
	char *text = NULL;
	size_t len = 0;
	FILE *memory = checked(open_memstream(&text, &len));

	fprintf(memory, "%s\n", stage);
	for (size_t i = 0; i < config->row_count; i++) {
		const struct entry *entry = &config->entries[i];
		enum option_kind kind = entry->row->kind;
		if (entry->row->neutral || kind == OPTION_SECRET)
			continue;
		fprintf(memory, "%s=", entry->name);
		if (kind == OPTION_TEXT || kind == OPTION_CHOICE)
			fprintf(memory, "%s\n", entry->text);
		else if (kind == OPTION_NUMBER)
			fprintf(memory, "%a\n", entry->value.number);
		else
			fprintf(memory, "%lld\n", (long long)entry->value.integer);
	}
	fclose(checked(memory));
	snprintf(out, 17, "%016llx", (unsigned long long)hash64(slice_make(text, len)));
	free(text);
}
