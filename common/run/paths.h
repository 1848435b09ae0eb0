/* paths: whether the files and folders that options name can be used by this process. */
#ifndef COPYDESK_PATHS_H
#define COPYDESK_PATHS_H

#include "run/config.h"
#include "run/stage.h"

/* For --check: spans.file, and of a stage with an index index.snapshots. False with config_bad_value: option, path and why. A running
 * stage is more patient with snapshots: it warns and goes on without. */
bool paths_check(const struct config *config, const struct stage *stage, struct error *error);

#endif
