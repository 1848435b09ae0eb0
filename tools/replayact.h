/* replayact: what changes something live: publishing a replay's messages, taking a replay away, moving a live group. */
#ifndef COPYDESK_REPLAYACT_H
#define COPYDESK_REPLAYACT_H

#include "tools/replayrun.h"

/* Publishes what changed to the live topics, in transactions. What is published is known by its input and its bytes: run again,
 * it finds the same live and does nothing. Codes: unconfirmed, unfinished, fenced, kafka… */
bool replay_promote(
	const struct args *args, struct connection *connection, const char *journal, struct replay_run *run, struct error *error);
/* Deletes the run's topics and group, then the note about it. Code active while it runs. */
bool replay_drop(const struct args *args, struct connection *connection, const char *journal, const struct replay_run *run,
	struct error *error);
/* Moves a live group without members to the plan's starts; the stage goes on from there into its live topics. Code active. */
bool replay_reset(const struct args *args, struct connection *connection, const struct stage_topics *topics,
	const struct replay_plan *plan, const char *from, struct error *error);

#endif
