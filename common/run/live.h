/* live: a stage on Kafka. What stage_main() calls when no --in or --out is given; the only door to common/kafka. */
#ifndef COPYDESK_LIVE_H
#define COPYDESK_LIVE_H

#include "run/config.h"
#include "run/finding.h"
#include "run/health.h"
#include "run/metrics.h"
#include "run/stage.h"

/* Runs until a signal (signals.h), until `until`, or until something fatal. The exit code (sysexits.h): 0 after a clean drain.
 * What went wrong is in `error` when it isn't 0; the caller logs it. */
int live_run(const struct stage *stage, void *state, const struct config *config, struct health *health, struct metrics *metrics,
	struct error *error);
/* --check: are the kafka.* keys and values good for librdkafka, and together? Codes kafka_option, kafka_client. */
bool live_check(const struct config *config, struct error *error);
/* --check --live: are brokers, topics, rights, time-outs and memory as the stage needs them? After live_check(). Writes
 * nothing. */
void live_examine(const struct stage *stage, void *state, const struct config *config, struct findings *findings);
/* librdkafka's version at run time. */
const char *live_library_version(void);

#endif
