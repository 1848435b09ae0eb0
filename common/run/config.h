/* config: the values in force, with where each came from. option.h has the typed getters; this is for who fills it: stage_main(),
 * tools and tests.
 *
 * Precedence: command line > environment > file > default, whatever the order of the calls. Errors name the place (file:line, -X,
 * the environment variable) and, for an unknown key, the nearest known one. */
#ifndef COPYDESK_CONFIG_H
#define COPYDESK_CONFIG_H

#include "base/slice.h"
#include "run/option.h"

#define CONFIG_KAFKA "kafka." /* begins the names of what goes to librdkafka */

enum config_source { CONFIG_DEFAULT, CONFIG_FILE, CONFIG_ENVIRONMENT, CONFIG_COMMAND_LINE };

/* All defaults of the tables, which must outlive the config. Keys that begin with `kafka.` are always accepted. Never NULL. */
struct config *config_create(const struct option *const *tables, size_t count);
void config_destroy(struct config **config);

/* Codes: config_unknown_key, config_bad_value, config_secret. `where` as in "file:12" or "-X". */
bool config_set(struct config *config, struct slice name, struct slice value, enum config_source source, const char *where,
	struct error *error);
/* "name=value" of -X; also code config_syntax. */
bool config_set_pair(struct config *config, const char *pair, struct error *error);
/* Replaces a default by one that depends on the machine (workers: cores); `where` says what it comes from. A bad value is a
 * program error. */
void config_fill(struct config *config, const char *name, const char *value, const char *where);

/* True if the name is in a table or was set (kafka.*). */
bool config_has(const struct config *config, const char *name);
/* True if it was set by anything but the default. */
bool config_is_set(const struct config *config, const char *name);
/* "default", "-X", "copydesk.conf:12", "COPYDESK_WORKERS". */
const char *config_where(const struct config *config, const char *name);

/* Calls visit(context, name, value) for each value in force whose name begins with `prefix`, in the order of the tables, then
 * kafka.* in the order set. The name is whole ("kafka.bootstrap.servers"). Stops when visit answers false, and answers that. */
bool config_each(const struct config *config, const char *prefix,
	bool (*visit)(void *context, const char *name, const char *value), void *context);
/* To be masked wherever it is shown: an OPTION_SECRET, or a kafka.* key such as kafka.sasl.password. */
bool config_is_secret(const struct config *config, const char *name);

/* 16 hex digits over the stage's name and every value that can change what it emits (no secrets, no neutral options): the same on
 * any machine and for any number of workers. Goes into the provenance headers. */
void config_digest(const struct config *config, const char *stage, char out[17]);

/* A duration or size in the form a user writes ("10s", "64M"). */
bool config_parse_duration(struct slice text, int64_t *ms);
bool config_parse_size(struct slice text, int64_t *bytes);

#endif
