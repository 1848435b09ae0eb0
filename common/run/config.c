/* config: the values in force. The tables are few and short, so look-ups are linear; stages ask in init, not per message. */
#include "run/config.h"

#include "base/editdistance.h"
#include "base/hash.h"
#include "base/log.h"
#include "run/option_value.h"

#include <errno.h>
#include <stdio.h>
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

struct nearest {
	struct slice wanted;
	const char *name;
	size_t distance;
};

static void nearest_try(struct nearest *nearest, const char *name)
{
	struct slice candidate = slice_of(name);
	size_t distance = edit_distance(nearest->wanted, candidate);

	/* "bootstrap.servers" for kafka.bootstrap.servers is one slip, not six. */
	if (slice_starts(candidate, SLICE(CONFIG_KAFKA))) {
		struct slice bare = slice_sub(candidate, strlen(CONFIG_KAFKA), candidate.len);
		size_t without = edit_distance(nearest->wanted, bare);
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
	bool kafka = slice_starts(name, SLICE(CONFIG_KAFKA)) && name.len > strlen(CONFIG_KAFKA);
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
	if (entry && source == CONFIG_FILE && entry->source == CONFIG_FILE)
		log_warn("option_twice", LOG_SLICE("option", name), LOG_STR("first", entry->where), LOG_STR("in_force", where));
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
