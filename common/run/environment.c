/* environment: see environment.h. */
#include "run/environment.h"

#include "base/log.h"
#include "run/option_value.h"

#include <stdio.h>

#define PREFIX "COPYDESK_"

struct wanted {
	struct slice variable;
	const char *name; /* of the option that it sets; NULL: not met yet */
};

static bool is_of_another(void *context, const char *name, const char *value)
{
	struct wanted *wanted = context;
	char variable[256];

	(void)value;
	if (slice_starts(slice_of(name), SLICE(CONFIG_KAFKA)))
		return true;
	option_environment_name(name, variable, sizeof(variable));
	if (slice_is(wanted->variable, variable))
		wanted->name = name;
	return wanted->name == NULL;
}

/* COPYDESK_KAFKA_SASL_PASSWORD to kafka.sasl.password. Keys that hold an underscore can't be set this way. */
static bool kafka_name(struct slice variable, char *out, size_t size)
{
	struct slice prefix = SLICE(PREFIX "KAFKA_");

	if (!slice_starts(variable, prefix) || variable.len == prefix.len || variable.len >= size)
		return false;
	struct slice rest = slice_sub(variable, strlen(PREFIX), variable.len);
	for (size_t i = 0; i < rest.len; i++)
		out[i] = rest.ptr[i] == '_' ? '.' : byte_lower(rest.ptr[i]);
	out[rest.len] = '\0';
	return true;
}

static bool take(struct config *config, struct slice variable, struct slice value, struct error *error)
{
	struct wanted wanted = {.variable = variable};
	char name[256], where[256];

	snprintf(where, sizeof(where), "%.*s", SLICE_ARG(variable));
	if (!config_each(config, "", is_of_another, &wanted))
		return config_set(config, slice_of(wanted.name), value, CONFIG_ENVIRONMENT, where, error);
	if (kafka_name(variable, name, sizeof(name)))
		return config_set(config, slice_of(name), value, CONFIG_ENVIRONMENT, where, error);
	log_warn("unknown_environment", LOG_SLICE("variable", variable));
	return true;
}

bool environment_read(struct config *config, char **variables, struct error *error)
{
	/* COPYDESK_CONFIG names the file; the others belong to the tests. */
	static const char *const NOT_OPTIONS[] = {"COPYDESK_CONFIG", "COPYDESK_SHARED", "COPYDESK_BIN"};

	for (; *variables; variables++) {
		struct slice all = slice_of(*variables);
		size_t at = slice_find_byte(all, '=');
		if (!slice_starts(all, SLICE(PREFIX)) || at == SLICE_NOT_FOUND)
			continue;
		struct slice variable = slice_sub(all, 0, at);
		bool reserved = false;
		for (size_t i = 0; i < sizeof(NOT_OPTIONS) / sizeof(NOT_OPTIONS[0]); i++)
			reserved |= slice_is(variable, NOT_OPTIONS[i]);
		if (!reserved && !take(config, variable, slice_sub(all, at + 1, all.len), error))
			return false;
	}
	return true;
}
