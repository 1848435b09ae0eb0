/* checkup: is everything in Kafka as this stage needs it? Behind --check --live. Each answer is a finding with its fix
 * (run/finding.h). */
#ifndef COPYDESK_CHECKUP_H
#define COPYDESK_CHECKUP_H

#include "run/config.h"
#include "run/finding.h"
#include "run/stage.h"

/* The configuration must have passed precheck_config(). `state`: the stage's. */
void checkup_run(const struct stage *stage, void *state, const struct config *config, struct findings *findings);

#endif
