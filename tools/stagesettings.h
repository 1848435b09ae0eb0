/* stagesettings: what a stage would be configured with, as far as a command must know it: its topics and its group. From -X, the
 * environment (COPYDESK_TOPIC_IN), --config and the defaults, in this order, as the stages read them. */
#ifndef COPYDESK_STAGESETTINGS_H
#define COPYDESK_STAGESETTINGS_H

#include "tools/command.h"
#include "tools/pipeline.h"

#include <limits.h>

struct stage_topics {
	const struct pipeline_stage *stage;
	char names[PIPELINE_STAGE_TOPICS][250]; /* in the order of stage->topics */
	size_t count;
	char group[250];
};

/* With the prefix of --prefix before defaults. Codes: config_file, usage. */
bool stage_topics_read(
	struct stage_topics *topics, const struct pipeline_stage *stage, const struct args *args, struct error *error);
/* What was given that can change what the stage makes, as text to be compared: "extract.nonarticle=drop" of -X, and --config by
 * the hash of its content. Topics, the connection and what only concerns speed are left out. */
bool stage_settings_text(const struct args *args, char *out, size_t size, struct error *error);
/* Puts behind `arguments` (of a child; room for 2 + 2 * setting_count) what a user gives a stage: --config FOLDER/STAGE.conf
 * (`folder` NULL: none), and each of -X but kafka.*, which no command line should show. `path` holds the file's name as long as
 * the arguments live. Returns the new count. */
size_t stage_settings_pass(const char **arguments, size_t count, const char *stage, const char *folder,
	const char *const *settings, size_t setting_count, char path[PATH_MAX]);

#endif
