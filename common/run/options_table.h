/* options_table: the rows behind options_config(), for --help and the generated docs. */
#ifndef COPYDESK_OPTIONS_TABLE_H
#define COPYDESK_OPTIONS_TABLE_H

#include "run/stage.h"

extern const struct option OPTIONS_COMMON[];
/* topic.* and group with this stage's defaults; lives as long as the process. Not thread-safe. */
const struct option *options_of_topics(const struct stage *stage);

#endif
