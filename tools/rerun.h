/* rerun: a stage as a child process (copydesk-STAGE --explain) that is given records and says what becomes of each, and why.
 * process() is pure, so what it says of a record now is what it did then, if version and configuration are the same; both are in
 * its answers. */
#ifndef COPYDESK_RERUN_H
#define COPYDESK_RERUN_H

#include "json/reader.h"
#include "tools/record.h"

struct rerun;

/* `bin`: the folder of the stages, NULL: beside this program or on the PATH. `folder`: of configuration files STAGE.conf, NULL:
 * defaults. `settings`: more options as "key=value"; those of kafka.* are left out. NULL with codes program, child. */
struct rerun *rerun_start(const char *stage, const char *bin, const char *folder, const char *const *settings,
	size_t setting_count, struct error *error);
void rerun_stop(struct rerun **rerun);
/* Likewise a message as it comes, which is destroyed; what doesn't fit the arena (reset after each) isn't given. */
bool rerun_give_message(struct rerun *rerun, struct arena *arena, rd_kafka_message_t *message, struct error *error);
/* The answer for a record, as common/run/explain.h has it; arena memory. NULL with code child when the stage has ended. */
const struct json *rerun_ask(struct rerun *rerun, struct arena *arena, const struct record *record, struct error *error);

#endif
