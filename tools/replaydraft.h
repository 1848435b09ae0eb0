/* replaydraft: a replay as it is asked for on the command line, before anything is made: which offsets, which run, how fast it will
 * go. Reads from Kafka, writes nothing. */
#ifndef COPYDESK_REPLAYDRAFT_H
#define COPYDESK_REPLAYDRAFT_H

#include "tools/estimate.h"
#include "tools/replayrun.h"

/* The offsets that --from, --until and --partitions mean on the topic as it is now. A partition that isn't chosen is empty; with
 * `mark` it is [-1, -1). The plan is empty before, and to be released in every case. Codes: usage, embedded, memory, those of scan.h. */
bool replay_draft_plan(const struct args *args, struct connection *connection, const char *topic, bool mark,
	struct replay_plan *plan, struct error *error);
/* The run with its plan, of --run or an id of its own; not noted yet. Release it in every case. Codes: those of the plan and of
 * stagesettings.h. */
bool replay_draft_run(const struct args *args, struct connection *connection, const struct pipeline_stage *stage,
	struct replay_run *run, struct error *error);
/* How fast it will be: as the last finished replay of this stage on the journal, else as the stage itself on a sample. `from` says
 * which. False only if journal or sample can't be read. */
bool replay_draft_rate(const struct args *args, struct connection *connection, const char *journal,
	const struct replay_run *run, struct estimate *estimate, char from[160], struct error *error);

#endif
