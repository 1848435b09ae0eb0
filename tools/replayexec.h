/* replayexec: a replay at work: its topics are made, the stage's own program runs as a child in a group of its own, and how far
 * it is, is shown. What it has done lies in the group's offsets, so that it can be broken off at any time and gone on with. */
#ifndef COPYDESK_REPLAYEXEC_H
#define COPYDESK_REPLAYEXEC_H

#include "tools/replayrun.h"

/* Makes the topics that the run owns, shaped like the live ones, kept until the run is dropped. */
bool replay_topics_make(struct connection *connection, rd_kafka_t *client, const struct replay_run *run, struct error *error);
/* Records done, by the group's offsets. `committed` (may be NULL) gets each partition's offset, -1 where there is none. */
bool replay_done(rd_kafka_t *client, const struct replay_run *run, int64_t *done, int64_t *committed, struct error *error);
/* Runs to the end, an interruption or a failure; the exit code. On success run->finished_ms and work_ms are set; else work_ms
 * alone. */
int replay_execute(const struct args *args, struct connection *connection, struct replay_run *run, struct error *error);
/* Arguments for the stage that a command was given (--config, -X…): heap array, NULL-terminated; the texts are borrowed. */
const char **replay_settings(const struct args *args);

#endif
